//! Amounts without a keyboard: quick amounts, steps, and shares of the most.

use super::{
    draft::{Draft, Unit, whole},
    shown::TicketView,
};
use crate::{
    format::{money, tokens},
    number,
    text::ticket as words,
};
use outcry_engine::{Direction, SIZE_MIN, Tokens, Usdc};

/// A quick amount: its words, and the amount in its unit's micro-units.
pub type Quick = (String, i64);

/// Quick amounts: shares of what is held, or more of what is there, and the most.
#[must_use]
pub fn quick(view: &TicketView, draft: &Draft) -> Vec<Quick> {
    let unit = draft.counts();
    let mut choices: Vec<Quick> = match (draft.direction, unit) {
        (Direction::Sell, _) => {
            [25, 50, 100].map(|share| (format!("{share} %"), hundredths(view.free.0 * share / 100))).into()
        }
        (Direction::Buy, Unit::Money) => added(draft, |amount| format!("+{}", short_money(amount))),
        (Direction::Buy, Unit::Tokens) => added(draft, |amount| format!("+{}", tokens(Tokens(amount)))),
    };
    if draft.direction == Direction::Buy {
        choices.push((words::MAX.to_owned(), hundredths(view.most)));
    }
    choices
}

fn added(draft: &Draft, words: impl Fn(i64) -> String) -> Vec<Quick> {
    let units = draft.units().unwrap_or(0);
    [10, 50, 100].map(|step| (words(whole(step)), units + whole(step))).into()
}

fn short_money(units: i64) -> String {
    money(Usdc(units)).trim_end_matches(".00").to_owned()
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
