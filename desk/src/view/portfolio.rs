//! What one owns, what it would pay, and the open orders.

use super::worth;
use crate::{
    format::{self, NOTHING, cents, limit_cents, money, money_signed, pnl, tokens, tokens_column},
    model::Model,
    preview, text,
};
use outcry_engine::{Direction, Order, OrderId, OrderKind, OutcomeId, Price, Side, Usdc};
use outcry_shared::{formulas, ledger::Position, replica::Replica};
use serde::Serialize;

/// One's tokens of one side of an outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PositionRow {
    /// The outcome, for its colour and letter.
    pub outcome: OutcomeId,
    /// The outcome's name.
    pub name: String,
    /// Which of the outcome's two tokens.
    pub side: Side,
    /// "120.00"
    pub tokens: String,
    /// "52.3¢" on average, fees included.
    pub average: String,
    /// "120 tokens, bought at 52.3¢", or what came of those that are gone.
    pub words: String,
    /// At the pool's price.
    pub value: String,
    /// "+$3.20 (+5.1 %) ▲": value against cost.
    pub open: String,
    /// −1, 0 or 1: the colour of `open`.
    pub open_sign: i64,
    /// "+$1.20": the result of tokens that are not held any more.
    pub realised: String,
    /// "Sell now, about $81.87": what leads to its sale, while there is anything to sell.
    pub sale: Option<String>,
}

/// An order of one's own that rests in the book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OrderRow {
    /// The number it is cancelled by.
    pub id: OrderId,
    /// The outcome it is for.
    pub outcome: OutcomeId,
    /// Which of the outcome's two tokens.
    pub side: Side,
    /// "Buy 120 YES Ada at 54¢".
    pub words: String,
    /// "30 of 120 filled", or nothing yet.
    pub filled: Option<String>,
    /// Whether it opted in to auto-fill.
    pub auto_fill: bool,
}

/// What one owns: cash, tokens and resting orders.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PortfolioView {
    /// Balance, locked cash, value, P&L against the start.
    pub cash: Cash,
    /// Holdings and what was realised.
    pub positions: Vec<PositionRow>,
    /// What is said where there are none: somebody who has just bought must not buy again.
    pub nothing: Option<String>,
    /// Open orders, newest first.
    pub orders: Vec<OrderRow>,
}

/// One's money in sums.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Cash {
    /// "$812.40" that can be spent, without what is locked.
    pub balance: String,
    /// Cash in open bids.
    pub locked: String,
    /// Everything at the pool's prices.
    pub value: String,
    /// "+$12.34 (+5.6 %) ▲" against the start.
    pub pnl: String,
    /// −1, 0 or 1: the colour of `pnl`.
    pub pnl_sign: i64,
}

impl PortfolioView {
    /// Computes it. `None` without a seat.
    #[must_use]
    pub fn new(model: &Model) -> Option<Self> {
        let (session, own) = (model.session()?, model.own()?);
        let value = worth::value(model, session)?;
        let gain = Usdc(value.0 - own.statement.start.0);
        let nothing = || match model.orders().pending().count() {
            0 => text::ui::NO_POSITIONS.to_owned(),
            pending => text::ticket::pending(pending),
        };
        Some(Self {
            cash: Cash {
                balance: money(own.own.balance),
                locked: money(worth::locked(model)),
                value: money(value),
                pnl: pnl(gain, own.statement.start),
                pnl_sign: gain.0.signum(),
            },
            positions: own.positions.iter().map(|position| position_row(model, session, position)).collect(),
            nothing: own.positions.is_empty().then(nothing),
            orders: open_orders(model),
        })
    }
}

/// One's open orders, newest first.
#[must_use]
pub fn open_orders(model: &Model) -> Vec<OrderRow> {
    let (Some(session), Some(own)) = (model.session(), model.own()) else { return vec![] };
    own.open_orders.iter().rev().map(|order| order_row(session, order)).collect()
}

fn position_row(model: &Model, session: &Replica, position: &Position) -> PositionRow {
    let active = session.is_active(position.outcome);
    let spot = if active { session.spot(position.outcome, position.side) } else { 0.0 };
    let value = formulas::value(Usdc::ZERO, Usdc::ZERO, std::iter::once((position.tokens, spot)));
    let gain = Usdc(value.0 - position.cost.0);
    let average = average(position);
    let realised = money_signed(position.realised);
    let words = match average {
        Some(average) => text::ui::bought_at(&tokens(position.tokens), &cents(average)),
        None => text::ui::closed(&realised),
    };
    PositionRow {
        words,
        outcome: position.outcome,
        name: text::apart(session.outcome_name(position.outcome)),
        side: position.side,
        tokens: tokens_column(position.tokens),
        average: average.map_or_else(|| NOTHING.to_owned(), cents),
        value: money(value),
        open: if position.tokens.0 == 0 { NOTHING.to_owned() } else { pnl(gain, position.cost) },
        open_sign: if position.tokens.0 == 0 { 0 } else { gain.0.signum() },
        realised,
        sale: sale(model, session, position),
    }
}

/// What selling all that is free would bring, by the engine; without a figure where not all of it passes.
fn sale(model: &Model, session: &Replica, position: &Position) -> Option<String> {
    let (own, size) = (model.own_view()?, model.free_tokens(position.outcome, position.side));
    if !model.can_trade() || !session.is_active(position.outcome) || size.0 == 0 {
        return None;
    }
    let now_ms = preview::quote_ms(session.clock());
    let order = Order {
        id: OrderId(u64::MAX),
        user: model.user()?,
        outcome: position.outcome,
        side: position.side,
        direction: Direction::Sell,
        kind: OrderKind::Market { max_slippage: session.default_slippage() },
        size,
        ts_ms: now_ms,
    };
    let quote = preview::run(session.market(), own, &[], order, now_ms).quote;
    Some(text::ui::sell(quote.reject.is_none().then(|| money(quote.total)).as_deref()))
}

fn average(position: &Position) -> Option<Price> {
    format::average(position.cost.0, position.tokens).filter(|_| position.tokens.0 > 0)
}

fn order_row(session: &Replica, order: &outcry_engine::OpenOrder) -> OrderRow {
    let verb = text::direction(order.direction);
    let token = text::token(order.side, &text::apart(session.outcome_name(order.outcome)));
    let filled = (order.filled.0 > 0).then(|| text::ui::filled_of(&tokens(order.filled), &tokens(order.size)));
    OrderRow {
        id: order.id,
        outcome: order.outcome,
        side: order.side,
        words: format!("{verb} {} {token} at {}", tokens(order.size), limit_cents(order.price)),
        filled,
        auto_fill: order.af_opt_in,
    }
}
