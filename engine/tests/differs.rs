//! Where the market's rules differ from its first technical design: each test carries out
//! the attack, or shows the failure, under the original rule — stated again here in its
//! plainest form — and its absence under ours.
#![expect(clippy::unwrap_used, reason = "a test may stop")]

mod original;

use original::{Original, Weights};
use outcry_engine::{
    Direction, FillType, Input, Market, Order, OrderId, OrderKind, OrderStatus, OutcomeId, Params, Price, Rate,
    RejectReason, Report, Side, Tokens, Usdc, UserId, params::default_names,
};

const ONE: i64 = 1_000_000_000;
const FREE: OrderKind = OrderKind::Market { max_slippage: Rate(1_000 * ONE) };

/// A market with rich participants 1 to 3 and everything off that does not matter here.
struct Floor {
    market: Market,
    next_id: u64,
    now_ms: u64,
}

impl Floor {
    fn new(change: impl FnOnce(&mut Params)) -> Self {
        let mut params =
            Params { gamma: Rate(0), f: Rate(0), f_match: Rate(0), af_enabled: false, ..Params::default() };
        change(&mut params);
        params.outcome_names = default_names(params.n_outcomes);
        params.q0 = params.q0_default();
        let mut market = Market::new(params).unwrap();
        for user in 1..=3 {
            market.apply(&Input::Join { user: UserId(user), deposit: Usdc::whole(1_000_000) }).unwrap();
        }
        Self { market, next_id: 0, now_ms: 0 }
    }

    fn order(&mut self, user: u32, outcome: u8, side: Side, direction: Direction, size: f64, kind: OrderKind) -> Order {
        self.next_id += 1;
        Order {
            id: OrderId(self.next_id),
            user: UserId(user),
            outcome: OutcomeId(outcome),
            side,
            direction,
            kind,
            size: Tokens((size * 1e6).round() as i64),
            ts_ms: self.now_ms,
        }
    }

    fn tick(&mut self, orders: Vec<Order>) -> Report {
        self.now_ms += 1_000;
        self.market.apply(&Input::Orders { now_ms: self.now_ms, orders }).unwrap()
    }

    /// One market order in a tick of its own.
    fn trade(&mut self, user: u32, outcome: u8, side: Side, direction: Direction, size: f64) -> Report {
        let order = self.order(user, outcome, side, direction, size, FREE);
        self.tick(vec![order])
    }

    fn cash(&self, user: u32) -> f64 {
        self.market.account(UserId(user)).unwrap().balance.as_f64()
    }

    fn price(&self, outcome: u8, side: Side) -> f64 {
        self.market.spot(OutcomeId(outcome), side)
    }
}

fn limit(price: u32) -> OrderKind {
    OrderKind::Limit { price: Price(price), af_opt_in: false }
}

fn was_rejected(report: &Report) -> bool {
    report.orders.iter().any(|update| update.status == OrderStatus::Rejected)
}

const EVEN: Weights = Weights { a: 0.5, b: 0.5, kappa: 0.001, own: 0.8, p_max: 0.99, p_min: 0.01, eta: 2.0 };

#[test]
fn pieces_within_a_tick_cost_what_the_whole_does() {
    // The original charges κΔ² of each order alone: a hundred pieces dodge most of it.
    let mut whole = Original::new(10_000.0 / 3.0);
    let mut pieces = whole.clone();
    let whole = whole.buy(0, 100.0, &EVEN);
    let pieces: f64 = (0..100).map(|_| pieces.buy(0, 1.0, &EVEN)).sum();
    assert!((whole - 61.5).abs() < 0.6 && (pieces - 51.8).abs() < 0.6, "{whole} whole, {pieces} in pieces");

    // Ours sums an account's pieces of a tick to κ(ΣΔ)².
    let cost_of = |count: u32| {
        let mut floor = Floor::new(|_| {});
        let size = 100.0 / f64::from(count);
        let orders = (0..count).map(|_| floor.order(1, 0, Side::Yes, Direction::Buy, size, FREE)).collect();
        let before = floor.cash(1);
        floor.tick(orders);
        before - floor.cash(1)
    };
    let (whole, pieces) = (cost_of(1), cost_of(100));
    assert!((whole - 61.5).abs() < 0.6 && (pieces - whole).abs() < 0.02 * whole, "{whole} whole, {pieces} in pieces");
}

#[test]
fn a_purchase_never_ends_above_the_highest_price() {
    // N = 10, ζ = 0.1, κ = 0: the penalty alone lets 1000 tokens end near 1.27.
    let weights = Weights { kappa: 0.0, own: 0.1, ..EVEN };
    let mut original = Original::new(1_000.0);
    original.buy(0, 1_000.0, &weights);
    assert!((original.price(0) - 1.27).abs() < 0.02, "{}", original.price(0));

    let mut floor = Floor::new(|params| {
        params.n_outcomes = 10;
        (params.kappa_start, params.kappa_end) = (Rate(0), Rate(0));
    });
    // Bought whole it would average 1 or more and is refused; in pieces the price stops.
    assert!(was_rejected(&floor.trade(1, 0, Side::Yes, Direction::Buy, 1_000.0)));
    let mut bought = 0;
    for _ in 0..400 {
        bought += u32::from(!was_rejected(&floor.trade(1, 0, Side::Yes, Direction::Buy, 5.0)));
        assert!(floor.price(0, Side::Yes) <= 0.99, "{}", floor.price(0, Side::Yes));
    }
    assert!(bought > 50, "{bought} pieces bought");
    assert!(floor.market.metrics().worst_case_loss <= floor.market.params().z);
}

#[test]
fn a_sale_below_the_lowest_price_brings_less_not_more() {
    // Upside down, the original's penalty pays the more the lower the price falls.
    let weights = Weights { kappa: 0.0, own: 0.8, p_min: 0.4, ..EVEN };
    let mut original = Original::new(10_000.0 / 3.0);
    original.buy(0, 1_000.0, &weights);
    let fair = original.clone().sell(0, 2_200.0, &Weights { p_min: 0.0, ..weights });
    let paid = original.sell(0, 2_200.0, &weights);
    assert!(paid > 1.5 * fair, "{paid} paid for what is worth {fair}");

    let proceeds = |p_min: u32| {
        let mut floor = Floor::new(|params| {
            params.p_min = Price(p_min);
            (params.kappa_start, params.kappa_end) = (Rate(0), Rate(0));
        });
        floor.market.endow(UserId(1), OutcomeId(0), Tokens::whole(1_500)).unwrap();
        let before = floor.cash(1);
        floor.trade(1, 0, Side::Yes, Direction::Sell, 1_000.0);
        floor.cash(1) - before
    };
    let (without, with) = (proceeds(1), proceeds(400_000));
    assert!(with < without && without > 100.0, "{with} with the penalty, {without} without");
}

#[test]
fn a_sale_is_never_paid_by_the_wrong_root() {
    // Where κ eats the price, the true root is negative; the original then takes the other
    // one, about L/f_i: a pay-out of the whole pool for a few tokens.
    let weights = Weights { kappa: 1.0, own: 0.8, ..EVEN };
    let paid = Original::new(10_000.0 / 3.0).sell(0, 14.0, &weights);
    assert!(paid > 4_000.0, "{paid} paid for 14 tokens");

    let mut floor = Floor::new(|params| (params.kappa_start, params.kappa_end) = (Rate(ONE), Rate(ONE)));
    floor.market.endow(UserId(1), OutcomeId(0), Tokens::whole(100)).unwrap();
    let before = floor.cash(1);
    let report = floor.trade(1, 0, Side::Yes, Direction::Sell, 14.0);
    let reason = report.orders[0].reason.clone();
    assert!(matches!(reason, Some(RejectReason::Slippage { .. } | RejectReason::NoProceeds { .. })), "{reason:?}");
    assert!((floor.cash(1) - before).abs() < 1e-9);
}

#[test]
fn sales_leave_every_other_price_at_most_at_the_highest() {
    // Selling drains L from under the other side; unlimited, its price passes 1.
    let weights = Weights { kappa: 0.0, own: 0.8, ..EVEN };
    let mut original = Original::new(10_000.0 / 3.0);
    original.buy(1, 4_000.0, &weights);
    original.buy(0, 2_500.0, &weights);
    original.sell(0, 4_000.0, &weights);
    assert!(original.price(1) > 1.0, "{}", original.price(1));

    let mut floor = Floor::new(|params| (params.kappa_start, params.kappa_end) = (Rate(0), Rate(0)));
    floor.market.endow(UserId(1), OutcomeId(0), Tokens::whole(3_000)).unwrap();
    floor.market.endow(UserId(1), OutcomeId(1), Tokens::whole(3_000)).unwrap();
    for _ in 0..100 {
        floor.trade(2, 0, Side::No, Direction::Buy, 50.0);
    }
    assert!(floor.price(0, Side::No) > 0.97, "{}", floor.price(0, Side::No));
    let mut sold_elsewhere = 0;
    for _ in 0..40 {
        floor.trade(1, 0, Side::Yes, Direction::Sell, 30.0);
        sold_elsewhere += u32::from(!was_rejected(&floor.trade(1, 1, Side::Yes, Direction::Sell, 20.0)));
        for outcome in 0..3 {
            for side in Side::BOTH {
                assert!(floor.price(outcome, side) <= 0.99);
            }
        }
    }
    // One outcome at its highest price does not stop the sales of another.
    assert_eq!(sold_elsewhere, 40);
    assert!(floor.market.metrics().worst_case_loss <= floor.market.params().z);
}

#[test]
fn two_accounts_of_one_person_gain_nothing_by_making_pairs() {
    // In the original the pairs enter V and q: making them raises both prices at once.
    let weights = Weights { kappa: 0.0, own: 0.8, ..EVEN };
    let mut original = Original::new(10_000.0 / 3.0);
    let pairs = 1_000.0;
    original.mint(pairs, 1.0);
    let back = original.sell(0, pairs, &weights) + original.sell(1, pairs, &weights);
    assert!(back > pairs + 50.0, "{back} for pairs that cost {pairs}");

    let mut floor = Floor::new(|params| (params.kappa_start, params.kappa_end) = (Rate(0), Rate(0)));
    let before = floor.cash(1) + floor.cash(2);
    let yes = floor.order(1, 0, Side::Yes, Direction::Buy, pairs, limit(500_000));
    let no = floor.order(2, 0, Side::No, Direction::Buy, pairs, limit(500_000));
    let report = floor.tick(vec![yes, no]);
    assert!(report.fills.iter().all(|fill| fill.fill_type == FillType::Mint) && report.fills.len() == 1);
    assert!((floor.price(0, Side::Yes) - 0.5).abs() < 1e-6, "pairs do not move the pool");
    floor.trade(1, 0, Side::Yes, Direction::Sell, pairs);
    floor.trade(2, 0, Side::No, Direction::Sell, pairs);
    let after = floor.cash(1) + floor.cash(2);
    assert!(after < before, "{before} before, {after} after");
}

#[test]
fn pairs_are_made_at_the_traders_own_limits() {
    // Read literally, a "NO sell at 1 − T" lets a holder give up NO and be paid, the pool
    // paying a difference that the two choose. Here a NO ask never meets a YES bid.
    let mut floor = Floor::new(|_| {});
    floor.market.endow(UserId(1), OutcomeId(0), Tokens::whole(100)).unwrap();
    let maker = |floor: &Floor| floor.market.metrics().worst_case_loss;
    let before = maker(&floor);
    let yes_bid = floor.order(2, 0, Side::Yes, Direction::Buy, 50.0, limit(450_000));
    let no_ask = floor.order(1, 0, Side::No, Direction::Sell, 50.0, limit(550_000));
    let report = floor.tick(vec![yes_bid, no_ask]);
    assert!(report.fills.is_empty(), "{:?}", report.fills);
    assert_eq!(maker(&floor), before);
}

#[test]
fn a_seller_is_paid_the_better_of_book_and_pool() {
    // The original empties the book first, at any price.
    let original_price = 0.01;

    let mut floor = Floor::new(|_| {});
    floor.market.endow(UserId(1), OutcomeId(0), Tokens::whole(10)).unwrap();
    let low_bid = floor.order(2, 0, Side::Yes, Direction::Buy, 100.0, limit(10_000));
    floor.tick(vec![low_bid]);
    let before = floor.cash(1);
    let report = floor.trade(1, 0, Side::Yes, Direction::Sell, 10.0);
    assert!(report.fills.iter().all(|fill| fill.fill_type == FillType::Amm), "{:?}", report.fills);
    let paid = (floor.cash(1) - before) / 10.0;
    assert!(paid > 0.45 && paid > 40.0 * original_price, "{paid} a token");
}

#[test]
fn nothing_is_sold_for_nothing() {
    // The original executes a sale whose proceeds are 0, and one where fewer tokens bring more.
    let sell = |size: f64| {
        let mut floor = Floor::new(|_| {});
        floor.market.endow(UserId(1), OutcomeId(0), Tokens::whole(1_500)).unwrap();
        let before = floor.cash(1);
        let report = floor.trade(1, 0, Side::Yes, Direction::Sell, size);
        (was_rejected(&report), floor.cash(1) - before, report.orders[0].reason.clone())
    };
    let (rejected, change, reason) = sell(1_000.0);
    assert!(rejected && change == 0.0, "{change}");
    // The reason names the size that brings most.
    let Some(RejectReason::NoProceeds { size }) = reason else { panic!("{reason:?}") };
    let (rejected, best, _) = sell(size.as_f64());
    assert!(!rejected && best > 20.0, "{size} brings {best}");
}

#[test]
fn renormalising_asks_no_price_above_the_cap() {
    // Ten outcomes at ½ sum to 5. With six of them gone the original restores that sum over
    // the four that are left: 1.25 each.
    let (sum_before, left) = (10.0 * 0.5, 4.0);
    assert!(sum_before / left > 1.0);

    let mut floor = Floor::new(|params| (params.n_outcomes, params.mr_enabled) = (10, true));
    let outcomes = (4..10).map(OutcomeId).collect();
    floor.market.apply(&Input::Eliminate { outcomes, round: None, now_ms: 1_000, resume_ms: 1_000 }).unwrap();
    assert!((0..4).all(|outcome| (floor.price(outcome, Side::Yes) - 0.9).abs() < 1e-6));
    // There is room left to trade in.
    for outcome in 0..4 {
        assert!(!was_rejected(&floor.trade(1, outcome, Side::Yes, Direction::Buy, 1.0)));
    }
}

#[test]
fn an_order_that_can_be_paid_is_not_refused_by_an_estimate() {
    // The original demands size·p_max on entry. 15 USDC buy 25 tokens at about 52 ¢.
    let (size, cash) = (25.0, 15);
    let mut floor = Floor::new(|_| {});
    assert!(size * floor.market.params().p_max.as_f64() > f64::from(cash));
    floor.market.apply(&Input::Join { user: UserId(4), deposit: Usdc::whole(cash.into()) }).unwrap();
    assert!(!was_rejected(&floor.trade(4, 0, Side::Yes, Direction::Buy, size)));
}
