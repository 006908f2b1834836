use super::*;
use outcry_engine::{Params, PoolState, PublicOutcome};
use outcry_shared::message::Outcome;

fn welcome() -> Welcome {
    let pool = PoolState {
        v: Usdc::ZERO,
        q_yes: Tokens::whole(1_000),
        q_no: Tokens::whole(1_000),
        virtual_yes: Tokens::ZERO,
        pairs: Tokens::ZERO,
        seigniorage: Usdc::ZERO,
        active: true,
    };
    let outcomes = vec![PublicOutcome { pool, levels: Vec::new() }; 3];
    let market = PublicMarket { params: Params::default(), segment_start_ms: 0, segment_end_ms: 1, outcomes };
    let snapshot = Snapshot {
        session: 1,
        session_name: String::new(),
        tick: 7,
        clock: Clock::default(),
        market,
        seats: Vec::new(),
        leaders: Vec::new(),
        tape: Vec::new(),
        history: Vec::new(),
        metrics: Default::default(),
        outcomes: vec![Outcome::Active; 3],
        state_hash: [0; 32],
        default_slippage_percent: 5,
    };
    Welcome { build: String::new(), you: None, snapshot, private: None, end: None, join_url: String::new() }
}

fn update(view: &BotView, tick: u64, levels: Vec<LevelChange>) -> TickUpdate {
    TickUpdate {
        tick,
        clock: Clock { phase: Phase::Running, ..Clock::default() },
        pools: view.market.outcomes.iter().map(|outcome| outcome.pool).collect(),
        segment_ms: (0, 1),
        levels,
        trades: Vec::new(),
        actions: Vec::new(),
        events: Vec::new(),
        leaders: Vec::new(),
        metrics: Default::default(),
        orders: 0,
        state_hash: [tick as u8; 32],
    }
}

fn bid(cents: u32, total: i64) -> LevelChange {
    let price = Price(cents * 10_000);
    let level = Level { side: Side::No, direction: Direction::Buy, price, total: Tokens(total), opt_in: Tokens::ZERO };
    LevelChange { outcome: OutcomeId(1), level }
}

#[test]
fn updates_follow_each_other_or_show_the_gap() {
    let mut view = BotView::new(&welcome());
    assert!(view.tick(&update(&view, 8, vec![])));
    assert!(view.tick(&update(&view, 8, vec![])), "an old one says nothing new");
    assert_eq!((view.tick, view.prices.len()), (8, 2));
    assert!(!view.tick(&update(&view, 10, vec![])));
    assert_eq!((view.tick, view.state_hash), (8, [8; 32]), "nothing of it was taken");
    view.snapshot(&Snapshot { tick: 10, ..welcome().snapshot });
    assert!(view.tick(&update(&view, 11, vec![])));
}

#[test]
fn levels_come_change_and_go() {
    let mut view = BotView::new(&welcome());
    let best =
        |view: &BotView| view.best(OutcomeId(1), Side::No, Direction::Buy).map(|level| (level.price.0, level.total.0));
    let mut tick = 7;
    let mut take = |view: &mut BotView, levels| {
        tick += 1;
        assert!(view.tick(&update(view, tick, levels)));
    };
    take(&mut view, vec![bid(40, 5), bid(45, 6), bid(30, 7)]);
    assert_eq!(best(&view), Some((450_000, 6)));
    take(&mut view, vec![bid(45, 9)]);
    assert_eq!(best(&view), Some((450_000, 9)));
    take(&mut view, vec![bid(45, 0), bid(44, 0)]);
    assert_eq!(best(&view), Some((400_000, 5)));
    assert_eq!(view.best(OutcomeId(1), Side::Yes, Direction::Buy), None);
    assert_eq!(view.best(OutcomeId(9), Side::No, Direction::Buy), None);
}

#[test]
fn prices_stand_on_the_grid_within_their_range() {
    let view = BotView::new(&welcome());
    for (price, expected) in [(0.4737, 470_000), (0.476, 480_000), (-1.0, 10_000), (7.0, 990_000), (f64::NAN, 10_000)] {
        assert_eq!(view.on_grid(price).0, expected, "{price}");
    }
}

#[test]
fn prices_are_remembered_for_a_while() {
    let mut view = BotView::new(&welcome());
    for tick in 8..200 {
        assert!(view.tick(&update(&view, tick, vec![])));
    }
    assert_eq!(view.prices.len(), PRICES_KEPT);
    assert_eq!(view.change(OutcomeId(0), 1_000), 0.0);
    assert_eq!(view.change(OutcomeId(9), 5), 0.0);
}
