//! The words of the end.

words! {
    RANKINGS = "Rankings";
    STATEMENT = "Where your money went";
    MAKER = "The market maker";
    BALANCE = "Final balance";
}

/// "Ada wins!"
#[must_use]
pub fn wins(name: &str) -> String {
    format!("{name} wins!")
}
