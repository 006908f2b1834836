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

    /// The pools after a purchase of which `handed_in` tokens come from the other pools, and what it cost.
    fn after(&self, outcome: usize, side: Side, tokens: f64, handed_in: f64) -> (Vec<Pool>, f64) {
        let mut pools = self.pools.clone();
        let (own, mut cost) = pools[outcome].after(side, tokens - handed_in);
        pools[outcome] = own;
        let mut others = 0;
        for other in self.field.others(outcome) {
            let (pool, paid) = pools[other].after(side.other(), handed_in);
            pools[other] = pool;
            cost += paid;
            others += 1;
        }
        // NO of every other is YES of this one and 1 USDC for each but one of them; YES of every other is its NO.
        if side == Side::Yes {
            cost -= handed_in * f64::from(others - 1);
        }
        (pools, cost)
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
        let sum = |handed_in: f64| {
            let (pools, _) = self.after(outcome, side, tokens, handed_in);
            self.field.iter().map(|other| pools[other].price(Side::Yes)).sum::<f64>() - 1.0
        };
        // The more is handed in, the lower is the sum when YES is bought, the higher when NO is.
        let rising = |handed_in: f64| if side == Side::Yes { -sum(handed_in) } else { sum(handed_in) };
        // Without a slope the search halves.
        let handed_in = root(rising, |_| 0.0, 0.0, tokens);
        let (pools, cost) = self.after(outcome, side, tokens, handed_in);
        self.pools = pools;
        cost
    }

    fn eliminate(&mut self, outcome: usize) {
        self.field.remove(outcome);
        let sum: f64 = self.field.iter().map(|other| self.pools[other].price(Side::Yes)).sum();
        for other in self.field.iter() {
            let pool = self.pools[other];
            self.pools[other] = pool.at(pool.price(Side::Yes) / sum);
        }
    }
}
