//! What one lap does to the market: every input but a join goes through here, so that the record
//! has it. A beat is changed by the functions of this folder and wiped once it has been told.

use super::session::Session;
use crate::store::Step;
use bevy::prelude::*;
use outcry_engine::{Event, Input, OpenOrder, Order, OrderId, OrderKind, OrderStatus, Refusal, Report, UserId};
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
    pub(super) fn tell(&mut self, event: Event) {
        self.report.events.push(event);
    }

    /// Lets the market take an input. Refused, nothing is changed; when an invariant would not
    /// hold, the lap is broken.
    pub(super) fn apply(&mut self, session: &mut Session, input: Input) -> bool {
        if self.is_broken() {
            return false;
        }
        self.note_pulled(session, &input);
        match session.apply(&input) {
            Ok(report) => {
                merge(&mut self.report, &report);
                self.steps.push(Step { input, report });
                true
            }
            Err(refusal) => {
                self.fail(session, &refusal);
                false
            }
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

    /// Inputs are checked before they come here, so a refusal is a fault of the program: it is
    /// recorded, shown, and the session pauses.
    fn fail(&mut self, session: &mut Session, refusal: &Refusal) {
        let detail = refusal.to_string();
        tracing::error!(tick = session.tick(), %detail, "the market refused an input; the session pauses");
        self.tell(Event::Invariant { detail });
        self.broken = true;
        session.enter(Phase::Paused);
    }

    /// Orders about to be taken back, with where they rested: the market forgets it.
    fn note_pulled(&mut self, session: &Session, input: &Input) {
        let pulled = match input {
            Input::Cancel { user, order, .. } => pulled(session, *user, Some(*order)),
            Input::Close { user, .. } => pulled(session, *user, None),
            _ => return,
        };
        self.actions.extend(pulled.into_iter().map(|order| FloorAction {
            user: order.user,
            outcome: order.outcome,
            side: order.side,
            direction: order.direction,
            price: order.price,
            kind: ActionKind::Pulled,
        }));
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

fn pulled(session: &Session, user: UserId, only: Option<OrderId>) -> Vec<OpenOrder> {
    let mut orders = session.market().open_orders(user);
    orders.retain(|order| only.is_none_or(|id| id == order.id));
    orders
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
