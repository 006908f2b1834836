//! The words of receipts.

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

/// "52.4¢ on average; the preview said 52.3¢, other orders came first"
#[must_use]
pub fn compared(promised: &str, got: &str) -> String {
    if promised == got {
        return format!("{got} on average, as previewed");
    }
    format!("{got} on average; the preview said {promised}, other orders came first")
}
