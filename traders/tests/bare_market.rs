//! Strategies play on a bare market, and play the same again.

use outcry_engine::{Input, Market, OutcomeId, Params, Usdc, UserId};
use outcry_traders::{Kind, Pace, PastPrices, Seen, Trader, Wishes};
use rand_chacha::{ChaCha8Rng, rand_core::SeedableRng};

const TRADERS: u32 = 8;
const TICKS: u64 = 300;
const TICK_MS: u64 = 1_000;
/// The tick after which an outcome leaves.
const ELIMINATION: u64 = 150;

/// A market and those who trade on it, without anything between.
struct Table {
    market: Market,
    prices: PastPrices,
    traders: Vec<Trader>,
    next_order: u64,
}

impl Table {
    fn new(seed: u64) -> Self {
        let mut market = Market::new(Params::default()).expect("valid parameters");
        let trader = |index: u32| {
            let user = UserId(index + 1);
            market.apply(&Input::Join { user, deposit: Usdc::whole(1_000) }).expect("a seat");
            let mut rng = ChaCha8Rng::seed_from_u64(seed);
            rng.set_stream(u64::from(index));
            let pace = Pace::new(3 * TICK_MS, u64::from(index) * TICK_MS);
            Trader { user, strategy: Kind::Mix.strategy(index as usize), rng, pace }
        };
        let traders = (0..TRADERS).map(trader).collect();
        Self { market, prices: PastPrices::default(), traders, next_order: 1 }
    }

    /// Lets everyone act who is due, and runs a tick.
    fn tick(&mut self, now_ms: u64) {
        let public = self.market.public();
        self.prices.remember(&public);
        let own = |user| self.market.own_view(user);
        let seen = (&public as &dyn Seen, &self.prices);
        let Wishes { cancels, orders } = Wishes::of(&mut self.traders, seen, own, now_ms, &mut self.next_order);
        for (user, order) in cancels {
            self.apply(&Input::Cancel { user, order, now_ms });
        }
        self.apply(&Input::Orders { now_ms, orders });
    }

    fn apply(&mut self, input: &Input) {
        self.market.apply(input).expect("nothing that the market refuses");
    }

    /// Plays to the end; returns the market.
    fn play(seed: u64) -> Market {
        let mut table = Self::new(seed);
        for tick in 0..TICKS {
            let now_ms = tick * TICK_MS;
            table.tick(now_ms);
            if tick == ELIMINATION {
                table.apply(&Input::Eliminate { outcomes: vec![OutcomeId(2)], round: None, now_ms, resume_ms: now_ms });
            }
        }
        table.apply(&Input::Final { winner: OutcomeId(0), now_ms: TICKS * TICK_MS });
        table.market
    }
}

#[test]
fn the_same_seed_plays_the_same_session() {
    let played = Table::play(7);
    assert_eq!(played.state_hash(), Table::play(7).state_hash());
    assert_ne!(played.state_hash(), Table::play(8).state_hash());
}

#[test]
fn a_session_is_a_lively_one() {
    let market = Table::play(7);
    assert_eq!(market.audit(), Ok(()));
    for (user, account) in market.accounts() {
        assert!(account.trade_count > 0, "{user:?} never traded");
    }
    assert!(market.metrics().volume > Usdc::whole(1_000), "{:?}", market.metrics());
}
