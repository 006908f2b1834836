//! What to think about before sending: one ladder for slippage, one line for large orders.

use crate::{preview::Preview, text::ticket as text};
use outcry_engine::{Direction, Rate, Usdc, amount::RATE_ONE};
use serde::Serialize;

/// Slippage from which it is said: 5 %.
const SLIPPAGE_NOTABLE: Rate = Rate(RATE_ONE / 20);
/// Slippage from which a second press is always asked for: 20 %.
const SLIPPAGE_HIGH: Rate = Rate(RATE_ONE / 5);

/// How loud a warning is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Level {
    /// Amber words; asks for nothing.
    Notable,
    /// Red words and a confirmation, even when confirmations are off.
    High,
}

/// Something to think about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// How loud it is said.
    pub level: Level,
    /// What to think about, in one sentence.
    pub words: String,
}

/// Everything to think about, loudest first.
#[must_use]
pub fn warnings(preview: &Preview, balance: Usdc) -> Vec<Warning> {
    let quote = &preview.quote;
    if quote.reject.is_some() {
        return vec![];
    }
    let mut warnings = Vec::new();
    if quote.slippage >= SLIPPAGE_NOTABLE {
        let level = if quote.slippage >= SLIPPAGE_HIGH { Level::High } else { Level::Notable };
        warnings.push(Warning { level, words: text::slippage_warning(quote.slippage) });
    }
    let half = balance.0 > 0 && quote.total.0.saturating_mul(2) >= balance.0;
    if preview.order.direction == Direction::Buy && half {
        warnings.push(Warning { level: Level::Notable, words: text::large_order(quote.total, balance) });
    }
    warnings.sort_by_key(|warning| std::cmp::Reverse(warning.level));
    warnings
}
