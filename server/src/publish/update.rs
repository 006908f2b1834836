//! A tick: encoded once for everyone, and noted for each whom it concerns.

use super::standings::Standings;
use crate::{
    clock::ServerClock,
    market::{Beat, Session},
    net::Wire,
    players::{Due, Keys, Past, Roster, Seat, Tally},
    record::Done,
};
use bevy::prelude::*;
use outcry_engine::{
    Cash, Event, Fill, Level, Order, OrderId, OrderStatus, OrderUpdate, OutcomeId, PublicOutcome, Report,
};
use outcry_shared::{
    floor::public_trades,
    levels,
    limits::{TAPE_TRADES, TICK_ACTIONS},
    message::{LevelChange, Receipt, ServerMessage, TickUpdate},
};
use std::collections::HashMap;

/// The levels of the book as everyone has been told.
#[derive(Resource, Debug, Default)]
pub(super) struct Shown(Vec<Vec<Level>>);

impl Shown {
    /// What has changed since then.
    fn changes(&mut self, outcomes: &[PublicOutcome]) -> Vec<LevelChange> {
        let mut changes = Vec::new();
        self.0.resize(outcomes.len(), Vec::new());
        for (index, (shown, now)) in (0_u8..).zip(self.0.iter_mut().zip(outcomes)) {
            changes.extend(levels::changes(OutcomeId(index), shown, &now.levels));
            shown.clone_from(&now.levels);
        }
        changes
    }

    /// Everyone gets a snapshot of this instead.
    pub(super) fn reset(&mut self, outcomes: &[PublicOutcome]) {
        self.0 = outcomes.iter().map(|outcome| outcome.levels.clone()).collect();
    }
}

/// Tells everyone what the lap did.
pub(super) fn tell_tick(
    clock: Res<ServerClock>,
    session: Res<Session>,
    done: Res<Done>,
    beat: Res<Beat>,
    standings: Res<Standings>,
    mut shown: ResMut<Shown>,
    mut wire: Wire,
) {
    if !done.beat() {
        return;
    }
    let market = session.market();
    let public = market.public();
    let update = TickUpdate {
        tick: session.tick(),
        clock: session.clock(clock.now_ms()),
        pools: public.outcomes.iter().map(|outcome| outcome.pool).collect(),
        segment_ms: (public.segment_start_ms, public.segment_end_ms),
        levels: shown.changes(&public.outcomes),
        trades: last(TAPE_TRADES, &public_trades(beat.report(), beat.orders())),
        actions: last(TICK_ACTIONS, beat.actions()),
        events: beat.report().events.iter().filter(|event| is_public(event)).cloned().collect(),
        leaders: standings.leaders(),
        metrics: market.metrics(),
        orders: u32::try_from(beat.orders().len()).unwrap_or(u32::MAX),
        state_hash: market.state_hash(),
    };
    wire.broadcast(&ServerMessage::Tick(Box::new(update)));
}

/// The last of a list: beyond so many, nobody looks at each.
fn last<T: Clone>(count: usize, list: &[T]) -> Vec<T> {
    list[list.len().saturating_sub(count)..].to_vec()
}

/// Notes for each what the lap did to them: one receipt per order touched, a payout, a new rank.
pub(super) fn note_receipts(
    (done, beat): (Res<Done>, Res<Beat>),
    session: Res<Session>,
    standings: Res<Standings>,
    roster: Res<Roster>,
    mut players: Query<(&Seat, &Keys, &mut Due, &mut Tally, &mut Past)>,
) {
    if !done.beat() {
        return;
    }
    let report = beat.report();
    let parts = Parts::of(report);
    let orders: HashMap<OrderId, &Order> = beat.orders().iter().map(|order| (order.id, order)).collect();
    for order in &report.orders {
        let player = roster.entity(order.user).and_then(|entity| players.get_mut(entity).ok());
        let Some((_, keys, mut due, mut tally, mut past)) = player else {
            continue;
        };
        if order.status == OrderStatus::Rejected {
            tally.count_rejected();
        }
        let receipt = parts.receipt(order, keys.client(order.id));
        past.note(session.id().0, orders.get(&order.id).copied(), &receipt);
        due.push(receipt);
    }
    for cash in &report.cash {
        if let Some((_, _, mut due, ..)) = roster.entity(cash.user).and_then(|entity| players.get_mut(entity).ok()) {
            due.refresh();
        }
    }
    for (seat, _, mut due, ..) in players.iter_mut().filter(|(seat, ..)| seat.open()) {
        due.stand(standings.rank(seat.user()));
    }
}

/// What a report says of each order: looked up once, since a large tick has many orders and many fills.
struct Parts<'r> {
    fills: HashMap<OrderId, Vec<&'r Fill>>,
    cash: HashMap<OrderId, Vec<Cash>>,
}

impl<'r> Parts<'r> {
    fn of(report: &'r Report) -> Self {
        let mut parts = Self { fills: HashMap::new(), cash: HashMap::new() };
        for fill in &report.fills {
            let (buyer, seller) = (fill.buyer.order(), fill.seller.order());
            for order in buyer.into_iter().chain(seller.filter(|_| seller != buyer)) {
                parts.fills.entry(order).or_default().push(fill);
            }
        }
        for cash in &report.cash {
            if let Some(order) = cash.order {
                parts.cash.entry(order).or_default().push(*cash);
            }
        }
        parts
    }

    fn receipt(&self, order: &OrderUpdate, client_order_id: Option<u64>) -> Receipt {
        let fills = self.fills.get(&order.id).into_iter().flatten().map(|fill| (*fill).clone()).collect();
        let cash = self.cash.get(&order.id).cloned().unwrap_or_default();
        Receipt { order: order.clone(), client_order_id, fills, cash }
    }
}

/// Whether everyone should hear of an event. Orders and rebates are their owners' business.
fn is_public(event: &Event) -> bool {
    matches!(
        event,
        Event::AutoFill { .. }
            | Event::Freeze
            | Event::Elimination { .. }
            | Event::Renormalisation { .. }
            | Event::Resume
            | Event::Extend { .. }
            | Event::Final { .. }
            | Event::Invariant { .. }
    )
}
