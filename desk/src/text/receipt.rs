//! The words of receipts.

/// Stage.
pub const SENT: &str = "sent…";
/// Stage.
pub const ACCEPTED: &str = "accepted, waits for the beat";
/// Stage.
pub const REFUSED: &str = "not accepted; it cost nothing";
/// Stage.
pub const FILLED: &str = "filled";
/// Stage.
pub const OPEN: &str = "waits in the book";
/// Stage.
pub const REJECTED: &str = "rejected";
/// Stage.
pub const CANCELED: &str = "cancelled";
/// A sum.
pub const FEE: &str = "Fee";
/// A sum.
pub const GAS: &str = "Gas";
/// A sum.
pub const REBATE: &str = "Rebate";
/// A sum.
pub const REFUND: &str = "Penalty given back";
/// Heading.
pub const TITLE: &str = "Your orders and receipts";
/// None yet.
pub const NONE: &str = "Orders you send from here are listed with every part of their fill.";

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

/// Against the preview.
#[must_use]
pub fn compared(promised: &str, got: &str) -> String {
    if promised == got {
        return format!("{got} on average, as previewed");
    }
    format!("{got} on average; the preview said {promised}, other orders came first")
}
