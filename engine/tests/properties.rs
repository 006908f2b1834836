//! What holds in every market, whatever happens: random sessions with eliminations.
#![expect(clippy::unwrap_used, reason = "a test may stop")]

#[path = "support/count.rs"]
mod count;
mod support;

use count::count;
use outcry_engine::{
    Direction, Event, FillType, Input, Market, Order, OrderKind, OrderStatus, OutcomeId, Refusal, RejectReason, Report,
    Side, Tokens, Usdc, UserId, quote,
};
use std::collections::BTreeMap;
use support::{MICRO, Play};

/// Sessions of a test when nothing is said, and inputs per session.
const SESSIONS: u64 = 500;
const STEPS: usize = 60;

/// Sessions of many more that once went wrong: a bid was filled for less than nothing.
const RARE: [u64; 1] = [7897];

/// `OUTCRY_SCENARIOS` runs more.
fn sessions() -> u64 {
    count("OUTCRY_SCENARIOS", SESSIONS)
}

/// Runs random sessions; `check` sees every step with the market before and after.
fn every_step(check: impl Fn(&Market, &Input, &Result<Report, Refusal>, &Market) -> Result<(), String>) {
    for seed in (0..sessions()).chain(RARE) {
        let mut play = Play::new(seed);
        for step in 0..STEPS {
            let before = play.market.clone();
            let input = play.input();
            let result = play.market.apply(&input);
            check(&before, &input, &result, &play.market)
                .unwrap_or_else(|wrong| panic!("seed {seed} step {step}: {wrong}\n{input:?}\n{result:?}"));
        }
    }
}

#[test]
fn invariants_hold_and_the_maker_never_loses_more_than_its_subsidy() {
    every_step(|_, _, result, after| {
        if let Err(Refusal::Invariant(what)) = result {
            return Err(what.clone());
        }
        after.audit()?;
        let (metrics, z) = (after.metrics(), after.params().z);
        if metrics.worst_case_loss > z || metrics.mm_profit < Usdc(-z.0) {
            return Err(format!("loss of {} with profit {}", metrics.worst_case_loss, metrics.mm_profit));
        }
        Ok(())
    });
}

#[test]
fn a_refused_input_changes_nothing() {
    every_step(|before, _, result, after| match result {
        Err(_) if before != after => Err("changed".to_owned()),
        _ => Ok(()),
    });
}

#[test]
fn movements_of_cash_sum_to_the_change_of_every_balance() {
    every_step(|before, input, result, after| {
        let Ok(report) = result else { return Ok(()) };
        if matches!(input, Input::Join { .. }) {
            return Ok(());
        }
        let mut moved: BTreeMap<UserId, i64> = BTreeMap::new();
        for cash in &report.cash {
            *moved.entry(cash.user).or_default() += cash.amount.0;
        }
        for (user, account) in after.accounts() {
            let change = account.balance.0 - before.account(user).unwrap().balance.0;
            let told = moved.get(&user).copied().unwrap_or_default();
            if change != told {
                return Err(format!("{user:?}: balance changed by {change}, report says {told}"));
            }
        }
        Ok(())
    });
}

#[test]
fn nobody_trades_with_themselves_and_fills_add_up() {
    every_step(|_, _, result, _| {
        let Ok(report) = result else { return Ok(()) };
        for fill in &report.fills {
            if fill.buyer.user().is_some() && fill.buyer.user() == fill.seller.user() {
                return Err(format!("{fill:?}"));
            }
            if fill.size.0 <= 0 || fill.value.0 < 0 {
                return Err(format!("{fill:?}"));
            }
        }
        for update in &report.orders {
            let done = update.status == OrderStatus::Filled;
            let refused = update.status == OrderStatus::Rejected;
            if !refused && (done != (update.remaining.0 == 0) || update.filled.0 < 0) {
                return Err(format!("{update:?}"));
            }
        }
        Ok(())
    });
}

#[test]
fn a_snapshot_goes_on_like_the_original() {
    for seed in 0..sessions() / 5 {
        let mut play = Play::new(seed);
        for _ in 0..STEPS / 2 {
            let input = play.input();
            let _ = play.market.apply(&input);
        }
        let bytes = postcard::to_stdvec(&play.market).unwrap();
        let mut copy: Market = postcard::from_bytes(&bytes).unwrap();
        assert_eq!(copy, play.market, "seed {seed}");
        for _ in 0..STEPS / 2 {
            let input = play.input();
            assert_eq!(copy.apply(&input), play.market.apply(&input), "seed {seed}");
            assert_eq!(copy.state_hash(), play.market.state_hash(), "seed {seed}");
        }
    }
}

#[test]
fn the_order_of_arrival_in_a_tick_does_not_matter() {
    for seed in 0..sessions() / 5 {
        let mut play = Play::new(seed);
        for _ in 0..STEPS / 2 {
            let mut input = play.input();
            let mut other = play.market.clone();
            let forth = play.market.apply(&input);
            if let Input::Orders { orders, .. } = &mut input {
                // A number given twice goes to the earlier order: keep those apart.
                let ids: std::collections::BTreeSet<_> = orders.iter().map(|order| order.id).collect();
                if ids.len() == orders.len() {
                    orders.reverse();
                }
            }
            assert_eq!(forth, other.apply(&input), "seed {seed}");
            assert_eq!(other, play.market, "seed {seed}");
        }
    }
}

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
    for seed in 0..sessions() {
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
    let told = quote(&play.market.public(), &own, order, play.now_ms);
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

/// What the rounding of each of a level's orders may do to the reason of a rejection.
struct Rounding {
    /// How much more or less the order may cost.
    micros: i64,
    size: Tokens,
    spot: f64,
}

impl Rounding {
    fn per_token(&self) -> f64 {
        self.micros as f64 / self.size.0 as f64
    }

    /// In percent, which are told to two places.
    fn slippage(&self) -> f64 {
        0.011 + 100.0 * self.per_token() / self.spot
    }

    /// Of a price per token, in its units.
    fn average(&self) -> f64 {
        1.0 + MICRO as f64 * self.per_token()
    }

    /// Whether the order is so close to what is allowed that rounding may have refused it.
    fn decides(&self, reason: &RejectReason) -> bool {
        match reason {
            RejectReason::Slippage { slippage_percent, limit_percent, .. } => {
                percent(slippage_percent) - percent(limit_percent) <= self.slippage()
            }
            RejectReason::Funds { needed, balance, .. } => (*needed - *balance).0 <= self.micros,
            RejectReason::NeverPaysBack { average, .. } => f64::from(average.0) - MICRO as f64 <= self.average(),
            _ => false,
        }
    }

    /// Whether the reasons, and the sizes that pass, differ by rounding alone.
    fn explains(&self, told: &Option<RejectReason>, was: &Option<RejectReason>) -> bool {
        use RejectReason::{Funds, NeverPaysBack, Slippage};
        let (told_passes, passes, apart, allowed) = match (told, was) {
            (
                Some(Slippage { slippage_percent: told, size: told_passes, .. }),
                Some(Slippage { slippage_percent: was, size: passes, .. }),
            ) => (told_passes, passes, percent(told) - percent(was), self.slippage()),
            (Some(Funds { needed: told, size: told_passes, .. }), Some(Funds { needed: was, size: passes, .. })) => {
                (told_passes, passes, (*told - *was).0 as f64, self.micros as f64)
            }
            (
                Some(NeverPaysBack { average: told, size: told_passes }),
                Some(NeverPaysBack { average: was, size: passes }),
            ) => (told_passes, passes, f64::from(told.0) - f64::from(was.0), self.average()),
            _ => return false,
        };
        // Sizes are looked for in hundredths of a token.
        let sizes = (*told_passes - *passes).0.abs() as f64;
        apart.abs() <= allowed && sizes <= 10_000.0 + self.micros as f64 / self.spot
    }
}

fn percent(text: &str) -> f64 {
    text.parse().unwrap()
}

#[test]
fn the_size_that_a_rejection_names_passes() {
    let mut passed = 0;
    for seed in 0..sessions() {
        let mut play = Play::new(seed);
        for _ in 0..STEPS / 3 {
            let input = play.input();
            let _ = play.market.apply(&input);
        }
        for _ in 0..10 {
            let order = play.order();
            let own = play.market.own_view(order.user);
            let told = quote(&play.market.public(), &own, &order, play.now_ms);
            let Some(nearest) = told.nearest else { continue };
            let again = quote(&play.market.public(), &own, &nearest, play.now_ms);
            // What is wrong next may be another thing: not enough money, say.
            if again.reject.is_none() {
                passed += 1;
            } else if again.reject.as_ref().map(std::mem::discriminant)
                == told.reject.as_ref().map(std::mem::discriminant)
            {
                panic!("seed {seed}: {:?} names {nearest:?}, which meets {:?}", told.reject, again.reject);
            }
        }
    }
    assert!(passed > 500, "{passed} passed");
}

#[test]
fn a_poison_order_is_rejected_alone() {
    let mut play = Play::new(1);
    play.market = Market::new(outcry_engine::Params::default()).unwrap();
    play.market.apply(&Input::Join { user: UserId(1), deposit: Usdc::whole(1_000) }).unwrap();
    let good = Order {
        id: outcry_engine::OrderId(1),
        user: UserId(1),
        outcome: outcry_engine::OutcomeId(0),
        side: outcry_engine::Side::Yes,
        direction: Direction::Buy,
        kind: OrderKind::Market { max_slippage: outcry_engine::Rate(support::ONE) },
        size: outcry_engine::Tokens::whole(10),
        ts_ms: 0,
    };
    let limit = |price| OrderKind::Limit { price: outcry_engine::Price(price), af_opt_in: true };
    let id = outcry_engine::OrderId;
    let poison = [
        Order { id: id(2), user: UserId(9), ..good.clone() },
        Order { id: id(3), outcome: outcry_engine::OutcomeId(3), ..good.clone() },
        Order { id: id(4), outcome: outcry_engine::OutcomeId(255), ..good.clone() },
        Order { id: id(5), size: outcry_engine::Tokens(0), ..good.clone() },
        Order { id: id(6), size: outcry_engine::Tokens(-5), ..good.clone() },
        Order { id: id(7), size: outcry_engine::Tokens(i64::MAX), ..good.clone() },
        Order { id: id(8), size: outcry_engine::Tokens(i64::MIN), ..good.clone() },
        Order { id: id(9), kind: limit(0), ..good.clone() },
        Order { id: id(10), kind: limit(u32::MAX), ..good.clone() },
        Order { id: id(11), kind: limit(495_000), ..good.clone() },
        Order { id: id(u64::MAX), direction: Direction::Sell, size: outcry_engine::Tokens::whole(11), ..good.clone() },
        good.clone(),
    ];
    let mut orders = poison.to_vec();
    orders.insert(0, good);
    let report = play.market.apply(&Input::Orders { now_ms: u64::MAX, orders }).unwrap();
    assert_eq!(report.fills.len(), 1, "{:#?}", report.fills);
    let rejected = report.events.iter().filter(|event| matches!(event, Event::OrderRejected { .. })).count();
    assert_eq!(rejected, poison.len());
}
