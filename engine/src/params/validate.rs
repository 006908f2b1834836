//! What is allowed: every violation at once (§2).

use super::{
    fields::fields,
    values::{MS_PER_S, OUTCOMES_MAX, Params, Script},
    violation::Violation,
};
use crate::amount::{MICRO, RATE_ONE};
use std::ops::RangeInclusive;

/// The fewest and most outcomes a market can have.
const OUTCOMES: RangeInclusive<u8> = 3..=OUTCOMES_MAX as u8;

/// The most characters an outcome's name may have.
const NAME_MAX_CHARS: usize = 24;

impl Params {
    /// Every violation at once; empty when the market may be opened. Checks the
    /// script too when there is one.
    #[must_use]
    pub fn validate(&self, script: Option<&Script>) -> Vec<Violation> {
        let mut check = Check { params: self, found: Vec::new() };
        check.event();
        check.curve();
        check.prices();
        check.money();
        check.matching();
        check.rounds();
        if let Some(script) = script {
            check.script(script);
        }
        check.found
    }
}

struct Check<'a> {
    params: &'a Params,
    found: Vec<Violation>,
}

impl Check<'_> {
    /// Notes a violation of `field` unless `holds`.
    fn require(&mut self, holds: bool, field: &str, allowed: impl FnOnce() -> String) {
        if holds {
            return;
        }
        let known = fields().iter().find(|known| known.name == field);
        let value = known.map_or_else(String::new, |known| (known.get)(self.params));
        self.found.push(Violation { field: field.to_owned(), value, allowed: allowed() });
    }

    /// A violation whose value is no field of its own.
    fn note(&mut self, holds: bool, field: String, value: impl ToString, allowed: &str) {
        if !holds {
            self.found.push(Violation { field, value: value.to_string(), allowed: allowed.to_owned() });
        }
    }

    /// N, or the nearest that is allowed, so that a wrong one is told once and not by all
    /// that is counted in outcomes.
    fn outcomes(&self) -> u8 {
        self.params.n_outcomes.clamp(*OUTCOMES.start(), *OUTCOMES.end())
    }

    fn event(&mut self) {
        let p = self.params;
        let counted = OUTCOMES.contains(&p.n_outcomes);
        self.require(counted, "n_outcomes", || format!("must be between {} and {}", OUTCOMES.start(), OUTCOMES.end()));
        if counted {
            self.names();
        }
        self.require((1..=86_400).contains(&p.total_duration), "total_duration", || {
            "must be between 1 and 86400 seconds".into()
        });
        self.require((50..=60_000).contains(&p.batch_interval_ms), "batch_interval_ms", || {
            "must be between 50 and 60000 milliseconds".into()
        });
    }

    fn names(&mut self) {
        let p = self.params;
        self.require(p.outcome_names.len() == usize::from(p.n_outcomes), "outcome_names", || {
            format!("must name exactly {} outcomes", p.n_outcomes)
        });
        for (index, name) in p.outcome_names.iter().enumerate() {
            let chars = name.trim().chars().count();
            let visible = !name.chars().any(char::is_control);
            let field = format!("outcome_names[{index}]");
            let fits = visible && (1..=NAME_MAX_CHARS).contains(&chars);
            self.note(fits, field.clone(), format!("\"{name}\""), "must have 1 to 24 visible characters");
            let first = p.outcome_names.iter().position(|other| other.trim() == name.trim()) == Some(index);
            self.note(first, field, format!("\"{name}\""), "must differ from the other names");
        }
    }

    fn curve(&mut self) {
        let p = self.params;
        let n = i64::from(self.outcomes());
        let z_max = 100_000_000 * MICRO;
        self.require((n * MICRO..=z_max).contains(&p.z.0), "z", || format!("must be between {n} and 100000000"));
        self.require((0..RATE_ONE / 1_000).contains(&p.gamma.0), "gamma", || {
            "must be at least 0 and below 0.001".into()
        });
        let weights = [("mu_start", p.mu_start), ("mu_end", p.mu_end), ("nu_start", p.nu_start), ("nu_end", p.nu_end)];
        for (field, weight) in weights {
            let range = RATE_ONE / 1_000..=1_000 * RATE_ONE;
            self.require(range.contains(&weight.0), field, || "must be between 0.001 and 1000".into());
        }
        for (field, kappa) in [("kappa_start", p.kappa_start), ("kappa_end", p.kappa_end)] {
            self.require((0..=RATE_ONE).contains(&kappa.0), field, || "must be between 0 and 1".into());
        }
        let zeta_max = RATE_ONE / 100 * 99 / (n - 1);
        for (field, zeta) in [("zeta_start", p.zeta_start), ("zeta_end", p.zeta_end)] {
            self.require((0..=zeta_max).contains(&zeta.0), field, || {
                format!("must be between 0 and {} (0.99/(N−1))", zeta_max as f64 / RATE_ONE as f64)
            });
        }
        self.require(p.eta.0 > RATE_ONE && p.eta.0 <= 10 * RATE_ONE, "eta", || "must be above 1 and at most 10".into());
    }

    fn prices(&mut self) {
        let p = self.params;
        let (half, one) = (500_000, 1_000_000);
        self.require(p.p_max.0 > half && p.p_max.0 < one, "p_max", || "must be above 0.5 and below 1".into());
        self.require(p.p_min.0 > 0 && p.p_min.0 < half, "p_min", || "must be above 0 and below 0.5".into());
        let q0_below = i128::from(p.subsidy_start().0) * i128::from(p.p_max.0);
        let q0_fits = p.q0.0 > 0 && i128::from(p.q0.0) * i128::from(MICRO) < q0_below;
        self.require(q0_fits, "q0", || {
            format!("must be above 0 and below {} (p_max·S)", q0_below as f64 / (MICRO as f64 * MICRO as f64))
        });
        let grid = (1_000..=100_000).contains(&p.tick_size.0) && one % p.tick_size.0.max(1) == 0;
        self.require(grid, "tick_size", || "must be between 0.001 and 0.1 and divide 1".into());
        let on_grid = p.tick_size.0 > 0 && p.p_max.0 / p.tick_size.0 * p.tick_size.0 >= p.p_min.0.max(1);
        self.require(on_grid || !grid, "tick_size", || "must leave a price between p_min and p_max".into());
        self.require(p.renorm_cap.0 > half && p.renorm_cap <= p.p_max, "renorm_cap", || {
            format!("must be above 0.5 and at most {} (p_max)", p.p_max)
        });
    }

    fn money(&mut self) {
        let p = self.params;
        self.require((0..RATE_ONE / 20).contains(&p.f.0), "f", || "must be at least 0 and below 0.05".into());
        self.require((0..RATE_ONE / 50).contains(&p.f_match.0), "f_match", || {
            "must be at least 0 and below 0.02".into()
        });
        self.require((0..=10_000 * MICRO).contains(&p.gas_fee.0), "gas_fee", || "must be between 0 and 10000".into());
        let balance = MICRO / 100..=1_000_000 * MICRO;
        self.require(balance.contains(&p.starting_balance.0), "starting_balance", || {
            "must be between 0.01 and 1000000".into()
        });
    }

    fn matching(&mut self) {
        let p = self.params;
        self.require((0..=RATE_ONE).contains(&p.sigma.0), "sigma", || "must be between 0 and 1".into());
        self.require((1..=RATE_ONE / 5).contains(&p.af_cap_frac.0), "af_cap_frac", || {
            "must be above 0 and at most 0.2".into()
        });
        self.require((1..=5).contains(&p.af_max_pools), "af_max_pools", || "must be between 1 and 5".into());
        self.require((1..=RATE_ONE).contains(&p.af_max_surplus.0), "af_max_surplus", || {
            "must be above 0 and at most 1".into()
        });
    }

    fn rounds(&mut self) {
        let p = self.params;
        self.require(p.mr_enabled || p.rounds.is_empty(), "rounds", || "must be empty unless mr_enabled is on".into());
        let most = self.outcomes() - 1;
        self.require(p.rounds.len() <= usize::from(most), "rounds", || {
            format!("must be at most {most}: each eliminates one outcome or more")
        });
        let mut free_from_s = 1;
        for (index, round) in p.rounds.iter().enumerate() {
            let at_s = u64::from(round.at_s);
            let end_s = at_s + u64::from(round.freeze_s);
            let field = format!("rounds[{index}].at_s");
            let allowed = "must be after the end of the round before it, and at least 1";
            self.note(at_s >= free_from_s, field.clone(), at_s, allowed);
            self.note(
                end_s * MS_PER_S < p.end_ms(),
                field,
                at_s,
                "must end, freeze included, before the duration does",
            );
            free_from_s = end_s.max(at_s + 1);
        }
    }

    fn script(&mut self, script: &Script) {
        let n = self.outcomes();
        let winner = script.final_winner;
        self.note(winner.0 < n, "final_winner".into(), winner.0, "must be one of the outcomes, counted from 0");
        let fits = script.eliminate.len() <= self.params.rounds.len();
        self.note(fits, "rounds".into(), script.eliminate.len(), "must have no more lists of outcomes than rounds");
        let mut gone = Vec::new();
        for (index, outcomes) in script.eliminate.iter().enumerate() {
            for &outcome in outcomes {
                let field = format!("rounds[{index}].eliminate");
                self.note(outcome.0 < n, field.clone(), outcome.0, "must be one of the outcomes, counted from 0");
                self.note(outcome != winner, field.clone(), outcome.0, "must not be the final winner");
                self.note(!gone.contains(&outcome), field, outcome.0, "must not be eliminated twice");
                gone.push(outcome);
            }
        }
    }
}
