//! Is paid for the price, not by it: pushes one outcome to a target and holds it there, in slices, and shows bids far
//! below that it does not mean (Hanson, Oprea and Porter 2006; Deck, Lin and Porter 2013, whose well-funded manipulators
//! destroy the forecast; PyMarketSim's spoofer).

use crate::{action::Action, dice::Dice, strategy::Strategy, view::View};
use outcry_engine::{Direction, OutcomeId, Side};
use rand_chacha::ChaCha8Rng;

/// The price that it is paid for.
const TARGET: f64 = 0.8;
/// Within so much of the target it rests.
const TOLERANCE: f64 = 0.02;
/// Share of the balance in one slice.
const SLICE: f64 = 0.08;
/// A spoof stands so many steps of the grid below the price, and is taken back on the next turn.
const SPOOF_STEPS: f64 = 6.0;
const SPOOF_SHARE: f64 = 0.2;
/// Accepted slippage, in percent.
const SLIPPAGE_PERCENT: u8 = 25;

/// Buys YES of its outcome below the target; sells what it can above.
#[derive(Clone, Debug, Default)]
pub struct Manipulator {
    outcome: Option<OutcomeId>,
}

impl Manipulator {
    /// One who pushes this outcome.
    #[must_use]
    pub const fn of(outcome: OutcomeId) -> Self {
        Self { outcome: Some(outcome) }
    }
}

impl Strategy for Manipulator {
    fn act(&mut self, view: &View<'_>, rng: &mut ChaCha8Rng) -> Vec<Action> {
        if !view.own.orders.is_empty() {
            return vec![Action::CancelAll];
        }
        if self.outcome.is_none_or(|outcome| !view.market.is_active(outcome)) {
            self.outcome = rng.pick(&view.active()).copied();
        }
        let Some(outcome) = self.outcome else { return Vec::new() };
        let (side, spot, cash) = (Side::Yes, view.spot(outcome, Side::Yes), view.balance().as_f64());
        if spot > TARGET + TOLERANCE {
            let tokens = view.free(outcome, side).as_f64() * SLICE;
            return Action::market(outcome, side, Direction::Sell, tokens, SLIPPAGE_PERCENT).into_iter().collect();
        }
        let slice = cash * SLICE * rng.between(0.5, 1.5) / spot.max(0.01);
        let push = Action::market(outcome, side, Direction::Buy, slice, SLIPPAGE_PERCENT);
        let far = view.on_grid(spot - SPOOF_STEPS * view.params().tick_size.as_f64());
        let spoof =
            Action::limit(outcome, side, Direction::Buy, cash * SPOOF_SHARE / far.as_f64().max(0.01), far, false);
        push.filter(|_| spot < TARGET - TOLERANCE).into_iter().chain(spoof).collect()
    }
}
