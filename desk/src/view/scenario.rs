//! "If X wins": what one would have at the end for each outcome that can still win, and after
//! each possible next elimination. All outcomes alike, so nothing of the script shows.

use crate::{
    format::{NOTHING, money, ordinal, pnl},
    model::Model,
    text,
};
use outcry_engine::{OutcomeId, Side, Usdc};
use outcry_shared::{formulas, ledger::Position, replica::Replica};
use serde::Serialize;

/// One's standing if an outcome won, or left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ScenarioRow {
    /// Which outcome wins or leaves.
    pub outcome: OutcomeId,
    /// The outcome's name.
    pub name: String,
    /// What one's tokens pay.
    pub payout: String,
    /// All cash after it; of an elimination, the value.
    pub cash: String,
    /// The same as an amount.
    pub cash_units: Usdc,
    /// "+$12.34 (+5.6 %) ▲" against the start.
    pub pnl: String,
    /// −1, 0 or 1: the colour of `pnl`.
    pub pnl_sign: i64,
    /// "2nd" if everyone else kept their present value.
    pub rank: String,
}

/// A row for every outcome that can still win: what if it did.
#[must_use]
pub fn wins(model: &Model) -> Vec<ScenarioRow> {
    rows(model, |session, positions, winner| {
        let pays = |position: &Position| match position.side {
            Side::Yes => position.outcome == winner,
            Side::No => position.outcome != winner,
        };
        let held = positions.iter().filter(|position| session.is_active(position.outcome) && pays(position));
        (Usdc(held.map(|position| position.tokens.0).sum()), Usdc::ZERO)
    })
}

/// Every possible next elimination; none when only two are left to choose from at the end.
#[must_use]
pub fn eliminations(model: &Model) -> Vec<ScenarioRow> {
    let coming = model.session().is_some_and(|session| session.clock().next_freeze_ms.is_some());
    if !coming {
        return vec![];
    }
    rows(model, |session, positions, gone| {
        let paid = positions.iter().filter(|position| position.outcome == gone && position.side == Side::No);
        let payout = Usdc(paid.map(|position| position.tokens.0).sum());
        let kept = positions.iter().filter(|position| position.outcome != gone && session.is_active(position.outcome));
        let kept = kept.map(|position| (position.tokens, session.spot(position.outcome, position.side)));
        (payout, formulas::value(Usdc::ZERO, Usdc::ZERO, kept))
    })
}

/// `future` gives the payout and what else is worth something after it.
fn rows(model: &Model, future: impl Fn(&Replica, &[Position], OutcomeId) -> (Usdc, Usdc)) -> Vec<ScenarioRow> {
    let (Some(session), Some(own)) = (model.session(), model.own()) else { return vec![] };
    let cash = own.own.balance.0 + super::worth::locked(model).0;
    let start = own.statement.start;
    let row = |outcome: OutcomeId| {
        let (payout, rest) = future(session, &own.positions, outcome);
        let after = Usdc(cash + payout.0 + rest.0);
        let gain = Usdc(after.0 - start.0);
        ScenarioRow {
            outcome,
            name: text::apart(session.outcome_name(outcome)),
            payout: money(payout),
            cash: money(after),
            cash_units: after,
            pnl: pnl(gain, start),
            pnl_sign: gain.0.signum(),
            rank: rank(model, session, after),
        }
    };
    session.ids().filter(|id| session.is_active(*id)).map(row).collect()
}

fn rank(model: &Model, session: &Replica, after: Usdc) -> String {
    let others = session.leaders().iter().filter(|row| Some(row.user) != model.user());
    let (ahead, known) =
        others.fold((0_u32, 0_u32), |(ahead, known), row| (ahead + u32::from(row.value > after), known + 1));
    let more = session.seats().len() as u32 > known + 1;
    // Behind everyone who is listed, and not everyone is: the place is not known.
    if ahead == known && more { NOTHING.to_owned() } else { ordinal(ahead + 1) }
}
