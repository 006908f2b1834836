//! What must hold after every step of a market, whoever trades how.

use super::{cases, for_all, must};
use crate::chance::Chance;
use outcry_engine::{
    Direction, Event, Input, Market, Order, OrderId, OrderKind, OutcomeId, PoolState, Price, Quote, Rate, RejectReason,
    Side, Tokens, Usdc, UserId, quote,
};

/// Steps of one random session.
const STEPS: u64 = 50;

/// Plays random sessions and checks the market after every step.
fn after_every_step(check: impl Fn(&Market) -> Result<(), String>) {
    for_all(cases() / STEPS, |seed| {
        let mut chance = Chance::new(seed);
        let mut market = Market::new(chance.params()).map_err(|what| format!("{what:?}"))?;
        for step in 0..STEPS {
            let input = chance.input(&market);
            if market.apply(&input).is_ok() {
                check(&market).map_err(|what| format!("step {step}: {what} after {input:?}"))?;
            }
        }
        Ok(())
    });
}

fn supply(pool: &PoolState, side: Side) -> i64 {
    match side {
        Side::Yes => pool.q_yes.0 + pool.virtual_yes.0,
        Side::No => pool.q_no.0,
    }
}

#[test]
fn prices_stay_above_nothing_and_below_the_cap() {
    after_every_step(|market| {
        let params = market.params();
        for outcome in market.public().outcomes.iter().filter(|outcome| outcome.pool.active) {
            let pool = &outcome.pool;
            let l = i128::from(pool.v.0 + params.subsidy(pool.v).0);
            for side in Side::BOTH {
                let q = i128::from(supply(pool, side));
                let within = q > 0 && q * 1_000_000 <= i128::from(params.p_max.0) * l;
                must(within, || format!("{side:?} supply {q} at L {l}"))?;
            }
        }
        Ok(())
    });
}

/// Payouts if `winner` won, less all that stands against them.
fn loss(market: &Market, winner: OutcomeId) -> i128 {
    let public = market.public();
    let reserves: i128 =
        public.outcomes.iter().map(|outcome| i128::from(outcome.pool.v.0) + i128::from(outcome.pool.pairs.0)).sum();
    let pays = |outcome: OutcomeId| if outcome == winner { Side::Yes } else { Side::No };
    let active = market.active();
    let free = market.accounts().flat_map(|(_, account)| {
        active.iter().map(|&outcome| i128::from(account.free[outcome.index()][pays(outcome).index()].0))
    });
    let asks = market.all_open_orders().into_iter().filter(|order| order.direction == Direction::Sell);
    let escrowed: i128 =
        asks.filter(|o| pays(o.outcome) == o.side).map(|o| i128::from(o.size.0) - i128::from(o.filled.0)).sum();
    free.sum::<i128>() + escrowed + i128::from(market.metrics().paid_in.0) - reserves
}

#[test]
fn the_maker_never_loses_more_than_the_subsidy_whoever_wins() {
    after_every_step(|market| {
        let losses: Vec<i128> = market.active().into_iter().map(|winner| loss(market, winner)).collect();
        let z = i128::from(market.params().z.0);
        must(losses.iter().all(|&loss| loss <= z), || format!("losses {losses:?} above {z}"))?;
        let (published, worst) = (i128::from(market.metrics().worst_case_loss.0), losses.iter().max());
        must(worst.is_none_or(|&worst| worst == published), || format!("published {published}, is {worst:?}"))
    });
}

#[test]
fn money_is_conserved_to_the_micro() {
    after_every_step(|market| {
        let metrics = market.metrics();
        let pools = market.public();
        let reserves: i64 = pools.outcomes.iter().map(|outcome| outcome.pool.v.0 + outcome.pool.pairs.0).sum();
        let (balances, deposits) = market.accounts().fold((0, 0), |(balances, deposits), (_, account)| {
            (balances + account.balance.0, deposits + account.deposit.0)
        });
        let escrow: i64 = market.all_open_orders().iter().map(|order| order.escrow.0).sum();
        let all = balances + escrow + reserves + metrics.fees.0 + metrics.gas.0 - metrics.paid_in.0;
        must(all == deposits, || format!("{all} of {deposits}"))
    });
}

/// Whether `free` micros more or less decide between passing and not.
fn on_the_edge(reason: Option<&RejectReason>, quoted: &Quote, order: &Order, free: i64) -> bool {
    match (reason, order.kind) {
        (Some(RejectReason::Funds { needed, balance, .. }), _) => (needed.0 - balance.0).abs() <= free,
        // A micro of value over the size, as a fraction of a spot of a thousandth or more.
        (Some(RejectReason::Slippage { .. }), OrderKind::Market { max_slippage }) => {
            let edge = i128::from(free) * 1_000_000_000_000 / i128::from(order.size.0) + 1;
            i128::from(quoted.slippage.0 - max_slippage.0).abs() <= edge
        }
        _ => false,
    }
}

/// A quote and the tick that follows it, on a market where nothing waits to be re-routed.
fn compare_with_quote(market: &mut Market, order: Order, now_ms: u64) -> Result<(), String> {
    let view = market.own_view(order.user);
    let quoted = quote(&market.public(), &view, &[], &order, now_ms);
    let resting = market.all_open_orders().len() as i64;
    let before = market.account(order.user).map_or(0, |account| account.balance.0);
    let report =
        market.apply(&Input::Orders { now_ms, orders: vec![order.clone()] }).map_err(|what| what.to_string())?;
    let reason = report.events.iter().find_map(|event| match event {
        Event::OrderRejected { order: id, reason, .. } if *id == order.id => Some(reason),
        _ => None,
    });
    // That a number was taken or a seat closed is not for a quote to know.
    if matches!(reason, Some(RejectReason::DuplicateId(_) | RejectReason::SeatClosed)) {
        return Ok(());
    }
    let rejected = reason.is_some();
    let free = 2 * (resting + 1);
    if rejected != quoted.reject.is_some() && on_the_edge(reason.or(quoted.reject.as_ref()), &quoted, &order, free) {
        return Ok(());
    }
    must(rejected == quoted.reject.is_some(), || {
        format!("rejected {rejected}, quote {quoted:?}, tick {:?}", report.events)
    })?;
    if rejected {
        return Ok(());
    }
    let filled = report.orders.iter().find(|o| o.id == order.id).map_or(0, |o| o.filled.0);
    must(filled == quoted.filled.0, || format!("filled {filled}, quoted {}", quoted.filled))?;
    let after = market.account(order.user).map_or(0, |account| account.balance.0);
    let moved = if order.direction == Direction::Buy { before - after } else { after - before };
    // What others' resting orders share is rounded order by order: a micro each.
    must((moved - quoted.total.0).abs() <= free, || format!("moved {moved}, quoted {quoted:?}"))
}

#[test]
fn a_quote_is_what_the_tick_then_does() {
    for_all(cases() / STEPS, |seed| {
        let mut chance = Chance::new(seed);
        let mut params = chance.params();
        // A limit order that meets another in the cross-match is filled beyond its route, and
        // one's own auto-filled orders bring rebates: neither is part of a quote.
        (params.cm_enabled, params.af_enabled) = (seed % 2 == 0, false);
        let mut market = Market::new(params).map_err(|what| format!("{what:?}"))?;
        for step in 0..STEPS {
            let input = chance.input(&market);
            let Input::Orders { now_ms, orders } = input else {
                let _ = market.apply(&input);
                continue;
            };
            for order in orders {
                let limit = matches!(order.kind, OrderKind::Limit { .. });
                let _ = market.apply(&Input::Orders { now_ms, orders: Vec::new() });
                let report = market.apply(&Input::Orders { now_ms, orders: Vec::new() });
                let quiet = report.is_ok_and(|report| report.fills.is_empty());
                if !quiet || limit && market.params().cm_enabled {
                    let _ = market.apply(&Input::Orders { now_ms, orders: vec![order] });
                    continue;
                }
                let text = format!("{order:?}");
                compare_with_quote(&mut market, order, now_ms).map_err(|what| format!("step {step} {text}: {what}"))?;
            }
        }
        Ok(())
    });
}

/// A market without fee, convexity or phase-out: nothing but rounding stands against a trader.
fn bare(chance: &mut Chance) -> Market {
    let mut params = chance.params();
    params.z = Usdc(10_000_000_000);
    params.q0 = Tokens(params.subsidy_start().0 / 2);
    (params.f, params.gamma, params.kappa_start, params.kappa_end) = (Rate(0), Rate(0), Rate(0), Rate(0));
    let one = Rate(1_000_000_000);
    (params.mu_start, params.mu_end, params.nu_start, params.nu_end) = (one, one, one, one);
    (params.p_max, params.p_min, params.renorm_cap) = (Price(990_000), Price(10_000), Price(900_000));
    (params.gas_fee, params.zeta_end) = (Usdc(0), params.zeta_start);
    let mut market = Market::new(params).unwrap();
    market.apply(&Input::Join { user: UserId(1), deposit: Usdc(1_000_000_000) }).unwrap();
    market
}

/// The smallest orders there are, in any order, then all sold again.
#[test]
fn no_sequence_of_the_smallest_orders_leaves_one_ahead() {
    const ORDERS: u64 = 40;
    for_all(cases() / ORDERS, |seed| {
        let mut chance = Chance::new(seed);
        let mut market = bare(&mut chance);
        let mut next = 0;
        let mut trade = |market: &mut Market, outcome: usize, side: Side, direction: Direction, size: i64| {
            next += 1;
            let kind = OrderKind::Market { max_slippage: Rate(i64::MAX) };
            let (id, outcome, size) = (OrderId(next), OutcomeId(outcome as u8), Tokens(size));
            let order = Order { id, user: UserId(1), outcome, side, direction, kind, size, ts_ms: next };
            market.apply(&Input::Orders { now_ms: next, orders: vec![order] }).unwrap();
        };
        let outcomes = usize::from(market.params().n_outcomes);
        for _ in 0..ORDERS {
            let dice = &mut chance.dice;
            let (outcome, side) = (dice.between(0, outcomes as i64 - 1) as usize, dice.pick(&Side::BOTH));
            let (size, direction) = (dice.between(10_000, 10_003), dice.pick(&Direction::BOTH));
            trade(&mut market, outcome, side, direction, size);
        }
        let held = market.account(UserId(1)).unwrap().free.clone();
        for (outcome, free) in held.iter().enumerate() {
            for side in Side::BOTH.into_iter().filter(|side| free[side.index()].0 > 0) {
                trade(&mut market, outcome, side, Direction::Sell, free[side.index()].0);
            }
        }
        let balance = market.account(UserId(1)).unwrap().balance;
        must(balance.0 <= 1_000_000_000, || format!("{balance} from 1000"))
    });
}
