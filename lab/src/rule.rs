//! What a market maker's rule answers: prices, and what a trade costs. It has no accounts: it is changed by its own
//! trades and eliminations alone, and knows neither who trades nor what anybody holds.

use outcry_engine::{Direction, Side};

/// A market maker's rule.
///
/// Tokens pay 1 USDC: YES if its outcome wins, NO if it does not. Amounts are in tokens and USDC, prices between 0 and
/// 1. Where outcomes exclude each other, NO of one is YES of every other.
pub trait Rule {
    /// What a token more costs at the margin. 0 for YES and 1 for NO of an outcome that is out.
    fn price(&self, outcome: usize, side: Side) -> f64;

    /// Sells tokens to a trader and returns what they cost, in USDC. The outcome must be in the game and `tokens` ≥ 0.
    fn buy(&mut self, outcome: usize, side: Side, tokens: f64) -> f64;

    /// Takes tokens back and returns what they bring, in USDC.
    ///
    /// Buying the other token and handing in the pair for 1 USDC is the same, where YES and NO together cost 1.
    fn sell(&mut self, outcome: usize, side: Side, tokens: f64) -> f64 {
        tokens - self.buy(outcome, side.other(), tokens)
    }

    /// How many tokens the rule sells (`Buy`) or takes back (`Sell`) at most, as it stands; no bound where the rule
    /// knows none.
    fn most(&self, _outcome: usize, _side: Side, _direction: Direction) -> f64 {
        f64::INFINITY
    }

    /// An outcome leaves the game: the prices of those that remain keep their proportions, and the maker's loss its
    /// bound.
    fn eliminate(&mut self, outcome: usize);
}
