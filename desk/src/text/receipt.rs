//! The words of receipts.

use crate::format::{cents_between, money, tokens};
use outcry_engine::{Cash, CashKind, Fill, FillType, Tokens, Usdc};

words! {
    SENT = "sent…";
    ACCEPTED = "accepted, goes to market in a moment";
    REFUSED = "not accepted; it cost nothing";
    FILLED = "filled";
    OPEN = "waits in the book";
    REJECTED = "rejected";
    CANCELED = "cancelled";
    FEE = "Fee";
    GAS = "Gas";
    REBATE = "Rebate";
    REFUND = "Penalty given back";
    TITLE = "Your orders and receipts";
    NONE = "Orders you send from here are listed with every part of their fill.";
}

/// "30 filled, the rest waits"
#[must_use]
pub fn partial(filled: &str) -> String {
    format!("{filled} filled, the rest waits in the book")
}

/// "pool: 40 at 52.3¢ (2:43)"
#[must_use]
pub fn part(kind: &str, size: &str, price: &str, time: &str) -> String {
    format!("{kind}: {size} at {price} ({time})")
}

/// "Fee $0.65"
#[must_use]
pub fn sum(what: &str, amount: &str) -> String {
    format!("{what} {amount}")
}

/// Differences of less than one in this many are not worth a word.
const NOTICED: i64 = 1_000;

/// What an order came to, gas included and escrow apart: "You paid $2.00, as agreed." or "You got $25.00 instead of
/// $26.10: the price fell before your turn." of the whole of it, "You paid $20.10 for 40 of 50." of a part. `ordered` is its
/// size and `agreed` what the question said, as far as they are known. Nothing before the first fill.
#[must_use]
pub fn deal(fills: &[Fill], cash: &[Cash], ordered: Option<Tokens>, agreed: Option<Usdc>) -> Option<String> {
    let size: Tokens = fills.iter().map(|fill| fill.size).sum();
    if size == Tokens::ZERO {
        return None;
    }
    let trades = cash.iter().filter(|cash| !matches!(cash.kind, CashKind::Escrow | CashKind::Payout));
    let moved: Usdc = trades.map(|cash| cash.amount).sum();
    let (verb, total) = if moved < Usdc::ZERO { ("paid", Usdc::ZERO - moved) } else { ("got", moved) };
    let deal = format!("You {verb} {}", money(total));
    if ordered != Some(size) {
        let of = ordered.map(|ordered| format!(" of {}", tokens(ordered))).unwrap_or_default();
        return Some(format!("{deal} for {}{of}.", tokens(size)));
    }
    let apart = agreed.map_or(0, |agreed| cents_between(agreed, total).0);
    Some(match agreed {
        Some(_) if apart == 0 => format!("{deal}, as agreed."),
        Some(agreed) if apart.abs().saturating_mul(NOTICED) >= agreed.0.abs() => {
            format!("{deal} instead of {}: {}.", money(agreed), because(fills, apart > 0, verb == "paid"))
        }
        _ => format!("{deal}."),
    })
}

/// Why an order came to more than was agreed, or to less. What met somebody's order may be better for that as well as for
/// the pool's price.
fn because(fills: &[Fill], more: bool, pays: bool) -> &'static str {
    let met = fills.iter().any(|fill| matches!(fill.fill_type, FillType::Lob | FillType::Mint | FillType::Merge));
    match more {
        _ if met && more != pays => "prices were better by your turn",
        true => "the price rose before your turn",
        false => "the price fell before your turn",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use outcry_engine::{OrderId, OutcomeId, Party, Price, Side, UserId};

    #[test]
    fn a_part_says_of_how_much_it_is_one() {
        let fill = Fill {
            trade_id: 1,
            buyer: Party::User { user: UserId(1), order: OrderId(1) },
            seller: Party::Pool,
            outcome: OutcomeId(0),
            side: Side::Yes,
            price: Price(400_000),
            size: Tokens::whole(40),
            value: Usdc::whole(16),
            fee: Usdc::ZERO,
            fill_type: FillType::Amm,
            ts_ms: 0,
        };
        let amount = Usdc::ZERO - fill.value;
        let paid = Cash { user: UserId(1), kind: CashKind::Cost, amount, order: None, trade_id: Some(1) };
        let said = |ordered: i64| {
            let (fills, cash) = ([fill.clone()], [paid]);
            deal(&fills, &cash, Some(Tokens::whole(ordered)), Some(Usdc::whole(16)))
        };
        assert_eq!(said(40).as_deref(), Some("You paid $16.00, as agreed."));
        assert_eq!(said(50).as_deref(), Some("You paid $16.00 for 40 of 50."));
    }
}
