//! Who leads; one's own row always.

use crate::{
    format::{count, gain_bp, gain_sign, money},
    model::Model,
};
use outcry_shared::formulas;
use serde::Serialize;

/// A row of the leaderboard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LeaderView {
    /// "1"
    pub rank: String,
    /// The participant's name.
    pub name: String,
    /// "$1,034.20"
    pub value: String,
    /// "+3.4 %"
    pub gain: String,
    /// −1, 0 or 1: the colour of `gain`.
    pub gain_sign: i64,
    /// "12" fills so far.
    pub trades: String,
    /// Whether it is oneself.
    pub you: bool,
    /// Whether it declared itself a bot.
    pub bot: bool,
}

/// The leaderboard.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Leaders {
    /// The best, and oneself below when not among them.
    pub rows: Vec<LeaderView>,
    /// How many others are ranked.
    pub others: usize,
}

/// Who leads, as far as everyone is told.
#[must_use]
pub fn leaders(model: &Model) -> Leaders {
    let Some(session) = model.session() else { return Leaders::default() };
    let me = model.user();
    let bot = |user| session.seats().get(&user).is_some_and(|seat| seat.bot);
    let mut rows: Vec<LeaderView> = session
        .leaders()
        .iter()
        .map(|row| LeaderView {
            rank: row.rank.to_string(),
            name: model.name_of(row.user),
            value: money(row.value),
            gain: gain_bp(row.gain_bp),
            gain_sign: gain_sign(row.gain_bp),
            trades: count(row.trades),
            you: Some(row.user) == me,
            bot: bot(row.user),
        })
        .collect();
    if !rows.iter().any(|row| row.you) {
        rows.extend(own(model));
    }
    // Before the first tick nobody is ranked.
    let others = if rows.is_empty() { 0 } else { session.seats().len().saturating_sub(rows.len()) };
    Leaders { rows, others }
}

fn own(model: &Model) -> Option<LeaderView> {
    let (session, own, you) = (model.session()?, model.own()?, model.you()?);
    let value = super::worth::value(model, session)?;
    let gain = formulas::gain_bp(value, own.statement.start);
    Some(LeaderView {
        rank: own.rank.to_string(),
        name: you.name.clone(),
        value: money(value),
        gain: gain_bp(gain),
        gain_sign: gain_sign(gain),
        trades: count(own.trade_count),
        you: true,
        bot: false,
    })
}
