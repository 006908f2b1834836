//! What a crash leaves behind, and what a restart makes of it.

use crate::{hall::Hall, trap::POINTS};
use outcry_engine::{Market, OutcomeId, Tokens, Usdc};
use outcry_server::store::{Answer, SessionId, Store};
use outcry_shared::{
    ClientMessage,
    floor::Floor,
    message::{HostAct, Outcome, Resolve},
    phase::Phase,
};

/// Runs to the end what may need time and sockets.
pub(crate) fn wait<T>(work: impl Future<Output = T>) -> T {
    crate::hall::runtime().block_on(work)
}

pub(crate) fn now<T>(answer: Answer<'_, T>) -> T {
    wait(answer).unwrap()
}

#[test]
fn an_acknowledged_order_survives_a_crash_and_has_one_effect() {
    let (mut hall, _host) = Hall::running();
    let mut ada = hall.join("Ada");
    hall.pass_ms(5_300);
    let order = ada.buys(10);
    hall.say(&mut ada, ClientMessage::Order(order));
    assert!(ada.acks()[0].result.is_ok());
    let token = ada.token();
    let mut hall = hall.crash();
    let ada = hall.resume(token);
    let clock = ada.welcome().snapshot.clock;
    assert_eq!(clock.phase, Phase::Paused, "a session that was running goes on paused");
    assert_eq!(clock.now_ms, 5_300, "not before the last order");
    assert_eq!(ada.private().own.free[0][0], Tokens(10_000_000), "its tick has been run");
    let trades = now(hall.store.trades(SessionId(1), 0));
    assert_eq!(trades.len(), 1);
}

#[test]
fn what_was_frozen_stays_frozen_for_the_rest() {
    let (mut hall, _host) = Hall::running();
    hall.pass_ms(22_000);
    let mut hall = hall.crash();
    let mut host = hall.host();
    hall.act(&mut host, HostAct::Resume).unwrap();
    let ada = hall.join("Ada");
    let clock = ada.welcome().snapshot.clock;
    assert_eq!((clock.phase, clock.resume_ms), (Phase::Frozen, Some(25_000)));
    assert_eq!(ada.welcome().snapshot.outcomes[3], Outcome::Eliminated { at_ms: 20_000 });
}

#[test]
fn a_session_that_another_server_takes_over_goes_on_by_itself() {
    let (mut hall, _host) = Hall::running();
    let mut ada = hall.join("Ada");
    hall.pass_ms(5_300);
    let order = ada.buys(10);
    hall.say(&mut ada, ClientMessage::Order(order));
    assert!(ada.acks()[0].result.is_ok());
    let token = ada.token();
    // The second of them is gone before people are back.
    let mut hall = hall.taken_over();
    hall.pass_ms(1_000);
    let mut hall = hall.taken_over();
    let clock = |hall: &Hall| (hall.session().phase(), hall.session().now_ms());
    hall.pass_ms(2_900);
    assert_eq!(clock(&hall), (Phase::Running, 5_300), "people find the way");
    assert_eq!(hall.session().tick(), 5, "the order waits for its tick");
    let ada = hall.resume(token);
    hall.pass_ms(1_000);
    assert_eq!(clock(&hall), (Phase::Running, 6_200));
    assert_eq!(hall.session().tick(), 6);
    assert_eq!(now(hall.store.trades(SessionId(1), 0)).len(), 1, "once");
    drop(ada);

    // Who had paused it lets it go on.
    let mut host = hall.host();
    hall.act(&mut host, HostAct::Pause).unwrap();
    let mut hall = hall.taken_over();
    hall.pass_ms(10_000);
    assert_eq!(clock(&hall), (Phase::Paused, 6_200));
}

#[test]
fn a_freeze_that_another_server_takes_over_ends_in_its_time() {
    let (mut hall, _host) = Hall::running();
    hall.pass_ms(22_000);
    let mut hall = hall.taken_over();
    // The record ends where the freeze began.
    hall.pass_ms(3_000 + 4_900);
    assert_eq!((hall.session().phase(), hall.session().now_ms()), (Phase::Frozen, 24_900));
    hall.pass_ms(200);
    assert_eq!(hall.session().phase(), Phase::Running);
}

#[test]
fn a_crash_in_the_lobby_or_after_the_end_changes_nothing() {
    let mut hall = Hall::open();
    let token = hall.join("Ada").token();
    let mut hall = hall.crash();
    assert_eq!(hall.resume(token).welcome().snapshot.clock.phase, Phase::Lobby);
    let mut host = hall.host();
    hall.act(&mut host, HostAct::Start).unwrap();
    hall.act(&mut host, HostAct::Resolve(Resolve::Final(OutcomeId(0)))).unwrap();
    let mut hall = hall.crash();
    let ada = hall.resume(token);
    assert_eq!(ada.welcome().snapshot.clock.phase, Phase::Resolved);
    assert_eq!(ada.welcome().end.as_ref().unwrap().winner, OutcomeId(0));
}

#[test]
fn the_script_survives_with_its_override() {
    let (mut hall, mut host) = Hall::running();
    hall.act(&mut host, HostAct::SetWinner(outcry_shared::config::Choice::Fixed(OutcomeId(1)))).unwrap();
    hall.pass_ms(2_000);
    let mut hall = hall.crash();
    let mut host = hall.host();
    hall.act(&mut host, HostAct::Resolve(Resolve::Final(OutcomeId(1)))).unwrap();
    let ada = hall.claim(outcry_shared::message::SeatClaim::Spectate);
    assert_eq!(ada.welcome().end.as_ref().unwrap().winner, OutcomeId(1));
}

/// Killed at each point of the lap in which an order comes in, and of the one in which its tick
/// runs: acknowledged or not, sent again it has one effect and one answer.
#[test]
fn a_kill_at_any_point_of_a_lap_loses_and_doubles_nothing() {
    for point in POINTS {
        for tick_is_due in [false, true] {
            let (mut hall, _host) = Hall::running();
            let mut ada = hall.join("Ada");
            let (token, order) = (ada.token(), ada.buys(10));
            hall.pass_ms(900);
            if tick_is_due {
                hall.say(&mut ada, ClientMessage::Order(order.clone()));
                hall.clock.advance_ms(100);
            } else {
                hall.send(&mut ada, &ClientMessage::Order(order.clone()));
            }
            let mut hall = hall.killed_after(point);
            ada.hear();
            let promised = ada.acks().first().map(|ack| ack.result.clone());
            assert!(promised.is_some() || !tick_is_due, "{point:?}");
            let mut host = hall.host();
            hall.act(&mut host, HostAct::Resume).unwrap();
            let mut ada = hall.resume(token);
            hall.say(&mut ada, ClientMessage::Order(order));
            hall.tick();
            ada.hear();
            let answer = ada.acks()[0].result.clone();
            assert!(promised.is_none_or(|promised| promised == answer), "{point:?}: one answer");
            assert_eq!(ada.private().own.free[0][0], Tokens(10_000_000), "{point:?}: one effect");
            assert_eq!(now(hall.store.trades(SessionId(1), 0)).len(), 1, "{point:?}");
        }
    }
}

/// A session with everything in it, crashed again and again, is one session: its inputs from
/// the first give every recorded hash.
#[test]
fn the_whole_record_replays_to_the_recorded_hashes() {
    let (mut hall, mut host) = Hall::running();
    let mut ada = hall.join("Ada");
    let token = ada.token();
    for second in 0..75_u64 {
        let order = if second % 3 == 0 { ada.bids(1) } else { ada.buys(1) };
        hall.say(&mut ada, ClientMessage::Order(outcry_shared::message::NewOrder { client_order_id: second, ..order }));
        if second % 10 == 7 {
            hall.say(&mut ada, ClientMessage::CancelAll);
        }
        if second == 33 {
            let bob = hall.join("Bob").welcome().you.as_ref().unwrap().user;
            hall.act(&mut host, HostAct::Kick { user: bob }).unwrap();
        }
        if second % 13 == 12 && second < 60 {
            hall = hall.crash();
            host = hall.host();
            ada = hall.resume(token);
            hall.act(&mut host, HostAct::Resume).unwrap();
        }
        hall.tick();
    }
    ada.hear();
    assert_eq!(hall.claim(outcry_shared::message::SeatClaim::Spectate).welcome().snapshot.clock.phase, Phase::Resolved);
    assert_eq!(ada.private().statement.balance(), ada.private().own.balance);
    replay(&*hall.store, SessionId(1));
}

/// Replays the record against its hashes. Returns the market where the record ends.
pub(crate) fn hashes(store: &dyn Store, session: SessionId) -> Market {
    let record = now(store.load(session));
    let mut market = match &record.snapshot {
        Some(snapshot) => Floor::decode(&snapshot.bytes).unwrap().market().clone(),
        None => Market::new(record.state.config.params).unwrap(),
    };
    let mut inputs = record.inputs.iter().peekable();
    for (tick, hash) in &record.hashes {
        while let Some(recorded) = inputs.next_if(|recorded| recorded.tick <= *tick) {
            market.apply(&recorded.input).unwrap();
        }
        assert_eq!(market.state_hash(), *hash, "tick {tick}");
    }
    market
}

/// Replays the record and checks it against the tables. Returns the market at its end.
pub(crate) fn replay(store: &dyn Store, session: SessionId) -> Market {
    let market = hashes(store, session);
    let users = now(store.users(session));
    assert!(users.iter().all(|user| market.account(user.user).unwrap().balance == user.balance));
    let figures = market.metrics();
    let deposits: i64 = users.iter().map(|user| user.deposit.0).sum();
    let balances: i64 = users.iter().map(|user| user.balance.0).sum();
    assert_eq!(Usdc(balances + figures.gas.0 + figures.mm_profit.0), Usdc(deposits), "to the micro");
    market
}

#[test]
fn a_second_server_on_the_same_store_is_refused() {
    let hall = Hall::open();
    let opening = outcry_server::market::Opening { config: crate::hall::config(), phase: Phase::Lobby, asked: false };
    let refused = tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
        let other = hall.place.open().await;
        outcry_server::market::open_session(&*other, &opening).await
    });
    assert!(refused.unwrap_err().to_string().contains("another server"));
}
