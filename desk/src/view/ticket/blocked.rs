//! Why the order cannot be sent now, and what would help.

use super::draft::Draft;
use crate::{
    model::{Connection, Model},
    number::{self, Misread},
    preview::{Preview, Repair, repairs},
    text::{apart, ticket as text},
};
use outcry_engine::{Direction, SIZE_MIN, Tokens};
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

/// The first thing in the way, or nothing.
#[must_use]
pub fn blocked(
    model: &Model,
    session: &Replica,
    draft: &Draft,
    size: Option<Tokens>,
    preview: Option<&Preview>,
) -> Option<Blocked> {
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
    let repairs = repairs(preview).into_iter().map(|repair| (text::repair(repair), repair)).collect();
    Some(Blocked { reason: text::reject(reason), repairs, waiting: false })
}

fn not_now(model: &Model) -> &'static str {
    match model.connection() {
        Connection::Live if model.you().is_none() => text::WATCHING,
        Connection::Live => text::phase(model.phase()),
        _ => text::OFFLINE,
    }
}
