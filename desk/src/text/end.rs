//! The end.

/// Heading.
pub const RANKINGS: &str = "Rankings";
/// Heading.
pub const STATEMENT: &str = "Where your money went";
/// Heading.
pub const MAKER: &str = "The market maker";
/// Column.
pub const BALANCE: &str = "Final balance";

/// "Ada wins!"
#[must_use]
pub fn wins(name: &str) -> String {
    format!("{name} wins!")
}
