//! Resting orders that the maker's pool betters, its fee included (§5.2): the trade that serves those of one
//! limit. Changes nothing; a tick carries it out, a quote replays it.

use crate::{
    amount::{Price, Tokens, Usdc},
    curve::{self, Trade},
    order::{Direction, Leg},
    pool::{PoolState, Terms},
};

/// The pool's trade for `total` tokens at a limit; `None` when it betters neither this limit nor a worse one.
pub(crate) fn trade(terms: &Terms<'_>, pools: &[PoolState], leg: Leg, limit: Price, total: Tokens) -> Option<Trade> {
    let with_fee = terms.before_fee(leg.direction, limit.0.into(), 1);
    let none = Tokens::ZERO;
    let size = curve::depth(terms, pools, leg, none, with_fee, total);
    (size > none).then(|| curve::solve(terms, pools, leg, size, none))
}

/// What its price leaves of what the orders pay (get) at their limit: the fee, and the rest is theirs. Below 0
/// where rounding alone makes it worse than the limit: it serves nobody then.
pub(crate) fn within(trade: &Trade, at_limit: Usdc) -> Usdc {
    match trade.leg.direction {
        Direction::Buy => at_limit - trade.value,
        Direction::Sell => trade.value - at_limit,
    }
}

/// Its fee: price and fee together keep the limit, what rounding adds is not charged.
pub(crate) fn fee(terms: &Terms<'_>, trade: &Trade, within: Usdc) -> Usdc {
    terms.pool_fee(trade.value).min(within)
}
