//! The moment before it is told who is out: nothing says it, and what it meant is known afterwards.
use crate::{
    drama::{CARL, STOPPED_MS, TOLD_MS, card, stop},
    support::{Host, busy, market, party, scenes},
};
use outcry_desk::{
    model::{Model, Notice, REVEAL_MS},
    view::{chart::ChartView, leaders::leaders, moment::MomentView, outcomes::outcomes, portfolio::PortfolioView},
};
use outcry_engine::{Direction, OutcomeId, Side};
use outcry_shared::{
    ServerMessage,
    message::{NewOrder, PastOrder, Receipt, Welcome},
    phase::Phase,
};

#[test]
fn who_is_out_is_told_after_a_breath() {
    let mut model = scenes::breathless();
    model.reveal(TOLD_MS - 1);
    let before = MomentView::new(&model, TOLD_MS - 1).unwrap();
    assert_eq!((before.title.as_str(), before.outcomes, before.lines), ("Who is out?", vec![], vec![]));
    assert!(!model.is_due(TOLD_MS - 1) && model.is_due(TOLD_MS));
    model.reveal(TOLD_MS);
    let after = MomentView::new(&model, TOLD_MS).unwrap();
    assert_eq!((after.title.as_str(), after.outcomes), ("Carl is out", vec![CARL]));
    assert_eq!(after.next, "Trading again in 0:08");
}

#[test]
fn nothing_on_any_screen_says_who_is_out_before() {
    let shown = |model: &Model| {
        let session = model.session().unwrap();
        let toasts: Vec<String> =
            model.toasts().iter().map(|toast| format!("{} {}", toast.title, toast.body)).collect();
        let rows = outcomes(model).into_iter().map(|row| (row.fate, row.prices, row.spark, row.holdings));
        let owned = PortfolioView::new(model).map(|view| {
            let held = view.positions.into_iter().map(|row| (row.words, row.value));
            (view.cash, held.collect::<Vec<_>>(), view.orders)
        });
        let drawn = (rows.collect::<Vec<_>>(), leaders(model), ChartView::new(model).unwrap().lines, owned);
        (drawn, session.fates().to_vec(), session.spots(), model.own().map(|own| own.rank), toasts)
    };
    let host = busy();
    for mut model in [host.model(), host.spectator()] {
        let before = shown(&model);
        let [tick, own] = stop(&mut host.clone(), &[CARL]);
        let notices = model.apply(tick, STOPPED_MS);
        assert_eq!(notices, [Notice::Phase { from: Phase::Running, to: Phase::Frozen }], "trading stands still");
        if model.you().is_some() {
            model.apply(own, STOPPED_MS + 10);
            model.apply(ServerMessage::Rank(8), STOPPED_MS + 20);
        }
        let mut after = shown(&model);
        after.4.retain(|words| !words.contains("rozen"));
        assert!(after == before, "a screen says who left: {:?} {:?}", after.1, after.4);
        let told = model.apply(ServerMessage::Pong { sent_ms: 0, server_ms: 0 }, TOLD_MS);
        assert!(told.iter().any(|notice| matches!(notice, Notice::Tick { .. })), "the floor shows it now: {told:?}");
        assert!(!model.session().unwrap().is_active(CARL));
        assert!(shown(&model).0 != before.0);
    }
}

#[test]
fn whoever_missed_the_update_learns_what_it_meant_from_the_snapshot() {
    let mut host = busy();
    let mut missed = Model::new(1);
    missed.apply(ServerMessage::Welcome(Box::new(host.welcome_me())), 5_000);
    let [_, own] = stop(&mut host, &[CARL]);
    host.now_ms += REVEAL_MS;
    missed.apply(ServerMessage::Snapshot(Box::new(host.snapshot())), TOLD_MS);
    missed.apply(own, TOLD_MS + 10);
    let mut came = Model::new(1);
    came.apply(ServerMessage::Welcome(Box::new(host.welcome_me())), TOLD_MS);
    let lines = |model: &Model| MomentView::new(model, TOLD_MS + 20).unwrap().lines;
    assert!(!lines(&came).is_empty());
    assert_eq!(lines(&missed), lines(&came), "as one who comes now");
}

#[test]
fn a_page_that_comes_in_the_breath_holds_it_too() {
    let mut host = busy();
    let mut known = host.model();
    stop(&mut host, &[CARL]);
    let mut fresh = Model::new(1);
    fresh.apply(ServerMessage::Welcome(Box::new(host.welcome_me())), STOPPED_MS);
    assert_eq!(fresh.session().map(|session| session.fates().to_vec()), None);
    known.lose(1, None);
    known.apply(ServerMessage::Welcome(Box::new(host.welcome_me())), STOPPED_MS);
    assert!(known.session().unwrap().is_active(CARL));
    known.lose(2, None);
    assert_eq!(known.reveal(TOLD_MS), [], "that connection is gone");
    let told = fresh.reveal(TOLD_MS);
    assert!(told.contains(&Notice::Welcome) && !fresh.session().unwrap().is_active(CARL));
    let mut late = Model::new(1);
    host.now_ms += REVEAL_MS;
    late.apply(ServerMessage::Welcome(Box::new(host.welcome_me())), TOLD_MS);
    assert!(!late.session().unwrap().is_active(CARL), "whoever comes later is told at once");
}

#[test]
fn a_page_that_missed_it_says_what_it_meant_where_its_orders_are_known() {
    let wishes = [
        market(1, 2, Side::No, Direction::Buy, 35),
        market(1, 2, Side::Yes, Direction::Buy, 10),
        market(1, 2, Side::Yes, Direction::Sell, 4),
        market(1, 0, Side::No, Direction::Buy, 5),
    ];
    let mut host = Host::new(party());
    host.phase = Phase::Running;
    let (_, own) = host.run(&wishes);
    let past = past(own.receipts);
    stop(&mut host, &[CARL]);
    let lines = |host: &Host, past: &[PastOrder]| {
        let mut model = Model::new(1);
        let welcome = Welcome { past: past.to_vec(), ..host.welcome_me() };
        model.apply(ServerMessage::Welcome(Box::new(welcome)), STOPPED_MS);
        model.reveal(TOLD_MS);
        card(&model)
    };
    let (paid, gone) = (("Your NO paid $35.00.".to_owned(), 1), ("Your YES is worth nothing.".to_owned(), -1));
    assert_eq!(lines(&host, &past), [paid.clone(), gone.clone()]);
    assert_eq!(
        lines(&host, &past[1..]),
        [paid],
        "what the first round paid is in the statement; of the rest nothing is claimed"
    );
    stop(&mut host, &[OutcomeId(0)]);
    assert_eq!(lines(&host, &past), [("Your NO paid $5.00.".to_owned(), 1)], "not what the round before paid");
    assert_eq!(lines(&host, &past[1..]), []);
    stop(&mut host, &[OutcomeId(4)]);
    assert_eq!(lines(&host, &[]), [("You held nothing of Emmy.".to_owned(), 0)]);
}

#[test]
fn what_happened_has_one_time_wherever_it_stands() {
    let mut host = busy();
    host.phase = Phase::Running;
    let mut model = host.model();
    let times = |model: &Model, from: usize| -> Vec<u64> {
        model.toasts().iter().skip(from).map(|toast| toast.session_ms).collect()
    };
    // Nearly a second late, by the clock that the welcome brought.
    let (tick, own) = host.run(&[market(1, 0, Side::Yes, Direction::Buy, 5)]);
    model.apply(ServerMessage::Tick(tick), 6_900);
    model.apply(ServerMessage::Private(own), 6_950);
    let traded_ms = model.session().unwrap().tape().back().unwrap().ts_ms;
    assert_eq!(times(&model, 0), [traded_ms], "a fill, as on the tape");
    let [tick, own] = stop(&mut host, &[CARL]);
    model.apply(tick, 7_900);
    model.apply(own, 7_950);
    model.reveal(7_900 + REVEAL_MS);
    let left_ms = model.session().unwrap().fates()[CARL.index()].eliminated_at_ms().unwrap();
    let told: Vec<&str> = model.toasts().iter().skip(1).map(|toast| toast.title.as_str()).collect();
    assert!(told.contains(&"Trading is frozen") && told.contains(&"Carl is out"), "{told:?}");
    assert_eq!(times(&model, 1), vec![left_ms; told.len()], "as the list of outcomes says it: {told:?}");
}

/// What the server keeps of orders that were in a tick.
fn past(receipts: Vec<Receipt>) -> Vec<PastOrder> {
    let order = |(number, receipt): (usize, Receipt)| PastOrder {
        order: NewOrder { client_order_id: number as u64, ..scenes::placement(&busy().model()).order },
        update: receipt.order,
        fills: receipt.fills,
        cash: receipt.cash,
    };
    receipts.into_iter().enumerate().map(order).collect()
}
