//! The parameters' path in time (§8).

use super::values::{InterpolationMode, Params};
use crate::{
    amount::{RATE_ONE, Rate},
    fraction::Fraction,
};

/// μ, ν, κ, ζ at one moment, as the curve uses them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rates {
    /// a = μ/(μ+ν), the weight of the price before.
    pub(crate) before: f64,
    /// b = 1 − a, the weight of the price after.
    pub(crate) after: f64,
    /// κ, in USDC per token².
    pub(crate) kappa: f64,
    /// ζ, exact: ⌊ζX⌋ is booked.
    pub(crate) zeta: Fraction,
}

impl Params {
    /// μ, ν, κ, ζ at session time `now_ms` in the given segment.
    #[must_use]
    pub(crate) fn rates_at(&self, now_ms: u64, segment_ms: (u64, u64)) -> Rates {
        let (start_ms, end_ms) = match self.interpolation_mode {
            InterpolationMode::Continue => (0, self.end_ms()),
            InterpolationMode::Reset => segment_ms,
        };
        let passed = Passed::new(now_ms, start_ms, end_ms);
        let at = |start: Rate, end: Rate| passed.between(start, end);
        let mu = at(self.mu_start, self.mu_end);
        let nu = at(self.nu_start, self.nu_end);
        Rates {
            before: mu / (mu + nu),
            // Not 1 − a: beside a large μ it would lose the digits of a small ν.
            after: nu / (mu + nu),
            kappa: at(self.kappa_start, self.kappa_end),
            zeta: passed.exactly_between(self.zeta_start, self.zeta_end),
        }
    }
}

/// How much of a segment has passed; a segment of length 0 is over.
struct Passed {
    elapsed_ms: u64,
    length_ms: u64,
}

impl Passed {
    fn new(now_ms: u64, start_ms: u64, end_ms: u64) -> Self {
        match end_ms.saturating_sub(start_ms) {
            0 => Self { elapsed_ms: 1, length_ms: 1 },
            length_ms => Self { elapsed_ms: now_ms.saturating_sub(start_ms).min(length_ms), length_ms },
        }
    }

    /// Linear from start to end. In integers up to one division: a small end after a large
    /// start would lose its digits to a difference of floating-point numbers.
    fn between(&self, start: Rate, end: Rate) -> f64 {
        let (scaled, whole) = self.scaled(start, end);
        scaled as f64 / whole as f64
    }

    /// The same as a fraction.
    fn exactly_between(&self, start: Rate, end: Rate) -> Fraction {
        let (scaled, whole) = self.scaled(start, end);
        Fraction::reduced(scaled, whole)
    }

    fn scaled(&self, start: Rate, end: Rate) -> (i128, i128) {
        let (elapsed, length) = (i128::from(self.elapsed_ms), i128::from(self.length_ms));
        let scaled = i128::from(start.0) * (length - elapsed) + i128::from(end.0) * elapsed;
        (scaled, length * i128::from(RATE_ONE))
    }
}
