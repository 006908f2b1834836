//! Trades anything for no reason, as every market needs, and never at a loss by its own value: zero intelligence with a
//! budget constraint (Gode and Sunder, *Allocative efficiency of markets with zero-intelligence traders*, 1993: ZI-C).
//! Sizes are log-normal.

use crate::{
    action::Action,
    belief::{Values, within, worth},
    dice::Dice,
    strategy::Strategy,
    view::View,
};
use outcry_engine::{Direction, Side};
use rand_chacha::ChaCha8Rng;

/// Share of the turns on which it trades: at Poisson times, as seen once a pace.
const ARRIVAL: f64 = 0.8;
/// Open orders beyond which the oldest is taken back.
const OPEN_ORDERS_MAX: usize = 4;
/// Median and spread of a purchase, as a share of the balance: e^(ln median + spread·normal).
const SIZE_MEDIAN: f64 = 0.02;
const SIZE_SPREAD: f64 = 0.8;
/// The largest share of the balance in one purchase.
const SIZE_MAX: f64 = 0.2;

/// Draws outcome, side and direction evenly, and a limit evenly between the worst price of the grid and its private
/// value.
#[derive(Clone, Debug, Default)]
pub struct Noise {
    values: Values,
    /// Outcomes in the game when it last looked: values follow them.
    active: usize,
}

impl Strategy for Noise {
    fn act(&mut self, view: &View<'_>, rng: &mut ChaCha8Rng) -> Vec<Action> {
        let (values, active) = (self.values.of(view, rng), view.active());
        let changed = std::mem::replace(&mut self.active, active.len()) != active.len();
        if changed && !view.own.orders.is_empty() {
            return vec![Action::CancelAll];
        }
        if view.own.orders.len() > OPEN_ORDERS_MAX {
            return vec![Action::Cancel(view.own.orders[0].id)];
        }
        let Some(&outcome) = rng.pick(&active) else { return Vec::new() };
        if !rng.chance(ARRIVAL) {
            return Vec::new();
        }
        let side = if rng.chance(0.5) { Side::Yes } else { Side::No };
        let direction = if rng.chance(0.5) { Direction::Buy } else { Direction::Sell };
        let (worth, grid) = (worth(&values, outcome, side), view.params().grid());
        let price = match direction {
            Direction::Buy => rng.between(grid.low().as_f64(), worth),
            Direction::Sell => rng.between(worth, grid.high().as_f64()),
        };
        let share = (libm::exp(SIZE_SPREAD * rng.normal()) * SIZE_MEDIAN).min(SIZE_MAX);
        let tokens = match direction {
            Direction::Buy => view.balance().as_f64() * share / price.max(0.01),
            Direction::Sell => view.free(outcome, side).as_f64() * rng.between(0.2, 1.0),
        };
        within(view, (outcome, side, direction), tokens, price, worth, rng.chance(0.5)).into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prices::PastPrices;
    use outcry_engine::{Market, OrderKind, OwnView, Params, Tokens, Usdc};
    use rand_chacha::rand_core::SeedableRng;

    #[test]
    fn no_order_is_at_a_loss_by_its_own_value() {
        let market = Market::new(Params::default()).unwrap().public();
        let free = vec![[Tokens::whole(40); 2]; 3];
        let own = OwnView { balance: Usdc::whole(1_000), free, orders: Vec::new() };
        let view = View { market: &market, prices: &PastPrices::default(), own: &own, now_ms: 0 };
        let f = market.params.f.as_f64();
        let (mut bought, mut sold) = (0, 0);
        for seed in 0..20 {
            let (mut rng, mut noise) = (ChaCha8Rng::seed_from_u64(seed), Noise::default());
            let actions: Vec<Action> = (0..200).flat_map(|_| noise.act(&view, &mut rng)).collect();
            let values = noise.values.of(&view, &mut rng);
            for action in actions {
                let Action::Order { outcome, side, direction, kind: OrderKind::Limit { price, .. }, .. } = action
                else {
                    panic!("{action:?} has no limit");
                };
                let (worth, price) = (worth(&values, outcome, side), price.as_f64());
                match direction {
                    Direction::Buy => assert!(price * (1.0 + f) <= worth, "pays {price} and the fee for {worth}"),
                    Direction::Sell => assert!(price * (1.0 - f) >= worth, "gets {price} less the fee for {worth}"),
                }
                *(if direction == Direction::Buy { &mut bought } else { &mut sold }) += 1;
            }
        }
        assert!(bought > 500 && sold > 500, "{bought} purchases, {sold} sales");
    }
}
