//! Amounts without a keyboard: quick amounts, steps, and shares of the most.

use super::{
    draft::{Draft, Unit, whole},
    shown::TicketView,
};
use crate::{
    format::{money, tokens, with_unit},
    number,
    text::ticket as words,
};
use outcry_engine::{Direction, SIZE_MIN, Tokens, Usdc, amount::MICRO};

/// A quick amount: its words, and the amount in its unit's micro-units.
pub type Quick = (String, i64);

/// Quick amounts that pass as they stand: shares of what is held, or amounts that people think in, and the most.
#[must_use]
pub fn quick(view: &TicketView, draft: &Draft) -> Vec<Quick> {
    match (draft.direction, draft.counts()) {
        (Direction::Sell, _) => shares(view),
        (Direction::Buy, unit) => {
            let mut nice = nice(view.most, view.usual);
            // The most takes a place.
            if nice.len() == OFFERED {
                nice.remove(1);
            }
            let mut choices: Vec<Quick> = nice.into_iter().map(|amount| (named(unit, amount), amount)).collect();
            if hundredths(view.most) > 0 {
                choices.push((words::MAX.to_owned(), hundredths(view.most)));
            }
            choices
        }
    }
}

/// Quarters of what is held, as far as they pass, and all of it, or as much as passes.
fn shares(view: &TicketView) -> Vec<Quick> {
    let parts = [25, 50].map(|share| (with_unit(share, "%"), hundredths(view.free.0 * share / 100)));
    let mut choices: Vec<Quick> = parts.into_iter().filter(|(_, size)| (1..=view.most).contains(size)).collect();
    if view.most > 0 {
        choices.push((if view.most == view.free.0 { words::ALL } else { words::MAX }.to_owned(), view.most));
    }
    choices
}

/// At most this many amounts are offered.
const OFFERED: usize = 4;

/// Amounts that people think in (1, 2 and 5 with noughts), all of which pass: the largest ones up to `most`, and before
/// them the usual one.
#[must_use]
pub fn nice(most: i64, usual: i64) -> Vec<i64> {
    let decades = std::iter::successors(Some(MICRO / 10), |decade| decade.checked_mul(10));
    let steps = decades.flat_map(|decade| [1, 2, 5].map(|digit| decade.saturating_mul(digit)));
    let all: Vec<i64> = steps.take_while(|step| *step <= most).collect();
    let mut offered = all[all.len().saturating_sub(OFFERED)..].to_vec();
    let usual = all.iter().rfind(|step| **step <= usual);
    if let (Some(usual), Some(first)) = (usual, offered.first_mut()) {
        *first = (*first).min(*usual);
    }
    offered
}

/// An amount's words, as short as they can be.
pub(super) fn named(unit: Unit, units: i64) -> String {
    match unit {
        Unit::Money => money(Usdc(units)).trim_end_matches(".00").to_owned(),
        Unit::Tokens => tokens(Tokens(units)),
    }
}

/// Sizes and money are offered in hundredths.
const fn hundredths(units: i64) -> i64 {
    units / SIZE_MIN.0 * SIZE_MIN.0
}

/// The amount one step up or down: 5 dollars or 10 tokens.
#[must_use]
pub fn amount_step(view: &TicketView, draft: &Draft, up: bool) -> i64 {
    let step = whole(if draft.counts() == Unit::Money { 5 } else { 10 });
    let units = draft.units().unwrap_or(0);
    if up { (units + step).min(view.most.max(step)) } else { (units - step).max(0) }
}

/// The amount as a share of the most that it can be, 0–1.
#[must_use]
pub fn share(view: &TicketView, draft: &Draft) -> f64 {
    if view.most <= 0 {
        return 0.0;
    }
    (draft.units().unwrap_or(0) as f64 / view.most as f64).clamp(0.0, 1.0)
}

/// A share of the most as an amount, in whole dollars or hundredths of tokens.
#[must_use]
pub fn share_of(view: &TicketView, draft: &Draft, share: f64) -> i64 {
    let step = if draft.counts() == Unit::Money { whole(1) } else { SIZE_MIN.0 };
    let amount = (share.clamp(0.0, 1.0) * view.most as f64) as i64;
    if amount >= step { amount / step * step } else { hundredths(amount) }
}

/// Counts money or tokens; what is typed is carried over.
pub fn turn_unit(view: &TicketView, draft: &mut Draft, unit: Unit) {
    if unit == draft.counts() {
        return;
    }
    let carried = view.preview.as_ref().map(|preview| match unit {
        Unit::Money => hundredths(preview.quote.total.0),
        Unit::Tokens => preview.order.size.0,
    });
    draft.unit = unit;
    draft.amount = carried.map(number::typed).unwrap_or_default();
    draft.confirming = false;
}
