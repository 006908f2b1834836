use super::*;
use crate::{
    message::LevelChange,
    replica::samples::{seat, snapshot, update},
};
use outcry_engine::{Direction, FillType, Level, Tokens, Usdc};

const A: OutcomeId = OutcomeId(0);

fn with_events(tick: u64, events: &[Event]) -> TickUpdate {
    TickUpdate { events: events.to_vec(), ..update(tick) }
}

fn elimination(outcome: u8) -> Event {
    Event::Elimination { outcome: OutcomeId(outcome), round: None, paid: Usdc::ZERO, freed: Usdc::ZERO, flows: vec![] }
}

/// The same by a round.
fn held(outcome: u8, round: u32) -> Event {
    Event::Elimination {
        outcome: OutcomeId(outcome),
        round: Some(round),
        paid: Usdc::ZERO,
        freed: Usdc::ZERO,
        flows: vec![],
    }
}

#[test]
fn updates_follow_each_other_or_show_the_gap() {
    let mut replica = Replica::from(snapshot());
    assert_eq!(replica.apply(&update(8)), Applied::Yes);
    let after = replica.clone();
    for (tick, expected) in [(8, Applied::Stale), (3, Applied::Stale), (10, Applied::Gap), (u64::MAX, Applied::Gap)] {
        assert_eq!(replica.apply(&update(tick)), expected, "{tick}");
        assert_eq!(replica, after, "nothing of it was taken");
    }
    assert_eq!((replica.tick(), replica.state_hash()), (8, [8; 32]));
    replica = Replica::from(Snapshot { tick: 10, ..snapshot() });
    assert_eq!(replica.apply(&update(11)), Applied::Yes, "a snapshot heals a gap");
}

#[test]
fn what_is_of_another_market_changes_nothing() {
    let level = Level {
        side: Side::Yes,
        direction: Direction::Buy,
        price: Price(400_000),
        total: Tokens::whole(1),
        opt_in: Tokens::ZERO,
    };
    let stray = LevelChange { outcome: OutcomeId(3), level };
    let fewer = TickUpdate { pools: update(8).pools[1..].to_vec(), ..update(8) };
    let more = TickUpdate { pools: vec![update(8).pools[0]; 4], ..update(8) };
    let mut replica = Replica::from(snapshot());
    for wrong in [
        fewer,
        more,
        TickUpdate { levels: vec![LevelChange { outcome: A, level }, stray], ..update(8) },
        with_events(8, &[elimination(0), elimination(3)]),
        with_events(8, &[Event::Final { winner: OutcomeId(u8::MAX), paid: Usdc::ZERO }]),
    ] {
        assert_eq!(replica.apply(&wrong), Applied::Gap, "{wrong:?}");
        assert_eq!(replica, Replica::from(snapshot()));
    }
}

#[test]
fn outcomes_leave_and_one_wins() {
    let mut replica = Replica::from(snapshot());
    assert_eq!(replica.apply(&with_events(8, &[elimination(1)])), Applied::Yes);
    let out = Outcome::Eliminated { at_ms: 8_000 };
    assert_eq!(replica.fates(), [Outcome::Active, out, Outcome::Active]);
    let end = Event::Final { winner: OutcomeId(2), paid: Usdc::ZERO };
    assert_eq!(replica.apply(&with_events(9, &[end])), Applied::Yes);
    assert_eq!(replica.fates(), [Outcome::Lost, out, Outcome::Won]);
}

#[test]
fn an_extension_moves_the_rounds_still_to_come() {
    let mut replica = Replica::from(snapshot());
    let extended = |replica: &Replica| {
        let params = &replica.market().params;
        (params.total_duration, params.rounds.iter().map(|round| round.at_s).collect::<Vec<_>>())
    };
    let extend = Event::Extend { by_ms: 60_000 };
    assert_eq!(replica.apply(&with_events(8, std::slice::from_ref(&extend))), Applied::Yes);
    assert_eq!(extended(&replica), (960, vec![360, 660]));
    // By hand it is no round: both are still to come.
    assert_eq!(replica.apply(&with_events(9, &[elimination(0), extend.clone()])), Applied::Yes);
    assert_eq!(extended(&replica), (1_020, vec![420, 720]));
    assert_eq!(replica.apply(&with_events(10, &[held(1, 0), extend.clone()])), Applied::Yes);
    assert_eq!(extended(&replica), (1_080, vec![420, 780]));
    assert_eq!(replica.apply(&with_events(11, &[Event::Extend { by_ms: u64::MAX }])), Applied::Yes);
    assert_eq!(extended(&replica), (u32::MAX, vec![420, u32::MAX]));
}

#[test]
fn tape_and_history_are_bounded_and_keep_what_is_new() {
    let mut replica = Replica::from(snapshot());
    let trade = |trade_id| PublicTrade {
        trade_id,
        ts_ms: 0,
        outcome: A,
        side: Side::Yes,
        price: Price(500_000),
        size: Tokens::whole(1),
        fill_type: FillType::Amm,
        buyer: Some(UserId(1)),
        seller: None,
        taker: Direction::Buy,
    };
    for tick in 8..3_000 {
        let traded = TickUpdate { trades: vec![trade(tick)], ..update(tick) };
        assert_eq!(replica.apply(&traded), Applied::Yes);
        assert!(replica.tape().len() <= TAPE_TRADES && replica.history().len() <= HISTORY_POINTS * 2);
    }
    let last: Vec<u64> = replica.tape().iter().map(|trade| trade.trade_id).collect();
    assert_eq!(last, (3_000 - TAPE_TRADES as u64..3_000).collect::<Vec<_>>());
    let times: Vec<u64> = replica.history().iter().map(|point| point.now_ms).collect();
    assert!(times.is_sorted() && times[0] < 20_000, "its beginning is kept: {times:?}");
    assert!(
        times.ends_with(&(2_700..3_000).map(|tick| tick * 1_000).collect::<Vec<_>>()),
        "the last ones are all kept"
    );
}

#[test]
fn a_price_of_the_past_is_that_of_the_last_point_before() {
    let mut replica = Replica::from(snapshot());
    assert_eq!(replica.price_at(A, 0), None);
    let mut dearer = update(9);
    dearer.pools[0].q_yes = Tokens::whole(2_000);
    assert_eq!([replica.apply(&update(8)), replica.apply(&dearer)], [Applied::Yes; 2]);
    let [before, after] = [8_000, 9_000].map(|now_ms| replica.price_at(A, now_ms));
    assert!(before < after, "{before:?} {after:?}");
    assert_eq!(after, Some(replica.price(A, Side::Yes).as_f64()));
    assert_eq!([0, 8_999, 99_000].map(|now_ms| replica.price_at(A, now_ms)), [before, before, after]);
    assert_eq!(replica.price_at(OutcomeId(9), 9_000), None);
}

#[test]
fn people_come_change_and_go() {
    let mut replica = Replica::from(snapshot());
    let away = Seat { connected: false, ..seat(1, "Ada") };
    replica.change_seats(&[SeatChange::Set(seat(2, "Bob")), SeatChange::Set(away.clone())]);
    assert_eq!(replica.seats().values().cloned().collect::<Vec<_>>(), [away, seat(2, "Bob")]);
    replica.change_seats(&[SeatChange::Gone(UserId(1)), SeatChange::Gone(UserId(7))]);
    assert_eq!(replica.seats().values().cloned().collect::<Vec<_>>(), [seat(2, "Bob")]);
}

#[test]
fn names_and_shares_are_read_for_people() {
    let replica = Replica::from(snapshot());
    assert_eq!(replica.default_slippage(), Rate(RATE_ONE / 20));
    assert_eq!(replica.outcome_name(OutcomeId(9)), "?");
    assert_eq!((replica.is_active(A), replica.is_active(OutcomeId(9))), (true, false));
    assert_eq!(replica.price(OutcomeId(9), Side::No), Price(0));
    assert_eq!(replica.ids().count(), replica.spots().len());
}
