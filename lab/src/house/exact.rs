//! From a rule's floating-point figures to whole micros, always against the trader: what is paid is rounded up, what is
//! received is rounded down, each by a micro more and by a 10⁻¹² of the amount, which is more than a rule's solve is off.

use outcry_engine::{
    Rate, Tokens, Usdc,
    amount::{MICRO, RATE_ONE},
};

/// By which share of an amount a rule's figure may be off.
const OFF: f64 = 1e-12;

/// Tokens as a rule counts them.
pub(super) fn tokens(amount: Tokens) -> f64 {
    amount.as_f64()
}

/// So many tokens at most, as whole micros.
pub(super) fn tokens_down(amount: f64) -> Tokens {
    // A cast of what is too large ends at the largest number there is.
    Tokens((amount * MICRO as f64).floor() as i64)
}

/// What a purchase costs; none where the rule has no figure.
pub(super) fn cost(usdc: f64) -> Option<Usdc> {
    let micros = (usdc.max(0.0) * (MICRO as f64 * (1.0 + OFF))).ceil();
    micros.is_finite().then(|| Usdc(micros as i64 + 1))
}

/// What a sale brings; none where the rule has no figure.
pub(super) fn proceeds(usdc: f64) -> Option<Usdc> {
    let micros = (usdc * (MICRO as f64 * (1.0 - OFF))).floor();
    micros.is_finite().then(|| Usdc((micros as i64 - 1).max(0)))
}

/// By how much `value` is above (below) what `tokens` are worth at a price, as a fraction of that, rounded up.
pub(super) fn above(value: Usdc, tokens: Tokens, price: f64, up: bool) -> Rate {
    let worth = tokens.0 as f64 * price;
    if worth <= 0.0 {
        return Rate(0);
    }
    let worse = if up { value.0 as f64 - worth } else { worth - value.0 as f64 };
    Rate((worse / worth * RATE_ONE as f64).ceil() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rounding_is_against_the_trader() {
        for usdc in [0.0, 1e-9, 0.123_456_7, 1.0, 54_321.123_456_789, 1e9] {
            let (paid, got) = (cost(usdc).unwrap(), proceeds(usdc).unwrap());
            assert!(paid.as_f64() > usdc && (got.as_f64() < usdc || got.0 == 0), "{usdc}: {paid} and {got}");
            assert!(paid.0 - got.0 <= 4 + (usdc * 3e-6) as i64, "{usdc}: {paid} and {got}");
        }
        assert_eq!((cost(f64::NAN.max(f64::INFINITY)), proceeds(f64::NAN)), (None, None));
    }
}
