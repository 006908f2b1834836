//! A quote is what the tick does.

use crate::{STEPS, rounding::Rounding, sessions, support::Play};
use outcry_engine::{
    Direction, Fill, FillType, Input, Market, Order, OrderId, OrderKind, OutcomeId, RejectReason, Side, quote,
};
use std::collections::BTreeMap;

/// Lets re-routing and matching come to rest, so that a tick does only what its order asks.
fn settle_down(play: &mut Play) -> bool {
    for _ in 0..20 {
        let Ok(report) = play.market.apply(&Input::Orders { now_ms: play.now_ms, orders: Vec::new() }) else {
            return false;
        };
        if report.fills.is_empty() {
            return true;
        }
    }
    false
}

#[test]
fn a_quote_is_what_the_tick_does() {
    let mut compared = 0;
    for seed in sessions(1) {
        let mut play = Play::new(seed);
        for _ in 0..STEPS / 2 {
            let input = play.input();
            let _ = play.market.apply(&input);
        }
        for _ in 0..10 {
            if !settle_down(&mut play) {
                continue;
            }
            let order = play.order();
            if play.market.account(order.user).is_none_or(|account| !account.open) {
                continue;
            }
            compared += usize::from(compare_quote(&mut play, &order).unwrap_or_else(|wrong| {
                panic!("seed {seed}: {wrong}\n{order:?}");
            }));
        }
    }
    assert!(compared > 1_000, "{compared} compared");
}

/// Compares a quote with the tick; false where the tick did more than the order asked.
fn compare_quote(play: &mut Play, order: &Order) -> Result<bool, String> {
    let own = play.market.own_view(order.user);
    let told = quote(&play.market.public(), &own, &[], order, play.now_ms);
    let before = play.market.clone();
    let report = play
        .market
        .apply(&Input::Orders { now_ms: play.now_ms, orders: vec![order.clone()] })
        .map_err(|refusal| refusal.to_string())?;
    let Some(update) = report.orders.iter().find(|update| update.id == order.id) else { return Ok(false) };
    // A limit order that rests may then be matched with the other token's orders.
    let limit = matches!(order.kind, OrderKind::Limit { .. });
    let pairs = report.fills.iter().any(|fill| matches!(fill.fill_type, FillType::Mint | FillType::Merge));
    if limit && pairs {
        return Ok(false);
    }
    // The public sees a level's total, the tick rounds each of its orders.
    let rounding = Rounding {
        micros: 2 * before.all_open_orders().len() as i64,
        size: order.size,
        spot: before.spot(order.outcome, order.side),
    };
    if told.reject != update.reason {
        let reasons = [&told.reject, &update.reason];
        if rounding.micros > 0 && reasons.into_iter().flatten().any(|reason| rounding.decides(reason)) {
            return Ok(false);
        }
        if rounding.micros == 0 || !rounding.explains(&told.reject, &update.reason) {
            return Err(format!("told {:?}, was {:?}", told.reject, update.reason));
        }
    }
    // Auto-fills may serve the taker's own resting orders too.
    let own_fills = report.cash.iter().filter(|cash| cash.user == order.user && cash.order != Some(order.id)).count();
    if told.reject.is_some() || own_fills > 0 {
        return Ok(told.reject.is_some());
    }
    if told.filled != update.filled {
        return Err(format!("told {} filled, was {}", told.filled, update.filled));
    }
    let balance = |market: &Market| market.account(order.user).map_or(0, |account| account.balance.0);
    let change = balance(&play.market) - balance(&before);
    let expected = if order.direction == Direction::Buy { -told.total.0 } else { told.total.0 };
    // The parts of a level are rounded one by one: as many micros as orders were met, twice
    // with their fees; and auto-fills of several orders may differ by as much.
    let shared = report.fills.iter().filter(|fill| fill.fill_type != FillType::Amm).count() as i64;
    if (change - expected).abs() > 2 * shared {
        return Err(format!("told {expected}, was {change} with {shared} resting orders met"));
    }
    let apart = spots_apart(&before, shared);
    for (outcome, spots) in (0..).map(OutcomeId).zip(&told.spots_after) {
        for side in Side::BOTH {
            let was = play.market.spot(outcome, side);
            if (spots[side.index()] - was).abs() > apart {
                return Err(format!("told {outcome:?} {side:?} at {}, was {was}", spots[side.index()]));
            }
        }
    }
    Ok(true)
}

/// How far a quote's prices may be from the tick's, `shared` resting orders having been met.
///
/// A micro more or less of what an order pays moves a price by 1/L of it. It also moves the size of
/// an auto-fill, whose surplus must be above 0 and below a cap: the surplus grows with the size at
/// limit − spot and stops growing at the pool's depth, so that a micro of it is at most √(2·L·micro)
/// tokens.
fn spots_apart(before: &Market, shared: i64) -> f64 {
    let pools = before.public().outcomes;
    let liquidity = |&outcome: &OutcomeId| pools[outcome.index()].pool.q_no.0 as f64 / before.spot(outcome, Side::No);
    let smallest = before.active().iter().map(liquidity).fold(f64::INFINITY, f64::min);
    let opted_in = before.all_open_orders().iter().filter(|order| order.af_opt_in).count();
    let auto_fills = f64::from(before.params().af_max_pools) * (2.0 * opted_in as f64 / smallest).sqrt();
    (4.0 + 4.0 * shared as f64) / smallest + auto_fills
}

#[test]
fn the_order_that_a_rejection_names_passes() {
    let mut passed = 0;
    for seed in sessions(1) {
        let mut play = Play::new(seed);
        for _ in 0..STEPS / 3 {
            let input = play.input();
            let _ = play.market.apply(&input);
        }
        for _ in 0..10 {
            let order = play.order();
            let own = play.market.own_view(order.user);
            let told = quote(&play.market.public(), &own, &[], &order, play.now_ms);
            let Some(nearest) = told.nearest else { continue };
            let again = quote(&play.market.public(), &own, &[], &nearest, play.now_ms);
            assert_eq!(again.reject, None, "seed {seed}: {:?} names {nearest:?}", told.reject);
            passed += 1;
        }
    }
    assert!(passed > 500, "{passed} passed");
}

/// Orders of one's own that wait when another is quoted.
const WAITING_MAX: u64 = 4;

/// One's own orders of a tick, the last of which is quoted; numbered and accepted one after the other.
fn own_orders(play: &mut Play, nth: u64) -> Option<Vec<Order>> {
    let user = play.order().user;
    play.market.account(user).filter(|account| account.open)?;
    let count = 2 + play.dice.below(WAITING_MAX);
    let orders = (0..count).map(|number| {
        let order = play.order();
        Order { id: OrderId(1_000_000 * nth + number), user, ts_ms: play.now_ms, ..order }
    });
    Some(orders.collect())
}

/// What a comparison ended in.
enum Compared {
    /// The tick did what no quote replays.
    Not,
    /// Refused for the same reason, or on the edge of it: apart by the rounding of orders that were met before.
    Rounded,
    Passed,
    Refused(RejectReason),
}

/// Compares the quote of the last of one's orders, the others waiting, with a tick of all of them.
fn compare_waiting(play: &mut Play, orders: &[Order]) -> Result<Compared, String> {
    let Some((last, waiting)) = orders.split_last() else { return Ok(Compared::Not) };
    let own = play.market.own_view(last.user);
    let told = quote(&play.market.public(), &own, waiting, last, play.now_ms);
    let before = play.market.clone();
    let tick = Input::Orders { now_ms: play.now_ms, orders: orders.to_vec() };
    let report = play.market.apply(&tick).map_err(|refusal| refusal.to_string())?;
    // Limit orders that rest are matched with the other token's, and auto-filled: who is met is not public.
    let has_limits = orders.iter().any(|order| matches!(order.kind, OrderKind::Limit { .. }));
    let of_others = |fill: &Fill| match fill.fill_type {
        FillType::Mint | FillType::Merge => has_limits,
        FillType::AutoFill => true,
        FillType::Amm | FillType::Lob => false,
    };
    if report.fills.iter().any(of_others) {
        return Ok(Compared::Not);
    }
    let resting = before.all_open_orders().len() as i64;
    let micros = 2 * resting * orders.len() as i64;
    let rounding = Rounding { micros, size: last.size, spot: before.spot(last.outcome, last.side) };
    let update = report.orders.iter().find(|update| update.id == last.id).ok_or("no update")?;
    let reasons = [&told.reject, &update.reason];
    if told.reject != update.reason {
        let decided = reasons.into_iter().flatten().any(|reason| rounding.decides(reason));
        // Orders before this one moved a micro or so of money, of which a penalty makes more.
        let alike = reasons.map(|reason| reason.as_ref().map(std::mem::discriminant));
        let explained = micros > 0 && (decided || alike[0] == alike[1]);
        return if explained {
            Ok(Compared::Rounded)
        } else {
            Err(format!("told {:?}, was {:?}", told.reject, update.reason))
        };
    }
    if let Some(reason) = &update.reason {
        return Ok(Compared::Refused(reason.clone()));
    }
    let moved: i64 = report.cash.iter().filter(|cash| cash.order == Some(last.id)).map(|cash| cash.amount.0).sum();
    let expected = if last.direction == Direction::Buy { -told.total.0 } else { told.total.0 };
    // A micro of money in a pool moves its depth by the price over b, the weight of the price after, which is a
    // thousandth or more.
    let apart = (told.filled - update.filled).0.abs();
    if apart > 1_000 * micros || (moved - expected).abs() > micros + apart {
        return Err(format!("told {} for {expected}, was {} for {moved}", told.filled, update.filled));
    }
    Ok(Compared::Passed)
}

#[test]
fn a_quote_is_what_the_tick_does_after_what_waits() {
    let (mut passed, mut rounded, mut refused) = (0, 0, BTreeMap::<String, u64>::new());
    for seed in sessions(1) {
        let mut play = Play::new(seed);
        for _ in 0..STEPS / 2 {
            let input = play.input();
            let _ = play.market.apply(&input);
        }
        for nth in 1..=10 {
            if !settle_down(&mut play) {
                continue;
            }
            let Some(orders) = own_orders(&mut play, nth) else { continue };
            let compared =
                compare_waiting(&mut play, &orders).unwrap_or_else(|wrong| panic!("seed {seed}: {wrong}\n{orders:?}"));
            match compared {
                Compared::Not => {}
                Compared::Rounded => rounded += 1,
                Compared::Passed => passed += 1,
                Compared::Refused(reason) => {
                    *refused.entry(format!("{:?}", std::mem::discriminant(&reason))).or_default() += 1;
                }
            }
        }
    }
    assert!(passed > 300 && refused.len() >= 4, "{passed} passed, {refused:?}");
    assert!(rounded * 20 <= refused.values().sum::<u64>(), "{rounded} rounded, {refused:?}");
}
