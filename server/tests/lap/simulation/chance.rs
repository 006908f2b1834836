//! Everything that is left to chance, from one seed.

use outcry_engine::{Direction, OrderKind, OutcomeId, Price, Rate, Round, Side, Tokens, Usdc};
use outcry_shared::{
    config::{Choice, Elimination, SessionConfig, presets},
    message::NewOrder,
};
use rand_chacha::{
    ChaCha12Rng,
    rand_core::{Rng, SeedableRng},
};

pub(super) struct Dice(ChaCha12Rng);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(ChaCha12Rng::seed_from_u64(seed))
    }

    pub(super) fn below(&mut self, bound: u64) -> u64 {
        self.0.next_u64() % bound
    }

    pub(super) fn one_in(&mut self, count: u64) -> bool {
        self.below(count) == 0
    }

    pub(super) fn index(&mut self, length: usize) -> usize {
        self.below(length as u64) as usize
    }

    pub(super) fn bytes(&mut self, length: usize) -> Vec<u8> {
        let mut bytes = vec![0; length];
        self.0.fill_bytes(&mut bytes);
        bytes
    }

    /// A short session: three to six outcomes, up to two rounds, ticks of 100 to 400 ms.
    pub(super) fn config(&mut self) -> SessionConfig {
        let presets = presets();
        let mut config = presets[self.index(presets.len())].config.clone();
        let n_outcomes = 3 + self.below(4) as u8;
        let rounds = self.below(3) as usize;
        let params = &mut config.params;
        params.n_outcomes = n_outcomes;
        params.outcome_names = (0..n_outcomes).map(|outcome| format!("Outcome {outcome}")).collect();
        params.q0 = Tokens(params.subsidy_start().0 / 2);
        params.zeta_start = Rate(params.zeta_start.0.min(150_000_000));
        params.zeta_end = Rate(params.zeta_end.0.min(150_000_000));
        params.total_duration = 30;
        params.batch_interval_ms = [100, 200, 400][self.index(3)];
        params.gas_fee = Usdc([0, 10_000][self.index(2)]);
        params.starting_balance = Usdc([50_000_000, 1_000_000_000][self.index(2)]);
        params.cm_enabled = !self.one_in(3);
        params.af_enabled = !self.one_in(3);
        params.mr_enabled = rounds > 0;
        params.rounds = (0..rounds as u32).map(|nth| Round { at_s: 8 + 9 * nth, freeze_s: 1 + nth }).collect();
        config.script.winner = if self.one_in(2) { Choice::Random } else { Choice::Fixed(OutcomeId(0)) };
        config.script.eliminate = (0..rounds).map(|_| Elimination::Random(1)).collect();
        assert_eq!(config.validate(), [], "a session that can be played");
        config
    }

    /// An order, now and then one that no market takes.
    pub(super) fn order(&mut self, client_order_id: u64) -> NewOrder {
        let price = match self.below(40) {
            0 => [0, 1, 9_999, 505_555, 999_999, u32::MAX][self.index(6)],
            _ => 10_000 * (5 + self.below(90)) as u32,
        };
        let slippage = match self.below(40) {
            0 => [-1, 0, i64::MAX, i64::MIN][self.index(4)],
            _ => self.below(1_000_000_000) as i64,
        };
        let size = match self.below(40) {
            0 => [0, -1, 1, 9_999, 10_000, 1_000_000_000_000_000, i64::MAX, i64::MIN][self.index(8)],
            _ => 10_000 + self.below(200_000_000) as i64,
        };
        let limit = OrderKind::Limit { price: Price(price), af_opt_in: self.one_in(2) };
        let market = OrderKind::Market { max_slippage: Rate(slippage) };
        NewOrder {
            client_order_id,
            outcome: OutcomeId(if self.one_in(60) { self.below(256) as u8 } else { self.below(4) as u8 }),
            side: if self.one_in(2) { Side::Yes } else { Side::No },
            direction: if self.one_in(3) { Direction::Sell } else { Direction::Buy },
            kind: if self.one_in(2) { limit } else { market },
            size: Tokens(size),
            promise: None,
        }
    }
}
