//! What a mechanism asks of one purchase at the start, and what its maker can be made to lose by the plainest way: a table
//! that puts mechanisms side by side at equal loss.

use crate::mechanism::{Mechanism, order_for_money};
use outcry_engine::{
    Direction, Input, Leg, Order, OrderId, OrderKind, OutcomeId, Rate, Refusal, Side, Tokens, Usdc, UserId,
};

/// Who tries it out.
const PROBER: UserId = UserId(u32::MAX);
/// Money of the prober: enough for anything.
const MONEY: Usdc = Usdc::whole(100_000_000);

/// What one purchase of YES does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Purchase {
    /// Price of YES before, 0 to 1.
    pub before: f64,
    /// Tokens for the money.
    pub tokens: Tokens,
    /// Average price, fee included.
    pub average: f64,
    /// Price of YES after.
    pub after: f64,
}

/// Buys YES of the first outcome for so much money, fee included, on a copy; none where nobody sells.
///
/// # Errors
/// What the market refuses of it.
pub fn purchase(market: &dyn Mechanism, money: Usdc) -> Result<Option<Purchase>, Refusal> {
    let (mut market, outcome, side) = (market.boxed(), OutcomeId(0), Side::Yes);
    market.apply(&Input::Join { user: PROBER, deposit: MONEY })?;
    let leg = Leg { outcome, side, direction: Direction::Buy };
    let order = order_for_money(&*market.seen(), &market.own_view(PROBER), (PROBER, leg), money, 0);
    let Some(order) = order else { return Ok(None) };
    let before = market.price(outcome, side);
    let tokens = order.size;
    market.apply(&Input::Orders { now_ms: 0, orders: vec![Order { id: OrderId(u64::MAX), ..order }] })?;
    let spent = MONEY - market.account(PROBER).map_or(MONEY, |account| account.balance);
    let average = spent.as_f64() / tokens.as_f64();
    Ok(Some(Purchase { before, tokens, average, after: market.price(outcome, side) }))
}

/// Turns of the walk to the largest loss, at most.
const TURNS_MAX: u64 = 400;

/// The largest worst-case loss on the way of one who buys YES of the first outcome and NO of all others, by turns, larger
/// pieces as long as they cost the maker more and smaller ones after; fees not netted. At least so much can be lost:
/// other ways may cost the maker more.
///
/// # Errors
/// What the market refuses of it.
pub fn attained_loss(market: &dyn Mechanism) -> Result<Usdc, Refusal> {
    let mut market = market.boxed();
    market.apply(&Input::Join { user: PROBER, deposit: MONEY })?;
    let n = market.params().n_outcomes;
    let mut worst = market.worst_case_loss();
    // What moves prices little; it grows and shrinks from there.
    let mut size = Tokens(market.params().subsidy_start().0 / 50);
    for turn in 0..TURNS_MAX {
        let before = worst;
        for outcome in (0..n).map(OutcomeId) {
            let (side, direction) = (if outcome.0 == 0 { Side::Yes } else { Side::No }, Direction::Buy);
            let (id, kind) =
                (OrderId(1 + turn * 256 + u64::from(outcome.0)), OrderKind::Market { max_slippage: Rate(i64::MAX) });
            let order = Order { id, user: PROBER, outcome, side, direction, kind, size, ts_ms: 0 };
            market.apply(&Input::Orders { now_ms: 0, orders: vec![order] })?;
            worst = worst.max(market.worst_case_loss());
        }
        // Less than a thousandth of the piece is no gain for its size.
        let gained = (worst - before).0 > size.0 / 1_000;
        size = Tokens(if gained { size.0 + size.0 / 4 } else { size.0 / 2 });
        if size.0 < 20_000 {
            break;
        }
    }
    Ok(worst)
}
