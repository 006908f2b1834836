//! What happened, in a few words and one sentence.

use super::{
    banner::{PAUSED_BODY, meanwhile},
    names,
    receipt::deal,
    sentence::sentence,
    ticket::reject,
};
use crate::format::{clock, limit_cents, money, spot_cents, tokens};
use outcry_engine::{CashKind, Direction, Event, OrderStatus, OutcomeId, Price, Side, Tokens, Usdc};
use outcry_shared::{message::Receipt, phase::Phase};

/// A title of a few words, and one sentence more or nothing.
pub type Words = (String, String);

fn words(title: &str, body: impl Into<String>) -> Words {
    (title.to_owned(), body.into())
}

/// A cancel found nothing to cancel.
#[must_use]
pub fn cancel_too_late() -> Words {
    words("Too late to cancel", "The order is no longer open.")
}

/// A message of the host to everyone, word for word.
#[must_use]
pub fn announcement(text: &str) -> Words {
    words("Message from the host", names::apart(text))
}

/// An elimination or the end paid.
#[must_use]
pub fn payout(amount: Usdc) -> Words {
    (format!("You were paid {}", money(amount)), "Every winning token pays $1.".to_owned())
}

/// An auto-fill surplus or a better price came back.
#[must_use]
pub fn rebate(amount: Usdc) -> Words {
    (format!("Rebate {}", money(amount)), "Your limit order was served better than you asked.".to_owned())
}

/// An order is stored and waits for the next tick.
#[must_use]
pub fn accepted(subject: &str) -> Words {
    (format!("Accepted: {subject}"), "It goes to market in a moment.".to_owned())
}

/// What an order is called: "buy 20 YES Ada".
#[must_use]
pub fn order(direction: Direction, size: Tokens, side: Side, name: &str) -> String {
    let verb = names::direction(direction).to_ascii_lowercase();
    format!("{verb} {} {}", tokens(size), names::token(side, name))
}

/// The same of one that may rest: "buy 20 YES Ada at 54¢".
#[must_use]
pub fn limit_order(direction: Direction, size: Tokens, side: Side, name: &str, price: Price) -> String {
    format!("{} at {}", order(direction, size, side, name), limit_cents(price))
}

/// The same of one that is not known here: "order 17".
#[must_use]
pub fn unknown_order(number: u64) -> String {
    format!("order {number}")
}

/// An order never reached the market.
#[must_use]
pub fn refused(reason: &str) -> Words {
    words("Order not accepted", format!("{} It cost nothing.", sentence(reason)))
}

/// An order that was not answered, and is not sent again: the seat or the session is another.
#[must_use]
pub fn not_sent_again(order: &str) -> Words {
    words(
        "Not sent again",
        format!("Whether \"{order}\" was taken is not known here: it was for a seat or session that is past."),
    )
}

/// An act of the host was done.
#[must_use]
pub fn host_done(done: &str) -> Words {
    words("Done", sentence(done))
}

/// An act of the host was refused.
#[must_use]
pub fn host_refused(reason: &str) -> Words {
    words("Not done", sentence(reason))
}

/// The session went from one phase to another, as it is told to whoever has a seat, or has none.
#[must_use]
pub fn phase(from: Phase, to: Phase, seated: bool) -> Option<Words> {
    let said = match (from, to) {
        (Phase::Draft | Phase::Lobby, Phase::Running) => words("The market is open", "Good luck."),
        (_, Phase::Running) => words("Trading goes on", ""),
        (_, Phase::Frozen) => words("Trading is frozen", meanwhile("A round is being resolved.", seated)),
        (_, Phase::Paused) => words("The host paused the session", meanwhile(PAUSED_BODY, seated)),
        (_, Phase::Resolved) => words("The game is over", "Here is who won."),
        (_, Phase::Lobby) => words("The lobby is open", "Trading begins when the host starts it."),
        (_, Phase::Draft) => return None,
    };
    Some(said)
}

/// An event of the market that concerns everyone; `name` is what an outcome is called.
#[must_use]
pub fn event(event: &Event, name: impl Fn(OutcomeId) -> String) -> Option<Words> {
    match event {
        Event::Elimination { outcome, paid, .. } => {
            let name = name(*outcome);
            let body = format!("Holders of NO {name} were paid {} in all; its YES is worthless.", money(*paid));
            Some((format!("{name} is out"), body))
        }
        Event::Final { winner, paid } => {
            Some((format!("The name drawn was {}", name(*winner)), format!("{} were paid out.", money(*paid))))
        }
        Event::Extend { by_ms } => Some(words("More time", format!("The end moved by {}.", clock(*by_ms)))),
        Event::Renormalisation { prices, .. } => {
            let best = prices.iter().max_by(|a, b| a.2.total_cmp(&b.2))?;
            let body = format!("{} leads at {}.", name(best.0), spot_cents(best.2));
            Some(words("Prices of the remaining outcomes rose together", body))
        }
        _ => None,
    }
}

/// What a step did to an own order, which is called `subject`; `ordered` is its size, and `agreed` what its question said
/// that it comes to, as far as they are known.
#[must_use]
pub fn receipt(receipt: &Receipt, subject: &str, ordered: Option<Tokens>, agreed: Option<Usdc>) -> Words {
    let update = &receipt.order;
    let deal = || deal(&receipt.fills, &receipt.cash, ordered, agreed).unwrap_or_default();
    let why = || update.reason.as_ref().map(reject).unwrap_or_default();
    match update.status {
        OrderStatus::Rejected => {
            let gas = cash(receipt, CashKind::Gas);
            let gas = if gas.0 < 0 { format!(" Gas: {}.", money(Usdc(-gas.0))) } else { String::new() };
            (format!("Rejected: {subject}"), why() + &gas)
        }
        OrderStatus::Filled => (format!("Filled: {subject}"), deal()),
        OrderStatus::Partial if receipt.fills.is_empty() => (format!("Waiting: {subject}"), rest(update.remaining)),
        OrderStatus::Partial => (format!("Partly filled: {subject}"), format!("{} {}", deal(), rest(update.remaining))),
        OrderStatus::Open => (format!("In the book: {subject}"), rest(update.remaining)),
        OrderStatus::Canceled => (format!("Cancelled: {subject}"), why()),
    }
}

fn rest(remaining: Tokens) -> String {
    format!("{} tokens wait in the book.", tokens(remaining))
}

fn cash(receipt: &Receipt, kind: CashKind) -> Usdc {
    Usdc(receipt.cash.iter().filter(|cash| cash.kind == kind).map(|cash| cash.amount.0).sum())
}
