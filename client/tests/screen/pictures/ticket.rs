//! The ticket: what is typed, what it would get, and what is in the way.

use super::{Part, Shot, compare};
use crate::support::{scenes, stage::Screen};
use outcry_desk::view::ticket::{Kind, Unit};
use outcry_engine::{Direction, OutcomeId, Price, Rate, Side, amount::RATE_ONE};
use outcry_shared::phase::Phase;

pub(super) const SHOTS: &[Shot] = &[
    ("ticket-idle", Part::Ticket, scenes::trading),
    ("ticket-buy", Part::Ticket, || typed("40")),
    ("ticket-no", Part::Ticket, || {
        let mut screen = typed("25");
        screen.ui.draft.side = Side::No;
        screen
    }),
    ("ticket-parts", Part::Ticket, || {
        let mut screen = typed("30");
        screen.ui.draft.unit = Unit::Tokens;
        screen.ui.draft.max_slippage = Some(Rate(RATE_ONE));
        screen
    }),
    ("ticket-sell", Part::Ticket, || {
        let mut screen = typed("40");
        screen.ui.draft.direction = Direction::Sell;
        screen
    }),
    ("ticket-limit", Part::Ticket, || limit("40", 550_000)),
    ("ticket-confirm", Part::Ticket, || confirming(typed("40"))),
    ("ticket-confirm-limit", Part::Ticket, || confirming(limit("40", 550_000))),
    ("ticket-warned", Part::Ticket, || allowing("120", 10)),
    ("ticket-warned-high", Part::Ticket, || allowing("600", 100)),
    ("ticket-pending", Part::Ticket, scenes::pending),
    ("ticket-slippage", Part::Ticket, || typed("300")),
    ("ticket-funds", Part::Ticket, || limit("5000", 550_000)),
    ("ticket-small", Part::Ticket, || {
        let mut screen = typed("0.001");
        screen.ui.draft.unit = Unit::Tokens;
        screen
    }),
    ("ticket-not-a-number", Part::Ticket, || typed("ten")),
    ("ticket-nothing-to-sell", Part::Ticket, || {
        let mut screen = typed("5");
        screen.ui.draft.outcome = OutcomeId(3);
        screen.ui.draft.direction = Direction::Sell;
        screen
    }),
    ("ticket-frozen", Part::Ticket, || in_phase(Phase::Frozen)),
    ("ticket-paused", Part::Ticket, || in_phase(Phase::Paused)),
    ("ticket-eliminated", Part::Ticket, || {
        let mut screen = scenes::without_an_outcome();
        screen.ui.draft.outcome = OutcomeId(2);
        screen.ui.draft.amount = "5".to_owned();
        screen
    }),
    ("ticket-disconnected", Part::Ticket, || {
        let mut screen = scenes::lost(0);
        screen.ui.draft.amount = "5".to_owned();
        screen
    }),
    ("ticket-watching", Part::Ticket, scenes::spectator),
    ("simple-first", Part::Ticket, || {
        let mut screen = scenes::newcomer();
        screen.ui.prefs.hints_done = 0b001;
        screen
    }),
    ("simple-no", Part::Ticket, || {
        let mut screen = simple("20");
        screen.ui.draft.side = Side::No;
        screen
    }),
    ("simple-too-much", Part::Ticket, || simple("300")),
    ("simple-sell", Part::Ticket, || {
        let mut screen = simple("");
        screen.ui.draft.direction = Direction::Sell;
        screen
    }),
    ("simple-confirm", Part::Ticket, || confirming(simple("20"))),
    ("simple-frozen", Part::Ticket, || {
        let mut screen = in_phase(Phase::Frozen);
        screen.ui.prefs.full_ticket = false;
        screen
    }),
    ("simple-pending", Part::Ticket, || {
        let mut screen = scenes::pending();
        screen.ui.prefs.full_ticket = false;
        screen
    }),
];

/// Somebody who knows the hints, on the simple ticket.
fn simple(amount: &str) -> Screen {
    let mut screen = typed(amount);
    screen.ui.prefs.full_ticket = false;
    screen
}

fn typed(amount: &str) -> Screen {
    let mut screen = scenes::trading();
    screen.ui.draft.amount = amount.to_owned();
    screen
}

fn limit(amount: &str, price: u32) -> Screen {
    let mut screen = typed(amount);
    screen.ui.draft.kind = Kind::Limit;
    screen.ui.draft.unit = Unit::Tokens;
    screen.ui.draft.limit = Some(Price(price));
    screen
}

fn allowing(amount: &str, percent: i64) -> Screen {
    let mut screen = typed(amount);
    screen.ui.draft.max_slippage = Some(Rate(RATE_ONE / 100 * percent));
    screen
}

fn confirming(mut screen: Screen) -> Screen {
    screen.ui.draft.confirming = true;
    screen
}

fn in_phase(phase: Phase) -> Screen {
    let mut screen = scenes::in_phase(phase);
    screen.ui.draft.amount = "5".to_owned();
    screen
}

#[test]
fn what_it_would_get() {
    compare(&SHOTS[..11]);
}

#[test]
fn what_is_in_the_way() {
    compare(&SHOTS[11..21]);
}

#[test]
fn as_a_newcomer_has_it() {
    compare(&SHOTS[21..]);
}
