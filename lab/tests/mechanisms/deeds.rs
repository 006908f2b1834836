//! What traders do, by chance.

use crate::{N, USERS};
use outcry_engine::{
    Direction, Input, Order, OrderId, OrderKind, OutcomeId, Price, Rate, Side, Tokens, UserId, amount::RATE_ONE,
};
use outcry_lab::mechanism::Mechanism;
use proptest::prelude::*;

/// What a trader may do; sizes of any magnitude.
#[derive(Clone, Debug)]
pub(crate) struct Deed {
    pub(crate) kind: u8,
    pub(crate) user: u32,
    pub(crate) outcome: u8,
    pub(crate) yes: bool,
    pub(crate) magnitude: f64,
    pub(crate) cents: u32,
}

pub(crate) fn deeds(number: usize) -> impl Strategy<Value = Vec<Deed>> {
    let deed = (0_u8..12, 0..USERS, 0..N, any::<bool>(), -2.0_f64..6.0, 1_u32..100)
        .prop_map(|(kind, user, outcome, yes, magnitude, cents)| Deed { kind, user, outcome, yes, magnitude, cents });
    prop::collection::vec(deed, 1..number)
}

pub(crate) fn side(yes: bool) -> Side {
    if yes { Side::Yes } else { Side::No }
}

/// The input that a deed comes to as the mechanism stands.
pub(crate) fn input(deed: &Deed, mechanism: &dyn Mechanism, number: u64) -> Input {
    let (user, outcome, now_ms) = (UserId(deed.user), OutcomeId(deed.outcome), number);
    let side = side(deed.yes);
    let held = mechanism.account(user).expect("a seat").free[outcome.index()][side.index()];
    let wanted = Tokens((libm::pow(10.0, deed.magnitude) * 1e6) as i64);
    let share = Tokens((held.0 as f64 * f64::from(deed.cents) / 99.0) as i64);
    let market = OrderKind::Market { max_slippage: Rate(1_000 * RATE_ONE) };
    let limit = OrderKind::Limit { price: Price(deed.cents * 10_000), af_opt_in: false };
    let (direction, kind, size) = match deed.kind {
        0..=3 => (Direction::Buy, market, wanted),
        4..=6 => (Direction::Sell, market, share),
        7..=8 => (Direction::Buy, limit, wanted),
        9..=10 => (Direction::Sell, limit, share),
        _ if deed.cents > 80 => {
            return Input::Eliminate { outcomes: vec![outcome], round: None, now_ms, resume_ms: now_ms };
        }
        _ => {
            let order = mechanism.own_view(user).orders.first().map_or(OrderId(0), |order| order.id);
            return Input::Cancel { user, order, now_ms };
        }
    };
    let order = Order { id: OrderId(number), user, outcome, side, direction, kind, size, ts_ms: number };
    Input::Orders { now_ms, orders: vec![order] }
}
