//! What an evening is remembered by: who is out and what it meant, why prices moved, who won.
use crate::support::{Host, ME, busy, limit, market, party, scenes};
use outcry_desk::{
    format::{cents_moved, money, money_signed, spot_cents},
    model::{Model, REVEAL_MS},
    view::{
        banner::{About, BannerView},
        end::EndView,
        leaders::leaders,
        moment::MomentView,
        stage::{Board, StageView},
        ticket::{Draft, TicketView},
        why::{largest, why},
    },
};
use outcry_engine::{Direction, Input, OutcomeId, Side, Usdc};
use outcry_shared::{
    ServerMessage,
    message::{TickUpdate, Welcome},
    phase::Phase,
};

pub(crate) const CARL: OutcomeId = OutcomeId(2);

/// Local time of the elimination in [`scenes::eliminated`], and once it is told who left.
pub(crate) const STOPPED_MS: u64 = 5_250;
pub(crate) const TOLD_MS: u64 = STOPPED_MS + REVEAL_MS;

pub(crate) fn card(model: &Model) -> Vec<(String, i64)> {
    let view = MomentView::new(model, TOLD_MS).unwrap();
    view.lines.into_iter().map(|line| (line.words, line.sign)).collect()
}

/// A host with trades of one's own, from the start.
fn traded(wishes: &[crate::support::Wish]) -> Host {
    let mut host = Host::new(party());
    host.phase = Phase::Running;
    host.run(wishes);
    host
}

/// The session goes on by an elimination; what the model is told of it.
pub(crate) fn stop(host: &mut Host, outcomes: &[OutcomeId]) -> [ServerMessage; 2] {
    host.phase = Phase::Frozen;
    host.now_ms += 1_000;
    let now_ms = host.now_ms;
    let outcomes = outcomes.to_vec();
    let (update, own) = host.step(&Input::Eliminate { outcomes, round: None, now_ms, resume_ms: now_ms + 9_000 });
    [ServerMessage::Tick(update), ServerMessage::Private(own)]
}

/// The same, and it is told who left.
fn leave(host: &mut Host, model: &mut Model, outcomes: &[OutcomeId]) {
    let [tick, own] = stop(host, outcomes);
    model.apply(tick, STOPPED_MS);
    if model.you().is_some() {
        model.apply(own, STOPPED_MS + 10);
    }
    model.reveal(TOLD_MS);
}

#[test]
fn the_card_says_what_it_paid_and_what_is_worth_nothing() {
    let mut host = traded(&[
        market(1, 2, Side::No, Direction::Buy, 35),
        market(1, 2, Side::Yes, Direction::Buy, 10),
        market(1, 3, Side::Yes, Direction::Buy, 50),
        market(1, 0, Side::No, Direction::Buy, 5),
    ]);
    let mut model = host.model();
    let before = host.market.spot(OutcomeId(3), Side::Yes);
    leave(&mut host, &mut model, &[CARL]);
    let after = host.market.spot(OutcomeId(3), Side::Yes);
    let lines = card(&model);
    assert_eq!(lines[0], ("Your NO paid $35.00.".to_owned(), 1));
    assert_eq!(lines[1], ("Your YES is worth nothing.".to_owned(), -1));
    let (from, to) = (spot_cents(before), spot_cents(after));
    assert!(lines[2].0.starts_with(&format!("Your YES Dorothy went from {from} to {to}: +$")), "{lines:?}");
    assert_eq!((lines[2].1, lines.len()), (1, 4));
}

#[test]
fn who_held_nothing_of_it_is_told_so_and_who_only_watches_is_told_nothing() {
    let mut host = traded(&[]);
    let (mut model, mut watching) = (host.model(), host.spectator());
    leave(&mut host.clone(), &mut model, &[CARL, OutcomeId(4)]);
    assert_eq!(card(&model), [("You held nothing of Carl and Emmy.".to_owned(), 0)]);
    assert_eq!(MomentView::new(&model, TOLD_MS).unwrap().title, "Carl and Emmy are out");
    leave(&mut host, &mut watching, &[CARL]);
    assert_eq!(card(&watching), []);
}

#[test]
fn a_page_that_was_loaded_meanwhile_says_who_is_out() {
    let mut host = busy();
    stop(&mut host, &[CARL]);
    host.now_ms += REVEAL_MS;
    assert_eq!(MomentView::new(&host.model(), TOLD_MS + 60_000).unwrap().title, "Carl is out");
    host.phase = Phase::Running;
    assert_eq!(MomentView::new(&host.model(), TOLD_MS), None, "trading goes on");
}

#[test]
fn the_ticket_leaves_the_outcome_that_left() {
    let model = scenes::eliminated();
    let session = model.session().unwrap();
    let mut draft = Draft { outcome: CARL, side: Side::No, direction: Direction::Sell, ..Draft::default() };
    draft.amount = "20".to_owned();
    assert!(draft.leave_gone(session));
    let price = |id: &OutcomeId| session.spot(*id, Side::Yes);
    let dearest = session.ids().filter(|id| session.is_active(*id)).max_by(|a, b| price(a).total_cmp(&price(b)));
    assert_eq!((Some(draft.outcome), draft.direction), (dearest, Direction::Buy));
    assert_eq!(draft.amount, "", "it was meant for Carl");
    assert!(!draft.leave_gone(session), "and stays there");
    let gone = Draft { outcome: CARL, amount: "5".to_owned(), ..Draft::default() };
    let mut host = busy();
    let mut model = host.model();
    leave(&mut host, &mut model, &[CARL]);
    host.phase = Phase::Running;
    let reason = TicketView::new(&host.model(), &gone).unwrap().blocked.unwrap().reason;
    assert!(reason.contains("out of the game"), "whoever turns back to it is told: {reason}");
}

#[test]
fn the_headline_is_who_has_most_and_below_it_what_was_drawn() {
    let model = scenes::resolved();
    let end = model.end().unwrap();
    let first = &end.rankings[0];
    let view = EndView::new(&model).unwrap();
    let mark = if first.bot { " (bot)" } else { "" };
    assert_eq!(view.headline, format!("{}{mark} wins with {}", first.name, money(first.balance)));
    assert_eq!(view.drawn, "The name drawn was Ada Lovelace.");
    let best = end.rankings.iter().find(|row| !row.bot).unwrap();
    assert_eq!(view.best_human.is_some(), best.rank > 1);
    let mine = end.rankings.iter().find(|row| row.user == ME).unwrap();
    let own = view.own.unwrap();
    assert_eq!(own.place, format!("{} of 8", outcry_desk::format::ordinal(mine.rank)));
    assert_eq!((own.gain, own.file.as_str()), (money_signed(mine.net_pnl), "outcry-friday-night.png"));
    let most = model.own().unwrap().positions.iter().map(|position| position.realised).max().unwrap();
    assert!(own.best.unwrap().ends_with(&format!(", {}", money_signed(most))));
    for line in &view.statement {
        assert!(
            line.amount.rsplit('.').next().unwrap().len() == 2 && line.exact.rsplit('.').next().unwrap().len() == 6
        );
    }
}

#[test]
fn bots_win_by_name_and_ties_share() {
    let mut host = busy();
    let model = scenes::resolved();
    let mut end = model.end().unwrap().clone();
    let headline = |end: &outcry_shared::message::EndReport, host: &Host| {
        let mut model = host.model();
        model.apply(ServerMessage::End(Box::new(end.clone())), 6_000);
        let view = EndView::new(&model).unwrap();
        (view.headline, view.best_human)
    };
    host.phase = Phase::Resolved;
    for row in &mut end.rankings {
        row.bot = row.rank == 1;
        row.balance = Usdc::whole(2_000 - i64::from(row.rank));
    }
    let (first, second) = (end.rankings[0].name.clone(), end.rankings[1].name.clone());
    assert_eq!(headline(&end, &host).0, format!("{first} (bot) wins with $1,999.00"));
    assert_eq!(headline(&end, &host).1, Some(format!("Best human: {second}, 2nd with $1,998.00")));
    (end.rankings[1].rank, end.rankings[1].balance) = (1, Usdc::whole(1_999));
    assert_eq!(headline(&end, &host).0, format!("{first} (bot) and {second} win with $1,999.00 each"));
    assert_eq!(headline(&end, &host).1, None, "a human is among the first");
}

#[test]
fn a_price_that_moved_says_why() {
    use Direction::Buy;
    use Side::Yes;
    let mut host = traded(&[]);
    let mut model = host.model();
    let tick = |host: &mut Host, model: &mut Model, wishes: &[crate::support::Wish]| {
        let (update, own) = host.run(wishes);
        model.apply(ServerMessage::Tick(update), 6_000);
        model.apply(ServerMessage::Private(own), 6_000);
    };
    let told = |model: &Model, outcome: u8| why(model, OutcomeId(outcome)).map(|why| why.words);
    assert_eq!(told(&model, 3), None, "nothing happened");
    let before = host.market.spot(OutcomeId(3), Yes);
    tick(&mut host, &mut model, &[market(2, 3, Yes, Buy, 60)]);
    let rose = cents_moved(before, host.market.spot(OutcomeId(3), Yes));
    let expected = format!("Dorothy rose {rose} since the start: others bought YES.");
    assert_eq!(told(&model, 3), Some(expected.clone()));
    assert_eq!(largest(&model).map(|why| why.words), Some(expected));
    let cross = told(&model, 0).unwrap();
    assert!(cross.ends_with(" since the start: trades on other names."), "{cross}");
    tick(&mut host, &mut model, &[market(1, 3, Yes, Buy, 20)]);
    assert!(told(&model, 3).unwrap().ends_with(": you and others bought YES."));
    tick(&mut host, &mut model, &[market(2, 3, Yes, Buy, 20), market(3, 0, Yes, Buy, 90)]);
    let both = told(&model, 3).unwrap();
    assert!(both.contains("trades on it and on other names at once "), "one tick is not split: {both}");
    assert!(both.contains("you and others bought YES +"), "{both}");
    tick(&mut host, &mut model, &[market(2, 3, Side::No, Buy, 150)]);
    let theirs = told(&model, 3).unwrap();
    assert!(theirs.contains("others bought NO") && !theirs.contains("you and others bought NO"), "{theirs}");
    leave(&mut host, &mut model, &[CARL]);
    let all = told(&model, 3).unwrap();
    assert!(all.contains("Carl left +"), "{all}");
    let parts = all.split_once(": ").unwrap().1.trim_end_matches('.');
    let parts = parts.split(", ").map(|part| {
        let (sign, figure) =
            part.rsplit_once(['+', '−']).map(|(words, figure)| (&part[words.len()..], figure)).unwrap();
        let cents: f64 = figure.trim_end_matches('¢').parse().unwrap();
        if sign.starts_with('−') { -cents } else { cents }
    });
    let change = (host.market.spot(OutcomeId(3), Yes) - before) * 100.0;
    assert!((parts.sum::<f64>() - change).abs() < 0.21, "the parts add up to the change: {all}");
}

#[test]
fn a_sentence_and_the_change_beside_the_price_say_the_same() {
    let mut host = traded(&[]);
    let mut told = 0;
    for round in 0..90_u8 {
        host.run(&[market(2, round % 5, Side::BOTH[usize::from(round % 3 == 0)], Direction::Buy, 3)]);
        let model = host.model();
        for row in outcry_desk::view::outcomes::outcomes(&model) {
            let Some(words) = row.why else { continue };
            let figure = row.change.trim_start_matches(['+', '−']).split(' ').next().unwrap();
            let verb = if row.change_sign > 0 { "rose" } else { "fell" };
            let span = if host.now_ms < 60_000 { "since the start" } else { "in a minute" };
            assert!(words.contains(&format!(" {verb} {figure} {span}: ")), "{}: {words}", row.change);
            told += 1;
        }
    }
    assert!(told > 300, "{told}");
}

#[test]
fn that_trading_stands_still_comes_before_what_the_host_says() {
    let mut host = traded(&[]);
    let shown = |host: &Host| {
        let mut model = host.model();
        model.apply(ServerMessage::Announcement("Pizza is here".to_owned()), 5_000);
        let view = |now_ms| BannerView::new(&model, now_ms).map(|view| (view.about, view.body));
        assert_eq!(
            StageView::new(&model, 5_010).unwrap().said.as_deref(),
            Some("Pizza is here"),
            "on the wall, beside"
        );
        (view(5_010).unwrap(), view(25_000))
    };
    let (fresh, later) = shown(&host);
    assert_eq!((fresh, later), ((About::Host, "Pizza is here".to_owned()), None));
    for (phase, about) in [(Phase::Paused, About::Paused), (Phase::Frozen, About::Frozen)] {
        host.phase = phase;
        let (fresh, later) = shown(&host);
        assert_eq!(fresh, (about, "The host says: Pizza is here".to_owned()));
        assert_eq!(later.map(|(about, _)| about), Some(about));
    }
}

#[test]
fn who_leaves_in_the_moment_of_the_last_trades_is_told_apart_from_them() {
    let mut host = traded(&[]);
    host.run(&[market(2, 3, Side::Yes, Direction::Buy, 20)]);
    let mut model = host.model();
    // Freezing trades what has been accepted, and somebody leaves at the same time.
    host.now_ms -= 1_000;
    leave(&mut host, &mut model, &[CARL]);
    let words = why(&model, OutcomeId(3)).unwrap().words;
    assert!(words.contains("Carl left +") && words.contains("others bought YES +"), "{words}");
    assert!(!words.contains("clock") && !words.contains("just before"), "{words}");
}

#[test]
fn what_the_tape_has_let_go_is_not_guessed() {
    let mut host = traded(&[]);
    for round in 0..30 {
        let wishes: Vec<_> = (2..7).map(|user| market(user, round % 5, Side::Yes, Direction::Buy, 2)).collect();
        host.run(&wishes);
    }
    let mut snapshot = host.snapshot();
    snapshot.tape.drain(..snapshot.tape.len() - 10);
    let mut model = host.model();
    model.apply(ServerMessage::Snapshot(Box::new(snapshot)), 6_000);
    let words = why(&model, OutcomeId(0)).unwrap().words;
    assert!(words.contains("earlier trades"), "{words}");
    let resting = [limit(2, 0, Side::Yes, Direction::Buy, 20, 5)];
    host.run(&resting);
    assert!(!why(&host.model(), OutcomeId(0)).unwrap().words.contains("no longer"), "all of its tape is there");
}

#[test]
fn the_wall_says_who_is_out_what_the_host_says_and_how_it_ended() {
    let mut model = scenes::eliminated();
    let view = StageView::new(&model, TOLD_MS).unwrap();
    assert_eq!((view.now.as_str(), view.headline.unwrap().title), ("trading again in 0:08", "CARL IS OUT".to_owned()));
    let breath = StageView::new(&scenes::breathless(), STOPPED_MS).unwrap().headline.unwrap();
    assert_eq!((breath.title.as_str(), breath.outcomes), ("Who is out?", vec![]));
    model.apply(ServerMessage::Announcement("Pizza is here".to_owned()), TOLD_MS);
    assert_eq!(StageView::new(&model, TOLD_MS + 10).unwrap().said.as_deref(), Some("Pizza is here"));
    let over = scenes::resolved();
    let headline = StageView::new(&over, 9_000).unwrap().headline.unwrap();
    assert_eq!(headline.title, EndView::new(&over).unwrap().headline);
    assert!(headline.below.starts_with("The name drawn was Ada Lovelace."));
}

#[test]
fn the_wall_says_when_nobody_else_can_open_its_link() {
    let host = Host::new(party());
    let view = StageView::new(&host.spectator(), 5_000).unwrap();
    assert_eq!((view.link_fault, view.clock.as_str()), (None, ""), "a time would be taken for the one until the start");
    let mut model = Model::new(1);
    let welcome = Welcome { join_url: "http://127.0.0.1:7777".to_owned(), ..host.welcome_me() };
    model.apply(ServerMessage::Welcome(Box::new(welcome)), 5_000);
    let fault = StageView::new(&model, 5_000).unwrap().link_fault.unwrap();
    assert!(fault.starts_with("This link works only on this computer"), "{fault}");
}

#[test]
fn the_wall_counts_down_to_an_elimination() {
    let mut host = Host::new(party());
    host.phase = Phase::Running;
    let freeze_ms = host.clock().next_freeze_ms.unwrap();
    host.now_ms = freeze_ms - 30_000;
    assert_eq!(StageView::new(&host.model(), 5_000).unwrap().now, "next elimination in 0:30");
    host.now_ms = freeze_ms - 7_000;
    assert_eq!(StageView::new(&host.model(), 5_000).unwrap().now, "somebody goes out in 0:07");
}

#[test]
fn the_end_clears_what_stood_and_what_its_last_tick_filled() {
    let mut host = busy();
    let mut model = scenes::filled();
    assert!(model.toasts().fresh(5_300).next().is_some(), "a fill has just been told");
    host.run(&[]);
    let (tick, own) = host.run(&[market(1, 0, Side::Yes, Direction::Buy, 3)]);
    host.phase = Phase::Resolved;
    let tick = TickUpdate { clock: host.clock(), ..*tick };
    model.apply(ServerMessage::Tick(Box::new(tick)), 5_300);
    model.apply(ServerMessage::Private(own), 5_300);
    assert_eq!(model.phase(), Phase::Resolved);
    let fresh: Vec<_> = model.toasts().fresh(5_310).map(|toast| toast.title.clone()).collect();
    assert_eq!(fresh, [""; 0], "the podium stands there");
    assert!(model.toasts().iter().any(|toast| toast.title.starts_with("Filled")), "it is in the history");
}

#[test]
fn nothing_flies_over_what_has_the_screen() {
    for (model, now_ms) in [(scenes::eliminated(), STOPPED_MS + 100), (scenes::resolved(), 5_300)] {
        let fresh: Vec<_> = model.toasts().fresh(now_ms).map(|toast| toast.title.clone()).collect();
        assert_eq!(fresh, [""; 0], "it is in the history");
        assert!(model.toasts().iter().any(|toast| toast.title.starts_with("You were paid")));
    }
}

#[test]
fn lists_that_are_cut_short_say_how_many_others_there_are() {
    let host = busy();
    let model = host.model();
    let wall = |model: &Model, room| {
        let board = Board::new(model, room).unwrap();
        (board.heading, board.places.len(), board.more)
    };
    let some = |words: &str| Some(words.to_owned());
    assert_eq!(wall(&model, 7), ("Leaderboard", 7, some("and 1 more")));
    assert_eq!(wall(&model, 8), ("Leaderboard", 8, None));
    assert_eq!(wall(&scenes::resolved(), 3), ("Final ranking", 3, some("and 5 more")));
    // The server tells of so many at most.
    let first = |count: usize| {
        let mut host = host.clone();
        let (mut update, own) = host.run(&[]);
        update.leaders.truncate(count);
        let mut model = host.model();
        model.apply(ServerMessage::Tick(Box::new(TickUpdate { tick: update.tick + 1, ..*update })), 5_400);
        model.apply(ServerMessage::Private(own), 5_410);
        let leaders = leaders(&model);
        (leaders.rows.len(), leaders.others)
    };
    assert_eq!(first(8), (8, 0));
    assert_eq!(first(3), (4, 4), "oneself below, and the rest in words");
    assert_eq!(first(0), (1, 7));
    let empty = Model::new(1);
    assert_eq!((leaders(&empty).rows.len(), Board::new(&empty, 8)), (0, None));
}
