//! Follows the herd: compares the mean of the last 20 prices with that of the last 50; bids at the ask when it is higher,
//! offers at the bid when it is lower (ABIDES' `MomentumAgent`, with its windows).

use crate::{action::Action, dice::Dice, strategy::Strategy, view::View};
use outcry_engine::{Direction, OutcomeId, Side};
use rand_chacha::ChaCha8Rng;

/// Ticks of the short and of the long mean.
const SHORT_TICKS: usize = 20;
const LONG_TICKS: usize = 50;
/// A smaller distance of the means is no trend.
const TREND_MIN: f64 = 0.004;
/// Open orders beyond which the oldest is taken back.
const OPEN_ORDERS_MAX: usize = 3;

/// Buys what has risen and gets rid of what has fallen.
#[derive(Clone, Debug, Default)]
pub struct Herder;

impl Strategy for Herder {
    fn act(&mut self, view: &View<'_>, rng: &mut ChaCha8Rng) -> Vec<Action> {
        if view.own.orders.len() >= OPEN_ORDERS_MAX {
            return vec![Action::Cancel(view.own.orders[0].id)];
        }
        let (active, params) = (view.active(), view.params());
        let places = || active.iter().flat_map(|&outcome| Side::BOTH.map(|side| (outcome, side)));
        let by_trend = |a: &(OutcomeId, Side), b: &(OutcomeId, Side)| trend(view, *a).total_cmp(&trend(view, *b));
        let step = params.tick_size.as_f64();
        let falling = places().filter(|&(outcome, side)| view.free(outcome, side).0 > 0).min_by(by_trend);
        if let Some((outcome, side)) = falling.filter(|&place| trend(view, place) < -TREND_MIN) {
            let tokens = view.free(outcome, side).as_f64();
            let bid = view.on_grid(view.spot(outcome, side) - step);
            return Action::limit(outcome, side, Direction::Sell, tokens, bid, false).into_iter().collect();
        }
        let Some((outcome, side)) = places().max_by(by_trend).filter(|&place| trend(view, place) > TREND_MIN) else {
            return Vec::new();
        };
        let ask = view.on_grid(view.spot(outcome, side) + step);
        let money = view.balance().as_f64() * rng.between(0.02, 0.06);
        Action::limit(outcome, side, Direction::Buy, money / ask.as_f64().max(0.01), ask, false).into_iter().collect()
    }
}

/// By how much the short mean is above the long one; NO is seen from the other end.
fn trend(view: &View<'_>, (outcome, side): (OutcomeId, Side)) -> f64 {
    let rise = view.prices.mean(outcome, SHORT_TICKS) - view.prices.mean(outcome, LONG_TICKS);
    if side == Side::Yes { rise } else { -rise }
}
