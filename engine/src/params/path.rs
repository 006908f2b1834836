//! The parameters' path in time (§8).

use super::{InterpolationMode, Params};
use crate::amount::Rate;

/// μ, ν, κ, ζ at one moment, as the curve uses them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Rates {
    /// a = μ/(μ+ν), the weight of the price before.
    pub(crate) before: f64,
    /// b = 1 − a, the weight of the price after.
    pub(crate) after: f64,
    /// κ, in USDC per token².
    pub(crate) kappa: f64,
    /// ζ.
    pub(crate) zeta: f64,
}

impl Params {
    /// μ, ν, κ, ζ at session time `now_ms` in the given segment.
    #[must_use]
    pub(crate) fn rates_at(&self, now_ms: u64, segment_ms: (u64, u64)) -> Rates {
        let (start_ms, end_ms) = match self.interpolation_mode {
            InterpolationMode::Continue => (0, self.end_ms()),
            InterpolationMode::Reset => segment_ms,
        };
        let fraction = fraction(now_ms, start_ms, end_ms);
        let at = |start: Rate, end: Rate| start.as_f64() + fraction * (end.as_f64() - start.as_f64());
        let mu = at(self.mu_start, self.mu_end);
        let nu = at(self.nu_start, self.nu_end);
        let before = mu / (mu + nu);
        Rates {
            before,
            after: 1.0 - before,
            kappa: at(self.kappa_start, self.kappa_end),
            zeta: at(self.zeta_start, self.zeta_end),
        }
    }
}

/// How much of a segment has passed, 0 to 1; a segment of length 0 is over.
fn fraction(now_ms: u64, start_ms: u64, end_ms: u64) -> f64 {
    if now_ms >= end_ms {
        return 1.0;
    }
    if now_ms <= start_ms {
        return 0.0;
    }
    (now_ms - start_ms) as f64 / (end_ms - start_ms) as f64
}
