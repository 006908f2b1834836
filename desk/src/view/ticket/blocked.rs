//! Why the order cannot be sent now, and what would help.

use super::draft::{Draft, Unit};
use crate::{
    model::{Connection, Model},
    number::{self, Misread},
    preview::{Preview, Repair, repairs},
    text::{apart, ticket as text},
};
use outcry_engine::{Direction, Rate, RejectReason, SIZE_MIN, Tokens, Usdc, amount::MICRO};
use outcry_shared::replica::Replica;
use serde::Serialize;

/// Why the order cannot be sent now.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Blocked {
    /// Why, in one sentence.
    pub reason: String,
    /// Changes that make it pass, each with its words, best first.
    pub repairs: Vec<(String, Repair)>,
    /// Nothing is wrong: there is just nothing typed yet.
    pub waiting: bool,
}

impl Blocked {
    fn because(reason: impl Into<String>) -> Option<Self> {
        Some(Self { reason: reason.into(), repairs: vec![], waiting: false })
    }
}

/// Money is counted in these.
const CENT: Usdc = Usdc(MICRO / 100);

/// What is typed, and what the engine says of it.
pub(super) struct Typed<'a> {
    pub(super) draft: &'a Draft,
    pub(super) max_slippage: Rate,
    pub(super) size: Option<Tokens>,
    pub(super) preview: Option<&'a Preview>,
}

/// The first thing in the way, or nothing. `cost` is what another size would cost.
pub(super) fn blocked(
    model: &Model,
    session: &Replica,
    typed: &Typed<'_>,
    cost: impl Fn(Tokens) -> Usdc,
) -> Option<Blocked> {
    let Typed { draft, max_slippage, size, preview } = *typed;
    if !model.can_trade() {
        return Blocked::because(not_now(model));
    }
    if !session.is_active(draft.outcome) {
        return Blocked::because(text::eliminated(&apart(session.outcome_name(draft.outcome))));
    }
    if draft.direction == Direction::Sell && model.free_tokens(draft.outcome, draft.side).0 == 0 {
        return Blocked::because(text::nothing_to_sell(draft.side, &apart(session.outcome_name(draft.outcome))));
    }
    let Some(size) = size else {
        let misread = number::units(&draft.amount).err();
        let waiting = misread == Some(Misread::Empty);
        return Some(Blocked { reason: text::misread(misread.as_ref()), repairs: vec![], waiting });
    };
    let all_held = draft.direction == Direction::Sell && size == model.free_tokens(draft.outcome, draft.side);
    if size < SIZE_MIN && !all_held {
        return Blocked::because(text::TOO_SMALL);
    }
    let preview = preview?;
    let reason = preview.quote.reject.as_ref()?;
    let repairs: Vec<Repair> = repairs(preview).into_iter().map(|repair| in_money(draft, repair, &cost)).collect();
    let reason = match (reason, &repairs[..]) {
        (RejectReason::Slippage { .. }, [Repair::Money(passes), ..]) => {
            text::too_much_money(preview.quote.slippage, max_slippage, *passes)
        }
        _ => text::reject(reason),
    };
    let repairs = repairs.into_iter().map(|repair| (text::repair(repair), repair)).collect();
    Some(Blocked { reason, repairs, waiting: false })
}

/// A size that passes, as the money that it costs: who counts money is answered in money. Rounded down to cents, so
/// that it passes as well.
fn in_money(draft: &Draft, repair: Repair, cost: &impl Fn(Tokens) -> Usdc) -> Repair {
    match repair {
        Repair::Size(size) if draft.counts() == Unit::Money => {
            let money = Usdc(cost(size).0 / CENT.0 * CENT.0);
            if money >= CENT { Repair::Money(money) } else { repair }
        }
        other => other,
    }
}

fn not_now(model: &Model) -> &'static str {
    match model.connection() {
        Connection::Live if model.you().is_none() => text::WATCHING,
        Connection::Live => text::phase(model.phase()),
        _ => text::OFFLINE,
    }
}
