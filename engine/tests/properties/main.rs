//! What holds in every market, whatever happens: random sessions with eliminations.
#![expect(clippy::unwrap_used, reason = "a test may stop")]

#[path = "../support/seeds.rs"]
mod seeds;
#[path = "../support/mod.rs"]
mod support;

mod rounding;
mod quotes;

use outcry_engine::{
    Direction, Event, Input, Market, Order, OrderId, OrderKind, OrderStatus, OutcomeId, Params, Price, Rate, Refusal,
    Report, Side, Tokens, Usdc, UserId,
};
use seeds::{count, seeds};
use std::collections::{BTreeMap, BTreeSet};
use support::Play;

/// Sessions of a test when nothing is said, and inputs per session.
const SESSIONS: u64 = 500;
const STEPS: usize = 60;

/// Seeds of sessions, of which `OUTCRY_SCENARIOS` runs more: all, or one in so many.
fn sessions(one_in: u64) -> impl Iterator<Item = u64> {
    seeds("properties", count("OUTCRY_SCENARIOS", SESSIONS) / one_in)
}

/// Runs random sessions; `check` sees every step with the market before and after.
fn every_step(check: impl Fn(&Market, &Input, &Result<Report, Refusal>, &Market) -> Result<(), String>) {
    for seed in sessions(1) {
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
    for seed in sessions(5) {
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
    for seed in sessions(5) {
        let mut play = Play::new(seed);
        for _ in 0..STEPS / 2 {
            let mut input = play.input();
            let mut other = play.market.clone();
            let forth = play.market.apply(&input);
            if let Input::Orders { orders, .. } = &mut input {
                // A number given twice goes to the earlier order: keep those apart.
                let ids: BTreeSet<_> = orders.iter().map(|order| order.id).collect();
                if ids.len() == orders.len() {
                    orders.reverse();
                }
            }
            assert_eq!(forth, other.apply(&input), "seed {seed}");
            assert_eq!(other, play.market, "seed {seed}");
        }
    }
}

#[test]
fn a_poison_order_is_rejected_alone() {
    let mut market = Market::new(Params::default()).unwrap();
    market.apply(&Input::Join { user: UserId(1), deposit: Usdc::whole(1_000) }).unwrap();
    let good = Order {
        id: OrderId(1),
        user: UserId(1),
        outcome: OutcomeId(0),
        side: Side::Yes,
        direction: Direction::Buy,
        kind: OrderKind::Market { max_slippage: Rate(support::ONE) },
        size: Tokens::whole(10),
        ts_ms: 0,
    };
    let limit = |price| OrderKind::Limit { price: Price(price), af_opt_in: true };
    let id = OrderId;
    let poison = [
        Order { id: id(2), user: UserId(9), ..good.clone() },
        Order { id: id(3), outcome: OutcomeId(3), ..good.clone() },
        Order { id: id(4), outcome: OutcomeId(255), ..good.clone() },
        Order { id: id(5), size: Tokens(0), ..good.clone() },
        Order { id: id(6), size: Tokens(-5), ..good.clone() },
        Order { id: id(7), size: Tokens(i64::MAX), ..good.clone() },
        Order { id: id(8), size: Tokens(i64::MIN), ..good.clone() },
        Order { id: id(9), kind: limit(0), ..good.clone() },
        Order { id: id(10), kind: limit(u32::MAX), ..good.clone() },
        Order { id: id(11), kind: limit(495_000), ..good.clone() },
        Order { id: id(u64::MAX), direction: Direction::Sell, size: Tokens::whole(11), ..good.clone() },
        good.clone(),
    ];
    let mut orders = poison.to_vec();
    orders.insert(0, good);
    let report = market.apply(&Input::Orders { now_ms: u64::MAX, orders }).unwrap();
    assert_eq!(report.fills.len(), 1, "{:#?}", report.fills);
    let rejected = report.events.iter().filter(|event| matches!(event, Event::OrderRejected { .. })).count();
    assert_eq!(rejected, poison.len());
}
