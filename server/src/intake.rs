//! Orders and cancels: checked for form, right and room, stored, acknowledged, and kept for
//! the next tick.

use crate::{
    lap::Lap,
    net::{ConnId, Inbox, Wire},
    players::{Keys, Roster, StagedJoin, Tally},
    record::{Recorder, StoreGroup},
    session::Session,
    store::{AcceptedOrder, Cancel, Duplicate, Group},
};
use bevy::{ecs::system::SystemParam, prelude::*};
use outcry_engine::{Order, OrderId, OrderKind, Params, SIZE_MAX, SIZE_MIN, UserId, amount::RATE_ONE};
use outcry_shared::{
    limits::{OPEN_ORDERS_MAX, PENDING_ORDERS_MAX, SLIPPAGE_MAX},
    message::{ClientMessage, NewOrder, OrderAck, RefusedOrder, ServerMessage},
    phase::Phase,
};
use std::collections::BTreeSet;

/// Takes orders and cancels in.
pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Staged>()
        .init_resource::<Stored>()
        .init_resource::<Waiting>()
        .add_systems(Update, admit.in_set(Lap::Admit).before(StoreGroup).after(crate::players::Hellos))
        .add_systems(
            Update,
            acknowledge.in_set(Lap::Admit).in_set(Acknowledged).after(StoreGroup).after(crate::players::Seating),
        );
}

/// Says yes to what is stored.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Acknowledged;

/// An order on its way into the store.
#[derive(Debug)]
pub(crate) struct StagedOrder {
    conn: ConnId,
    accepted: AcceptedOrder,
}

/// An order that was sent again: its answer.
#[derive(Debug)]
struct Echo {
    conn: ConnId,
    ack: OrderAck,
}

/// What this lap admitted and the store does not have yet.
#[derive(Resource, Debug, Default)]
pub(crate) struct Staged {
    pub(crate) joins: Vec<StagedJoin>,
    orders: Vec<StagedOrder>,
    cancels: Vec<(ConnId, Cancel)>,
    echoes: Vec<Echo>,
}

/// What this lap's group has stored, to be acknowledged.
#[derive(Resource, Debug, Default)]
pub(crate) struct Stored {
    pub(crate) staged: Staged,
    pub(crate) duplicates: Vec<Duplicate>,
}

impl Staged {
    pub(crate) fn is_empty(&self) -> bool {
        self.joins.is_empty() && self.orders.is_empty() && self.cancels.is_empty() && self.echoes.is_empty()
    }

    /// The rows of it.
    pub(crate) fn group(&self, number: u64) -> Group {
        Group {
            number,
            users: self.joins.iter().map(|join| join.row.clone()).collect(),
            orders: self.orders.iter().map(|staged| staged.accepted.clone()).collect(),
            cancels: self.cancels.iter().map(|(_, cancel)| *cancel).collect(),
            ..Group::default()
        }
    }
}

/// What is stored and waits for its tick.
#[derive(Resource, Debug, Default)]
pub struct Waiting {
    orders: Vec<Order>,
    cancels: Vec<Cancel>,
}

impl Waiting {
    /// What a restart finds.
    #[must_use]
    pub const fn new(orders: Vec<Order>, cancels: Vec<Cancel>) -> Self {
        Self { orders, cancels }
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.orders.is_empty() && self.cancels.is_empty()
    }

    pub(crate) const fn has_cancels(&self) -> bool {
        !self.cancels.is_empty()
    }

    /// The cancels whose orders are in the book. Those of orders that wait themselves stay.
    pub(crate) fn take_cancels(&mut self) -> Vec<Cancel> {
        let fresh: BTreeSet<OrderId> = self.orders.iter().map(|order| order.id).collect();
        let (later, now) =
            std::mem::take(&mut self.cancels).into_iter().partition(|cancel| fresh.contains(&cancel.order));
        self.cancels = later;
        now
    }

    pub(crate) fn take_orders(&mut self) -> Vec<Order> {
        std::mem::take(&mut self.orders)
    }

    /// Gives back what a tick could not take.
    pub(crate) fn put_back(&mut self, orders: Vec<Order>) {
        self.orders = orders;
    }

    fn resting(&self, user: UserId) -> usize {
        self.orders.iter().filter(|order| order.user == user && matches!(order.kind, OrderKind::Limit { .. })).count()
    }

    fn holds(&self, user: UserId, id: OrderId) -> bool {
        self.orders.iter().any(|order| order.user == user && order.id == id)
    }
}

/// Everything that admitting an order looks at.
#[derive(SystemParam)]
struct Intake<'w, 's> {
    session: ResMut<'w, Session>,
    recorder: Res<'w, Recorder>,
    roster: Res<'w, Roster>,
    waiting: Res<'w, Waiting>,
    staged: ResMut<'w, Staged>,
    players: Query<'w, 's, (&'static mut Keys, &'static mut Tally)>,
    wire: Wire<'w>,
}

fn admit(inbox: Res<Inbox>, mut intake: Intake) {
    for (conn, message) in inbox.messages() {
        match message {
            ClientMessage::Order(order) => intake.order(*conn, order),
            ClientMessage::Cancel { order } => intake.cancel(*conn, &[*order]),
            ClientMessage::CancelAll => intake.cancel_all(*conn),
            _ => {}
        }
    }
}

impl Intake<'_, '_> {
    fn order(&mut self, conn: ConnId, wanted: &NewOrder) {
        let client_order_id = wanted.client_order_id;
        match self.accept(conn, wanted) {
            Ok(Some(accepted)) => self.staged.orders.push(StagedOrder { conn, accepted }),
            Ok(None) => {}
            Err(reason) => {
                let result = Err(RefusedOrder { reason });
                self.wire.send(conn, &ServerMessage::OrderAck(OrderAck { client_order_id, result }));
            }
        }
    }

    /// The order with id and time, or none when it was sent before, or why it is refused.
    fn accept(&mut self, conn: ConnId, wanted: &NewOrder) -> Result<Option<AcceptedOrder>, String> {
        let client_order_id = wanted.client_order_id;
        let user = self.wire.links.seat(conn).ok_or("you watch without a seat: join to trade")?;
        let entity = self.roster.entity(user).ok_or("your seat is closed")?;
        let (mut keys, mut tally) = self.players.get_mut(entity).map_err(|_| "your seat is closed")?;
        if let Some(answer) = keys.answer(client_order_id) {
            let ack = OrderAck { client_order_id, result: Ok(answer) };
            self.staged.echoes.push(Echo { conn, ack });
            return Ok(None);
        }
        if self.recorder.is_stalled() {
            return Err("the record cannot be written at the moment: try again in a few seconds".to_owned());
        }
        may_trade(self.session.phase)?;
        well_formed(wanted, self.session.floor.market.params())?;
        if self.waiting.orders.len() + self.staged.orders.len() >= PENDING_ORDERS_MAX {
            return Err(format!("{PENDING_ORDERS_MAX} orders wait for the next tick already: try again after it"));
        }
        let staged = self.staged.orders.iter().filter(|staged| staged.accepted.order.user == user).count();
        let open = self.session.floor.market.open_orders(user).len() + self.waiting.resting(user) + staged;
        if open >= OPEN_ORDERS_MAX && matches!(wanted.kind, OrderKind::Limit { .. }) {
            return Err(format!("{OPEN_ORDERS_MAX} orders are open already: cancel one first"));
        }
        self.session.last_order += 1;
        let id = OrderId(self.session.last_order);
        let ts_ms = self.session.now_ms();
        keys.note(client_order_id, id, ts_ms);
        tally.orders += 1;
        let NewOrder { outcome, side, direction, kind, size, .. } = wanted.clone();
        let order = Order { id, user, outcome, side, direction, kind, size, ts_ms };
        Ok(Some(AcceptedOrder { order, client_order_id: Some(client_order_id) }))
    }

    fn cancel_all(&mut self, conn: ConnId) {
        let Some(user) = self.wire.links.seat(conn) else { return };
        let resting = self.session.floor.market.open_orders(user);
        let fresh = self.waiting.orders.iter().filter(|order| order.user == user).map(|order| order.id);
        let orders: Vec<_> = resting.iter().map(|order| order.id).chain(fresh).collect();
        self.cancel(conn, &orders);
    }

    fn cancel(&mut self, conn: ConnId, orders: &[OrderId]) {
        let user = self.wire.links.seat(conn).filter(|_| self.session.phase.takes_cancels());
        let open = user.map(|user| self.session.floor.market.open_orders(user)).unwrap_or_default();
        for order in orders.iter().copied() {
            let Some(user) = user.filter(|user| {
                !self.recorder.is_stalled()
                    && (open.iter().any(|resting| resting.id == order) || self.waiting.holds(*user, order))
            }) else {
                self.wire.send(conn, &ServerMessage::CancelAck { order, found: false });
                continue;
            };
            let asked = |cancel: &Cancel| cancel.order == order;
            if self.waiting.cancels.iter().any(asked) || self.staged.cancels.iter().any(|(_, cancel)| asked(cancel)) {
                self.wire.send(conn, &ServerMessage::CancelAck { order, found: true });
                continue;
            }
            let now_ms = self.session.now_ms();
            self.staged.cancels.push((conn, Cancel { user, order, now_ms }));
        }
    }
}

fn may_trade(phase: Phase) -> Result<(), String> {
    match phase {
        Phase::Running | Phase::Frozen => Ok(()),
        Phase::Draft | Phase::Lobby => Err("trading has not begun: orders are taken from the start on".to_owned()),
        Phase::Paused => Err("the session is paused: orders are taken when it goes on".to_owned()),
        Phase::Resolved => Err("the session is over: no more orders are taken".to_owned()),
    }
}

/// The form of an order: what no state of the market could make right.
fn well_formed(order: &NewOrder, params: &Params) -> Result<(), String> {
    if !(SIZE_MIN..=SIZE_MAX).contains(&order.size) {
        return Err(format!("size {} is not between 0.01 and 1000000000", order.size));
    }
    if order.outcome.0 >= params.n_outcomes {
        return Err(format!(
            "outcome {} does not exist: 0 to {} do",
            order.outcome.0,
            params.n_outcomes.saturating_sub(1)
        ));
    }
    match order.kind {
        OrderKind::Market { max_slippage } if !(0..=SLIPPAGE_MAX * RATE_ONE).contains(&max_slippage.0) => {
            Err(format!("max slippage {max_slippage} is not between 0 and {SLIPPAGE_MAX}"))
        }
        OrderKind::Limit { price, .. } if !params.grid().contains(price) => Err(format!(
            "limit {price} is not on the grid of {} between {} and {}",
            params.tick_size, params.p_min, params.p_max
        )),
        OrderKind::Market { .. } | OrderKind::Limit { .. } => Ok(()),
    }
}

/// Says yes to what is stored, and hands it to the next tick.
fn acknowledge(
    mut stored: ResMut<Stored>,
    mut waiting: ResMut<Waiting>,
    roster: Res<Roster>,
    mut keys: Query<&mut Keys>,
    mut wire: Wire,
) {
    let Stored { staged, duplicates } = std::mem::take(&mut *stored);
    for StagedOrder { conn, accepted } in staged.orders {
        let AcceptedOrder { order, client_order_id } = accepted;
        let client_order_id = client_order_id.unwrap_or_default();
        let before = duplicates.iter().find(|duplicate| duplicate.given == order.id && duplicate.stored != order.id);
        let answer = before.map_or((order.id, order.ts_ms), |before| (before.stored, before.ts_ms));
        let result = Ok(answer);
        wire.send(conn, &ServerMessage::OrderAck(OrderAck { client_order_id, result }));
        if before.is_none() {
            waiting.orders.push(order);
        } else if let Some(mut keys) = roster.entity(order.user).and_then(|entity| keys.get_mut(entity).ok()) {
            keys.note(client_order_id, answer.0, answer.1);
        }
    }
    for (conn, cancel) in staged.cancels {
        wire.send(conn, &ServerMessage::CancelAck { order: cancel.order, found: true });
        waiting.cancels.push(cancel);
    }
    for Echo { conn, ack } in staged.echoes {
        wire.send(conn, &ServerMessage::OrderAck(ack));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use outcry_engine::{Direction, OutcomeId, Rate, Side, Tokens};

    #[test]
    fn slippage_keeps_to_what_the_record_holds() {
        let check = |units: i64, fits: bool| {
            let order = NewOrder {
                client_order_id: 1,
                outcome: OutcomeId(0),
                side: Side::Yes,
                direction: Direction::Buy,
                kind: OrderKind::Market { max_slippage: Rate(units) },
                size: Tokens::whole(1),
            };
            assert_eq!(well_formed(&order, &Params::default()).is_ok(), fits, "{units}");
        };
        check(-1, false);
        check(0, true);
        check(SLIPPAGE_MAX * RATE_ONE, true);
        check(SLIPPAGE_MAX * RATE_ONE + 1, false);
        check(i64::MAX, false);
    }
}
