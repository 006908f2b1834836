//! What must hold of a session, however it went.

use super::Play;
use crate::{
    hall::Hall,
    recovery::{hashes, now, replay},
};
use outcry_engine::{Direction, Market, OrderId, OutcomeId, Side, Tokens, UserId};
use outcry_server::{
    Recorder,
    store::{Answer, SessionId, Store},
};
use std::collections::BTreeMap;

/// A table that comes in pages.
fn whole<'a, T>(page: impl Fn(u64) -> Answer<'a, Vec<T>>, number: impl Fn(&T) -> u64) -> Vec<T> {
    let mut rows: Vec<T> = Vec::new();
    loop {
        let next = now(page(rows.last().map_or(0, &number)));
        if next.is_empty() {
            return rows;
        }
        rows.extend(next);
    }
}

/// Everything about a session that is over. Returns how many ticks it had.
pub(super) fn prove(play: &Play) -> u64 {
    tables(&play.hall);
    let (store, session) = (&*play.hall.store, play.hall.session().id());
    replay(store, session);
    session_kept(play, session)
}

/// What was promised and shown in a session that is over or was left. Returns how many ticks it had.
pub(super) fn session_kept(play: &Play, session: SessionId) -> u64 {
    let store = &*play.hall.store;
    hashes(store, session);
    promises(play, store, session);
    let ticks = whole(|after| store.ticks(session, after), |row| row.tick);
    assert!(ticks.iter().zip(1..).all(|(row, tick)| row.tick == tick), "ticks are numbered without gaps");
    for (tick, hash) in &play.shown {
        assert_eq!(ticks[*tick as usize - 1].state_hash, *hash, "tick {tick} was shown before it was stored");
    }
    let events = whole(|after| store.events(session, after), |row| row.0);
    assert!(events.iter().all(|(_, event)| event.kind != "INVARIANT"));
    ticks.len() as u64
}

/// Every acknowledged order is stored once and was in one tick; its trades are what it got.
fn promises(play: &Play, store: &dyn Store, session: SessionId) {
    let orders = whole(|after| store.orders(session, after), |row| row.order.id.0);
    let by_id: BTreeMap<OrderId, _> = orders.iter().map(|row| (row.order.id, row)).collect();
    for player in play.players.iter().chain(&play.gone) {
        for (client, id) in &player.promised {
            let row = by_id.get(id).unwrap_or_else(|| panic!("order {client} was acknowledged"));
            assert_eq!(row.client_order_id, Some(*client));
            assert!(row.tick_accepted.is_some(), "order {client} was never in a tick");
            let sent = &player.sent[*client as usize - 1];
            assert_eq!((row.order.size, row.order.kind), (sent.size, sent.kind), "order {client} is what was sent");
        }
    }
    let mut keys: Vec<_> = orders.iter().map(|row| (row.order.user, row.client_order_id)).collect();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), orders.len(), "no order twice");
    let mut got: BTreeMap<OrderId, i64> = BTreeMap::new();
    for trade in whole(|after| store.trades(session, after), |row| row.fill.trade_id) {
        for order in [trade.fill.buyer.order(), trade.fill.seller.order()].into_iter().flatten() {
            *got.entry(order).or_default() += trade.fill.size.0;
        }
    }
    for row in &orders {
        let traded = got.get(&row.order.id).copied().unwrap_or_default();
        assert_eq!(row.filled, Tokens(traded), "order {} was filled by its trades", row.order.id.0);
    }
}

/// The tables say what the market says, unless something is still on its way into them.
pub(super) fn tables(hall: &Hall) {
    if hall.app.world().resource::<Recorder>().is_stalled() {
        return;
    }
    let market = hall.session().market();
    market.audit().unwrap();
    let (store, session) = (&*hall.store, hall.session().id());
    let users = now(store.users(session));
    for user in &users {
        let account = market.account(user.user).unwrap();
        assert_eq!((user.balance, user.gas_paid), (account.balance, account.gas_paid), "account {}", user.user.0);
    }
    let held = |row: &outcry_server::store::PositionRow| ((row.user, row.outcome, row.side), row.tokens);
    let stored: BTreeMap<_, _> = now(store.positions(session)).iter().map(held).filter(|(_, t)| t.0 != 0).collect();
    assert_eq!(stored, holdings(market));
    let levels = now(store.lob_pools(session));
    let rests: i64 = market.all_open_orders().iter().map(|order| order.size.0 - order.filled.0).sum();
    assert_eq!(levels.iter().map(|level| level.volume.0).sum::<i64>(), rests, "the book");
}

/// What everyone holds, free and in the book.
fn holdings(market: &Market) -> BTreeMap<(UserId, OutcomeId, Side), Tokens> {
    let mut held: BTreeMap<_, Tokens> = BTreeMap::new();
    for (user, account) in market.accounts() {
        for (outcome, free) in (0..).map(OutcomeId).zip(&account.free) {
            held.extend(Side::BOTH.map(|side| ((user, outcome, side), free[side.index()])));
        }
    }
    for order in market.all_open_orders().iter().filter(|order| order.direction == Direction::Sell) {
        held.entry((order.user, order.outcome, order.side)).or_default().0 += order.size.0 - order.filled.0;
    }
    held.retain(|_, tokens| tokens.0 != 0);
    held
}
