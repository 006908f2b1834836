//! What every mechanism must hold, whatever is traded: money and tokens are conserved to the micro, a loss stays within
//! its bound, nobody gains by a round trip, prices are prices.

use outcry_engine::{
    Direction, Input, Leg, Market, Order, OrderId, OrderKind, OutcomeId, Params, Price, Rate, Report, Side, Tokens,
    Usdc, UserId, params::default_names,
};
use outcry_lab::{
    house::House,
    mechanism::{Mechanism, order_for_money},
    rivals::RivalKind,
};
use proptest::prelude::*;
use serde_json::Value;
use std::{collections::BTreeMap, fs};

mod deeds;
mod quotes;

use deeds::{Deed, deeds, input, side};

const N: u8 = 5;
const LOSS: i64 = 5_000;
const USERS: u32 = 4;
const DEPOSIT: i64 = 10_000_000;

fn params(n: u8) -> Params {
    let mut params =
        Params { n_outcomes: n, outcome_names: default_names(n), z: Usdc::whole(LOSS), ..Params::default() };
    (params.mr_enabled, params.q0) = (true, params.q0_default());
    params
}

/// Without fees of any kind.
fn free(n: u8) -> Params {
    Params { f: Rate(0), f_match: Rate(0), ..params(n) }
}

/// Every rival, and the plain book.
fn houses() -> Vec<Option<RivalKind>> {
    RivalKind::ALL.into_iter().map(Some).chain([None]).collect()
}

fn house(kind: Option<RivalKind>, params: &Params) -> House {
    let n = usize::from(params.n_outcomes);
    let mut house = House::new(params.clone(), kind.map(|kind| kind.open(LOSS as f64, n))).expect("a house");
    seat(&mut house);
    house
}

fn seat(mechanism: &mut dyn Mechanism) {
    for user in 0..USERS {
        mechanism.apply(&Input::Join { user: UserId(user), deposit: Usdc::whole(DEPOSIT) }).expect("a seat");
    }
}

/// Balances by user.
fn balances(mechanism: &dyn Mechanism) -> BTreeMap<UserId, Usdc> {
    (0..USERS).map(|user| (UserId(user), mechanism.account(UserId(user)).expect("a seat").balance)).collect()
}

/// Every movement of cash stands in the report.
fn is_told(before: &BTreeMap<UserId, Usdc>, report: &Report, after: &BTreeMap<UserId, Usdc>) -> bool {
    before.iter().all(|(user, balance)| {
        let moved: Usdc = report.cash.iter().filter(|cash| cash.user == *user).map(|cash| cash.amount).sum();
        *balance + moved == after[user]
    })
}

/// Plays deeds and looks at everything after each.
fn play(mechanism: &mut dyn Mechanism, deeds: &[Deed], mut look: impl FnMut(&mut dyn Mechanism)) {
    for (number, deed) in (1..).zip(deeds) {
        let (before, input) = (balances(mechanism), input(deed, mechanism, number));
        if let Ok(report) = mechanism.apply(&input) {
            assert!(is_told(&before, &report, &balances(mechanism)), "{input:?}: {report:?}");
            for update in report.orders {
                assert!(update.filled.0 >= 0 && update.remaining.0 >= 0, "{update:?}");
            }
        }
        for user in 0..USERS {
            let account = mechanism.account(UserId(user)).expect("a seat");
            assert!(account.balance.0 >= 0, "{account:?}");
            assert!(account.free.iter().flatten().all(|tokens| tokens.0 >= 0), "{account:?}");
        }
        look(mechanism);
    }
}

fn active(mechanism: &dyn Mechanism) -> Vec<OutcomeId> {
    (0..mechanism.params().n_outcomes).map(OutcomeId).filter(|&outcome| mechanism.is_active(outcome)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn money_is_conserved_and_the_loss_stays_within_its_bound(deeds in deeds(40), fees: bool) {
        for kind in houses() {
            let params = if fees { params(N) } else { free(N) };
            let mut house = house(kind, &params);
            let bound = if kind.is_some() { Usdc::whole(LOSS) } else { Usdc::ZERO };
            let all = Usdc::whole(DEPOSIT * i64::from(USERS));
            for (number, deed) in (1..).zip(&deeds) {
                let input = input(deed, &house, number);
                let before = balances(&house);
                if let Ok(report) = house.apply(&input) {
                    prop_assert!(is_told(&before, &report, &balances(&house)), "{kind:?} {input:?}: {report:?}");
                }
                prop_assert_eq!(house.money(), all, "{:?} after {:?}", kind, input);
                let loss = house.worst_case_loss();
                prop_assert!(loss <= bound, "{kind:?} loses {loss} after {input:?}");
            }
            for winner in active(&house) {
                let mut settled = house.clone();
                settled.apply(&Input::Final { winner, now_ms: 1_000 }).expect("a settlement");
                prop_assert_eq!(settled.money(), all, "{:?}", kind);
                prop_assert!(settled.worst_case_loss() <= bound, "{kind:?}");
            }
        }
    }

    #[test]
    fn prices_are_prices(deeds in deeds(40)) {
        for kind in houses() {
            let mut house = house(kind, &params(N));
            play(&mut house, &deeds, |house| {
                let active = active(house);
                let of = |side| active.iter().map(|&outcome| house.price(outcome, side)).collect::<Vec<_>>();
                let (yes, no) = (of(Side::Yes), of(Side::No));
                // The LS-LMSR's may stand above 1 by its overround.
                let top = if kind == Some(RivalKind::LsLmsr) { 1.5 } else { 1.0 + 1e-9 };
                assert!(yes.iter().chain(&no).all(|price| (-1e-9..=top).contains(price)), "{kind:?}: {yes:?} {no:?}");
                let sums_to_one = matches!(kind, Some(RivalKind::Lmsr | RivalKind::Fpmm | RivalKind::CpmmMulti));
                if sums_to_one && active.len() > 1 {
                    assert!((yes.iter().sum::<f64>() - 1.0).abs() < 1e-9, "{kind:?}: {yes:?}");
                }
            });
        }
    }

    /// One trader alone, whatever the order of buys and sales, has no more than before once all is sold.
    #[test]
    fn a_round_trip_gains_nothing(deeds in deeds(16)) {
        let one = |deed: &Deed| Deed { user: 0, kind: deed.kind % 7, ..deed.clone() };
        let deeds: Vec<Deed> = deeds.iter().map(one).collect();
        for kind in RivalKind::ALL {
            let mut house = house(Some(kind), &free(N));
            play(&mut house, &deeds, |_| {});
            let mut number = 1_000;
            for outcome in (0..N).map(OutcomeId) {
                for side in Side::BOTH {
                    let size = house.account(UserId(0)).expect("a seat").free[outcome.index()][side.index()];
                    number += 1;
                    let order = market(number, Leg { outcome, side, direction: Direction::Sell }, size);
                    house.apply(&Input::Orders { now_ms: number, orders: vec![order] }).expect("a tick");
                }
            }
            let balance = house.account(UserId(0)).expect("a seat").balance;
            prop_assert!(balance <= Usdc::whole(DEPOSIT), "{kind:?}: {balance}");
        }
    }

    /// The engine goes through the same door, and keeps the same.
    #[test]
    fn the_engine_is_a_mechanism(deeds in deeds(30)) {
        let mut market = Market::new(params(N)).expect("a market");
        seat(&mut market);
        play(&mut market, &deeds, |mechanism| assert!(mechanism.worst_case_loss() <= Usdc::whole(LOSS)));
        prop_assert_eq!(market.audit(), Ok(()));
    }
}

fn market(number: u64, leg: Leg, size: Tokens) -> Order {
    let Leg { outcome, side, direction } = leg;
    let kind = OrderKind::Market { max_slippage: Rate(i64::MAX) };
    Order { id: OrderId(number), user: UserId(0), outcome, side, direction, kind, size, ts_ms: number }
}

/// Worked buys, by an independent program, through accounts: the same to the micro and the one that rounding takes.
#[test]
fn worked_buys_pass_through_the_house() {
    let mut buys = 0;
    for file in fs::read_dir("tests/rivals").unwrap() {
        let case: Value = serde_json::from_str(&fs::read_to_string(file.unwrap().path()).unwrap()).unwrap();
        let (n, loss) = (case["n"].as_u64().unwrap(), case["z"].as_f64().unwrap());
        for (name, worked) in case["rules"].as_object().unwrap() {
            let kind: RivalKind = name.parse().unwrap();
            let mut house = House::new(free(n as u8), Some(kind.open(loss, n as usize))).unwrap();
            seat(&mut house);
            for (number, buy) in (1..).zip(worked["buys"].as_array().unwrap()) {
                let outcome = OutcomeId(buy["outcome"].as_u64().unwrap() as u8);
                let side = side(buy["side"] == "YES");
                let size = Tokens((buy["tokens"].as_f64().unwrap() * 1e6).round() as i64);
                let order = market(number, Leg { outcome, side, direction: Direction::Buy }, size);
                let report = house.apply(&Input::Orders { now_ms: number, orders: vec![order] }).unwrap();
                let cost = buy["cost"].as_f64().unwrap();
                // A token of the LS-LMSR may cost more than it can pay: nobody buys it here, and the rest is another way.
                let Some(fill) = report.fills.first() else {
                    assert!(cost >= size.as_f64(), "{name}: {buy} is refused");
                    break;
                };
                let above = fill.value.as_f64() - cost;
                assert!((0.0..3e-6).contains(&(above + 1e-9)), "{name}: {} for {buy}", fill.value);
                buys += 1;
            }
        }
    }
    assert_eq!(buys, 513, "all but those behind a purchase that could never pay back");
}

/// Purchases as large as a house fills come within 1 % of what its rule can lose, and never beyond.
#[test]
fn the_bound_is_reached_by_orders() {
    for kind in RivalKind::ALL {
        let mut house = house(Some(kind), &free(N));
        let mut number = 0;
        let mut buy = |house: &mut House, outcome, side, tokens| {
            number += 1;
            let order = market(number, Leg { outcome: OutcomeId(outcome), side, direction: Direction::Buy }, tokens);
            house.apply(&Input::Orders { now_ms: number, orders: vec![order] }).unwrap();
        };
        for step in 0..104 {
            let tokens = Tokens::whole((LOSS / 50) << (step / 8));
            buy(&mut house, 0, Side::Yes, tokens);
            // Where the pools are apart, the NO of every other pays as well.
            if kind == RivalKind::PmAmm {
                (1..N).for_each(|other| buy(&mut house, other, Side::No, tokens));
            }
            assert!(house.worst_case_loss() <= Usdc::whole(LOSS), "{kind:?}");
        }
        let loss = house.worst_case_loss().as_f64();
        assert!(loss >= 0.99 * LOSS as f64, "{kind:?} lost only {loss}");
    }
}

/// In the plain book tokens come of pairs alone, and the maker loses and earns nothing but fees.
#[test]
fn the_plain_book_makes_and_burns_pairs() {
    let mut house = house(None, &params(3));
    let leg = |side, direction| Leg { outcome: OutcomeId(1), side, direction };
    let limit = |house: &mut House, user: u32, leg: Leg, cents: u32| {
        let id = house.own_view(UserId(user)).orders.len() as u64 + u64::from(user) * 100 + u64::from(cents);
        let Leg { outcome, side, direction } = leg;
        let kind = OrderKind::Limit { price: Price(cents * 10_000), af_opt_in: false };
        let size = Tokens::whole(10);
        let order = Order { id: OrderId(id), user: UserId(user), outcome, side, direction, kind, size, ts_ms: id };
        house.apply(&Input::Orders { now_ms: id, orders: vec![order] }).unwrap().fills
    };
    assert_eq!(limit(&mut house, 0, leg(Side::Yes, Direction::Buy), 60), []);
    let minted = limit(&mut house, 1, leg(Side::No, Direction::Buy), 41);
    assert_eq!(minted.len(), 1, "60 + 41 ¢ pay for a pair and its fee");
    assert_eq!((minted[0].value, minted[0].fee), ("6".parse().unwrap(), "0.1".parse().unwrap()));
    assert_eq!(house.worst_case_loss(), Usdc::ZERO);
    assert_eq!(limit(&mut house, 0, leg(Side::Yes, Direction::Sell), 55), []);
    assert_eq!(
        limit(&mut house, 1, leg(Side::No, Direction::Sell), 44).len(),
        1,
        "55 + 44 ¢ and the fee are below a pair"
    );
    assert_eq!(house.account(UserId(0)).expect("a seat").free[1], [Tokens::ZERO; 2]);
    assert_eq!(house.money(), Usdc::whole(DEPOSIT * i64::from(USERS)));
}

/// Orders by money: the largest purchase that costs no more, the smallest sale that brings no less.
#[test]
fn orders_by_money() {
    let engine = || {
        let mut market = Market::new(params(N)).unwrap();
        seat(&mut market);
        Box::new(market) as Box<dyn Mechanism>
    };
    let mut all: Vec<Box<dyn Mechanism>> = RivalKind::ALL.map(|kind| house(Some(kind), &params(N)).boxed()).into();
    all.push(engine());
    for mut mechanism in all {
        let (user, outcome, side) = (UserId(0), OutcomeId(2), Side::Yes);
        let order = |mechanism: &dyn Mechanism, direction, money| {
            let leg = Leg { outcome, side, direction };
            order_for_money(&*mechanism.seen(), &mechanism.own_view(user), (user, leg), Usdc::whole(money), 0)
        };
        let bought = order(&*mechanism, Direction::Buy, 100).expect("an order for 100");
        let before = balances(&*mechanism)[&user];
        mechanism.apply(&Input::Orders { now_ms: 0, orders: vec![Order { id: OrderId(1), ..bought }] }).unwrap();
        let spent = before - balances(&*mechanism)[&user];
        assert!((99.9..=100.0).contains(&spent.as_f64()), "{mechanism:?} took {spent}");
        let sold = order(&*mechanism, Direction::Sell, 50).expect("an order for 50");
        let before = balances(&*mechanism)[&user];
        mechanism.apply(&Input::Orders { now_ms: 1, orders: vec![Order { id: OrderId(2), ..sold }] }).unwrap();
        let got = balances(&*mechanism)[&user] - before;
        assert!((50.0..50.1).contains(&got.as_f64()), "{mechanism:?} gave {got}");
        assert_eq!(order(&*mechanism, Direction::Sell, 1_000_000), None, "there is not so much to sell");
    }
}
