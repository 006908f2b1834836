//! The prices that limit orders may have (§5).

use super::values::Params;
use crate::amount::Price;
use serde::Serialize;

/// Whole multiples of the tick within [p_min, p_max].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct PriceGrid {
    tick: Price,
    low: Price,
    high: Price,
}

impl PriceGrid {
    /// The distance of neighbouring prices.
    #[must_use]
    pub const fn tick(&self) -> Price {
        self.tick
    }

    /// The lowest price.
    #[must_use]
    pub const fn low(&self) -> Price {
        self.low
    }

    /// The highest price.
    #[must_use]
    pub const fn high(&self) -> Price {
        self.high
    }

    /// Whether a limit order may have this price.
    #[must_use]
    pub fn contains(&self, price: Price) -> bool {
        price.0.is_multiple_of(self.tick.0) && (self.low..=self.high).contains(&price)
    }

    /// The whole ticks in a price.
    #[must_use]
    pub const fn ticks(&self, price: Price) -> u32 {
        price.0 / self.tick.0
    }

    /// The price of so many ticks, or the end of the range beyond which it would be.
    #[must_use]
    pub fn at(&self, ticks: i64) -> Price {
        let (low, high) = (self.ticks(self.low), self.ticks(self.high));
        let within = u32::try_from(ticks.max(0)).unwrap_or(u32::MAX).clamp(low, high);
        Price(within * self.tick.0)
    }

    /// The price nearest to another; of two the higher.
    #[must_use]
    pub fn nearest(&self, price: Price) -> Price {
        self.step(price, 0)
    }

    /// The price so many ticks from the one nearest to `price`.
    #[must_use]
    pub fn step(&self, price: Price, ticks: i64) -> Price {
        let nearest = (i64::from(price.0) + i64::from(self.tick.0 / 2)) / i64::from(self.tick.0);
        self.at(nearest.saturating_add(ticks))
    }
}

impl Params {
    /// The prices that limit orders may have.
    #[must_use]
    pub fn grid(&self) -> PriceGrid {
        let tick = self.tick_size.0.max(1);
        let low = self.p_min.0.div_ceil(tick) * tick;
        PriceGrid { tick: Price(tick), low: Price(low), high: Price((self.p_max.0 / tick * tick).max(low)) }
    }
}

#[cfg(test)]
mod tests {
    use super::{Params, Price};

    #[test]
    fn prices_stay_on_the_grid() {
        let check = |price, steps, expected| {
            let stepped = Params::default().grid().step(Price(price), steps);
            assert_eq!(stepped, Price(expected), "{price} {steps}");
        };
        check(541_234, 0, 540_000);
        check(545_000, 0, 550_000);
        check(540_000, 1, 550_000);
        check(540_000, -5, 490_000);
        check(10_000, -1, 10_000);
        check(990_000, 5, 990_000);
        check(u32::MAX, 0, 990_000);
        check(0, i64::MIN, 10_000);
    }

    #[test]
    fn a_range_off_the_grid_is_narrowed_to_it() {
        let grid = Params { tick_size: Price(100_000), p_min: Price(10_000), ..Params::default() }.grid();
        assert_eq!((grid.low(), grid.high()), (Price(100_000), Price(900_000)));
        assert!(grid.contains(Price(300_000)));
        for price in [0, 310_000, 950_000, 1_000_000] {
            assert!(!grid.contains(Price(price)), "{price}");
        }
    }
}
