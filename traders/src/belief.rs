//! What a trader thinks that tokens are worth, and what one does about it within a limit of one's own.

use crate::{action::Action, card::normalised, dice::Dice, view::View};
use outcry_engine::{Direction, OutcomeId, Side};
use rand_chacha::ChaCha8Rng;

/// A private value of every outcome: shares of a whole, of those in the game when one looks.
#[derive(Clone, Debug, Default)]
pub(crate) struct Values {
    weights: Vec<f64>,
}

impl Values {
    /// Draws them when there are none for this market yet.
    pub(crate) fn of(&mut self, view: &View<'_>, rng: &mut ChaCha8Rng) -> Vec<f64> {
        let number = view.outcomes().count();
        if self.weights.len() != number {
            self.weights = rng.shares(number);
        }
        among(view, &self.weights)
    }
}

/// Weights of the outcomes in the game, with sum 1; 0 for those that are out.
pub(crate) fn among(view: &View<'_>, weights: &[f64]) -> Vec<f64> {
    let in_game = |outcome: OutcomeId| if view.market.is_active(outcome) { weights[outcome.index()] } else { 0.0 };
    normalised(view.outcomes().map(in_game).collect())
}

/// What a token is worth where an outcome's YES is worth so much.
pub(crate) fn worth(values: &[f64], outcome: OutcomeId, side: Side) -> f64 {
    let yes = values.get(outcome.index()).copied().unwrap_or(0.0);
    if side == Side::Yes { yes } else { 1.0 - yes }
}

/// The forecast that prices come to: the middle of YES and 1 − NO, as shares of the outcomes in the game.
pub(crate) fn forecast(view: &View<'_>) -> Vec<f64> {
    let middle = |outcome| (view.spot(outcome, Side::Yes) + 1.0 - view.spot(outcome, Side::No)) / 2.0;
    among(view, &view.outcomes().map(middle).collect::<Vec<_>>())
}

/// A limit order that never pays more (gets less) than `worth` a token, the taker's fee included; none where the grid
/// has no such price.
pub(crate) fn within(
    view: &View<'_>,
    (outcome, side, direction): (OutcomeId, Side, Direction),
    tokens: f64,
    price: f64,
    worth: f64,
    af_opt_in: bool,
) -> Option<Action> {
    let (grid, f) = (view.params().grid(), view.params().f.as_f64());
    let tick = f64::from(grid.tick().0);
    let wanted = price * 1e6 / tick;
    // A micro's part of a step is not a step: prices on the grid stay where they are.
    let steps = match direction {
        Direction::Buy => wanted.min(worth / (1.0 + f) * 1e6 / tick + 1e-9).floor(),
        Direction::Sell => wanted.max(worth / (1.0 - f) * 1e6 / tick - 1e-9).ceil(),
    };
    let limit = grid.at(steps as i64);
    let keeps = match direction {
        Direction::Buy => limit.as_f64() * (1.0 + f) <= worth,
        Direction::Sell => limit.as_f64() * (1.0 - f) >= worth,
    };
    Action::limit(outcome, side, direction, tokens, limit, af_opt_in).filter(|_| keeps)
}
