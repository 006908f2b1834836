//! The formulas behind every published figure of a participant; `docs/formulas.md` is this
//! page in words.

use outcry_engine::{Tokens, Usdc};

/// Value = balance + escrowed cash + Σ tokens × the pool's spot, each product rounded down.
#[must_use]
pub fn value(balance: Usdc, escrow: Usdc, holdings: impl Iterator<Item = (Tokens, f64)>) -> Usdc {
    balance + escrow + holdings.map(|(tokens, spot)| Usdc((tokens.0 as f64 * spot) as i64)).sum()
}

/// Gain on the deposit in units of 10⁻⁴, rounded towards zero; after gas, since gas has left
/// the balance. 0 without a deposit.
#[must_use]
pub fn gain_bp(value: Usdc, deposit: Usdc) -> i64 {
    if deposit.0 == 0 {
        return 0;
    }
    let gain = i128::from((value - deposit).0) * 10_000 / i128::from(deposit.0);
    i64::try_from(gain).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn value_counts_cash_escrow_and_tokens_at_spot() {
        let holdings = [(Tokens::whole(10), 0.5), (Tokens(3), 0.5), (Tokens::whole(4), 0.25)];
        let total = value(Usdc::whole(900), Usdc::whole(50), holdings.into_iter());
        assert_eq!(total, Usdc(956_000_001), "each product rounds down");
        assert_eq!(value(Usdc(7), Usdc(0), std::iter::empty()), Usdc(7));
    }

    #[test]
    fn gain_is_a_share_of_the_deposit() {
        let cases = [(1_056, 1_000, 560), (1_000, 1_000, 0), (0, 1_000, -10_000), (5, 0, 0), (2_000, 1_000, 10_000)];
        for (value, deposit, expected) in cases {
            assert_eq!(gain_bp(Usdc::whole(value), Usdc::whole(deposit)), expected, "{value} on {deposit}");
        }
        assert_eq!(gain_bp(Usdc(999_999_999), Usdc::whole(1_000)), 0, "towards zero");
        assert_eq!(gain_bp(Usdc(1_000_099_999), Usdc::whole(1_000)), 0, "towards zero");
    }

    proptest! {
        #[test]
        fn nothing_overflows_within_the_market_s_range(
            cash in 0..=1_000_000_000_000_000_i64, tokens in 0..=1_000_000_000_000_000_i64, spot in 0.0..1.0, deposit in 1..=1_000_000_000_000_i64,
        ) {
            let total = value(Usdc(cash), Usdc(cash), [(Tokens(tokens), spot)].into_iter());
            prop_assert!(total.0 >= 2 * cash && total.0 <= 2 * cash + tokens);
            prop_assert!(gain_bp(total, Usdc(deposit)) >= -10_000);
        }
    }
}
