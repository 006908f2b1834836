//! Has an opinion of what each outcome is worth and trades towards it.

use crate::{action::Action, dice::Dice, strategy::Strategy, view::View};
use outcry_engine::{Direction, OutcomeId, Side};
use rand_chacha::ChaCha8Rng;

/// A smaller gap between price and opinion is left alone; fees would eat it.
const EDGE_MIN: f64 = 0.03;
/// Accepted slippage, in percent.
const SLIPPAGE_PERCENT: u8 = 15;

/// Buys what is cheap in its opinion and sells what is dear.
#[derive(Default)]
pub struct Value {
    /// What each outcome's YES is worth.
    worth: Vec<f64>,
}

impl Strategy for Value {
    fn act(&mut self, view: &View<'_>, rng: &mut ChaCha8Rng) -> Vec<Action> {
        if self.worth.len() != view.market.outcomes.len() {
            self.worth = view.market.outcomes.iter().map(|_| rng.between(0.05, 1.0)).collect();
        }
        // Opinions drift a little, and what has left the game is worth nothing.
        let active = view.active();
        let total: f64 = active.iter().map(|outcome| self.worth[outcome.index()]).sum();
        for outcome in &active {
            self.worth[outcome.index()] *= rng.between(0.97, 1.03);
        }
        let places = active.iter().flat_map(|&outcome| Side::BOTH.map(|side| (outcome, side)));
        let edge = |(outcome, side): (OutcomeId, Side)| {
            let yes = self.worth[outcome.index()] / total.max(1e-9);
            let worth = if side == Side::Yes { yes } else { 1.0 - yes };
            worth - view.spot(outcome, side)
        };
        let mut actions = Vec::new();
        let held = |&(outcome, side): &(OutcomeId, Side)| view.free(outcome, side).0 > 0;
        let dearest = places.clone().filter(held).min_by(|&a, &b| edge(a).total_cmp(&edge(b)));
        if let Some((outcome, side)) = dearest.filter(|&place| edge(place) < -EDGE_MIN) {
            let tokens = view.free(outcome, side).as_f64() / 2.0;
            actions.extend(Action::market(outcome, side, Direction::Sell, tokens, SLIPPAGE_PERCENT));
        }
        let cheapest = places.max_by(|&a, &b| edge(a).total_cmp(&edge(b)));
        if let Some((outcome, side)) = cheapest.filter(|&place| edge(place) > EDGE_MIN) {
            let money = view.balance().as_f64() * rng.between(0.01, 0.04);
            let tokens = money / view.spot(outcome, side).max(0.01);
            actions.extend(Action::market(outcome, side, Direction::Buy, tokens, SLIPPAGE_PERCENT));
        }
        actions
    }
}
