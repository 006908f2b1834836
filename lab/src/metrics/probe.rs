//! What a market would do, asked without doing it: what depth and coherence are measured by. [`Quotes`] asks whatever
//! is [`Seen`] for its own quotes.

use crate::metrics::forecast::Spot;
use outcry_engine::{Direction, Leg, Order, OrderId, OrderKind, OutcomeId, OwnView, Rate, Side, Tokens, Usdc, UserId};
use outcry_traders::Seen;

/// A trade: so many tokens of a leg.
pub type Trade = (Leg, f64);

/// What trades come to, made one after the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Tried {
    /// By how much the trader's cash changes (USDC), fees apart.
    pub cash: f64,
    /// The fees (USDC).
    pub fees: f64,
    /// The prices afterwards.
    pub spots: Vec<Spot>,
}

/// A market that can be asked.
pub trait Probe {
    /// The prices of all outcomes.
    fn spots(&self) -> Vec<Spot>;

    /// What market orders would come to for somebody who has the money and the tokens; `None` where one is refused.
    fn attempt(&self, trades: &[Trade]) -> Option<Tried>;

    /// Whether two sizes, in tokens, are one order to this market.
    fn same_order(&self, one: f64, other: f64) -> bool {
        one == other
    }

    /// The outcomes in the game.
    fn active(&self) -> Vec<usize> {
        let spots = self.spots();
        (0..spots.len()).filter(|outcome| spots[*outcome].is_some()).collect()
    }
}

/// What a market's own quotes say at a session time.
#[derive(Clone, Copy, Debug)]
pub struct Quotes<'a> {
    /// What everybody may know of it.
    pub market: &'a dyn Seen,
    /// Session time, ms.
    pub now_ms: u64,
}

/// Nobody who trades.
const STRANGER: UserId = UserId(u32::MAX);
/// What the stranger has: more than any market takes.
const MEANS: i64 = 100_000_000;

impl Quotes<'_> {
    fn outcomes(&self) -> impl Iterator<Item = OutcomeId> + use<> {
        (0..self.market.params().n_outcomes).map(OutcomeId)
    }

    fn of_active(&self, spot: impl Fn(OutcomeId) -> [f64; 2]) -> Vec<Spot> {
        self.outcomes().map(|outcome| self.market.is_active(outcome).then(|| spot(outcome))).collect()
    }
}

impl Probe for Quotes<'_> {
    fn spots(&self) -> Vec<Spot> {
        self.of_active(|outcome| Side::BOTH.map(|side| self.market.spot(outcome, side)))
    }

    fn same_order(&self, one: f64, other: f64) -> bool {
        size(one) == size(other)
    }

    fn attempt(&self, trades: &[Trade]) -> Option<Tried> {
        let (balance, held) = (Usdc::whole(MEANS), [Tokens::whole(MEANS); 2]);
        let own = OwnView { balance, free: vec![held; self.outcomes().count()], orders: Vec::new() };
        let (mut waiting, mut tried) = (Vec::new(), Tried { cash: 0.0, fees: 0.0, spots: self.spots() });
        for (id, (leg, tokens)) in (0..).zip(trades) {
            let order = market_order(OrderId(id), *leg, *tokens);
            let quoted = self.market.quote(&own, &waiting, &order, self.now_ms);
            if quoted.reject.is_some() {
                return None;
            }
            let (total, fee) = ((quoted.total - quoted.gas).as_f64(), quoted.fee.as_f64());
            tried.cash += if leg.direction == Direction::Buy {
                fee - total
            } else {
                quoted.total.as_f64() + quoted.gas.as_f64() + fee
            };
            tried.fees += fee;
            tried.spots = self.of_active(|outcome| quoted.spots_after[outcome.index()]);
            waiting.push(order);
        }
        Some(tried)
    }
}

/// Whole micros of tokens.
fn size(tokens: f64) -> Tokens {
    Tokens((tokens * 1e6) as i64)
}

/// A market order at any price.
fn market_order(id: OrderId, leg: Leg, tokens: f64) -> Order {
    let Leg { outcome, side, direction } = leg;
    let (kind, size) = (OrderKind::Market { max_slippage: Rate(i64::MAX) }, size(tokens));
    Order { id, user: STRANGER, outcome, side, direction, kind, size, ts_ms: 0 }
}

/// A leg by plain numbers.
#[must_use]
pub fn leg(outcome: usize, side: Side, direction: Direction) -> Leg {
    Leg { outcome: OutcomeId(outcome as u8), side, direction }
}
