//! What is legal but costs the maker, with its size (§2). Tried on the curve itself, or on a market in
//! which nobody has traded.

use crate::{
    amount::{MICRO, Rate, Tokens, Usdc},
    curve,
    input::Input,
    market::Market,
    order::{Direction, Leg, OutcomeId, Side},
    params::{MS_PER_S, Params},
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

/// Steps of the search for the size with the largest profit.
const PROFIT_STEPS: u32 = 60;

impl Params {
    /// What is legal but costs the maker, with its size; `leaving` are the outcomes that each round
    /// eliminates, at least one where nothing is said. For parameters that [`Params::validate`]
    /// accepts.
    #[must_use]
    pub fn warnings(&self, leaving: &[usize]) -> Vec<Warning> {
        let mut warnings = Vec::new();
        if self.validate(None).is_empty() {
            warnings.extend(self.warn_of_cutting("start", [self.mu_start, self.nu_start, self.kappa_start]));
            warnings.extend(self.warn_of_cutting("end", [self.mu_end, self.nu_end, self.kappa_end]));
            warnings.extend(self.warn_of_baskets());
            warnings.extend(self.warn_of_sets());
            let mut left = usize::from(self.n_outcomes);
            for round in 0..self.rounds.len() {
                left = left.saturating_sub(leaving.get(round).copied().unwrap_or(1)).max(1);
                warnings.extend(self.warn_of_round(round, left));
                if left == 1 {
                    warnings.extend(self.warn_of_certainty(round));
                    break;
                }
            }
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
        best_size(Tokens(self.subsidy_start().0), |size| self.basket_profit(size))
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
    fn warn_of_round(&self, round: usize, left: usize) -> Option<Warning> {
        let sum = f64::from(self.n_outcomes) * self.q0.as_f64() / self.s();
        let most = self.renorm_cap.as_f64() * left as f64;
        if sum < most {
            return None;
        }
        let text = format!(
            "After round {} at most {left} outcomes are left, whose prices can add up to {most:.2}: the sum of {sum:.2} \
             from the start can no longer be restored, and YES tokens lose {:.2} in sum.",
            round + 1,
            sum - most
        );
        Some(Warning { field: format!("rounds[{round}].at_s"), text })
    }

    /// One outcome left while trading goes on: it wins for sure, and its YES costs less than 1.
    fn warn_of_certainty(&self, round: usize) -> Option<Warning> {
        let resume_s = self.rounds[round].at_s.saturating_add(self.rounds[round].freeze_s);
        let goes_on_s = self.total_duration.checked_sub(resume_s).filter(|goes_on_s| *goes_on_s > 0)?;
        let resume_ms = u64::from(resume_s) * MS_PER_S;
        let mut market = Market::new(self.clone()).ok()?;
        let outcomes = (1..self.n_outcomes).map(OutcomeId).collect();
        let round_held = u32::try_from(round).ok();
        market.apply(&Input::Eliminate { outcomes, round: round_held, now_ms: resume_ms, resume_ms }).ok()?;
        let (winner, public) = (OutcomeId(0), market.public());
        let leg = Leg { outcome: winner, side: Side::Yes, direction: Direction::Buy };
        let curve = public.curve(leg, Tokens::ZERO, resume_ms)?;
        let profit = |size: Tokens| {
            let cost = curve.value(size).unwrap_or_default();
            size.at_par() - cost - self.f.of_up(cost)
        };
        let best = best_size(Tokens(self.z.0), profit);
        if profit(best).0 <= 0 {
            return None;
        }
        let text = format!(
            "Round {} leaves one outcome while trading goes on for {goes_on_s} s: it wins for sure, and its YES costs {:.4}. Whoever \
             buys {best} first gains about {} USDC at the maker's cost, fees paid.",
            round + 1,
            market.spot(winner, Side::Yes),
            profit(best)
        );
        Some(Warning { field: format!("rounds[{round}].freeze_s"), text })
    }
}

/// The size with the largest profit, which is concave in it: in hundredths of a token, up to `most`.
fn best_size(most: Tokens, profit: impl Fn(Tokens) -> Usdc) -> Tokens {
    let (mut low, mut high) = (0, most.0);
    for _ in 0..PROFIT_STEPS {
        let third = (high - low) / 3;
        let (left, right) = (low + third, high - third);
        if profit(Tokens(left)) < profit(Tokens(right)) {
            low = left;
        } else {
            high = right;
        }
    }
    Tokens(low / (MICRO / 100) * (MICRO / 100))
}
