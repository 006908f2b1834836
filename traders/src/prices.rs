//! Prices of the ticks gone by, which trends are read from.

use crate::seen::Seen;
use outcry_engine::{OutcomeId, Side};
use std::collections::VecDeque;

/// Ticks that are remembered; older ones go.
const TICKS_KEPT: usize = 60;

/// The YES prices of the last ticks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PastPrices {
    /// Newest last, 0 to 1, one per outcome.
    ticks: VecDeque<Vec<f64>>,
}

impl PastPrices {
    /// Adds the prices that a tick led to.
    pub fn remember(&mut self, market: &dyn Seen) {
        let outcomes = (0..market.params().n_outcomes).map(OutcomeId);
        self.ticks.push_back(outcomes.map(|outcome| market.spot(outcome, Side::Yes)).collect());
        if self.ticks.len() > TICKS_KEPT {
            self.ticks.pop_front();
        }
    }

    /// Forgets all: another session begins.
    pub fn clear(&mut self) {
        self.ticks.clear();
    }

    /// How many ticks are remembered.
    #[must_use]
    pub fn ticks(&self) -> usize {
        self.ticks.len()
    }

    /// The mean of an outcome's YES over so many ticks, or over all that are remembered; 0 of none.
    #[must_use]
    pub fn mean(&self, outcome: OutcomeId, ticks: usize) -> f64 {
        let last = self.ticks.len().min(ticks);
        let prices = self.ticks.iter().rev().take(ticks).filter_map(|prices| prices.get(outcome.index()));
        if last == 0 { 0.0 } else { prices.sum::<f64>() / last as f64 }
    }

    /// The mean size of the moves of an outcome's YES from tick to tick over so many ticks; 0 of none.
    #[must_use]
    pub fn mean_move(&self, outcome: OutcomeId, ticks: usize) -> f64 {
        let price = |prices: &Vec<f64>| prices.get(outcome.index()).copied().unwrap_or(0.0);
        let newest = || self.ticks.iter().rev().map(price);
        let moves = newest().zip(newest().skip(1)).take(ticks);
        let (sum, number) = moves.fold((0.0, 0_u32), |all, (b, a)| (all.0 + (b - a).abs(), all.1 + 1));
        if number == 0 { 0.0 } else { sum / f64::from(number) }
    }

    /// How much an outcome's YES has risen over so many ticks, or over all that are remembered.
    #[must_use]
    pub fn change(&self, outcome: OutcomeId, ticks: usize) -> f64 {
        let now = self.ticks.len().saturating_sub(1);
        let price = |at: usize| self.ticks.get(at).and_then(|prices| prices.get(outcome.index()));
        match (price(now), price(now.saturating_sub(ticks))) {
            (Some(now), Some(then)) => now - then,
            _ => 0.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use outcry_engine::{Direction, amount::RATE_ONE};
    use outcry_engine::{Input, Market, Order, OrderId, OrderKind, Params, Rate, Tokens, Usdc, UserId};

    #[test]
    fn prices_are_remembered_for_a_while() {
        let (user, outcome) = (UserId(1), OutcomeId(0));
        let mut market = Market::new(Params::default()).unwrap();
        market.apply(&Input::Join { user, deposit: Usdc::whole(1_000) }).unwrap();
        let mut prices = PastPrices::default();
        assert_eq!(prices.change(outcome, 5), 0.0, "nothing is known yet");
        prices.remember(&market.public());
        let kind = OrderKind::Market { max_slippage: Rate(RATE_ONE) };
        let (side, direction, size) = (Side::Yes, Direction::Buy, Tokens::whole(100));
        let order = Order { id: OrderId(1), user, outcome, side, direction, kind, size, ts_ms: 1 };
        market.apply(&Input::Orders { now_ms: 1, orders: vec![order] }).unwrap();
        prices.remember(&market.public());
        let rise = prices.change(outcome, 1);
        assert!(rise > 0.0);
        assert_eq!((prices.change(outcome, 1_000), prices.change(OutcomeId(9), 1)), (rise, 0.0));
        (0..TICKS_KEPT).for_each(|_| prices.remember(&market.public()));
        assert_eq!((prices.ticks(), prices.change(outcome, 1_000)), (TICKS_KEPT, 0.0));
        prices.clear();
        assert_eq!(prices, PastPrices::default());
    }
}
