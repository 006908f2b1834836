use super::*;
use outcry_engine::{Params, PoolState, PublicMarket, PublicOutcome, Usdc};
use outcry_shared::{
    message::{Outcome, Snapshot, Welcome},
    phase::{Clock, Phase},
};
use rand_chacha::rand_core::SeedableRng;

const KINDS: [Kind; 4] = [Kind::Noise, Kind::Momentum, Kind::Quoter, Kind::Value];

/// A market in which outcome 0 is favoured, seen by someone with money and tokens.
fn view() -> BotView {
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
    let market = PublicMarket { params, segment_start_ms: 0, segment_end_ms: 900_000, outcomes };
    let clock = Clock { phase: Phase::Running, now_ms: 1_000, end_ms: 900_000, ..Clock::default() };
    let snapshot = Snapshot {
        session: 1,
        session_name: "Party".into(),
        tick: 1,
        clock,
        market,
        seats: Vec::new(),
        leaders: Vec::new(),
        tape: Vec::new(),
        history: Vec::new(),
        metrics: Default::default(),
        outcomes: vec![Outcome::Active; 5],
        state_hash: [0; 32],
        default_slippage_percent: 5,
    };
    let welcome =
        Welcome { build: String::new(), you: None, snapshot, private: None, end: None, join_url: String::new() };
    let mut view = BotView::new(&welcome);
    view.own.balance = Usdc::whole(1_000);
    view.own.free = vec![[Tokens::whole(30), Tokens::whole(20)]; 5];
    view
}

fn actions(kind: Kind, seed: u64) -> Vec<BotAction> {
    let (view, mut rng, mut strategy) = (view(), ChaCha8Rng::seed_from_u64(seed), kind.strategy(0));
    (0..200).flat_map(|_| strategy.act(&view, &mut rng)).collect()
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
    let view = view();
    let params = &view.market.params;
    for action in KINDS.into_iter().flat_map(|kind| actions(kind, 3)) {
        let BotAction::Order { outcome, side, direction, kind, size } = action else { continue };
        assert!(view.active().contains(&outcome));
        assert!(size.0 >= MICRO / 100);
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
    let mut view = view();
    view.own.balance = Usdc::ZERO;
    view.own.free.clear();
    for kind in KINDS {
        let (mut rng, mut strategy) = (ChaCha8Rng::seed_from_u64(1), kind.strategy(0));
        assert_eq!((0..50).flat_map(|_| strategy.act(&view, &mut rng)).collect::<Vec<_>>(), []);
    }
    view.market.outcomes.iter_mut().for_each(|outcome| outcome.pool.active = false);
    for kind in KINDS {
        assert_eq!(kind.strategy(0).act(&view, &mut ChaCha8Rng::seed_from_u64(1)), []);
    }
}

#[test]
fn quoter_bids_below_and_asks_above() {
    let view = view();
    let orders = actions(Kind::Quoter, 5);
    assert!(orders.iter().any(|action| matches!(action, BotAction::Order { direction: Direction::Sell, .. })));
    for action in orders {
        let BotAction::Order { outcome, side, direction, kind: OrderKind::Limit { price, .. }, .. } = action else {
            panic!("{action:?} is no quote");
        };
        let spot = view.spot(outcome, side);
        assert_eq!(direction == Direction::Buy, price.as_f64() < spot, "{price} at a spot of {spot}");
    }
}

#[test]
fn sizes_are_whole_hundredths() {
    assert_eq!(size(0.009_9), None);
    assert_eq!(size(f64::NAN), None);
    assert_eq!(size(-3.0), None);
    assert_eq!(size(1.239), Some(Tokens(1_230_000)));
}
