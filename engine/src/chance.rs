//! Markets and orders by chance, for tests that see the inside: many levels, several orders on some.

use crate::{
    accounts::Account,
    amount::{MICRO, Price, RATE_ONE, Rate, Tokens, Usdc},
    batch,
    order::{Direction, Leg, Order, OrderId, OrderKind, OutcomeId, SIZE_MIN, Side, UserId},
    params::{Params, default_names},
    reason::RejectReason,
    state::State,
};
pub(crate) use dice::Dice;

#[path = "../tests/support/dice.rs"]
mod dice;
#[path = "../tests/support/seeds.rs"]
pub(crate) mod seeds;

pub(crate) const USERS: u32 = 6;

/// A market with many levels on the ladders of its first two outcomes, several orders on some, and trades since.
pub(crate) fn state(dice: &mut Dice, params: &Params) -> State {
    let mut state = State::new(params);
    for user in 0..USERS {
        let balance = Usdc(dice.pick(&[MICRO, 100 * MICRO, 10_000 * MICRO, 1_000_000 * MICRO]));
        let held = Tokens(dice.of_any_size(1, 100_000 * MICRO));
        let free = (0..params.n_outcomes).map(|_| [held; 2]).collect();
        let deposit = balance + Usdc(held.0 * i64::from(params.n_outcomes));
        let account = Account { balance, deposit, free, open: true, ..Default::default() };
        state.deposits += deposit;
        state.pools.iter_mut().for_each(|pool| pool.pairs += held);
        state.seats.insert(UserId(user), account);
    }
    let mut id = 0;
    for tick in 0..6 {
        let rests = tick % 2 == 0;
        let orders = (0..if rests { 120 } else { 3 }).map(|_| {
            id += 1;
            let limit = OrderKind::Limit { price: any_limit(dice, params), af_opt_in: dice.once_in(3) };
            let kind = if rests { limit } else { OrderKind::Market { max_slippage: Rate(RATE_ONE) } };
            let size = Tokens(dice.of_any_size(10_000, 50 * MICRO));
            Order { id: OrderId(id), user: UserId(dice.below(USERS.into()) as u32), size, ..order(any_leg(dice), kind) }
        });
        let orders: Vec<Order> = orders.collect();
        batch::run(params, &mut state, &orders, 1_000).unwrap();
    }
    // Whoever has rested all of it goes on with this much.
    for seat in state.seats.iter_mut() {
        let more = Usdc(dice.pick(&[0, MICRO, 1_000 * MICRO, 1_000_000 * MICRO]));
        seat.account.balance += more;
        seat.account.deposit += more;
        state.deposits += more;
    }
    state
}

pub(crate) fn params(dice: &mut Dice) -> Params {
    let n_outcomes = dice.pick(&[3, 3, 10]);
    let mut params = Params { n_outcomes, outcome_names: default_names(n_outcomes), ..Params::default() };
    params.z = Usdc(dice.pick(&[1_000, 10_000, 10_000_000]) * MICRO);
    params.q0 = params.q0_default();
    params.tick_size = Price(dice.pick(&[1_000, 1_000, 10_000]));
    let kappa = Rate(dice.pick(&[0, 100_000, RATE_ONE / 1_000]));
    (params.kappa_start, params.kappa_end) = (kappa, kappa);
    params.sigma = Rate(RATE_ONE);
    params.eta = Rate(dice.pick(&[2, 10]) * RATE_ONE);
    params.f = Rate(dice.pick(&[0, 10_000_000]));
    params
}

pub(crate) fn any_leg(dice: &mut Dice) -> Leg {
    let outcome = OutcomeId(dice.below(2) as u8);
    Leg { outcome, side: dice.pick(&Side::BOTH), direction: dice.pick(&Direction::BOTH) }
}

pub(crate) fn any_limit(dice: &mut Dice, params: &Params) -> Price {
    params.grid().at(dice.between(0, MICRO / i64::from(params.tick_size.0)))
}

pub(crate) fn order(leg: Leg, kind: OrderKind) -> Order {
    let Leg { outcome, side, direction } = leg;
    Order { id: OrderId(0), user: UserId(0), outcome, side, direction, kind, size: SIZE_MIN, ts_ms: 0 }
}

/// Takes out of a refusal the size that it names.
pub(crate) fn take_size(reason: &mut RejectReason) -> Tokens {
    use RejectReason::{Funds, Insolvent, NeverPaysBack, NoProceeds, Slippage};
    match reason {
        Slippage { size, .. }
        | Funds { size, .. }
        | NoProceeds { size }
        | NeverPaysBack { size, .. }
        | Insolvent { size } => std::mem::take(size),
        _ => Tokens::ZERO,
    }
}
