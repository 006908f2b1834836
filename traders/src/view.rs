//! What a strategy may look at: filled from messages as well as from a bare market.

use crate::{action::Action, prices::PastPrices, seen::Seen};
use outcry_engine::{
    Direction, Level, Order, OrderId, OutcomeId, OwnView, Params, Price, Quote, Side, Tokens, Usdc, UserId,
};

/// A market as a participant sees it.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// Prices and book, and what an order would get.
    pub market: &'a dyn Seen,
    /// Prices of the ticks gone by; the newest are those of `market`.
    pub prices: &'a PastPrices,
    /// One's own balance, free tokens and resting orders.
    pub own: &'a OwnView,
    /// Session clock, in ms.
    pub now_ms: u64,
}

impl View<'_> {
    /// The public parameters of the market.
    #[must_use]
    pub fn params(&self) -> &Params {
        self.market.params()
    }

    /// The outcomes still in the game.
    #[must_use]
    pub fn active(&self) -> Vec<OutcomeId> {
        self.outcomes().filter(|&outcome| self.market.is_active(outcome)).collect()
    }

    /// Every outcome, in the game or not.
    pub(crate) fn outcomes(&self) -> impl Iterator<Item = OutcomeId> + use<> {
        (0..self.params().n_outcomes).map(OutcomeId)
    }

    /// The market's price, 0 to 1.
    #[must_use]
    pub fn spot(&self, outcome: OutcomeId, side: Side) -> f64 {
        self.market.spot(outcome, side)
    }

    /// How much an outcome's YES has risen over so many ticks.
    #[must_use]
    pub fn change(&self, outcome: OutcomeId, ticks: usize) -> f64 {
        self.prices.change(outcome, ticks)
    }

    /// Tokens that no ask holds.
    #[must_use]
    pub fn free(&self, outcome: OutcomeId, side: Side) -> Tokens {
        self.own.free.get(outcome.index()).map_or(Tokens::ZERO, |pair| pair[side.index()])
    }

    /// Cash that can be spent, without what is in escrow.
    #[must_use]
    pub const fn balance(&self) -> Usdc {
        self.own.balance
    }

    /// The nearest price on the grid within the allowed range.
    #[must_use]
    pub fn on_grid(&self, price: f64) -> Price {
        let grid = self.params().grid();
        grid.at((price * 1e6 / f64::from(grid.tick().0)).round() as i64)
    }

    /// The best price somebody asks or bids.
    #[must_use]
    pub fn best(&self, outcome: OutcomeId, side: Side, direction: Direction) -> Option<Level> {
        self.market.best(outcome, side, direction)
    }

    /// What an order would get if it came first in a tick now; none for what is no order.
    #[must_use]
    pub fn quote(&self, action: &Action) -> Option<Quote> {
        let &Action::Order { outcome, side, direction, kind, size } = action else { return None };
        let (id, user, ts_ms) = (OrderId(u64::MAX), UserId(u32::MAX), self.now_ms);
        let order = Order { id, user, outcome, side, direction, kind, size, ts_ms };
        Some(self.market.quote(self.own, &[], &order, self.now_ms))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use outcry_engine::{Market, PublicMarket};

    fn market() -> PublicMarket {
        Market::new(Params::default()).unwrap().public()
    }

    fn check(market: &PublicMarket, test: impl Fn(View<'_>)) {
        test(View { market, prices: &PastPrices::default(), own: &OwnView::default(), now_ms: 0 });
    }

    #[test]
    fn prices_stand_on_the_grid_within_their_range() {
        for (price, expected) in
            [(0.4737, 470_000), (0.476, 480_000), (-1.0, 10_000), (7.0, 990_000), (f64::NAN, 10_000)]
        {
            check(&market(), |view| assert_eq!(view.on_grid(price).0, expected, "{price}"));
        }
    }

    #[test]
    fn the_best_bid_is_the_highest_and_the_best_ask_the_lowest() {
        let mut market = market();
        let level = |direction, cents: u32| {
            let (price, total) = (Price(cents * 10_000), Tokens::whole(i64::from(cents)));
            Level { side: Side::No, direction, price, total, opt_in: Tokens::ZERO }
        };
        market.outcomes[1].levels = vec![
            level(Direction::Buy, 30),
            level(Direction::Buy, 45),
            level(Direction::Sell, 50),
            level(Direction::Sell, 70),
        ];
        check(&market, |view| {
            let best = |outcome, side, direction| view.best(OutcomeId(outcome), side, direction);
            assert_eq!(best(1, Side::No, Direction::Buy), Some(level(Direction::Buy, 45)));
            assert_eq!(best(1, Side::No, Direction::Sell), Some(level(Direction::Sell, 50)));
            assert_eq!([best(1, Side::Yes, Direction::Buy), best(9, Side::No, Direction::Buy)], [None; 2]);
        });
    }

    #[test]
    fn what_is_not_of_the_market_is_nothing() {
        check(&market(), |view| {
            assert_eq!(view.active().len(), 3);
            let stray = OutcomeId(9);
            assert_eq!(view.free(stray, Side::Yes), Tokens::ZERO);
            assert_eq!((view.spot(stray, Side::Yes), view.change(stray, 5)), (0.0, 0.0));
        });
    }
}
