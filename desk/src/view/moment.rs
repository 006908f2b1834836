//! What stops trading and has the screen for it: an outcome that left, and what that meant for the one who looks on.
//! Every screen of a room reveals it at the same time.

use crate::{
    format::{self, money, money_signed, spot_cents},
    model::{Departure, Model, just_left},
    text::{self, moment as words},
};
use outcry_engine::{OutcomeId, Side, Tokens, Usdc};
use outcry_shared::{formulas, ledger::Position, phase::Phase, replica::Replica};
use serde::Serialize;

/// Holdings whose prices are told; the ones that moved most.
const MOVED_MAX: usize = 3;

/// In which way it touched one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Meant {
    /// It paid.
    Paid,
    /// What one held of it is gone, or there was nothing.
    Over,
    /// Something else that one holds has another price.
    Moved,
}

/// Something that it meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MomentLine {
    /// In which way.
    pub meant: Meant,
    /// One sentence.
    pub words: String,
    /// −1, 0 or 1: the colour of it.
    pub sign: i64,
}

/// What has the screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MomentView {
    /// "Carl is out", or a question while nobody is named.
    pub title: String,
    /// Those that left, for their colours and letters; none while nobody is named.
    pub outcomes: Vec<OutcomeId>,
    /// What it meant for oneself, the largest first.
    pub lines: Vec<MomentLine>,
    /// "Trading again in 0:07"
    pub next: String,
}

impl MomentView {
    /// What stands at a local time in ms; `None` while trading is not stopped by somebody's leaving.
    #[must_use]
    pub fn new(model: &Model, now_ms: u64) -> Option<Self> {
        let session = model.session().filter(|session| session.clock().phase == Phase::Frozen)?;
        let resume_ms = session.clock().resume_ms.unwrap_or_default();
        let next = words::again(&format::clock(resume_ms.saturating_sub(model.session_ms(now_ms))));
        if model.holds_breath() {
            return Some(Self { title: words::WHO.to_owned(), outcomes: vec![], lines: vec![], next });
        }
        let outcomes = just_left(session)?;
        let names: Vec<String> = outcomes.iter().map(|outcome| model.outcome_name(*outcome)).collect();
        let lines = lines(model, session, &outcomes, &names);
        Some(Self { title: words::out(&names), outcomes, lines, next })
    }

    /// The title in large type: "CARL IS OUT". A page has its own capitals.
    #[must_use]
    pub fn loud(&self) -> String {
        if self.outcomes.is_empty() { self.title.clone() } else { self.title.to_uppercase() }
    }
}

/// What it meant for oneself; nothing for a spectator, and nothing of what this screen does not know.
fn lines(model: &Model, session: &Replica, outcomes: &[OutcomeId], names: &[String]) -> Vec<MomentLine> {
    let Some(departure) = model.departure().filter(|departure| departure.outcomes == outcomes) else { return vec![] };
    if model.own().is_none() {
        return vec![];
    }
    let lost =
        |held: &Position| held.side == Side::Yes && held.tokens > Tokens::ZERO && outcomes.contains(&held.outcome);
    let paid = departure.paid.filter(|paid| *paid > Usdc::ZERO);
    let mut lines = Vec::new();
    lines.extend(paid.map(|paid| MomentLine {
        meant: Meant::Paid,
        words: words::paid(Side::No, &money(paid)),
        sign: 1,
    }));
    if departure.held.iter().flatten().any(lost) {
        lines.push(MomentLine { meant: Meant::Over, words: words::worthless(Side::Yes), sign: -1 });
    }
    if lines.is_empty() && departure.held.is_some() {
        lines.push(MomentLine { meant: Meant::Over, words: words::untouched(names), sign: 0 });
    }
    lines.extend(moved(model, session, departure));
    lines
}

/// Prices of what one still holds, before and after, the largest change of value first.
fn moved(model: &Model, session: &Replica, departure: &Departure) -> Vec<MomentLine> {
    let held = model.own().into_iter().flat_map(|own| &own.positions);
    let held = held.filter(|held| held.tokens > Tokens::ZERO && session.is_active(held.outcome));
    let change = |held: &Position| {
        let before = departure.before.get(held.outcome.index())?[held.side.index()];
        let after = session.spot(held.outcome, held.side);
        let worth = |spot| formulas::value(Usdc::ZERO, Usdc::ZERO, std::iter::once((held.tokens, spot)));
        Some((worth(after) - worth(before), before, after, *held))
    };
    let mut changes: Vec<_> = held.filter_map(change).collect();
    changes.sort_by_key(|(gain, ..)| std::cmp::Reverse(gain.0.abs()));
    let line = |(gain, before, after, held): (Usdc, f64, f64, Position)| {
        let name = text::apart(session.outcome_name(held.outcome));
        let words = words::moved(held.side, &name, &spot_cents(before), &spot_cents(after), &money_signed(gain));
        MomentLine { meant: Meant::Moved, words, sign: gain.0.signum() }
    };
    changes.into_iter().take(MOVED_MAX).map(line).collect()
}
