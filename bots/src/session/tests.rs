use super::*;
use outcry_engine::{Market, OutcomeId, Params, Side, Tokens};
use outcry_shared::{
    ledger::Statement,
    message::{Outcome, Snapshot, TickUpdate, You},
};

fn snapshot(session: u64, tick: u64) -> Snapshot {
    let market = Market::new(Params::default()).expect("valid parameters").public();
    Snapshot {
        session,
        session_name: String::new(),
        question: String::new(),
        tick,
        clock: Clock::default(),
        outcomes: vec![Outcome::Active; market.outcomes.len()],
        market,
        seats: Vec::new(),
        leaders: Vec::new(),
        tape: Vec::new(),
        history: Vec::new(),
        metrics: Default::default(),
        state_hash: [0; 32],
        default_slippage_percent: 5,
    }
}

fn welcomed() -> Session {
    let you = Some(You { user: UserId(3), name: "Ada".into(), mark: 1 });
    let (snapshot, join_url) = (snapshot(1, 7), String::new());
    Session::new(Welcome { build: String::new(), you, snapshot, private: None, end: None, join_url, past: vec![] })
}

/// A tick that makes the first outcome dearer.
fn tick(session: &Session, tick: u64) -> ServerMessage {
    let mut pools: Vec<_> = session.replica.market().outcomes.iter().map(|outcome| outcome.pool).collect();
    pools[0].q_yes.0 += Tokens::whole(10).0;
    ServerMessage::Tick(Box::new(TickUpdate {
        tick,
        clock: Clock { phase: Phase::Running, ..Clock::default() },
        pools,
        segment_ms: (0, 1),
        levels: Vec::new(),
        trades: Vec::new(),
        actions: Vec::new(),
        events: Vec::new(),
        leaders: Vec::new(),
        metrics: Default::default(),
        orders: 0,
        state_hash: [tick as u8; 32],
    }))
}

fn rise(session: &Session) -> f64 {
    session.view().change(OutcomeId(0), 100)
}

#[test]
fn ticks_are_followed_and_remembered() {
    let mut session = welcomed();
    assert!(!session.is_open());
    assert_eq!(session.take(&tick(&session, 8)), Applied::Yes);
    assert_eq!((session.tick(), session.prices.ticks(), session.is_open()), (8, 2, true));
    assert!(rise(&session) > 0.0);
    for (number, expected) in [(8, Applied::Stale), (10, Applied::Gap)] {
        assert_eq!(session.take(&tick(&session, number)), expected);
        assert_eq!((session.tick(), session.prices.ticks()), (8, 2));
    }
}

#[test]
fn a_snapshot_heals_a_gap_and_begins_another_session() {
    let mut session = welcomed();
    assert_eq!(session.take(&tick(&session, 8)), Applied::Yes);
    let snapshot = |number, tick| ServerMessage::Snapshot(Box::new(snapshot(number, tick)));
    assert_eq!(session.take(&snapshot(1, 10)), Applied::Yes);
    assert_eq!((session.tick(), session.prices.ticks()), (10, 3), "the past is the same");
    assert_eq!(session.take(&tick(&session, 11)), Applied::Yes);
    let end = EndReport {
        winner: OutcomeId(0),
        rankings: Vec::new(),
        gas_total: Usdc::ZERO,
        metrics: Default::default(),
        statement: None,
    };
    assert_eq!(session.take(&ServerMessage::End(Box::new(end.clone()))), Applied::Yes);
    assert_eq!(session.end(), Some(&end));
    assert_eq!(session.take(&snapshot(2, 0)), Applied::Yes);
    assert_eq!((session.end(), session.prices.ticks(), session.user()), (None, 1, Some(UserId(3))));
}

#[test]
fn one_s_own_is_nothing_until_it_is_told() {
    let mut session = welcomed();
    assert_eq!((session.own(), session.view().balance()), (None, Usdc::ZERO));
    let own = PrivateState {
        tick: 7,
        own: OwnView { balance: Usdc::whole(900), free: vec![[Tokens::whole(4); 2]], orders: Vec::new() },
        open_orders: Vec::new(),
        positions: Vec::new(),
        statement: Statement::default(),
        rank: 1,
        trade_count: 1,
        receipts: Vec::new(),
    };
    assert_eq!(session.take(&ServerMessage::Private(Box::new(own.clone()))), Applied::Yes);
    assert_eq!(session.own(), Some(&own));
    let view = session.view();
    assert_eq!((view.balance(), view.free(OutcomeId(0), Side::No)), (Usdc::whole(900), Tokens::whole(4)));
}
