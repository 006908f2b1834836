//! Joining and trading, from the hello to the receipt.

use crate::{
    faulty::Fault,
    hall::{Hall, TICK_MS},
};
use outcry_engine::{OrderStatus, Side, Tokens, Usdc};
use outcry_server::{players::Keys, store::Store};
use outcry_shared::{
    ClientMessage, ServerMessage,
    limits::OPEN_ORDERS_MAX,
    message::{HostAct, NewOrder, SeatChange},
    phase::Phase,
};

#[test]
fn a_newcomer_gets_a_seat_and_the_others_hear_of_it() {
    let mut hall = Hall::open();
    let mut ada = hall.join("Ada");
    assert_eq!(ada.welcome().you.as_ref().unwrap().name, "Ada");
    assert_eq!(ada.welcome().snapshot.clock.phase, Phase::Lobby);
    assert_eq!(ada.private().own.balance, crate::hall::config().params.starting_balance);
    let bob = hall.join("Bob");
    assert_eq!(bob.welcome().snapshot.seats.len(), 2);
    ada.hear();
    let heard = |message: &ServerMessage| {
        matches!(message, ServerMessage::Seats(changes)
            if changes.iter().any(|change| matches!(change, SeatChange::Set(seat) if seat.name == "Bob" && seat.connected)))
    };
    assert!(ada.heard.iter().any(heard));
}

#[test]
fn a_name_that_cannot_be_had_is_refused_with_a_sentence() {
    let mut hall = Hall::open();
    hall.join("Ada");
    for (name, expected) in [("", "1 to 24"), ("ADA", "taken"), ("admin", "reserved"), ("<img>", "cannot be in a name")]
    {
        let mut guest = hall.join(name);
        let reason = guest.refusal().expect("refused").to_owned();
        assert!(reason.contains(expected), "{name:?}: {reason}");
        assert_eq!(guest.closing().map(|closing| closing.code), Some(1008));
    }
}

#[test]
fn an_order_is_acknowledged_then_filled_in_the_tick_then_reported() {
    let (mut hall, _host) = Hall::running();
    let mut ada = hall.join("Ada");
    let order = ada.buys(10);
    ada.heard.clear();
    hall.say(&mut ada, ClientMessage::Order(order.clone()));
    let id = ada.only_order();
    assert!(ada.ticks().is_empty(), "nothing before the tick");
    hall.tick();
    ada.hear();
    assert_eq!(ada.ticks().len(), 1);
    assert_eq!(ada.ticks()[0].trades.len(), 1);
    let state = ada.private();
    let receipt = &state.receipts[0];
    assert_eq!((receipt.order.id, receipt.order.status), (id, OrderStatus::Filled));
    assert_eq!(receipt.client_order_id, Some(order.client_order_id));
    assert_eq!(state.own.free[0][Side::Yes.index()], Tokens(10_000_000));
    assert_eq!(state.statement.balance(), state.own.balance);
    assert_eq!(state.trade_count, 1);
}

#[test]
fn ticks_are_numbered_without_gaps() {
    let (mut hall, _host) = Hall::running();
    let mut ada = hall.join("Ada");
    hall.pass_ms(12 * TICK_MS);
    ada.hear();
    let numbers: Vec<u64> = ada.ticks().iter().map(|tick| tick.tick).collect();
    assert_eq!(numbers.len(), 12);
    assert!(numbers.windows(2).all(|pair| pair[1] == pair[0] + 1), "{numbers:?}");
}

#[test]
fn the_same_order_again_has_one_effect_and_the_same_answer() {
    let (mut hall, _host) = Hall::running();
    let mut ada = hall.join("Ada");
    let token = ada.token();
    let order = ada.buys(10);
    hall.say(&mut ada, ClientMessage::Order(order.clone()));
    hall.say(&mut ada, ClientMessage::Order(order.clone()));
    hall.tick();
    hall.say(&mut ada, ClientMessage::Order(order.clone()));
    hall.tick();
    ada.hear();
    let answers: Vec<_> = ada.acks().iter().map(|ack| ack.result.clone()).collect();
    assert_eq!(answers.len(), 3);
    assert!(answers.iter().all(|answer| answer == &answers[0] && answer.is_ok()));
    assert_eq!(ada.private().own.free[0][0], Tokens(10_000_000));

    let mut hall = hall.crash();
    let mut host = hall.host();
    hall.act(&mut host, HostAct::Resume).unwrap();
    let mut ada = hall.resume(token);
    hall.say(&mut ada, ClientMessage::Order(order));
    hall.tick();
    ada.hear();
    assert_eq!(ada.acks()[0].result, answers[0], "also after a crash");
    assert_eq!(ada.private().own.free[0][0], Tokens(10_000_000));
}

#[test]
fn a_bid_rests_until_it_is_cancelled() {
    let (mut hall, _host) = Hall::running();
    let mut ada = hall.join("Ada");
    let bid = ada.bids(10);
    hall.say(&mut ada, ClientMessage::Order(bid));
    hall.tick();
    ada.hear();
    let order = ada.only_order();
    assert_eq!(ada.private().open_orders.len(), 1);
    assert_eq!(ada.private().statement.escrow, Usdc(1_000_000));
    assert!(ada.ticks()[0].levels.iter().any(|change| change.level.total == Tokens(10_000_000)));
    hall.say(&mut ada, ClientMessage::Cancel { order });
    assert!(ada.heard.iter().any(|message| matches!(message, ServerMessage::CancelAck { found: true, .. })));
    hall.tick();
    ada.hear();
    assert!(ada.private().open_orders.is_empty());
    assert_eq!(ada.private().statement.escrow, Usdc::ZERO);
    let last = ada.ticks().last().unwrap().levels.clone();
    assert!(last.iter().any(|change| change.level.total == Tokens::ZERO), "the level is gone: {last:?}");
}

#[test]
fn nobody_cancels_the_order_of_another() {
    let (mut hall, _host) = Hall::running();
    let mut ada = hall.join("Ada");
    let mut bob = hall.join("Bob");
    let bid = ada.bids(10);
    hall.say(&mut ada, ClientMessage::Order(bid));
    hall.tick();
    ada.hear();
    let order = ada.only_order();
    hall.say(&mut bob, ClientMessage::Cancel { order });
    assert!(bob.heard.iter().any(|message| matches!(message, ServerMessage::CancelAck { found: false, .. })));
    hall.tick();
    ada.hear();
    assert_eq!(ada.private().open_orders.len(), 1);
}

#[test]
fn what_no_market_could_take_is_refused_and_costs_nothing() {
    let (mut hall, _host) = Hall::running();
    let mut ada = hall.join("Ada");
    let before = ada.private().own.balance;
    let mut check = |change: fn(&mut NewOrder), expected: &str| {
        let mut order = ada.bids(10);
        change(&mut order);
        ada.heard.clear();
        hall.say(&mut ada, ClientMessage::Order(order));
        let reason = ada.acks()[0].result.clone().unwrap_err().reason;
        assert!(reason.contains(expected), "{reason}");
    };
    check(|order| order.size = Tokens(9_999), "between 0.01 and");
    check(|order| order.size = Tokens(-5), "between 0.01 and");
    check(|order| order.size = Tokens(i64::MAX), "between 0.01 and");
    check(|order| order.outcome.0 = 4, "does not exist");
    check(|order| order.kind = limit(105_000), "grid");
    check(|order| order.kind = limit(0), "grid");
    check(|order| order.kind = limit(1_000_000), "grid");
    let bid = ada.bids(1);
    hall.say(&mut ada, ClientMessage::Order(bid));
    hall.tick();
    ada.hear();
    let gas = crate::hall::config().params.gas_fee;
    assert_eq!(ada.private().statement.gas, gas, "only the one that reached the market paid");
    assert_eq!(ada.private().own.balance, Usdc(before.0 - gas.0 - 100_000));
}

fn limit(micros: u32) -> outcry_engine::OrderKind {
    outcry_engine::OrderKind::Limit { price: outcry_engine::Price(micros), af_opt_in: false }
}

#[test]
fn open_orders_are_limited() {
    let (mut hall, _host) = Hall::running();
    let mut ada = hall.join("Ada");
    for _ in 0..=OPEN_ORDERS_MAX {
        let mut bid = ada.bids(1);
        bid.size = Tokens(10_000);
        hall.say(&mut ada, ClientMessage::Order(bid));
        hall.pass_ms(100);
    }
    ada.hear();
    let refused: Vec<_> = ada.acks().into_iter().filter(|ack| ack.result.is_err()).collect();
    assert_eq!(refused.len(), 1);
    assert!(refused[0].result.clone().unwrap_err().reason.contains("200"));
}

#[test]
fn a_seat_is_resumed_by_its_token_and_the_other_window_loses_it() {
    let (mut hall, _host) = Hall::running();
    let mut ada = hall.join("Ada");
    let order = ada.buys(10);
    hall.say(&mut ada, ClientMessage::Order(order));
    hall.tick();
    let mut again = hall.resume(ada.token());
    assert_eq!(again.welcome().you.as_ref().unwrap().name, "Ada");
    assert_eq!(again.private().own.free[0][0], Tokens(10_000_000));
    ada.hear();
    assert!(ada.refusal().unwrap().contains("another window"));
    assert!(ada.closing().is_some());
    hall.hang_up(ada);
    let order = again.buys(1);
    hall.say(&mut again, ClientMessage::Order(NewOrder { client_order_id: 99, ..order }));
    assert!(again.acks()[0].result.is_ok(), "the new window trades on");
}

#[test]
fn an_unknown_token_gives_no_seat() {
    let mut hall = Hall::open();
    let mut guest = hall.resume(outcry_shared::secret::SeatToken([7; 16]));
    assert!(guest.refusal().unwrap().contains("join again"));
    assert!(guest.closing().is_some());
}

#[test]
fn a_lost_answer_of_the_store_has_no_second_effect() {
    for fault in [Fault::Lost, Fault::ReplyLost] {
        let (mut hall, _host) = Hall::running();
        let mut ada = hall.join("Ada");
        let order = ada.buys(10);
        hall.store.fail_next(fault);
        hall.say(&mut ada, ClientMessage::Order(order));
        assert!(ada.acks().is_empty(), "not acknowledged before it is stored");
        hall.pass_ms(500);
        ada.hear();
        assert_eq!(ada.acks().len(), 1);
        hall.store.fail_next(fault);
        hall.tick();
        hall.pass_ms(500);
        ada.hear();
        assert_eq!(ada.private().own.free[0][0], Tokens(10_000_000));
        let session = outcry_server::store::SessionId(1);
        let trades = futures(hall.store.trades(session, 0));
        assert_eq!(trades.len(), 1);
    }
}

/// Only so many answers are kept in memory: of an older order the record knows that it has come.
#[test]
fn an_order_of_long_ago_that_comes_again_has_one_effect() {
    let (mut hall, _host) = Hall::running();
    let mut ada = hall.join("Ada");
    let order = ada.buys(10);
    hall.say(&mut ada, ClientMessage::Order(order.clone()));
    hall.tick();
    let world = hall.app.world_mut();
    let mut keys = world.query::<&mut Keys>();
    keys.iter_mut(world).for_each(|mut keys| *keys = Keys::default());
    hall.say(&mut ada, ClientMessage::Order(order));
    hall.tick();
    ada.hear();
    assert_eq!(ada.acks().len(), 2);
    assert_eq!(ada.acks()[0].result, ada.acks()[1].result, "the same answer");
    assert_eq!(ada.private().own.free[0][0], Tokens(10_000_000));
    assert_eq!(futures(hall.store.trades(outcry_server::store::SessionId(1), 0)).len(), 1);
}

fn futures<T>(answer: outcry_server::store::Answer<'_, T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(answer).unwrap()
}
