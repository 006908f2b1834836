//! What happened, in a few words and one sentence.

use crate::{
    format::{cents, limit_cents, money, spot_cents, tokens},
    model::{Model, SentOrder, ToastKind},
};
use outcry_engine::{CashKind, Event, OrderStatus, OutcomeId, Price, Tokens, Usdc, amount::MICRO};
use outcry_shared::{message::Receipt, phase::Phase};

type Words = (String, String);

fn words(title: &str, body: impl Into<String>) -> Words {
    (title.to_owned(), body.into())
}

/// A cancel found nothing to cancel.
#[must_use]
pub fn cancel_too_late() -> Words {
    words("Too late to cancel", "The order is no longer open.")
}

/// The host speaks.
#[must_use]
pub fn announcement(text: &str) -> Words {
    words("Message from the host", text)
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
pub fn accepted(sent: &SentOrder, model: &Model) -> Words {
    (format!("Accepted: {}", sent_words(sent, model)), "It trades with the next beat.".to_owned())
}

/// "buy 20 YES Ada"
fn sent_words(sent: &SentOrder, model: &Model) -> String {
    let order = &sent.order;
    let name = model.session.as_ref().map_or("", |session| session.outcome_name(order.outcome));
    let verb = super::direction(order.direction).to_lowercase();
    format!("{verb} {} {}", tokens(order.size), super::token(order.side, name))
}

/// An order never reached the market.
#[must_use]
pub fn refused(reason: &str) -> Words {
    words("Order not accepted", format!("{} It cost nothing.", sentence(reason)))
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

/// Makes a sentence of a reason: capital first, full stop last.
#[must_use]
pub fn sentence(text: &str) -> String {
    let mut chars = text.trim().chars();
    let Some(first) = chars.next() else { return String::new() };
    let mut out: String = first.to_uppercase().chain(chars).collect();
    if !out.ends_with(['.', '!', '?', '…']) {
        out.push('.');
    }
    out
}

/// The session went from one phase to another.
#[must_use]
pub fn phase(from: Phase, to: Phase) -> Option<Words> {
    let said = match (from, to) {
        (Phase::Draft | Phase::Lobby, Phase::Running) => words("The market is open", "Good luck."),
        (_, Phase::Running) => words("Trading goes on", ""),
        (_, Phase::Frozen) => words("Trading is frozen", "A round is being resolved. You can cancel orders."),
        (_, Phase::Paused) => words("The host paused the session", "The clock stands still. You can cancel orders."),
        (_, Phase::Resolved) => words("The market is settled", "Here is who won."),
        (_, Phase::Lobby) => words("The lobby is open", "Trading begins when the host starts it."),
        (_, Phase::Draft) => return None,
    };
    Some(said)
}

/// An event of the market that concerns everyone.
#[must_use]
pub fn event(event: &Event, model: &Model) -> Option<(ToastKind, Words)> {
    let session = model.session.as_ref()?;
    let name = |outcome: &OutcomeId| session.outcome_name(*outcome).to_owned();
    match event {
        Event::Elimination { outcome, paid, .. } => {
            let title = format!("{} is out", name(outcome));
            let body =
                format!("Holders of NO {} were paid {} in all; its YES is worthless.", name(outcome), money(*paid));
            Some((ToastKind::Notable, (title, body)))
        }
        Event::Final { winner, paid } => {
            let title = format!("{} wins", name(winner));
            Some((ToastKind::Notable, (title, format!("{} were paid out.", money(*paid)))))
        }
        Event::Extend { by_ms } => {
            let body = format!("The end moved by {}.", crate::format::clock(*by_ms));
            Some((ToastKind::Notable, words("More time", body)))
        }
        Event::Renormalisation { prices, .. } => {
            let best = prices.iter().max_by(|a, b| a.2.total_cmp(&b.2))?;
            let body = format!("{} leads at {}.", name(&best.0), spot_cents(best.2));
            Some((ToastKind::Quiet, words("Prices of the remaining outcomes rose together", body)))
        }
        _ => None,
    }
}

/// What a step did to an own order.
#[must_use]
pub fn receipt(receipt: &Receipt, sent: Option<&SentOrder>, model: &Model) -> Words {
    let subject = subject(receipt, sent, model);
    let update = &receipt.order;
    match update.status {
        OrderStatus::Rejected => {
            let gas = cash(receipt, CashKind::Gas);
            let mut body = update.reason.as_ref().map(super::ticket::reject).unwrap_or_default();
            if gas.0 < 0 {
                body.push_str(&format!(" Gas: {}.", money(Usdc(-gas.0))));
            }
            (format!("Rejected: {subject}"), body)
        }
        OrderStatus::Filled => (format!("Filled: {subject}"), filled(receipt, sent)),
        OrderStatus::Partial if receipt.fills.is_empty() => (format!("Waiting: {subject}"), rest(update.remaining)),
        OrderStatus::Partial => {
            (format!("Partly filled: {subject}"), format!("{} {}", filled(receipt, sent), rest(update.remaining)))
        }
        OrderStatus::Open => (format!("In the book: {subject}"), rest(update.remaining)),
        OrderStatus::Canceled => {
            let why = update.reason.as_ref().map(super::ticket::reject).unwrap_or_default();
            (format!("Cancelled: {subject}"), why)
        }
    }
}

fn rest(remaining: Tokens) -> String {
    format!("{} tokens wait in the book.", tokens(remaining))
}

fn cash(receipt: &Receipt, kind: CashKind) -> Usdc {
    Usdc(receipt.cash.iter().filter(|cash| cash.kind == kind).map(|cash| cash.amount.0).sum())
}

/// "buy 120 YES Ada"; of an order sent from elsewhere "order 17".
fn subject(receipt: &Receipt, sent: Option<&SentOrder>, model: &Model) -> String {
    let named = |outcome| model.session.as_ref().map_or("", |session| session.outcome_name(outcome));
    if let Some(sent) = sent {
        return sent_words(sent, model);
    }
    let known = model.own.iter().flat_map(|own| &own.open_orders).find(|order| order.id == receipt.order.id);
    if let Some(order) = known {
        let verb = super::direction(order.direction).to_lowercase();
        let token = super::token(order.side, named(order.outcome));
        return format!("{verb} {} {token} at {}", tokens(order.size), limit_cents(order.price));
    }
    match receipt.fills.first() {
        Some(fill) => super::token(fill.side, named(fill.outcome)),
        None => format!("order {}", receipt.order.id.0),
    }
}

/// "120 at 54.1¢ on average, fee $0.65. As previewed." or by how much it differs.
fn filled(receipt: &Receipt, sent: Option<&SentOrder>) -> String {
    let size: i64 = receipt.fills.iter().map(|fill| fill.size.0).sum();
    let value: i64 = receipt.fills.iter().map(|fill| fill.value.0).sum();
    let Some(average) = average(value, Tokens(size)) else { return String::new() };
    let fee = cash(receipt, CashKind::Fee);
    let mut text = format!("{} at {} on average", tokens(Tokens(size)), cents(average));
    if fee.0 != 0 {
        text.push_str(&format!(", fee {}", money(Usdc(-fee.0))));
    }
    text.push('.');
    if let Some(promised) = sent.and_then(|sent| sent.preview.as_ref()).and_then(|preview| preview.average) {
        text.push_str(&compare(promised, average));
    }
    text
}

/// The average price of tokens that cost or brought `value` micro-USDC in all.
pub(crate) fn average(value: i64, size: Tokens) -> Option<Price> {
    let half = i128::from(size.0) / 2;
    let units = (i128::from(value) * i128::from(MICRO) + half).checked_div(i128::from(size.0))?;
    Some(Price(u32::try_from(units).unwrap_or(u32::MAX)))
}

fn compare(promised: Price, got: Price) -> String {
    if cents(promised) == cents(got) {
        return " As previewed.".to_owned();
    }
    format!(" The preview said {}: other orders came first in the tick.", cents(promised))
}
