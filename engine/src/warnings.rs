//! What is legal but costs the maker, with its size (§2). Tried on the curve itself, with no market.

use crate::{
    amount::{MICRO, Rate, Tokens, Usdc},
    curve,
    order::{Direction, Leg, OutcomeId, Side},
    params::Params,
    pool::{PoolState, Terms},
};
use serde::{Deserialize, Serialize};

/// Something legal that costs the maker, with its size.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// The parameter's field name.
    pub field: String,
    /// One sentence with the size.
    pub text: String,
}

/// Steps of the search for the best basket.
const BASKET_STEPS: u32 = 60;

impl Params {
    /// What is legal but costs the maker, with its size. For parameters that
    /// [`Params::validate`] accepts.
    #[must_use]
    pub fn warnings(&self) -> Vec<Warning> {
        let mut warnings = Vec::new();
        if self.validate(None).is_empty() {
            warnings.extend(self.warn_of_cutting("start", [self.mu_start, self.nu_start, self.kappa_start]));
            warnings.extend(self.warn_of_cutting("end", [self.mu_end, self.nu_end, self.kappa_end]));
            warnings.extend(self.warn_of_baskets());
            warnings.extend(self.warn_of_sets());
            warnings.extend((1..=self.rounds.len()).filter_map(|round| self.warn_of_round(round)));
        }
        warnings
    }

    /// S in whole USDC.
    fn s(&self) -> f64 {
        self.subsidy_start().as_f64()
    }

    /// |μ−ν|/(2(μ+ν)) > κ·S: one direction whole and the other in pieces gains
    /// (|½ − b|/S − κ)·Δ² each time.
    fn warn_of_cutting(&self, when: &str, [mu, nu, kappa]: [Rate; 3]) -> Option<Warning> {
        let (mu, nu, kappa) = (mu.as_f64(), nu.as_f64(), kappa.as_f64());
        let skew = (mu - nu).abs() / (2.0 * (mu + nu));
        if skew <= kappa * self.s() {
            return None;
        }
        let size = self.s() / 10.0;
        let gain = (skew / self.s() - kappa) * size * size;
        let text = format!(
            "At the {when} the weights differ by more than the convexity makes up for ({skew:.4} > κ·S = {:.4}): whoever \
             trades {size:.2} tokens whole one way and in pieces the other gains about {gain:.2} USDC each time, before fees.",
            kappa * self.s()
        );
        Some(Warning { field: format!("mu_{when}"), text })
    }

    /// One NO of every outcome pays N − 1 for sure.
    fn warn_of_baskets(&self) -> Option<Warning> {
        let best = self.best_basket();
        let profit = self.basket_profit(best);
        if profit.0 <= 0 {
            return None;
        }
        let text = format!(
            "Buying {best} NO of every outcome at the start pays {} per basket whoever wins: a sure profit of {profit} USDC \
             at the maker's cost, fees paid.",
            self.n_outcomes - 1
        );
        Some(Warning { field: "q0".to_owned(), text })
    }

    /// The size of the basket with the largest sure profit: profit is concave in it.
    fn best_basket(&self) -> Tokens {
        let (mut low, mut high) = (0, self.subsidy_start().0);
        for _ in 0..BASKET_STEPS {
            let third = (high - low) / 3;
            let (left, right) = (low + third, high - third);
            if self.basket_profit(Tokens(left)) < self.basket_profit(Tokens(right)) {
                low = left;
            } else {
                high = right;
            }
        }
        Tokens(low / (MICRO / 100) * (MICRO / 100))
    }

    /// (N − 1)·Δ less what Δ NO of every outcome cost at the start.
    fn basket_profit(&self, size: Tokens) -> Usdc {
        if size.0 <= 0 {
            return Usdc::ZERO;
        }
        let outcomes = usize::from(self.n_outcomes);
        let terms = Terms::new(self, self.rates_at(0, (0, 1)), outcomes);
        let mut pools = vec![PoolState::new(self.q0); outcomes];
        let mut profit = Usdc(size.0.saturating_mul(i64::from(self.n_outcomes) - 1));
        for outcome in 0..self.n_outcomes {
            let leg = Leg { outcome: OutcomeId(outcome), side: Side::No, direction: Direction::Buy };
            let trade = curve::solve(&terms, &pools, leg, size, Tokens::ZERO);
            curve::apply(&terms, &mut pools, &trade);
            profit -= trade.value + self.f.of_up(trade.value);
        }
        profit
    }

    /// q₀ ≠ S/2: YES and NO of the pool do not add up to 1.
    fn warn_of_sets(&self) -> Option<Warning> {
        if self.q0 == self.q0_default() {
            return None;
        }
        let sum = 2.0 * self.q0.as_f64() / self.s();
        let how = if sum > 1.0 {
            "made for 1 can be sold to the pool for"
        } else {
            "worth 1 can be bought from the pool for"
        };
        let text = format!(
            "A set of YES and NO {how} {sum:.4} at the start: {:.4} USDC a set, as long as the prices last. A virtual supply \
             of {} (S/2) makes them add up to 1.",
            (sum - 1.0).abs(),
            self.q0_default()
        );
        Some(Warning { field: "q0".to_owned(), text })
    }

    /// N·q₀/S ≥ renorm_cap·N_active: too few outcomes are left for the old sum of prices.
    fn warn_of_round(&self, round: usize) -> Option<Warning> {
        let left = f64::from(self.n_outcomes) - round as f64;
        let sum = f64::from(self.n_outcomes) * self.q0.as_f64() / self.s();
        let most = self.renorm_cap.as_f64() * left;
        if sum < most {
            return None;
        }
        let text = format!(
            "After round {round} at most {left} outcomes are left, whose prices can add up to {most:.2}: the sum of {sum:.2} \
             from the start can no longer be restored, and YES tokens lose {:.2} in sum.",
            sum - most
        );
        Some(Warning { field: format!("rounds[{}].at_s", round - 1), text })
    }
}
