//! What a trader can do. Whoever carries it out numbers the orders.

use outcry_engine::{Direction, OrderId, OrderKind, OutcomeId, Price, Rate, SIZE_MIN, Side, Tokens, amount::RATE_ONE};

/// What a trader can do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Sends an order of one's own.
    Order {
        /// The outcome that is traded.
        outcome: OutcomeId,
        /// The token that is traded.
        side: Side,
        /// Whether tokens are bought or sold.
        direction: Direction,
        /// At the market, or at a limit.
        kind: OrderKind,
        /// How many tokens, also of a purchase at the market.
        size: Tokens,
    },
    /// Takes back what rests of an order.
    Cancel(OrderId),
    /// Takes back every order.
    CancelAll,
}

impl Action {
    /// A market order of so many tokens that accepts a slippage of so many percent; none
    /// below the smallest size.
    #[must_use]
    pub fn market(
        outcome: OutcomeId,
        side: Side,
        direction: Direction,
        tokens: f64,
        slippage_percent: u8,
    ) -> Option<Self> {
        let max_slippage = Rate(RATE_ONE / 100 * i64::from(slippage_percent));
        let size = size(tokens)?;
        Some(Self::Order { outcome, side, direction, kind: OrderKind::Market { max_slippage }, size })
    }

    /// A limit order of so many tokens; none below the smallest size.
    #[must_use]
    pub fn limit(
        outcome: OutcomeId,
        side: Side,
        direction: Direction,
        tokens: f64,
        price: Price,
        af_opt_in: bool,
    ) -> Option<Self> {
        let size = size(tokens)?;
        Some(Self::Order { outcome, side, direction, kind: OrderKind::Limit { price, af_opt_in }, size })
    }
}

/// A whole number of smallest orders.
fn size(tokens: f64) -> Option<Tokens> {
    let smallest = (tokens / SIZE_MIN.as_f64()).floor();
    (smallest >= 1.0).then_some(Tokens(smallest as i64 * SIZE_MIN.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_whole_smallest_orders() {
        assert_eq!(size(0.009_9), None);
        assert_eq!(size(f64::NAN), None);
        assert_eq!(size(-3.0), None);
        assert_eq!(size(1.239), Some(Tokens(1_230_000)));
    }
}
