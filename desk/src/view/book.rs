//! The book of one outcome and side: bids and asks by price, with the pool's own price apart.

use crate::{
    format::{cents, limit_cents, tokens, tokens_column, with_unit},
    model::Model,
    text,
};
use outcry_engine::{Direction, Level, OutcomeId, Price, Side, Tokens};
use outcry_shared::replica::Replica;
use serde::Serialize;

/// One price of the book.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BookRow {
    /// The price, for a limit that is set by a click.
    pub price: Price,
    /// "54¢"
    pub label: String,
    /// "1,200.00": all that rests there.
    pub size: String,
    /// All that rests from the best price to here, as a share of the largest such sum of
    /// either direction, 0–1.
    pub cumulative: f32,
    /// "30 (25 %)": one's own part, if any.
    pub own: Option<String>,
}

/// The book of one outcome and side.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BookView {
    /// The outcome whose book it is.
    pub outcome: OutcomeId,
    /// The outcome's name.
    pub name: String,
    /// YES and NO have a book each.
    pub side: Side,
    /// Bids, best (highest) first.
    pub bids: Vec<BookRow>,
    /// Asks, best (lowest) first.
    pub asks: Vec<BookRow>,
    /// "8.0¢", when there are both.
    pub spread: Option<String>,
    /// "54.1¢": the pool's price of this token.
    pub pool: String,
    /// The same, 0 to 1.
    pub spot: f64,
}

impl BookView {
    /// Computes it. `None` before there is a session.
    #[must_use]
    pub fn new(model: &Model, outcome: OutcomeId, side: Side) -> Option<Self> {
        let session = model.session()?;
        let mut bids = levels(session, outcome, side, Direction::Buy);
        bids.reverse();
        let asks = levels(session, outcome, side, Direction::Sell);
        let sum = |levels: &[Level]| levels.iter().map(|level| level.total.0).sum::<i64>();
        let most = sum(&bids).max(sum(&asks)).max(1);
        let best = |levels: &[Level]| levels.first().map(|level| level.price.0);
        let spread = best(&bids).zip(best(&asks)).map(|(bid, ask)| cents(Price(ask.saturating_sub(bid))));
        Some(Self {
            outcome,
            name: text::apart(session.outcome_name(outcome)),
            side,
            bids: rows(model, &bids, outcome, most),
            asks: rows(model, &asks, outcome, most),
            spread,
            pool: cents(session.price(outcome, side)),
            spot: session.spot(outcome, side),
        })
    }
}

fn levels(session: &Replica, outcome: OutcomeId, side: Side, direction: Direction) -> Vec<Level> {
    let all = session.market().outcomes.get(outcome.index()).map_or(&[][..], |public| &public.levels);
    all.iter().filter(|level| level.side == side && level.direction == direction).copied().collect()
}

fn rows(model: &Model, levels: &[Level], outcome: OutcomeId, most: i64) -> Vec<BookRow> {
    let mut sum = 0;
    let row = |level: &Level| {
        sum += level.total.0;
        BookRow {
            price: level.price,
            label: limit_cents(level.price),
            size: tokens_column(level.total),
            cumulative: sum as f32 / most as f32,
            own: own(model, level, outcome),
        }
    };
    levels.iter().map(row).collect()
}

fn own(model: &Model, level: &Level, outcome: OutcomeId) -> Option<String> {
    let orders = model.own_view().map_or(&[][..], |own| &own.orders);
    let here = orders.iter().filter(|order| {
        (order.outcome, order.side, order.direction, order.price) == (outcome, level.side, level.direction, level.price)
    });
    let mine = here.map(|order| order.remaining.0).sum::<i64>();
    let share = i128::from(mine) * 100 / i128::from(level.total.0.max(1));
    (mine > 0).then(|| format!("{} ({})", tokens(Tokens(mine)), with_unit(share, "%")))
}
