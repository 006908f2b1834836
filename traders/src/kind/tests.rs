use super::*;
use crate::{action::Action, prices::PastPrices, view::View};
use outcry_engine::{
    Direction, OrderKind, OwnView, Params, PoolState, PublicMarket, PublicOutcome, SIZE_MIN, Tokens, Usdc,
    amount::RATE_ONE,
};
use rand_chacha::{ChaCha8Rng, rand_core::SeedableRng};

const KINDS: [Kind; 4] = [Kind::Noise, Kind::Momentum, Kind::Quoter, Kind::Value];

/// A market in which outcome 0 is favoured.
fn market() -> PublicMarket {
    let params = Params { n_outcomes: 5, ..Params::default() };
    let pool = |index: i64| PoolState {
        v: Usdc::ZERO,
        q_yes: Tokens::whole(1_000 + if index == 0 { 600 } else { -100 * index }),
        q_no: Tokens::whole(1_000),
        virtual_yes: Tokens::ZERO,
        pairs: Tokens::ZERO,
        seigniorage: Usdc::ZERO,
        active: index != 3,
    };
    let outcomes = (0..5).map(|index| PublicOutcome { pool: pool(index), levels: Vec::new() }).collect();
    PublicMarket { params, segment_start_ms: 0, segment_end_ms: 900_000, rounds_held: 0, outcomes }
}

/// Money and tokens of every outcome.
fn rich() -> OwnView {
    let free = vec![[Tokens::whole(30), Tokens::whole(20)]; 5];
    OwnView { balance: Usdc::whole(1_000), free, orders: Vec::new() }
}

fn play(kind: Kind, seed: u64, (market, own): (&PublicMarket, &OwnView)) -> Vec<Action> {
    let mut prices = PastPrices::default();
    prices.remember(market);
    let view = View { market, prices: &prices, own };
    let (mut rng, mut strategy) = (ChaCha8Rng::seed_from_u64(seed), kind.strategy(0));
    (0..200).flat_map(|_| strategy.act(&view, &mut rng)).collect()
}

fn actions(kind: Kind, seed: u64) -> Vec<Action> {
    play(kind, seed, (&market(), &rich()))
}

#[test]
fn the_same_seed_plays_the_same() {
    for kind in KINDS {
        let played = actions(kind, 7);
        assert!(!played.is_empty(), "{kind:?} does nothing");
        assert_eq!(played, actions(kind, 7));
        assert_ne!(played, actions(kind, 8), "{kind:?}");
    }
}

#[test]
fn orders_are_ones_the_market_can_take() {
    let (market, own, prices) = (market(), rich(), PastPrices::default());
    let view = View { market: &market, prices: &prices, own: &own };
    let params = &market.params;
    for action in KINDS.into_iter().flat_map(|kind| actions(kind, 3)) {
        let Action::Order { outcome, side, direction, kind, size } = action else { continue };
        assert!(view.active().contains(&outcome));
        assert!(size >= SIZE_MIN);
        match kind {
            OrderKind::Market { max_slippage } => assert!((1..=RATE_ONE).contains(&max_slippage.0)),
            OrderKind::Limit { price, .. } => {
                assert_eq!(price.0 % params.tick_size.0, 0);
                assert!((params.p_min..=params.p_max).contains(&price));
            }
        }
        match direction {
            Direction::Buy => assert!(size.as_f64() * view.spot(outcome, side) < 100.0),
            Direction::Sell => assert!(size <= view.free(outcome, side)),
        }
    }
}

#[test]
fn nothing_is_done_about_nothing() {
    let (mut market, poor) = (market(), OwnView::default());
    for kind in KINDS {
        assert_eq!(play(kind, 1, (&market, &poor)), []);
    }
    market.outcomes.iter_mut().for_each(|outcome| outcome.pool.active = false);
    for kind in KINDS {
        assert_eq!(play(kind, 1, (&market, &poor)), []);
    }
}

#[test]
fn quoter_bids_below_and_asks_above() {
    let market = market();
    let orders = actions(Kind::Quoter, 5);
    assert!(orders.iter().any(|action| matches!(action, Action::Order { direction: Direction::Sell, .. })));
    for action in orders {
        let Action::Order { outcome, side, direction, kind: OrderKind::Limit { price, .. }, .. } = action else {
            panic!("{action:?} is no quote");
        };
        let spot = market.spot(outcome, side);
        assert_eq!(direction == Direction::Buy, price.as_f64() < spot, "{price} at a spot of {spot}");
    }
}
