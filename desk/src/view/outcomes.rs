//! The outcome list: every outcome at once.

use super::{
    chart::priced,
    why::{price_before, why},
};
use crate::{
    format::{cents, cents_change, tenths_between, tokens},
    model::Model,
    text,
};
use outcry_engine::{OutcomeId, Side, Tokens};
use outcry_shared::{message::Outcome, replica::Replica};
use serde::Serialize;

/// Points of a sparkline.
const SPARK_POINTS: usize = 40;

/// A row of the outcome list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OutcomeRow {
    /// Its number: its letter and colour follow from it.
    pub id: OutcomeId,
    /// Its name, unshortened.
    pub name: String,
    /// Whether it is in the game, and how it left.
    pub fate: Outcome,
    /// "54.1¢" of YES and NO.
    pub prices: [String; 2],
    /// The YES price, 0 to 1.
    pub yes: f64,
    /// "+3.2¢ ▲" over the last minute; empty where it has not moved.
    pub change: String,
    /// Why it changed: one sentence, where it did.
    pub why: Option<String>,
    /// The sign of that change.
    pub change_sign: i64,
    /// YES prices, oldest first.
    pub spark: Vec<f32>,
    /// "120 YES", "40 NO": one's own holdings.
    pub holdings: Vec<(Side, String)>,
}

/// Every outcome, in their order.
#[must_use]
pub fn outcomes(model: &Model) -> Vec<OutcomeRow> {
    let Some(session) = model.session() else { return vec![] };
    session.ids().map(|id| row(model, session, id)).collect()
}

fn row(model: &Model, session: &Replica, id: OutcomeId) -> OutcomeRow {
    let fate = session.fates().get(id.index()).copied().unwrap_or(Outcome::Active);
    let yes = session.spot(id, Side::Yes);
    let (change, change_sign) = change(price_before(session, id).unwrap_or(yes), yes);
    OutcomeRow {
        id,
        name: text::apart(session.outcome_name(id)),
        fate,
        prices: Side::BOTH.map(|side| cents(session.price(id, side))),
        yes,
        change,
        why: why(model, id).map(|why| why.words),
        change_sign,
        spark: spark(session, id),
        holdings: holdings(model, id),
    }
}

/// A change of a YES price, 0 to 1, as it is written, and its sign. Of what has not moved by a tenth of a cent nothing is
/// written: a zero beside every name is one more figure to read.
#[must_use]
pub fn change(before: f64, after: f64) -> (String, i64) {
    match tenths_between(before, after) {
        0 => (String::new(), 0),
        tenths => (cents_change(before, after), tenths.signum()),
    }
}

fn spark(session: &Replica, id: OutcomeId) -> Vec<f32> {
    let history = priced(session, id);
    let step = history.len().div_ceil(SPARK_POINTS).max(1);
    let thinned = history.iter().rev().step_by(step);
    let mut points: Vec<f32> =
        thinned.filter_map(|point| point.yes.get(id.index())).map(|price| price.as_f64() as f32).collect();
    points.reverse();
    points
}

fn holdings(model: &Model, id: OutcomeId) -> Vec<(Side, String)> {
    let positions = model.own().into_iter().flat_map(|own| &own.positions);
    let own = positions.filter(|position| position.outcome == id && position.tokens > Tokens::ZERO);
    own.map(|position| (position.side, format!("{} {}", tokens(position.tokens), position.side.name()))).collect()
}
