use super::*;
use crate::{action::Action, prices::PastPrices, view::View};
use outcry_engine::{
    Direction, OrderKind, OwnView, Params, PoolState, PublicMarket, PublicOutcome, SIZE_MIN, Tokens, Usdc,
    amount::RATE_ONE,
};
use rand_chacha::{ChaCha8Rng, rand_core::SeedableRng};

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

/// Two hundred turns near the end of a session in which outcome 0 has risen for a minute.
fn play(kind: Kind, seed: u64, (market, own): (&PublicMarket, &OwnView)) -> Vec<Action> {
    let (mut prices, mut before) = (PastPrices::default(), market.clone());
    for tokens in 540..600 {
        before.outcomes[0].pool.q_yes = Tokens::whole(1_000 + tokens);
        prices.remember(&before);
    }
    prices.remember(market);
    let view = View { market, prices: &prices, own, now_ms: 850_000 };
    let (mut rng, mut strategy) = (ChaCha8Rng::seed_from_u64(seed), kind.strategy(0));
    (0..200).flat_map(|_| strategy.act(&view, &mut rng)).collect()
}

fn actions(kind: Kind, seed: u64) -> Vec<Action> {
    play(kind, seed, (&market(), &rich()))
}

#[test]
fn the_same_seed_plays_the_same() {
    for kind in Kind::ALL {
        let played = actions(kind, 7);
        assert!(!played.is_empty(), "{kind:?} does nothing");
        assert!(played == actions(kind, 7), "{kind:?}");
        // Whether prices contradict each other, or what is held falls, is no matter of chance.
        if !matches!(kind, Kind::Arbitrageur | Kind::Herder) {
            assert!((8..16).any(|seed| actions(kind, seed) != played), "{kind:?} takes no chance");
        }
    }
}

#[test]
fn orders_are_ones_the_market_can_take() {
    let (market, own, prices) = (market(), rich(), PastPrices::default());
    let view = View { market: &market, prices: &prices, own: &own, now_ms: 0 };
    let params = &market.params;
    for action in Kind::ALL.into_iter().flat_map(|kind| actions(kind, 3)) {
        let Action::Order { outcome, side, direction, kind, size } = action.clone() else { continue };
        assert!(view.active().contains(&outcome));
        assert!(size >= SIZE_MIN);
        let price = match kind {
            OrderKind::Market { max_slippage } => {
                assert!((1..=RATE_ONE).contains(&max_slippage.0));
                view.spot(outcome, side)
            }
            OrderKind::Limit { price, .. } => {
                assert_eq!(price.0 % params.tick_size.0, 0);
                assert!((params.p_min..=params.p_max).contains(&price));
                price.as_f64()
            }
        };
        match direction {
            // A third of its money at most: slippage and fee come on top.
            Direction::Buy => assert!(size.as_f64() * price < own.balance.as_f64() / 3.0, "{action:?} at {price}"),
            Direction::Sell => assert!(size <= view.free(outcome, side)),
        }
    }
}

#[test]
fn nothing_is_done_about_nothing() {
    let (mut market, poor) = (market(), OwnView::default());
    for kind in Kind::ALL {
        assert_eq!(play(kind, 1, (&market, &poor)), []);
    }
    market.outcomes.iter_mut().for_each(|outcome| outcome.pool.active = false);
    for kind in Kind::ALL {
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

#[test]
fn the_mix_is_the_standard_one_and_its_first_ten_are_a_mix() {
    let number = |seats: usize, kind| (0..seats).filter(|&index| Kind::Mix.of(index) == kind).count();
    let [noise, informed, herder, quoter, arbitrageur, manipulator, sniper] = Kind::ALL.map(|kind| number(20, kind));
    assert_eq!([noise, informed, herder, quoter, arbitrageur, manipulator, sniper], [8, 5, 2, 2, 2, 1, 0]);
    assert_eq!(Kind::ALL.map(|kind| number(10, kind)), [4, 3, 1, 1, 1, 0, 0]);
    for kind in Kind::ALL {
        assert_eq!(kind.name().parse(), Ok(kind));
    }
    assert!("value".parse::<Kind>().unwrap_err().contains("noise, informed"));
}
