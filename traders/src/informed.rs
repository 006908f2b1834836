//! Knows something: holds a clue, weighs it with what the prices say, and buys towards what it then believes by a part of
//! Kelly's stake (Kelly 1956). That information trades against noise and moves the price to itself is Kyle 1985 and
//! Glosten and Milgrom 1985; a market order in one case of ten, else a limit between price and belief, is ABIDES'
//! `ValueAgent` (`percent_aggr` 0.1).

use crate::{
    action::Action,
    belief::{Values, among, forecast, within, worth},
    card::{Card, normalised},
    dice::Dice,
    strategy::Strategy,
    view::View,
};
use outcry_engine::{Direction, OutcomeId, Side};
use rand_chacha::ChaCha8Rng;

/// How far it lets prices change the prior: belief ∝ prior^(1−w) · forecast^w · likelihood of the clue.
const PRICES_WEIGHT: f64 = 0.3;
/// Which part of Kelly's stake it holds.
const KELLY_PART: f64 = 0.5;
/// Share of market orders.
const MARKET_SHARE: f64 = 0.1;
/// A smaller gap between belief and price, fee included, is left alone.
const EDGE_MIN: f64 = 0.02;
/// The largest share of the balance in one order.
const STAKE_MAX: f64 = 0.2;
/// Accepted slippage of market orders, in percent.
const SLIPPAGE_PERCENT: u8 = 10;
/// Open orders beyond which the oldest is taken back.
const OPEN_ORDERS_MAX: usize = 3;

/// Trades on a clue; without one, on an opinion of its own, which may be wrong.
#[derive(Clone, Debug, Default)]
pub struct Informed {
    card: Option<Card>,
    opinion: Values,
    /// Outcomes in the game when it last looked: belief follows them.
    active: usize,
}

impl Informed {
    /// One who was dealt a card. The prior is even.
    #[must_use]
    pub fn with(card: Card) -> Self {
        Self { card: Some(card), ..Self::default() }
    }

    /// What it believes of every outcome as of now.
    fn belief(&mut self, view: &View<'_>, rng: &mut ChaCha8Rng) -> Vec<f64> {
        let n = view.outcomes().count();
        let clue = match &self.card {
            Some(card) => among(view, &view.outcomes().map(|outcome| card.likelihood(outcome, n)).collect::<Vec<_>>()),
            None => self.opinion.of(view, rng),
        };
        let told = forecast(view);
        let mixed = clue.iter().zip(told).map(|(clue, told)| clue * libm::pow(told.max(1e-6), PRICES_WEIGHT));
        normalised(mixed.collect())
    }
}

impl Strategy for Informed {
    fn act(&mut self, view: &View<'_>, rng: &mut ChaCha8Rng) -> Vec<Action> {
        let (belief, active) = (self.belief(view, rng), view.active());
        let changed = std::mem::replace(&mut self.active, active.len()) != active.len();
        if changed && !view.own.orders.is_empty() {
            return vec![Action::CancelAll];
        }
        if view.own.orders.len() >= OPEN_ORDERS_MAX {
            return vec![Action::Cancel(view.own.orders[0].id)];
        }
        let places = || active.iter().flat_map(|&outcome| Side::BOTH.map(|side| (outcome, side)));
        let edge = |(outcome, side): (OutcomeId, Side)| worth(&belief, outcome, side) - view.spot(outcome, side);
        let held = |&(outcome, side): &(OutcomeId, Side)| view.free(outcome, side).0 > 0;
        // What it thinks too dear goes first: a sale frees the money for what it thinks cheap.
        let dearest = places().filter(held).min_by(|&a, &b| edge(a).total_cmp(&edge(b)));
        if let Some(place) = dearest.filter(|&place| edge(place) < -EDGE_MIN) {
            let tokens = view.free(place.0, place.1).as_f64() / 2.0;
            return order(view, rng, &belief, (place.0, place.1, Direction::Sell), tokens).into_iter().collect();
        }
        let stake =
            |&(outcome, side): &(OutcomeId, Side)| kelly(worth(&belief, outcome, side), view.spot(outcome, side));
        let Some((outcome, side)) = places().max_by(|a, b| stake(a).total_cmp(&stake(b))) else { return Vec::new() };
        let price = view.spot(outcome, side).max(0.01);
        let fee = 1.0 + view.params().f.as_f64();
        if worth(&belief, outcome, side) < price * fee + EDGE_MIN {
            return Vec::new();
        }
        let (cash, position) = (view.balance().as_f64(), view.free(outcome, side).as_f64() * price);
        let money = (KELLY_PART * stake(&(outcome, side)) * (cash + position) - position).min(cash * STAKE_MAX);
        order(view, rng, &belief, (outcome, side, Direction::Buy), money / price).into_iter().collect()
    }
}

/// Kelly's share of wealth for a token that pays 1 with probability `belief` and costs `price`.
fn kelly(belief: f64, price: f64) -> f64 {
    if price < 1.0 { (belief - price) / (1.0 - price) } else { f64::NEG_INFINITY }
}

fn order(
    view: &View<'_>,
    rng: &mut ChaCha8Rng,
    belief: &[f64],
    (outcome, side, direction): (OutcomeId, Side, Direction),
    tokens: f64,
) -> Option<Action> {
    if rng.chance(MARKET_SHARE) {
        return Action::market(outcome, side, direction, tokens, SLIPPAGE_PERCENT);
    }
    let (spot, worth) = (view.spot(outcome, side), worth(belief, outcome, side));
    let price = spot + (worth - spot) * rng.between(0.2, 0.8);
    within(view, (outcome, side, direction), tokens, price, worth, true)
}
