//! The life of orders sent from here: sent → accepted → in a tick → receipt, against the preview.

use crate::{
    format::{cents, moment, money, tokens},
    model::{Model, SentOrder, Stage},
    text::{self, receipt as words},
};
use outcry_engine::{CashKind, OrderStatus, OutcomeId, Side, Usdc};
use serde::Serialize;

/// Orders shown; older ones are in the history.
const SHOWN_MAX: usize = 12;

/// How far an order came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Mark {
    /// Still on its way.
    Waiting,
    /// Filled, or resting as asked.
    Good,
    /// Refused by the server, or rejected by the market.
    Bad,
    /// Cancelled, by whomever.
    Gone,
}

/// An order sent from here, and how far it came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReceiptRow {
    /// The outcome it is for.
    pub outcome: OutcomeId,
    /// Which of the outcome's two tokens.
    pub side: Side,
    /// "Buy 120 YES Ada".
    pub words: String,
    /// How far it came.
    pub mark: Mark,
    /// The same in words: "accepted, goes to market in a moment".
    pub stage: String,
    /// What it came to against what was agreed, its parts, fee and rebate; or the reason.
    pub lines: Vec<String>,
}

/// The newest orders, newest first.
#[must_use]
pub fn receipts(model: &Model) -> Vec<ReceiptRow> {
    model.orders().iter().rev().take(SHOWN_MAX).map(|sent| row(model, sent)).collect()
}

fn row(model: &Model, sent: &SentOrder) -> ReceiptRow {
    let order = &sent.order;
    let name = model.outcome_name(order.outcome);
    let verb = text::direction(order.direction);
    let (mark, stage) = stage(sent);
    ReceiptRow {
        outcome: order.outcome,
        side: order.side,
        words: format!("{verb} {} {}", tokens(order.size), text::token(order.side, &name)),
        mark,
        stage,
        lines: lines(sent),
    }
}

fn stage(sent: &SentOrder) -> (Mark, String) {
    match &sent.stage {
        Stage::Sent => (Mark::Waiting, words::SENT.to_owned()),
        Stage::Accepted => (Mark::Waiting, words::ACCEPTED.to_owned()),
        Stage::Refused(_) => (Mark::Bad, words::REFUSED.to_owned()),
        Stage::Done(update) => match update.status {
            OrderStatus::Filled => (Mark::Good, words::FILLED.to_owned()),
            OrderStatus::Open => (Mark::Good, words::OPEN.to_owned()),
            OrderStatus::Partial => (Mark::Good, words::partial(&tokens(update.filled))),
            OrderStatus::Rejected => (Mark::Bad, words::REJECTED.to_owned()),
            OrderStatus::Canceled => (Mark::Gone, words::CANCELED.to_owned()),
        },
    }
}

fn lines(sent: &SentOrder) -> Vec<String> {
    let mut lines = Vec::new();
    match &sent.stage {
        Stage::Refused(reason) => lines.push(text::sentence(reason)),
        Stage::Done(update) if update.status == OrderStatus::Rejected => {
            lines.extend(update.reason.as_ref().map(text::ticket::reject));
        }
        _ => {}
    }
    lines.extend(words::deal(&sent.fills, &sent.cash, Some(sent.order.size), sent.agreed()));
    for fill in &sent.fills {
        let kind = text::fill_type(fill.fill_type);
        lines.push(words::part(kind, &tokens(fill.size), &cents(fill.price), &moment(fill.ts_ms)));
    }
    let sums = [
        (words::FEE, -sent.cash(CashKind::Fee).0),
        (words::GAS, -sent.cash(CashKind::Gas).0),
        (words::REBATE, sent.cash(CashKind::Rebate).0),
        (words::REFUND, sent.cash(CashKind::Refund).0),
    ];
    lines.extend(
        sums.iter().filter(|(_, units)| *units != 0).map(|(what, units)| words::sum(what, &money(Usdc(*units)))),
    );
    lines
}
