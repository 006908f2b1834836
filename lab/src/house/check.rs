//! Whether an order may be carried out, and the largest size that would pass. Changes nothing.

use super::{
    exact,
    plan::{Plan, plan},
    state::State,
};
use outcry_engine::{Direction, Order, OrderKind, Params, Price, Rate, RejectReason, SIZE_MAX, SIZE_MIN, Tokens, Usdc};

/// What somebody has for an order, gas taken off.
#[derive(Clone, Copy, Debug)]
pub(super) struct Means {
    pub(super) balance: Usdc,
    /// Free tokens of what the order trades.
    pub(super) held: Tokens,
}

/// Checks an order's form.
///
/// # Errors
/// What is wrong with it.
pub(super) fn form(params: &Params, state: &State, order: &Order, held: Tokens) -> Result<(), RejectReason> {
    if !state.is_active(order.outcome) {
        return Err(RejectReason::UnknownOutcome(order.outcome.0));
    }
    let all_held = order.direction == Direction::Sell && order.size == held && held.0 > 0;
    if (order.size < SIZE_MIN && !all_held) || order.size > SIZE_MAX {
        return Err(RejectReason::BadSize { size: order.size });
    }
    let grid = params.grid();
    match order.kind {
        OrderKind::Limit { price, .. } if !grid.contains(price) => {
            let (tick_size, low, high, nearest) = (grid.tick(), grid.low(), grid.high(), grid.nearest(price));
            Err(RejectReason::BadLimit { price, tick_size, low, high, nearest })
        }
        _ => Ok(()),
    }
}

/// The way of an order, if it may go it.
///
/// # Errors
/// Why not, with the largest size that may.
pub(super) fn verdict(params: &Params, state: &State, order: &Order, means: Means) -> Result<Plan, RejectReason> {
    if order.direction == Direction::Sell && order.size > means.held {
        return Err(RejectReason::InsufficientTokens { held: means.held });
    }
    let whole = plan(params, state, order);
    let Err(fault) = fault(state, order, &whole, means) else { return Ok(whole) };
    Err(fault.reason(&whole, order, means, passing(params, state, order, means)))
}

/// What is wrong with a plan.
enum Fault {
    Missing,
    Slippage { is: Rate, most: Rate },
    NoProceeds,
    NeverPaysBack,
    Funds,
}

impl Fault {
    fn reason(self, plan: &Plan, order: &Order, means: Means, size: Tokens) -> RejectReason {
        match self {
            Self::Missing => RejectReason::Insolvent { size },
            Self::Slippage { is, most } => {
                let percent = |rate: Rate| format!("{:.2}", rate.as_f64() * 100.0);
                RejectReason::Slippage { slippage_percent: percent(is), limit_percent: percent(most), size }
            }
            Self::NoProceeds => RejectReason::NoProceeds { size },
            Self::NeverPaysBack => {
                let average = Price::nearest(plan.value.0 as f64 / plan.filled.0 as f64).unwrap_or(Price(u32::MAX));
                RejectReason::NeverPaysBack { average, size }
            }
            Self::Funds => RejectReason::Funds { needed: plan.needed(order), balance: means.balance, size },
        }
    }
}

fn fault(state: &State, order: &Order, plan: &Plan, means: Means) -> Result<(), Fault> {
    if plan.missing.0 > 0 {
        return Err(Fault::Missing);
    }
    let buys = order.direction == Direction::Buy;
    if let OrderKind::Market { max_slippage } = order.kind {
        let is = exact::above(plan.value, plan.filled, state.price(order.outcome, order.side), buys);
        if is > max_slippage {
            return Err(Fault::Slippage { is, most: max_slippage });
        }
        if !buys && plan.value.0 == 0 {
            return Err(Fault::NoProceeds);
        }
        if buys && plan.value >= plan.filled.at_par() {
            return Err(Fault::NeverPaysBack);
        }
    }
    if buys && plan.needed(order) > means.balance { Err(Fault::Funds) } else { Ok(()) }
}

/// The largest size that passes, where all smaller ones do; by halving.
fn passing(params: &Params, state: &State, order: &Order, means: Means) -> Tokens {
    let (mut low, mut high) = (0, order.size.0);
    while high - low > 1 {
        let size = Tokens(low + (high - low) / 2);
        let smaller = Order { size, ..order.clone() };
        let passes = fault(state, &smaller, &plan(params, state, &smaller), means).is_ok();
        if passes { low = size.0 } else { high = size.0 }
    }
    Tokens(low)
}
