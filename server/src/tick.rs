//! The market's beat: what a lap does to the market, and the tick when it is due.

use crate::{
    intake::Waiting,
    lap::Lap,
    session::Session,
    store::{EventRow, Step},
};
use bevy::prelude::*;
use outcry_engine::{Event, Input, OpenOrder, Order, OrderId, OrderKind, OrderStatus, Refusal, Report, UserId};
use outcry_shared::{
    message::{ActionKind, FloorAction},
    phase::Phase,
};
use std::time::Instant;

/// Ticks.
pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Beat>().init_resource::<Paces>().add_systems(Update, run_due.in_set(Lap::Match));
}

/// What this lap did to the market: one transaction, one public update. Empty in most laps.
#[derive(Resource, Debug, Default)]
pub struct Beat {
    /// Inputs in the order in which the market took them, each with what came of it.
    pub steps: Vec<Step>,
    /// Everything they did together.
    pub report: Report,
    /// The orders of the tick.
    pub orders: Vec<Order>,
    /// What people did in the book.
    pub actions: Vec<FloorAction>,
    /// Events of the session itself, for the record.
    pub events: Vec<EventRow>,
    /// Whether there is something to commit.
    pub closed: bool,
    /// The invariant that did not hold, if one did not.
    pub broken: Option<String>,
}

/// How the ticks keep time.
#[derive(Resource, Debug, Default)]
pub struct Paces {
    /// Time of the last tick's matching, in µs.
    pub match_us: u64,
    /// Ticks that a stall swallowed so far.
    pub late: u64,
}

impl Beat {
    /// Whether an invariant did not hold. Nothing more is done to the market in this lap.
    #[must_use]
    pub const fn is_broken(&self) -> bool {
        self.broken.is_some()
    }

    /// Tells everyone, and the record, of an event of the session itself.
    pub(crate) fn tell(&mut self, event: Event) {
        self.report.events.push(event);
    }

    /// Lets the market take an input. Refused, nothing is changed; when an invariant would not
    /// hold, the lap is broken.
    pub(crate) fn apply(&mut self, session: &mut Session, input: Input) -> bool {
        if self.is_broken() {
            return false;
        }
        self.note_pulled(session, &input);
        match session.floor.apply(&input) {
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

    /// Marks the beat as something to commit: the next tick's number is its own.
    pub(crate) fn close(&mut self, session: &mut Session) {
        if !self.closed {
            session.tick += 1;
        }
        self.closed = true;
        session.floor.close_tick(session.now_ms());
    }

    /// Inputs are checked before they come here, so a refusal is a fault of the program: it is
    /// recorded, shown, and the session pauses.
    fn fail(&mut self, session: &mut Session, refusal: &Refusal) {
        let detail = refusal.to_string();
        tracing::error!(tick = session.tick, %detail, "the market refused an input; the session pauses");
        self.tell(Event::Invariant { detail: detail.clone() });
        self.broken = Some(detail);
        session.phase = Phase::Paused;
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

    /// Limit orders of the tick that came to rest.
    fn note_placed(&mut self) {
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
    let mut orders = session.floor.market.open_orders(user);
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

/// Takes everything accepted so far into the market: cancels first, then the orders.
///
/// A cancel of an order that is itself only now taken in waits for the next tick.
pub(crate) fn run_tick(session: &mut Session, waiting: &mut Waiting, beat: &mut Beat) {
    if beat.is_broken() {
        return;
    }
    let now_ms = session.now_ms();
    for cancel in waiting.take_cancels() {
        beat.apply(session, Input::Cancel { user: cancel.user, order: cancel.order, now_ms });
    }
    let orders = waiting.take_orders();
    let frozen = session.phase == Phase::Frozen || session.pauses_a_freeze();
    if orders.is_empty() && session.phase != Phase::Running {
        return beat.close(session);
    }
    let input = if frozen {
        Input::Frozen { now_ms, orders: orders.clone() }
    } else {
        Input::Orders { now_ms, orders: orders.clone() }
    };
    if beat.apply(session, input) {
        beat.orders.extend(orders);
        beat.note_placed();
    } else {
        waiting.put_back(orders);
    }
    beat.close(session);
}

/// The tick on the grid of the interval. Where a freeze or the end has run one in this lap
/// already, there is none; while frozen or paused one runs as soon as something waits.
fn run_due(
    mut session: ResMut<Session>,
    mut waiting: ResMut<Waiting>,
    mut beat: ResMut<Beat>,
    mut paces: ResMut<Paces>,
) {
    let due = match session.phase {
        Phase::Running => session.tick_is_due(),
        Phase::Frozen => session.tick_is_due() && !waiting.is_empty(),
        Phase::Paused => waiting.has_cancels(),
        Phase::Draft | Phase::Lobby | Phase::Resolved => false,
    };
    if session.phase.clock_runs() && (due || beat.closed) {
        paces.late += session.schedule_tick();
    }
    if !due || beat.closed {
        return;
    }
    let started = Instant::now();
    run_tick(&mut session, &mut waiting, &mut beat);
    paces.match_us = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
}
