//! How far a quote may be from the tick: the public sees a level's total, the tick rounds each of
//! its orders.

use crate::support::MICRO;
use outcry_engine::{RejectReason, Tokens};

/// What the rounding of each of a level's orders may do to the reason of a rejection.
pub(crate) struct Rounding {
    /// How much more or less the order may cost.
    pub(crate) micros: i64,
    pub(crate) size: Tokens,
    pub(crate) spot: f64,
}

impl Rounding {
    fn per_token(&self) -> f64 {
        self.micros as f64 / self.size.0 as f64
    }

    /// In percent, which are told to two places.
    fn slippage(&self) -> f64 {
        0.011 + 100.0 * self.per_token() / self.spot
    }

    /// Of a price per token, in its units.
    fn average(&self) -> f64 {
        1.0 + MICRO as f64 * self.per_token()
    }

    /// Whether the order is so close to what is allowed that rounding may have refused it.
    pub(crate) fn decides(&self, reason: &RejectReason) -> bool {
        match reason {
            RejectReason::Slippage { slippage_percent, limit_percent, .. } => {
                percent(slippage_percent) - percent(limit_percent) <= self.slippage()
            }
            RejectReason::Funds { needed, balance, .. } => (*needed - *balance).0 <= self.micros,
            RejectReason::NeverPaysBack { average, .. } => f64::from(average.0) - MICRO as f64 <= self.average(),
            _ => false,
        }
    }

    /// Whether the reasons, and the sizes that pass, differ by rounding alone.
    pub(crate) fn explains(&self, told: &Option<RejectReason>, was: &Option<RejectReason>) -> bool {
        use RejectReason::{Funds, NeverPaysBack, Slippage};
        let (told_passes, passes, apart, allowed) = match (told, was) {
            (
                Some(Slippage { slippage_percent: told, size: told_passes, .. }),
                Some(Slippage { slippage_percent: was, size: passes, .. }),
            ) => (told_passes, passes, percent(told) - percent(was), self.slippage()),
            (Some(Funds { needed: told, size: told_passes, .. }), Some(Funds { needed: was, size: passes, .. })) => {
                (told_passes, passes, (*told - *was).0 as f64, self.micros as f64)
            }
            (
                Some(NeverPaysBack { average: told, size: told_passes }),
                Some(NeverPaysBack { average: was, size: passes }),
            ) => (told_passes, passes, f64::from(told.0) - f64::from(was.0), self.average()),
            _ => return false,
        };
        // Sizes are looked for in hundredths of a token.
        let sizes = (*told_passes - *passes).0.abs() as f64;
        apart.abs() <= allowed && sizes <= 10_000.0 + self.micros as f64 / self.spot
    }
}

fn percent(text: &str) -> f64 {
    text.parse().unwrap()
}
