//! Where the maker's fees come from, fill by fill.
#![expect(clippy::unwrap_used, reason = "a test may stop")]

#[path = "support/seeds.rs"]
mod seeds;
mod support;

use outcry_engine::{CashKind, Fill, FillType, Input, Market, Order, OrderKind, Report};
use seeds::seeds;
use support::{ONE, Play};

/// Random sessions and inputs of each.
const SESSIONS: u64 = 500;
const STEPS: usize = 60;

/// What is left of a fill between its users' cash and the pair it makes or burns.
fn left_over(report: &Report, fill: &Fill) -> i64 {
    let of_fill = report.cash.iter().filter(|cash| cash.trade_id == Some(fill.trade_id));
    let paid = of_fill.filter(|cash| matches!(cash.kind, CashKind::Cost | CashKind::Proceeds | CashKind::Fee));
    let moved: i64 = paid.map(|cash| cash.amount.0).sum();
    match fill.fill_type {
        FillType::Mint => -moved - fill.size.0,
        FillType::Merge => -moved + fill.size.0,
        FillType::Lob | FillType::Amm | FillType::AutoFill => -moved,
    }
}

/// f_match of a pair that a market order makes or burns, in micros: its price contains it.
fn within_the_price(market: &Market, fill: &Fill) -> f64 {
    let half = market.params().f_match.0 as f64 / (2 * ONE) as f64;
    let net = if fill.fill_type == FillType::Mint { 1.0 - half } else { 1.0 + half };
    fill.size.0 as f64 * half / net
}

/// What a fill adds to the maker's fees, and which part of it the fill does not tell.
fn fee_of(market: &Market, orders: &[Order], report: &Report, fill: &Fill) -> Result<(i64, i64), String> {
    // A number given twice is refused the second time: the user tells whose it is.
    let is_buyer = |order: &&Order| fill.buyer.order() == Some(order.id) && fill.buyer.user() == Some(order.user);
    let by_market = orders.iter().find(is_buyer).is_some_and(|order| matches!(order.kind, OrderKind::Market { .. }));
    let untold = left_over(report, fill) - fill.fee.0;
    match fill.fill_type {
        // The pool's part of the cash is not the maker's fee.
        FillType::Amm | FillType::AutoFill => Ok((fill.fee.0, 0)),
        // Two limits contain the fee; what they leave beyond it goes to the pool.
        FillType::Mint | FillType::Merge if !by_market => Ok((fill.fee.0, 0)),
        FillType::Lob if (0..=1).contains(&untold) => Ok((fill.fee.0 + untold, untold)),
        FillType::Mint | FillType::Merge
            if fill.fee.0 == 0 && (untold as f64 - within_the_price(market, fill)).abs() <= 2.0 =>
        {
            Ok((untold, untold))
        }
        _ => Err(format!("{untold} micros untold of {fill:?}")),
    }
}

/// The maker's fees are the fills' fees, the matching fee that is in the price of market
/// orders' pairs, and a micro of rounding where two users trade: nothing else.
#[test]
fn fees_are_what_the_fills_tell_and_what_their_prices_contain() {
    let mut untold_of_pairs = 0;
    for seed in seeds("fees", SESSIONS) {
        let mut play = Play::new(seed);
        for step in 0..STEPS {
            let before = play.market.metrics().fees.0;
            let input = play.input();
            let Ok(report) = play.market.apply(&input) else { continue };
            let Input::Orders { orders, .. } = &input else { continue };
            let mut sum = 0;
            for fill in &report.fills {
                let (fee, untold) = fee_of(&play.market, orders, &report, fill)
                    .unwrap_or_else(|wrong| panic!("seed {seed} step {step}: {wrong}"));
                sum += fee;
                untold_of_pairs += i64::from(untold > 1);
            }
            assert_eq!(play.market.metrics().fees.0 - before, sum, "seed {seed} step {step}");
        }
    }
    assert!(untold_of_pairs > 50, "{untold_of_pairs} pairs of market orders");
}
