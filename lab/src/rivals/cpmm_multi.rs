//! One constant-product pool of YES and NO for each outcome, kept at prices with sum 1 by arbitrage inside the trade
//! (Manifold's `cpmm-multi-1`): to buy YES of one, some NO of every other is bought and handed in as YES of that one,
//! and the rest comes out of its own pool. Worst loss the ante.

use super::field::Field;
use crate::{rule::Rule, special::root};
use outcry_engine::Side;

/// A maker of one pool per outcome.
#[derive(Clone, Debug)]
pub struct CpmmMulti {
    pools: Vec<Pool>,
    field: Field,
}

/// YES and NO in a pool, whose product stays.
#[derive(Clone, Copy, Debug)]
struct Pool {
    yes: f64,
    no: f64,
}

impl Pool {
    fn price(self, side: Side) -> f64 {
        self.of(side.other()) / (self.yes + self.no)
    }

    /// By how much a token bought moves the price.
    fn slope(self) -> f64 {
        2.0 * self.price(Side::Yes) * self.price(Side::No) / (self.yes + self.no)
    }

    fn of(self, side: Side) -> f64 {
        match side {
            Side::Yes => self.yes,
            Side::No => self.no,
        }
    }

    /// The pool after a purchase, and what it cost: money mints pairs, of which the pool keeps what was not bought.
    fn after(self, side: Side, tokens: f64) -> (Self, f64) {
        let (bought, kept) = (self.of(side), self.of(side.other()));
        // kept' · (bought + kept' − kept − tokens) = bought · kept.
        let middle = (kept + tokens - bought) / 2.0;
        let product = bought * kept;
        let spread = (middle * middle + product).sqrt();
        // The root that does not subtract like from like.
        let after = if middle > 0.0 { middle + spread } else { product / (spread - middle) };
        let cost = after - kept;
        let left = product / after;
        let pool = match side {
            Side::Yes => Self { yes: left, no: after },
            Side::No => Self { yes: after, no: left },
        };
        (pool, cost)
    }

    /// The same depth at another price.
    fn at(self, price: f64) -> Self {
        let product = self.yes * self.no;
        let no = (product * price / (1.0 - price)).sqrt();
        Self { yes: product / no, no }
    }
}

impl CpmmMulti {
    /// A maker of `n` outcomes, all at one price, with an ante of `loss` USDC, which is what it can lose.
    #[must_use]
    pub fn new(loss: f64, n: usize) -> Self {
        let pool = Pool { yes: loss / 2.0, no: loss / (2.0 * (n as f64 - 1.0)) };
        Self { pools: vec![pool; n], field: Field::new(n) }
    }

    /// What can still be lost if an outcome wins: its YES and the NO of every other, which is all that pays then.
    fn at_stake(&self, winner: usize) -> f64 {
        self.pools[winner].yes + self.field.others(winner).map(|other| self.pools[other].no).sum::<f64>()
    }

    /// Every pool after a purchase of which `handed_in` tokens come from the other pools, and what it took.
    fn after(
        &self,
        outcome: usize,
        side: Side,
        tokens: f64,
        handed_in: f64,
    ) -> impl Iterator<Item = (usize, Pool, f64)> {
        self.field.iter().map(move |other| {
            let own = other == outcome;
            let (side, tokens) = if own { (side, tokens - handed_in) } else { (side.other(), handed_in) };
            let (pool, paid) = self.pools[other].after(side, tokens);
            (other, pool, paid)
        })
    }
}

impl Rule for CpmmMulti {
    fn price(&self, outcome: usize, side: Side) -> f64 {
        match (self.field.contains(outcome), side) {
            (true, _) => self.pools[outcome].price(side),
            (false, Side::Yes) => 0.0,
            (false, Side::No) => 1.0,
        }
    }

    fn buy(&mut self, outcome: usize, side: Side, tokens: f64) -> f64 {
        let prices =
            |handed_in: f64| self.after(outcome, side, tokens, handed_in).map(|(_, pool, _)| pool.price(Side::Yes));
        // The more is handed in, the lower is the sum of prices when YES is bought, the higher when NO is.
        let sign = if side == Side::Yes { -1.0 } else { 1.0 };
        let off = |handed_in: f64| sign * (prices(handed_in).sum::<f64>() - 1.0);
        // A token bought moves its pool's price by 2p(1−p)/(YES + NO).
        let slope = |handed_in: f64| {
            let each = self.after(outcome, side, tokens, handed_in).map(|(_, pool, _)| pool.slope());
            each.sum::<f64>()
        };
        let handed_in = root(off, slope, 0.0, tokens);
        let bought: Vec<(usize, Pool, f64)> = self.after(outcome, side, tokens, handed_in).collect();
        let paid: f64 = bought.iter().map(|(.., paid)| paid).sum();
        // NO of every other is YES of this one and 1 USDC for each but one of them; YES of every other is its NO.
        let redeemed = if side == Side::Yes { handed_in * (bought.len() as f64 - 2.0) } else { 0.0 };
        for (other, pool, _) in bought {
            self.pools[other] = pool;
        }
        paid - redeemed
    }

    fn eliminate(&mut self, outcome: usize) {
        let before: Vec<f64> = self.field.iter().map(|winner| self.at_stake(winner)).collect();
        let stakes: Vec<(usize, f64)> = self.field.iter().zip(before).filter(|(other, _)| *other != outcome).collect();
        self.field.remove(outcome);
        let sum: f64 = self.field.iter().map(|other| self.pools[other].price(Side::Yes)).sum();
        for &(other, _) in &stakes {
            let pool = self.pools[other];
            self.pools[other] = pool.at(pool.price(Side::Yes) / sum);
        }
        // Prices that nobody paid for can cost more than was left to lose: the pools shrink until they cannot.
        let share = |&(winner, before): &(usize, f64)| before / self.at_stake(winner);
        let share = stakes.iter().map(share).fold(1.0, f64::min);
        for &(other, _) in &stakes {
            let Pool { yes, no } = self.pools[other];
            self.pools[other] = Pool { yes: yes * share, no: no * share };
        }
    }
}
