//! Every figure by hand, and those that ask a market against what the market then does.
#![expect(clippy::unwrap_used, reason = "a test may stop")]

use outcry_engine::{
    Direction, Input, Leg, Market, Order, OrderId, OrderKind, OutcomeId, Params, Rate, Report, Side, Tokens, Usdc,
    UserId,
};
use outcry_lab::metrics::{
    accuracy::{brier, distance, efficiency, log_score, over_time},
    coherence::{overround, pair_overround, sure_profit},
    depth::{buy_for, cost_of, depth, depth_per_loss},
    forecast::{Spot, forecast, poll},
    friction::{first_order_s, preview_gap, rejected},
    impact::lambda,
    maker::{MakerFill, edge, edge_by, maker_loss},
    probe::{Probe, Quotes, Trade, Tried},
    traders::{self, gini, informed_share, skill},
};
use std::cell::RefCell;

fn near(a: f64, b: f64) {
    assert!((a - b).abs() < 1e-9, "{a} is not {b}");
}

fn all_near(a: &[f64], b: &[f64]) {
    assert_eq!(a.len(), b.len());
    a.iter().zip(b).for_each(|(a, b)| near(*a, *b));
}

#[test]
fn a_forecast_is_the_middle_of_both_tokens_made_a_whole() {
    // m = 0.55, 0.3 and out: of 0.85.
    let spots: [Spot; 3] = [Some([0.6, 0.5]), Some([0.3, 0.7]), None];
    all_near(&forecast(&spots), &[0.55 / 0.85, 0.3 / 0.85, 0.0]);
    near(overround(&spots), -0.1);
    let pairs: Vec<f64> = pair_overround(&spots).into_iter().flatten().collect();
    all_near(&pairs, &[0.1, 0.0]);
}

#[test]
fn a_poll_is_the_mean_of_the_seats() {
    all_near(&poll(&[vec![1.0, 0.0], vec![0.5, 0.5]]), &[0.75, 0.25]);
}

#[test]
fn distances_and_scores() {
    near(distance(&[0.5, 0.3, 0.2], &[0.6, 0.4, 0.0]), 0.01 + 0.01 + 0.04);
    near(over_time(&[(0.1, 30.0), (0.4, 10.0)]), 0.175);
    assert_eq!(efficiency(0.1, 0.4), Some(0.75));
    assert_eq!(efficiency(0.1, 0.0), None);
    near(brier(&[0.5, 0.3, 0.2], 0), 0.25 + 0.09 + 0.04);
    near(log_score(&[0.5, 0.3, 0.2], 0), std::f64::consts::LN_2);
    assert_eq!(log_score(&[1.0, 0.0], 1), f64::INFINITY);
}

/// A market whose YES prices all start at the same and rise by 1/1000 a token; at most so many tokens a trade.
struct Straight {
    start: f64,
    outcomes: usize,
    at_most: f64,
    fee: f64,
}

impl Probe for Straight {
    fn spots(&self) -> Vec<Spot> {
        vec![Some([self.start, 1.0 - self.start]); self.outcomes]
    }

    fn attempt(&self, trades: &[Trade]) -> Option<Tried> {
        let mut tried = Tried { cash: 0.0, fees: 0.0, spots: self.spots() };
        for (leg, tokens) in trades {
            let start = if leg.side == Side::Yes { self.start } else { 1.0 - self.start };
            let value = match leg.direction {
                Direction::Buy => start * tokens + tokens * tokens / 2_000.0,
                Direction::Sell => -(start * tokens - tokens * tokens / 2_000.0),
            };
            (tried.cash, tried.fees) = (tried.cash - value, tried.fees + self.fee * value.abs());
            tried.spots[leg.outcome.index()] = Some([self.start + tokens / 1_000.0, 1.0 - self.start]);
        }
        trades.iter().all(|(_, tokens)| *tokens <= self.at_most).then_some(tried)
    }
}

#[test]
fn depth_of_a_straight_price() {
    let market = Straight { start: 0.5, outcomes: 3, at_most: 400.0, fee: 0.01 };
    // 0.5·t + t²/2000 = 25.
    let tokens = -500.0 + 300_000_f64.sqrt();
    let bought = buy_for(&market, 1, 25.0).unwrap();
    assert!((bought.tokens - tokens).abs() < 1e-6, "{bought:?}");
    assert!((cost_of(&market, 25.0).unwrap() - (25.0 / tokens / 0.5 - 1.0)).abs() < 1e-9);
    // 50 tokens raise it by 5 points: 25 + 1.25.
    assert!((depth(&market, 0.05).unwrap() - 26.25).abs() < 1e-6);
    near(depth_per_loss(26.25, 105.0), 0.25);
    // More than it sells.
    assert_eq!(cost_of(&market, 1_000.0), None);
    assert_eq!(depth(&market, 0.45), None);
}

/// The same in whole thousandths of tokens, which remembers what it was asked.
struct Coarse(Straight, RefCell<Vec<i64>>);

fn thousandths(tokens: f64) -> i64 {
    (tokens * 1e3) as i64
}

impl Probe for Coarse {
    fn spots(&self) -> Vec<Spot> {
        self.0.spots()
    }

    fn same_order(&self, one: f64, other: f64) -> bool {
        thousandths(one) == thousandths(other)
    }

    fn attempt(&self, trades: &[Trade]) -> Option<Tried> {
        let [(leg, tokens)] = trades else { panic!("one at a time: {trades:?}") };
        self.1.borrow_mut().push(thousandths(*tokens));
        self.0.attempt(&[(*leg, thousandths(*tokens) as f64 / 1e3)])
    }
}

#[test]
fn no_order_is_asked_for_twice() {
    let market = Coarse(Straight { start: 0.5, outcomes: 1, at_most: 400.0, fee: 0.01 }, RefCell::default());
    let deep = depth(&market, 0.05).unwrap();
    assert!((deep - 26.25).abs() < 1e-3, "{deep}");
    let mut asked = market.1.into_inner();
    let count = asked.len();
    asked.sort_unstable();
    asked.dedup();
    assert_eq!(asked.len(), count, "{asked:?}");
}

#[test]
fn sure_profit_of_a_straight_price() {
    // All YES: 3·(0.3·t + t²/2000) for t: gains 0.1·t − 3t²/2000, most at 100/3.
    let market = Straight { start: 0.3, outcomes: 3, at_most: 400.0, fee: 0.0 };
    let best = sure_profit(&market, 0.0, 1_000.0);
    assert!((best.profit - 0.1 * 100.0 / 6.0).abs() < 1e-6 && (best.tokens - 100.0 / 3.0).abs() < 1e-3, "{best:?}");
    assert_eq!(best.basket.unwrap().legs.len(), 3);
    // With 1 % on the value 0.9 + … the slope starts at 0.1 − 0.009.
    let taxed = sure_profit(&Straight { fee: 0.01, ..market }, 0.0, 1_000.0);
    assert!((taxed.profit - 0.091 * 0.091 / (4.0 * 0.001_515)).abs() < 1e-6, "{taxed:?}");
    // Coherent prices leave nothing.
    let none = sure_profit(&Straight { start: 0.5, outcomes: 2, at_most: 400.0, fee: 0.0 }, 0.005, 1_000.0);
    assert_eq!((none.profit, none.basket), (0.0, None));
}

fn engine(edit: impl FnOnce(&mut Params)) -> Market {
    let mut params = Params::default();
    edit(&mut params);
    let mut market = Market::new(params).unwrap();
    market.apply(&Input::Join { user: UserId(1), deposit: Usdc::whole(100_000) }).unwrap();
    market
}

fn buy(id: u64, leg: Leg, tokens: f64) -> Order {
    let Leg { outcome, side, direction } = leg;
    let kind = OrderKind::Market { max_slippage: Rate(1_000_000_000_000) };
    Order {
        id: OrderId(id),
        user: UserId(1),
        outcome,
        side,
        direction,
        kind,
        size: Tokens((tokens * 1e6) as i64),
        ts_ms: 0,
    }
}

#[test]
fn the_engine_sells_what_its_depth_says() {
    let mut market = engine(|_| ());
    let public = market.public();
    let told = buy_for(&Quotes { market: &public, now_ms: 0 }, 0, 100.0).unwrap();
    let leg = Leg { outcome: OutcomeId(0), side: Side::Yes, direction: Direction::Buy };
    let report = market.apply(&Input::Orders { now_ms: 0, orders: vec![buy(1, leg, told.tokens)] }).unwrap();
    let paid = report.fills[0].value.as_f64();
    assert!((paid - 100.0).abs() < 0.01 && (paid / told.tokens - told.average).abs() < 1e-6, "{told:?} {report:?}");
    assert!((market.spot(OutcomeId(0), Side::Yes) - told.price).abs() < 1e-9);
}

/// The basket of all NO that every market at ½ each pays for: bought, it gains as much as was said, whoever wins.
#[test]
fn a_sure_profit_of_the_engine_is_made_whoever_wins() {
    let market = engine(|_| ());
    let public = market.public();
    let said = sure_profit(&Quotes { market: &public, now_ms: 0 }, 0.005, 2_000.0);
    let basket = said.basket.unwrap();
    assert!(said.profit > 10.0, "{}", said.profit);
    let size = (said.tokens * 1e6) as i64 as f64 / 1e6;
    for winner in 0..3 {
        let mut market = market.clone();
        let orders = (1..).zip(&basket.legs).map(|(id, leg)| buy(id, *leg, size)).collect();
        market.apply(&Input::Orders { now_ms: 0, orders }).unwrap();
        market.apply(&Input::Final { winner: OutcomeId(winner), now_ms: 1 }).unwrap();
        let gained = market.account(UserId(1)).unwrap().balance - Usdc::whole(100_000);
        assert!((gained.as_f64() - said.profit).abs() < 1e-3, "{gained} of {}", said.profit);
    }
}

#[test]
fn price_impact_is_a_slope() {
    // y = 0.01 + 0.002·x, and one tick off it both ways.
    let ticks = [(10.0, 0.03), (-5.0, 0.0), (0.0, 0.02), (0.0, 0.0), (20.0, 0.05)];
    near(lambda(&ticks).unwrap(), 0.002);
    assert_eq!(lambda(&[(1.0, 0.1), (1.0, 0.2)]), None);
}

#[test]
fn the_maker_against_those_it_dealt_with() {
    let loss = maker_loss(-500.0, 5_000.0, 2_000.0);
    assert_eq!((loss.usdc, loss.of_subsidy, loss.of_attained), (500.0, 0.1, 0.25));
    let sold = MakerFill { sold: 10.0, price: 0.4, fair: 0.5 };
    let bought = MakerFill { sold: -20.0, price: 0.4, fair: 0.5 };
    near(edge(&[sold, bought]), -1.0 + 2.0);
    assert_eq!(edge_by([("informed", sold), ("noise", bought), ("informed", sold)]).len(), 2);
    near(edge_by([("informed", sold), ("noise", bought), ("informed", sold)])[0].1, -2.0);
}

#[test]
fn who_won_what() {
    near(gini(&[5.0, 5.0, 5.0]), 0.0);
    near(gini(&[0.0, 0.0, 0.0, 8.0]), 0.75);
    near(gini(&[3.0, 1.0]), 0.25);
    assert_eq!(gini(&[0.0, 0.0]), 0.0);
    let result = |gain, quality| traders::TraderResult { gain, quality };
    let results = [result(30.0, Some(-0.1)), result(-10.0, Some(-0.5)), result(10.0, None), result(-30.0, None)];
    assert_eq!(informed_share(&results), Some(0.75));
    assert_eq!(informed_share(&[result(-1.0, None)]), None);
    assert_eq!(skill(&results), Some(1.0));
    // Gains 1, 2, 3 with ranks 2.5, 1, 2.5: −0 + …: covariance 0.
    let tied = [result(1.0, Some(0.5)), result(2.0, Some(0.1)), result(3.0, Some(0.5))];
    assert_eq!(skill(&tied), Some(0.0));
    assert_eq!(skill(&[result(1.0, Some(0.5)), result(2.0, Some(0.5))]), None);
}

#[test]
fn friction_is_counted_by_reason() {
    let mut market = engine(|_| ());
    let leg = Leg { outcome: OutcomeId(0), side: Side::Yes, direction: Direction::Buy };
    let orders = vec![buy(1, leg, 10.0), buy(2, leg, 900_000.0), Order { size: Tokens(1), ..buy(3, leg, 1.0) }];
    let report = market.apply(&Input::Orders { now_ms: 0, orders }).unwrap();
    // Convexity makes a token of the second cost some 900 USDC, more than a thousand times the spot.
    assert_eq!(rejected([&report]), [("size", 1.0 / 3.0), ("slippage", 1.0 / 3.0)]);
    assert_eq!(rejected([&Report::default()]), []);
    near(preview_gap(0.55, 0.5), 0.1);
    assert_eq!((first_order_s(1_000, Some(13_500)), first_order_s(1_000, None)), (Some(12.5), None));
}
