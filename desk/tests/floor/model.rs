//! The model follows the server exactly, and its figures are the engine's.
use crate::support::{Host, ME, busy, limit, market, party, scenes};
use outcry_desk::{
    format,
    model::{Model, Notice, Stage},
    preview,
    view::{
        banner::BannerView,
        chart::ChartView,
        end::statement,
        outcomes::outcomes,
        portfolio::PortfolioView,
        receipts::{Mark, receipts},
        scenario,
        ticket::{Draft, Kind, TicketView, Unit},
        top::TopView,
        worth,
    },
};
use outcry_engine::{Direction, Input, OutcomeId, Side, Tokens, Usdc};
use outcry_shared::{
    ServerMessage,
    message::{ConnectRefusal, Outcome, PastOrder, RefusalCode},
    phase::Phase,
};

fn running() -> Host {
    let mut host = Host::new(party());
    host.phase = Phase::Running;
    host
}

#[test]
fn updates_lead_to_the_state_that_a_snapshot_has() {
    let mut host = running();
    let mut model = host.model();
    for round in 0..40_u32 {
        let (user, outcome) = (1 + round % 5, (round % 5) as u8);
        let wishes = [
            limit(user, outcome, Side::Yes, Direction::Buy, 30 + round % 15, 10),
            market(1 + (round + 1) % 5, outcome, Side::No, Direction::Buy, 5),
        ];
        let (update, own) = host.run(&wishes);
        model.apply(ServerMessage::Tick(update), 6_000);
        model.apply(ServerMessage::Private(own), 6_000);
    }
    let session = model.session().unwrap();
    assert_eq!(*session.market(), host.market.public());
    assert_eq!(session.tick(), 40);
    assert_eq!(session.fates(), host.outcomes);
    assert_eq!(model.own().unwrap().own, host.market.own_view(ME));
}

#[test]
fn a_gap_asks_for_a_snapshot_and_a_snapshot_heals_it() {
    let mut host = running();
    let mut model = host.model();
    let _missed = host.run(&[market(1, 0, Side::Yes, Direction::Buy, 5)]);
    let (late, _) = host.run(&[]);
    assert_eq!(model.apply(ServerMessage::Tick(late), 6_000), [Notice::Gap]);
    assert!(model.needs_resync());
    let (ignored, _) = host.run(&[]);
    assert_eq!(model.apply(ServerMessage::Tick(ignored), 6_100), []);
    model.apply(ServerMessage::Snapshot(Box::new(host.snapshot())), 6_200);
    assert!(!model.needs_resync());
    let (next, _) = host.run(&[]);
    assert!(matches!(model.apply(ServerMessage::Tick(next.clone()), 6_300)[..], [Notice::Tick { .. }]));
    assert_eq!(model.apply(ServerMessage::Tick(next), 6_400), [], "the same again changes nothing");
}

#[test]
fn the_session_clock_runs_between_messages_and_stands_while_paused() {
    let mut host = busy();
    let check = |phase, later_ms: u64, expected_ms: u64| {
        let mut host = host.clone();
        host.phase = phase;
        assert_eq!(host.model().session_ms(5_000 + later_ms), expected_ms, "{phase:?}");
    };
    let now_ms = host.now_ms;
    check(Phase::Running, 0, now_ms);
    check(Phase::Running, 700, now_ms + 700);
    check(Phase::Frozen, 700, now_ms + 700);
    check(Phase::Paused, 700, now_ms);
    host.phase = Phase::Running;
    let mut model = host.model();
    let server_ms = host.clock().server_ms;
    model.apply(ServerMessage::Pong { sent_ms: 5_900, server_ms: server_ms + 950 }, 6_000);
    assert_eq!(model.session_ms(6_000), now_ms + 1_000, "half the round trip is added");
    assert_eq!(model.time().lag_ms, Some(100));
}

#[test]
fn the_session_clock_is_right_with_the_first_word_after_sleep() {
    let mut host = busy();
    host.phase = Phase::Running;
    let mut model = host.model();
    let mut clock = host.clock();
    model.apply(ServerMessage::Pong { sent_ms: 5_990, server_ms: clock.server_ms + 1_000 }, 6_000);
    // Ten minutes of sleep, in which the clock of the page stood still.
    (clock.server_ms, clock.now_ms) = (clock.server_ms + 601_000, clock.now_ms + 601_000);
    model.apply(ServerMessage::Clock(clock), 6_000);
    assert_eq!(model.session_ms(6_000), clock.now_ms);
    assert_eq!(model.session_ms(6_500), clock.now_ms + 500);
    // A message that was long on its way says nothing about the clock.
    let mut late = clock;
    late.server_ms -= 400;
    model.apply(ServerMessage::Clock(late), 6_500);
    assert_eq!(model.session_ms(6_500), late.now_ms + 900);
}

#[test]
fn the_preview_is_what_the_tick_does() {
    let cases = [
        (Side::Yes, Direction::Buy, Kind::Market, Unit::Tokens, "30"),
        (Side::No, Direction::Buy, Kind::Market, Unit::Tokens, "12.5"),
        (Side::Yes, Direction::Buy, Kind::Market, Unit::Money, "25"),
        (Side::Yes, Direction::Sell, Kind::Market, Unit::Tokens, "30"),
        (Side::Yes, Direction::Buy, Kind::Limit, Unit::Tokens, "60"),
    ];
    for (side, direction, kind, unit, amount) in cases {
        let mut host = busy();
        let model = host.model();
        let draft = Draft { side, direction, kind, unit, amount: amount.to_owned(), ..Draft::default() };
        let view = TicketView::new(&model, &draft).unwrap();
        assert_eq!(view.blocked, None, "{draft:?}");
        let (order, quote) = (view.order.unwrap(), view.preview.unwrap().quote);
        let before = host.market.account(ME).unwrap().balance;
        let wish = crate::support::Wish {
            user: ME,
            outcome: order.outcome,
            side,
            direction,
            kind: order.kind,
            size: order.size,
        };
        host.run(&[wish]);
        let after = host.market.account(ME).unwrap().balance;
        let moved = match direction {
            Direction::Buy => before.0 - after.0,
            Direction::Sell => after.0 - before.0,
        };
        assert_eq!(Usdc(moved), quote.total, "{draft:?}");
        for (index, spots) in quote.spots_after.iter().enumerate() {
            let spot = host.market.spot(OutcomeId(index as u8), Side::Yes);
            assert!((spots[0] - spot).abs() < 1e-9, "{draft:?}: outcome {index}");
        }
    }
}

#[test]
fn money_buys_the_most_that_it_can() {
    let host = busy();
    let model = host.model();
    let session = model.session().unwrap();
    for money in [1, 10, 40, 250, 900] {
        let draft = Draft { amount: money.to_string(), ..Draft::default() };
        let view = TicketView::new(&model, &draft).unwrap();
        let order = view.preview.as_ref().unwrap().order.clone();
        assert!(view.preview.unwrap().quote.total <= Usdc::whole(money), "{money}");
        let more = outcry_engine::Order { size: Tokens(order.size.0 + outcry_engine::SIZE_MIN.0), ..order };
        let now_ms = preview::quote_ms(session.clock());
        let rich = outcry_engine::OwnView { balance: Usdc::whole(100_000), ..model.own_view().unwrap().clone() };
        let next = preview::run(session.market(), &rich, &[], more, now_ms).quote;
        assert!(next.total > Usdc::whole(money) || next.reject.is_some(), "{money}: {next:?}");
    }
}

#[test]
fn receipts_find_their_order_and_compare_with_the_preview() {
    let model = scenes::filled();
    let sent = model.orders().iter().next().unwrap();
    assert!(matches!(sent.stage, Stage::Done(_)) && sent.is_over());
    assert_eq!(sent.preview.as_ref().unwrap().filled, Tokens(sent.fills.iter().map(|fill| fill.size.0).sum()));
    let last = model.toasts().iter().last().unwrap();
    assert!(last.title.starts_with("Filled: buy ") && last.body.ends_with(", as agreed."), "{last:?}");
}

#[test]
fn a_screen_that_comes_back_has_the_receipts_and_own_marks_of_before() {
    let before = scenes::filled();
    let sent = before.orders().iter().next().unwrap().clone();
    let Stage::Done(update) = sent.stage.clone() else { panic!("it is filled") };
    let past = PastOrder { order: sent.order.clone(), update, fills: sent.fills.clone(), cash: sent.cash.clone() };
    // The tape has let the own trade go.
    let host = busy();
    let mut welcome = host.welcome_me();
    welcome.snapshot.tape.clear();
    welcome.past = vec![past];
    let mut model = Model::new(1);
    model.apply(ServerMessage::Welcome(Box::new(welcome.clone())), 5_000);
    let rows = receipts(&model);
    assert_eq!((rows.len(), rows[0].mark), (1, Mark::Good));
    // What the question said is not kept by the server.
    let shown: Vec<String> = receipts(&before)[0].lines.iter().map(|line| line.replace(", as agreed", "")).collect();
    assert_eq!(rows[0].lines, shown);
    assert_eq!(ChartView::new(&model).unwrap().fills.len(), sent.fills.len());
    assert!(model.orders().next_id() > sent.order.client_order_id, "no number is used twice");
    // Welcomed again it is the same order, and nothing is announced.
    model.apply(ServerMessage::Welcome(Box::new(welcome)), 6_000);
    assert_eq!((receipts(&model).len(), model.toasts().iter().count()), (1, 0));
}

#[test]
fn eliminations_grey_the_outcome_and_pay() {
    let model = scenes::eliminated();
    let rows = outcomes(&model);
    assert!(matches!(rows[2].fate, Outcome::Eliminated { .. }));
    let paid = model.toasts().iter().find(|toast| toast.title.starts_with("You were paid")).unwrap();
    assert_eq!(paid.title, "You were paid $35.00");
}

#[test]
fn the_scenarios_are_what_a_settlement_pays() {
    let host = busy();
    let model = host.model();
    let rows = scenario::wins(&model);
    assert_eq!(rows.len(), 5);
    for row in rows {
        let mut future = host.clone();
        let now_ms = future.now_ms + 1;
        future.step(&Input::Final { winner: row.outcome, now_ms });
        assert_eq!(row.cash_units, future.market.account(ME).unwrap().balance, "{}", row.name);
    }
    let next = scenario::eliminations(&model);
    assert_eq!(next.len(), 5);
    assert!(next.iter().any(|row| row.outcome == OutcomeId(2) && row.payout == "$35.00"));
}

#[test]
fn the_value_is_the_published_one() {
    let host = busy();
    let model = host.model();
    let own = host.leaders().into_iter().find(|row| row.user == ME).unwrap();
    let escrowed_tokens: i64 = host
        .market
        .open_orders(ME)
        .iter()
        .filter(|order| order.direction == Direction::Sell)
        .map(|order| ((order.size.0 - order.filled.0) as f64 * host.market.spot(order.outcome, order.side)) as i64)
        .sum();
    let value = worth::value(&model, model.session().unwrap()).unwrap();
    assert!((value.0 - own.value.0 - escrowed_tokens).abs() <= 2, "{value} {} {escrowed_tokens}", own.value);
    let view = PortfolioView::new(&model).unwrap();
    assert_eq!(view.cash.value, format::money(value));
    assert_eq!(view.orders.len(), 2);
}

#[test]
fn the_statement_adds_up_to_the_micro() {
    let model = scenes::resolved();
    let given = model.end().unwrap().statement.unwrap();
    let lines = statement(&given);
    let sum: i64 = lines.iter().filter(|line| !line.sum).map(|line| line.units.0).sum();
    let last = lines.last().unwrap();
    assert_eq!(last.units.0, sum);
    assert_eq!(last.units, model.own().unwrap().own.balance);
}

#[test]
fn the_top_bar_claims_nothing_before_anything_is_known() {
    let view = TopView::new(&Model::new(1), 5_000);
    assert_eq!((view.phase, view.account), (None, None));
    assert_eq!(TopView::new(&busy().model(), 5_000).phase, Some(Phase::Running));
}

#[test]
fn the_top_bar_counts_down_by_the_servers_clock() {
    let host = busy();
    let model: Model = host.model();
    let view = TopView::new(&model, 5_000);
    let left_s = 900 - host.now_ms / 1_000;
    assert_eq!(view.countdowns[1].1, format!("{}:{:02}", left_s / 60, left_s % 60));
    assert_eq!(view.connection, "live");
    assert_eq!(TopView::new(&model, 9_500).connection, "no data for 4\u{a0}s");
}

/// What the ticket shows is what goes with the order, for the record; an order that would be rejected promises
/// nothing.
#[test]
fn an_order_carries_what_its_ticket_showed() {
    let model = busy().model();
    let view = TicketView::new(&model, &Draft { amount: "20".to_owned(), ..Draft::default() }).unwrap();
    let (order, preview) = (view.order.unwrap(), view.preview.unwrap());
    let promise = order.promise.unwrap();
    assert_eq!((promise.average, promise.total), (preview.quote.average, preview.quote.total));
    assert_eq!(promise.tick, model.session().unwrap().tick());
    let view = TicketView::new(&model, &Draft { amount: "999999999".to_owned(), ..Draft::default() }).unwrap();
    assert!(view.preview.unwrap().quote.reject.is_some());
    assert_eq!(view.order.unwrap().promise, None);
}

#[test]
fn whoever_is_turned_away_reads_sentences_and_nothing_of_protocols() {
    let told = |message: ServerMessage| {
        let mut model = running().model();
        model.apply(message, 5_000);
        BannerView::new(&model, 5_100).unwrap().body
    };
    let refused = |code, reason: &str| told(ServerMessage::Refused(ConnectRefusal { code, reason: reason.to_owned() }));
    let closed = told(ServerMessage::Bye { reason: "your seat was taken over by another window".to_owned() });
    assert_eq!(closed, "Your seat was taken over by another window.");
    assert_eq!(refused(RefusalCode::Door, "nobody can join now"), "Nobody can join now.");
    let version = refused(RefusalCode::Version, "this page speaks protocol 1, the server 2: reload");
    assert!(version.contains("your seat is kept") && !version.contains("protocol"), "{version}");
}
