//! What one lap does to the market: every input but a join goes through here, so that the record
//! has it. A beat is changed by the functions of this folder and wiped once it has been told.

use super::session::Session;
use crate::store::{EventRow, Step};
use bevy::prelude::*;
use outcry_engine::{
    Event, Input, OpenOrder, Order, OrderId, OrderKind, OrderStatus, OrderUpdate, RejectReason, Report, Tokens,
};
use outcry_shared::{
    message::{ActionKind, FloorAction},
    phase::Phase,
};

/// What this lap did to the market: one transaction, one public update. Empty in most laps.
#[derive(Resource, Debug, Default)]
pub struct Beat {
    steps: Vec<Step>,
    report: Report,
    orders: Vec<Order>,
    actions: Vec<FloorAction>,
    set_aside: Vec<OrderUpdate>,
    notes: Vec<EventRow>,
    interruption: Option<String>,
    closed: bool,
    broken: bool,
}

impl Beat {
    /// Inputs in the order in which the market took them, each with what came of it.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// Everything they did together.
    #[must_use]
    pub const fn report(&self) -> &Report {
        &self.report
    }

    /// The orders of the tick.
    #[must_use]
    pub fn orders(&self) -> &[Order] {
        &self.orders
    }

    /// What people did in the book.
    #[must_use]
    pub fn actions(&self) -> &[FloorAction] {
        &self.actions
    }

    /// Orders with which the tick could not be carried out.
    #[must_use]
    pub fn refused(&self) -> &[OrderUpdate] {
        &self.set_aside
    }

    /// Events of the session itself, for the record.
    #[must_use]
    pub fn notes(&self) -> &[EventRow] {
        &self.notes
    }

    /// Why the session had to pause, if it had to.
    #[must_use]
    pub fn interruption(&self) -> Option<&str> {
        self.interruption.as_deref()
    }

    /// Whether there is something to commit.
    #[must_use]
    pub const fn is_closed(&self) -> bool {
        self.closed
    }

    /// Whether an invariant did not hold. Nothing more is done to the market in this lap.
    #[must_use]
    pub const fn is_broken(&self) -> bool {
        self.broken
    }

    /// Tells everyone, and the record, of an event of the session itself.
    pub(super) fn tell(&mut self, session: &Session, event: Event) {
        self.notes.push(EventRow::of(&event, session.now_ms()));
        self.report.events.push(event);
    }

    /// Goes into another phase, and tells the record why.
    pub(super) fn enter(&mut self, session: &mut Session, phase: Phase, why: &str) {
        if session.phase() != phase {
            self.notes.push(EventRow::phase(session.phase(), phase, why, session.now_ms()));
            session.enter(phase);
        }
    }

    /// The session has to pause: everyone is told why.
    pub(super) fn interrupt(&mut self, why: String) {
        self.interruption = Some(why);
    }

    /// Lets the market take an input. Refused, nothing is changed; when an invariant would not
    /// hold, the lap is broken.
    pub(super) fn apply(&mut self, session: &mut Session, input: Input) -> bool {
        if self.is_broken() {
            return false;
        }
        match self.attempt(session, input) {
            Ok(()) => true,
            Err(detail) => {
                self.broken = true;
                self.fault(session, detail);
                self.enter(session, Phase::Paused, "the market could not go on");
                false
            }
        }
    }

    /// Lets the market take an input; refused, nothing is changed.
    ///
    /// # Errors
    /// Why it does not take it.
    pub(super) fn attempt(&mut self, session: &mut Session, input: Input) -> Result<(), String> {
        let pulled = pulled(session, &input);
        let report = session.apply(&input)?;
        self.actions.extend(pulled.into_iter().map(pull));
        merge(&mut self.report, &report);
        self.steps.push(Step { input, report });
        Ok(())
    }

    /// Inputs are checked before they come here, so a refusal is a fault of the program: it is
    /// recorded and shown.
    pub(super) fn fault(&mut self, session: &Session, detail: String) {
        tracing::error!(tick = session.tick(), %detail, "the market refused an input");
        self.tell(session, Event::Invariant { detail });
    }

    /// Refuses orders with which the tick could not be carried out: each is answered, none costs.
    pub(super) fn set_aside(&mut self, session: &Session, orders: &[Order]) {
        for order in orders {
            let reason = RejectReason::SetAside;
            self.tell(session, Event::OrderRejected { order: order.id, user: order.user, reason: reason.clone() });
            let update = OrderUpdate {
                id: order.id,
                user: order.user,
                status: OrderStatus::Rejected,
                filled: Tokens::ZERO,
                remaining: order.size,
                reason: Some(reason),
            };
            self.report.orders.push(update.clone());
            self.set_aside.push(update);
        }
    }

    /// What was done has been told: the next lap begins anew.
    pub(crate) fn wipe(&mut self) {
        *self = Self::default();
    }

    /// Marks the beat as something to commit: the next tick's number is its own.
    pub(super) fn close(&mut self, session: &mut Session) {
        if !self.closed {
            session.count_tick();
        }
        self.closed = true;
        session.close_tick();
    }

    /// Notes the orders of the tick, and which of the limit orders came to rest.
    pub(super) fn note_orders(&mut self, orders: Vec<Order>) {
        self.orders.extend(orders);
        let rests = |id: OrderId| {
            self.report
                .orders
                .iter()
                .any(|update| update.id == id && matches!(update.status, OrderStatus::Open | OrderStatus::Partial))
        };
        let placed = self.orders.iter().filter_map(|order| {
            let OrderKind::Limit { price, .. } = order.kind else { return None };
            rests(order.id).then_some(FloorAction {
                user: order.user,
                outcome: order.outcome,
                side: order.side,
                direction: order.direction,
                price,
                kind: ActionKind::Placed,
            })
        });
        let placed: Vec<_> = placed.collect();
        self.actions.extend(placed);
    }
}

/// Orders about to be taken back, with where they rest: the market forgets it.
fn pulled(session: &Session, input: &Input) -> Vec<OpenOrder> {
    let (user, only) = match input {
        Input::Cancel { user, order, .. } => (*user, Some(*order)),
        Input::Close { user, .. } => (*user, None),
        _ => return Vec::new(),
    };
    let mut orders = session.market().open_orders(user);
    orders.retain(|order| only.is_none_or(|id| id == order.id));
    orders
}

fn pull(order: OpenOrder) -> FloorAction {
    FloorAction {
        user: order.user,
        outcome: order.outcome,
        side: order.side,
        direction: order.direction,
        price: order.price,
        kind: ActionKind::Pulled,
    }
}

/// Adds what a step did to what the lap did; of an order the last standing counts.
fn merge(all: &mut Report, step: &Report) {
    all.fills.extend(step.fills.iter().cloned());
    all.events.extend(step.events.iter().cloned());
    all.payouts.extend(step.payouts.iter().copied());
    all.cash.extend(step.cash.iter().copied());
    all.orders.retain(|update| step.orders.iter().all(|later| later.id != update.id));
    all.orders.extend(step.orders.iter().cloned());
    all.orders.sort_by_key(|update| update.id);
}
