//! Lurks: says nothing until the last fifth of the time to the next elimination or the end, then takes what is below its
//! value, one step better than the best bid and ever more of it (Kaplan's strategy of the Santa Fe auctions, Rust, Miller
//! and Palmer 1994; BSE's `Sniper`).

use crate::{
    action::Action,
    belief::{Values, within, worth},
    strategy::Strategy,
    view::View,
};
use outcry_engine::{Direction, OutcomeId, Side};
use rand_chacha::ChaCha8Rng;

/// The part of a segment in which it acts.
const LAST: f64 = 0.2;
/// Share of the balance in one order when it begins, and at the very end.
const STAKE_FIRST: f64 = 0.05;
const STAKE_LAST: f64 = 0.3;

/// Silent until it is late.
#[derive(Clone, Debug, Default)]
pub struct Sniper {
    values: Values,
}

impl Strategy for Sniper {
    fn act(&mut self, view: &View<'_>, rng: &mut ChaCha8Rng) -> Vec<Action> {
        let (values, left) = (self.values.of(view, rng), left(view));
        if left > LAST {
            return Vec::new();
        }
        if !view.own.orders.is_empty() {
            return vec![Action::CancelAll];
        }
        let active = view.active();
        let places = active.iter().flat_map(|&outcome| Side::BOTH.map(|side| (outcome, side)));
        let edge = |(outcome, side): (OutcomeId, Side)| worth(&values, outcome, side) - view.spot(outcome, side);
        let Some((outcome, side)) = places.max_by(|&a, &b| edge(a).total_cmp(&edge(b))) else { return Vec::new() };
        let bid = view.best(outcome, side, Direction::Buy).map_or(0.0, |level| level.price.as_f64());
        let price = view.spot(outcome, side).max(bid) + view.params().tick_size.as_f64();
        let share = STAKE_LAST + (STAKE_FIRST - STAKE_LAST) * left / LAST;
        let tokens = view.balance().as_f64() * share / price;
        let order = within(view, (outcome, side, Direction::Buy), tokens, price, worth(&values, outcome, side), false);
        order.filter(|_| edge((outcome, side)) > 0.0).into_iter().collect()
    }
}

/// Which share of the time between the last elimination, or the start, and the next, or the end, is left.
fn left(view: &View<'_>) -> f64 {
    let (params, now) = (view.params(), view.now_ms as f64);
    let ends = params.rounds.iter().map(|round| f64::from(round.at_s) * 1e3).chain([params.end_ms() as f64]);
    let begins = params.rounds.iter().map(|round| f64::from(round.at_s + round.freeze_s) * 1e3);
    let end = ends.filter(|end| *end > now).fold(f64::INFINITY, f64::min);
    let begin = begins.filter(|begin| *begin <= now).fold(0.0, f64::max);
    if end.is_finite() && end > begin { (end - now) / (end - begin) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prices::PastPrices;
    use outcry_engine::{Market, OwnView, Params, Round, Usdc};
    use rand_chacha::rand_core::SeedableRng;

    #[test]
    fn it_is_silent_until_the_last_fifth() {
        let params = Params { mr_enabled: true, rounds: vec![Round { at_s: 300, freeze_s: 100 }], ..Params::default() };
        let market = Market::new(params).unwrap().public();
        let own = OwnView { balance: Usdc::whole(1_000), ..OwnView::default() };
        let acts = |now_s: u64| {
            let view = View { market: &market, prices: &PastPrices::default(), own: &own, now_ms: now_s * 1_000 };
            let mut sniper = Sniper::default();
            // Some of twenty find something below their value.
            (0..20).any(|seed| !sniper.act(&view, &mut ChaCha8Rng::seed_from_u64(seed)).is_empty())
        };
        let spoke: Vec<u64> = (0..900).step_by(20).filter(|&now_s| acts(now_s)).collect();
        assert_eq!(spoke, [240, 260, 280, 800, 820, 840, 860, 880]);
    }
}
