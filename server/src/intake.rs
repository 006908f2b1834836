//! Orders and cancels: checked for form, right and room, stored, acknowledged, and kept for the next
//! tick. An order gets its id and time here; none is acknowledged before it is stored.

use crate::{
    clock::ServerClock,
    lap::Admit,
    market::{Session, Waiting},
    net::{ConnId, Said, Wire, Wish},
    players::{Keys, Roster, Tally},
    record::{Recorder, Staged, Stored},
    refusals::{Refusal, Refusals},
    store::{ANSWERS_KEPT, AcceptedOrder, Cancel, Sending},
};
use bevy::{ecs::system::SystemParam, prelude::*};
use outcry_engine::{
    Direction, Order, OrderId, OrderKind, Params, SIZE_MAX, SIZE_MIN, Tokens,
    amount::{AMOUNT_MAX, RATE_ONE},
};
use outcry_shared::{
    limits::{OPEN_ORDERS_MAX, PENDING_ORDERS_MAX, SLIPPAGE_MAX},
    message::{NewOrder, OrderAck, Promise, RefusedOrder, ServerMessage},
    phase::Phase,
};

/// Takes orders and cancels in.
pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Unanswered>()
        .init_resource::<Waiting>()
        .init_resource::<Refusals>()
        .add_systems(Update, admit.in_set(Admit::Trade))
        .add_systems(Update, acknowledge.in_set(Admit::Acknowledge));
}

/// Whom to answer once what they asked for is stored.
#[derive(Resource, Debug, Default)]
struct Unanswered {
    orders: Vec<(ConnId, AcceptedOrder)>,
    cancels: Vec<(ConnId, Cancel)>,
    /// Answers to such orders that were sent again meanwhile.
    echoes: Vec<(ConnId, OrderAck)>,
}

/// Everything that admitting an order looks at.
#[derive(SystemParam)]
struct Intake<'w, 's> {
    clock: Res<'w, ServerClock>,
    refusals: ResMut<'w, Refusals>,
    session: ResMut<'w, Session>,
    recorder: Res<'w, Recorder>,
    roster: Res<'w, Roster>,
    waiting: Res<'w, Waiting>,
    staged: ResMut<'w, Staged>,
    unanswered: ResMut<'w, Unanswered>,
    players: Query<'w, 's, (&'static mut Keys, &'static mut Tally)>,
    wire: Wire<'w>,
}

fn admit(mut wishes: MessageReader<Said<Wish>>, mut intake: Intake) {
    for Said { conn, what } in wishes.read() {
        match what {
            Wish::Order(order) => intake.order(*conn, order),
            Wish::Cancel(order) => intake.cancel(*conn, &[*order]),
            Wish::CancelAll => intake.cancel_all(*conn),
            Wish::Ask(client_order_id) => intake.ask(*conn, *client_order_id),
        }
    }
}

impl Intake<'_, '_> {
    fn order(&mut self, conn: ConnId, wanted: &NewOrder) {
        let client_order_id = wanted.client_order_id;
        match self.accept(conn, wanted) {
            Ok(Some(accepted)) => {
                self.staged.order(accepted.clone());
                self.unanswered.orders.push((conn, accepted));
            }
            Ok(None) => {}
            Err(refusal) => {
                self.record(conn, wanted, &refusal);
                let result = Err(RefusedOrder { reason: refusal.reason });
                self.wire.send(conn, &ServerMessage::OrderAck(OrderAck { client_order_id, result }));
            }
        }
    }

    /// Keeps a refusal for the record.
    fn record(&mut self, conn: ConnId, wanted: &NewOrder, refusal: &Refusal) {
        let (user, can_store) = (self.wire.links.seat(conn), !self.recorder.is_stalled());
        let times = (self.clock.now_ms(), self.session.now_ms());
        if let Some(event) = self.refusals.note(user, wanted, refusal, can_store, times) {
            self.staged.note(event);
        }
    }

    /// The order with id and time, or none when it was sent before, or why it is refused.
    fn accept(&mut self, conn: ConnId, wanted: &NewOrder) -> Result<Option<AcceptedOrder>, Refusal> {
        let client_order_id = wanted.client_order_id;
        let closed = || Refusal::right("your seat is closed");
        let user = self.wire.links.seat(conn);
        let user = user.ok_or_else(|| Refusal::right("you watch without a seat: join to trade"))?;
        let entity = self.roster.entity(user).ok_or_else(closed)?;
        let session = self.session.id().0;
        if wanted.session != session {
            let reason = format!("it was meant for session {}, and this is session {session}", wanted.session);
            return Err(Refusal::right(reason));
        }
        let (mut keys, mut tally) = self.players.get_mut(entity).map_err(|_| closed())?;
        if let Some(answer) = keys.answer(client_order_id) {
            echo(&mut self.unanswered, &mut self.wire, conn, client_order_id, answer);
            return Ok(None);
        }
        if self.recorder.is_stalled() {
            return Err(Refusal::record("the record cannot be written at the moment: try again in a few seconds"));
        }
        may_trade(self.session.phase()).map_err(Refusal::right)?;
        well_formed(wanted, self.session.market().params()).map_err(Refusal::form)?;
        if self.waiting.order_count() + self.staged.orders().len() >= PENDING_ORDERS_MAX {
            let reason = format!("{PENDING_ORDERS_MAX} orders wait for the next tick already: try again after it");
            return Err(Refusal::rate(reason));
        }
        let staged = self.staged.orders().iter().filter(|staged| staged.order.user == user).count();
        let open = self.session.market().open_orders(user).len() + self.waiting.resting(user) + staged;
        if open >= OPEN_ORDERS_MAX && matches!(wanted.kind, OrderKind::Limit { .. }) {
            return Err(Refusal::rate(format!("{OPEN_ORDERS_MAX} orders are open already: cancel one first")));
        }
        let id = self.session.next_order();
        let ts_ms = self.session.now_ms();
        keys.note(client_order_id, id, ts_ms);
        tally.count_order();
        let NewOrder { outcome, side, direction, kind, size, .. } = wanted.clone();
        let order = Order { id, user, outcome, side, direction, kind, size, ts_ms };
        let lag_ms = self.wire.links.get(conn).and_then(|link| link.lag_ms);
        let sending = Sending { promise: wanted.promise.filter(can_be_stored), lag_ms };
        Ok(Some(AcceptedOrder { order, client_order_id: Some(client_order_id), sending }))
    }

    /// Says what became of an order, as if it had been sent again, and takes none.
    fn ask(&mut self, conn: ConnId, client_order_id: u64) {
        let entity = self.wire.links.seat(conn).and_then(|user| self.roster.entity(user));
        let keys = entity.and_then(|entity| self.players.get(entity).ok());
        if let Some(answer) = keys.and_then(|(keys, _)| keys.answer(client_order_id)) {
            return echo(&mut self.unanswered, &mut self.wire, conn, client_order_id, answer);
        }
        let reason = if self.session.last_order().0 <= ANSWERS_KEPT {
            "it never arrived, and was not sent again: prices may have moved since"
        } else {
            "it never arrived, or was one of long ago, and was not sent again: prices may have moved since"
        };
        let result = Err(RefusedOrder { reason: reason.to_owned() });
        self.wire.send(conn, &ServerMessage::OrderAck(OrderAck { client_order_id, result }));
    }

    fn cancel_all(&mut self, conn: ConnId) {
        let Some(user) = self.wire.links.seat(conn) else { return };
        let resting = self.session.market().open_orders(user);
        let fresh = self.waiting.orders_of(user).map(|order| order.id);
        let orders: Vec<_> = resting.iter().map(|order| order.id).chain(fresh).collect();
        self.cancel(conn, &orders);
    }

    fn cancel(&mut self, conn: ConnId, orders: &[OrderId]) {
        let user = self.wire.links.seat(conn).filter(|_| self.session.phase().takes_cancels());
        let open = user.map(|user| self.session.market().open_orders(user)).unwrap_or_default();
        for order in orders.iter().copied() {
            let Some(user) = user.filter(|user| {
                !self.recorder.is_stalled()
                    && (open.iter().any(|resting| resting.id == order) || self.waiting.holds(*user, order))
            }) else {
                self.wire.send(conn, &ServerMessage::CancelAck { order, found: false });
                continue;
            };
            if self.waiting.cancels(order) || self.staged.cancels().iter().any(|cancel| cancel.order == order) {
                self.wire.send(conn, &ServerMessage::CancelAck { order, found: true });
                continue;
            }
            let cancel = Cancel { user, order, now_ms: self.session.now_ms() };
            self.staged.cancel(cancel);
            self.unanswered.cancels.push((conn, cancel));
        }
    }
}

/// Answers an order once more, as soon as it is known to be stored.
fn echo(unanswered: &mut Unanswered, wire: &mut Wire, conn: ConnId, client_order_id: u64, answer: (OrderId, u64)) {
    let ack = OrderAck { client_order_id, result: Ok(answer) };
    // Ids rise: from the first one unanswered on, none is known to be stored.
    if unanswered.orders.first().is_some_and(|(_, first)| first.order.id <= answer.0) {
        unanswered.echoes.push((conn, ack));
    } else {
        wire.send(conn, &ServerMessage::OrderAck(ack));
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

/// Whether a promise fits into the record. What the client says of it concerns nobody else.
fn can_be_stored(promise: &Promise) -> bool {
    promise.tick <= u64::from(u32::MAX) && (-AMOUNT_MAX..=AMOUNT_MAX).contains(&promise.total.0)
}

/// The form of an order: what no state of the market could make right.
fn well_formed(order: &NewOrder, params: &Params) -> Result<(), String> {
    // Of a sale less may be all that is held, which the market knows.
    let least = if order.direction == Direction::Sell { Tokens(1) } else { SIZE_MIN };
    if !(least..=SIZE_MAX).contains(&order.size) {
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
    mut stored: MessageReader<Stored>,
    mut unanswered: ResMut<Unanswered>,
    mut waiting: ResMut<Waiting>,
    roster: Res<Roster>,
    mut keys: Query<&mut Keys>,
    mut wire: Wire,
) {
    let Some(Stored { duplicates }) = stored.read().last() else { return };
    let Unanswered { orders, cancels, echoes } = std::mem::take(&mut *unanswered);
    for (conn, accepted) in orders {
        let AcceptedOrder { order, client_order_id, .. } = accepted;
        let client_order_id = client_order_id.unwrap_or_default();
        let before = duplicates.iter().find(|duplicate| duplicate.given == order.id && duplicate.stored != order.id);
        let answer = before.map_or((order.id, order.ts_ms), |before| (before.stored, before.ts_ms));
        let result = Ok(answer);
        wire.send(conn, &ServerMessage::OrderAck(OrderAck { client_order_id, result }));
        if before.is_none() {
            waiting.add_order(order);
        } else if let Some(mut keys) = roster.entity(order.user).and_then(|entity| keys.get_mut(entity).ok()) {
            keys.note(client_order_id, answer.0, answer.1);
        }
    }
    for (conn, cancel) in cancels {
        wire.send(conn, &ServerMessage::CancelAck { order: cancel.order, found: true });
        waiting.add_cancel(cancel);
    }
    for (conn, ack) in echoes {
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
                session: 1,
                client_order_id: 1,
                outcome: OutcomeId(0),
                side: Side::Yes,
                direction: Direction::Buy,
                kind: OrderKind::Market { max_slippage: Rate(units) },
                size: Tokens::whole(1),
                promise: None,
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
