//! Recent trades, newest first.

use crate::{
    format::{cents, moment, tokens_column},
    model::Model,
    text,
};
use outcry_engine::{OutcomeId, Side};
use serde::Serialize;

/// A trade as everyone sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TapeRow {
    /// Number of the trade.
    pub id: u64,
    /// "4:05" of session time.
    pub time: String,
    /// The outcome that was traded.
    pub outcome: OutcomeId,
    /// The outcome's name.
    pub name: String,
    /// Which of the outcome's two tokens.
    pub side: Side,
    /// "54.1¢"
    pub price: String,
    /// "120.00"
    pub size: String,
    /// Who with whom: "Ada from pool".
    pub who: String,
    /// "pool", "matched pair", …
    pub kind: &'static str,
    /// Whether one is part of it.
    pub own: bool,
}

/// Every trade of the tape, newest first.
#[must_use]
pub fn tape(model: &Model) -> Vec<TapeRow> {
    let Some(session) = model.session() else { return vec![] };
    let me = model.user();
    let name = |user: Option<_>| user.map_or_else(|| text::ui::POOL.to_owned(), |user| model.name_of(user));
    let row = |trade: &outcry_shared::message::PublicTrade| TapeRow {
        id: trade.trade_id,
        time: moment(trade.ts_ms),
        outcome: trade.outcome,
        name: text::apart(session.outcome_name(trade.outcome)),
        side: trade.side,
        price: cents(trade.price),
        size: tokens_column(trade.size),
        who: text::ui::trade_between(&name(trade.buyer), &name(trade.seller), trade.fill_type),
        kind: text::fill_type(trade.fill_type),
        own: me.is_some() && (trade.buyer == me || trade.seller == me),
    };
    session.tape().iter().rev().map(row).collect()
}
