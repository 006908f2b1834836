//! The formulas behind every published figure of a participant; `docs/formulas.md` is this
//! page in words.

use outcry_engine::{Tokens, Usdc};

/// Value = balance + escrowed cash + Σ tokens × the pool's spot, each product rounded down.
#[must_use]
pub fn value(balance: Usdc, escrow: Usdc, holdings: impl Iterator<Item = (Tokens, f64)>) -> Usdc {
    let tokens: i64 = holdings.map(|(tokens, spot)| (tokens.0 as f64 * spot) as i64).sum();
    Usdc(balance.0 + escrow.0 + tokens)
}

/// Gain on the deposit in units of 10⁻⁴, rounded towards zero; after gas, since gas has left
/// the balance. 0 without a deposit.
#[must_use]
pub fn gain_bp(value: Usdc, deposit: Usdc) -> i64 {
    if deposit.0 == 0 {
        return 0;
    }
    let gain = i128::from(value.0 - deposit.0) * 10_000 / i128::from(deposit.0);
    i64::try_from(gain).unwrap_or(i64::MAX)
}
