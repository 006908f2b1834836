//! The invariants of §9, in exact integers. Only looks: a state that breaks one is thrown away by
//! whoever asked.

use crate::{
    amount::{Tokens, Usdc},
    book::TickPool,
    order::{Direction, Leg, OutcomeId, Side},
    params::Params,
    pool::within_cap,
    state::State,
};

/// Invariant 1: every active price is above 0 and at most p_max.
pub(crate) fn prices(params: &Params, state: &State) -> Result<(), String> {
    let active = (0..).map(OutcomeId).zip(&state.pools).filter(|(_, pool)| pool.active);
    for (outcome, pool) in active {
        let l = pool.depth(params);
        for side in Side::BOTH {
            let q = pool.supply(side);
            if q.0 <= 0 || !within_cap(q, l, params.p_max) {
                let (letter, side) = (outcome.letter(), side.name());
                return Err(format!("price of {letter} {side}: supply {q}, L {l}, p_max {}", params.p_max));
            }
        }
    }
    Ok(())
}

/// Every invariant; in debug builds the seats' lists too, which takes long where many orders share a price.
pub(crate) fn all(params: &Params, state: &State) -> Result<(), String> {
    prices(params, state)?;
    loss(params, state)?;
    cash(state)?;
    tokens(params, state)?;
    books(state)?;
    if cfg!(debug_assertions) {
        seats(state)?;
    }
    accounts(state)
}

/// Invariant 1, second half: the maker's worst case never exceeds Z.
fn loss(params: &Params, state: &State) -> Result<(), String> {
    let worst = worst_case_loss(params, state);
    if worst > params.z {
        return Err(format!("worst-case loss {worst} exceeds Z {}", params.z));
    }
    Ok(())
}

/// Over each winner still possible: payouts + paid_in − Σ(V + pairs), fees not netted.
pub(crate) fn worst_case_loss(params: &Params, state: &State) -> Usdc {
    let collateral: Usdc = state.pools.iter().map(|pool| pool.v).sum();
    let settled = state.paid_in - collateral;
    // The pairs are paid out of the pairs, whoever wins.
    let sold = |supply: Tokens| (supply - params.q0).at_par();
    let active = || state.pools.iter().filter(|pool| pool.active);
    let all_no: Usdc = active().map(|pool| sold(pool.q_no)).sum();
    let winners = active().map(|winner| all_no - sold(winner.q_no) + sold(winner.q_yes));
    winners.max().map_or(settled, |payout| settled + payout)
}

/// Invariant 2: the money adds up to the deposits.
fn cash(state: &State) -> Result<(), String> {
    let balances: Usdc = state.seats.iter().map(|seat| seat.account.balance).sum();
    let escrow: Usdc = state.books.orders().map(|order| order.escrow).sum();
    let pools: Usdc = state.pools.iter().map(|pool| pool.v + pool.pairs.at_par()).sum();
    let sum = balances + escrow + pools + state.fees + state.gas - state.paid_in;
    let deposits: Usdc = state.seats.iter().map(|seat| seat.account.deposit).sum();
    if deposits != state.deposits {
        return Err(format!("deposits: {} noted, accounts have {deposits}", state.deposits));
    }
    if sum == state.deposits {
        return Ok(());
    }
    Err(format!("money: {sum} in the market, {} deposited", state.deposits))
}

/// Invariant 3: users' tokens are what the pools and pairs have issued.
fn tokens(params: &Params, state: &State) -> Result<(), String> {
    for (outcome, pool) in (0..).map(OutcomeId).zip(&state.pools).filter(|(_, pool)| pool.active) {
        for side in Side::BOTH {
            let free: Tokens = state.seats.iter().map(|seat| seat.account.free[outcome.index()][side.index()]).sum();
            let asks = state.books.ladder(Leg { outcome, side, direction: Direction::Sell });
            let held: Tokens = asks.iter().map(|pool| pool.total).sum();
            let supply = if side == Side::Yes { pool.q_yes } else { pool.q_no };
            if free + held != supply - params.q0 + pool.pairs {
                let (letter, side) = (outcome.letter(), side.name());
                let issued = supply - params.q0 + pool.pairs;
                return Err(format!("tokens of {letter} {side}: users have {}, issued {issued}", free + held));
            }
        }
    }
    Ok(())
}

/// Invariant 4 for resting orders, and that every tick pool is what its orders sum to.
fn books(state: &State) -> Result<(), String> {
    state.books.pools().try_for_each(tick_pool)
}

/// Every seat's list of orders is what it has in the books.
pub(crate) fn seats(state: &State) -> Result<(), String> {
    let mut noted = 0;
    for seat in state.seats.iter() {
        noted += seat.orders.len();
        for place in &seat.orders {
            if state.books.order(place).is_none_or(|order| order.user != seat.user) {
                return Err(format!("seat {}: order {} is not in the book", seat.user.0, place.id.0));
            }
        }
    }
    let resting = state.books.orders().count();
    if noted == resting { Ok(()) } else { Err(format!("seats: {noted} orders noted, {resting} in the book")) }
}

fn tick_pool(pool: &TickPool) -> Result<(), String> {
    for order in &pool.orders {
        let since = order.rested - order.remaining();
        let escrow = match order.direction {
            Direction::Buy => order.price.cost(order.rested) - order.price.cost(since),
            Direction::Sell => Usdc::ZERO,
        };
        let fits = order.filled.0 >= 0 && order.remaining().0 > 0 && since.0 >= 0 && order.escrow == escrow;
        if !fits {
            return Err(format!("order {}: {order:?}", order.id.0));
        }
    }
    let total: Tokens = pool.orders.iter().map(|order| order.remaining()).sum();
    let opt_in: Tokens = pool.orders.iter().filter(|order| order.af_opt_in).map(|order| order.remaining()).sum();
    if (total, opt_in) == (pool.total, pool.opt_in) && total.0 > 0 {
        return Ok(());
    }
    Err(format!("tick pool at {}: {} and {} noted, {total} and {opt_in} there", pool.price, pool.total, pool.opt_in))
}

/// Invariant 4: no balance, holding, volume or fee account is negative.
fn accounts(state: &State) -> Result<(), String> {
    for seat in state.seats.iter() {
        let account = &seat.account;
        let negative = account.free.iter().flatten().any(|tokens| tokens.0 < 0);
        if negative || account.balance.0 < 0 || account.gas_paid.0 < 0 {
            return Err(format!("account {}: {account:?}", seat.user.0));
        }
    }
    let sums = [state.fees, state.gas, state.paid_in, state.volume];
    let seigniorage = state.pools.iter().map(|pool| pool.seigniorage);
    if sums.into_iter().chain(seigniorage).any(|sum| sum.0 < 0) {
        return Err(format!("a negative sum: fees, gas, paid in, volume {sums:?}"));
    }
    Ok(())
}
