//! A market as the lab drives it: the engine's own inputs go in, its own reports come out, whoever makes the market.
//! What is judged is computed from reports and from what is asked here, so that every mechanism is judged alike.

use outcry_engine::{
    Account, Direction, Input, Leg, Market, Order, OrderId, OrderKind, OutcomeId, OwnView, Params, Rate, Refusal,
    Report, SIZE_MIN, Side, Tokens, Usdc, UserId,
};
use outcry_traders::Seen;
use std::fmt::Debug;

/// A market with accounts, money and tokens in whole micros.
pub trait Mechanism: Debug + Send {
    /// Applies one input whole, or refuses it with nothing changed.
    ///
    /// # Errors
    /// Why it was refused.
    fn apply(&mut self, input: &Input) -> Result<Report, Refusal>;

    /// The session's parameters; a rival takes from them what is not its own: outcomes, fees, grid, gas and times.
    fn params(&self) -> &Params;

    /// Whether an outcome is in the game.
    fn is_active(&self, outcome: OutcomeId) -> bool;

    /// What the next token costs, without the fee, 0 to 1; of an outcome that is out, what the token paid.
    fn price(&self, outcome: OutcomeId, side: Side) -> f64;

    /// What the maker loses in the worst case that is still possible, without more trades and fees not netted:
    /// payouts less all that came in.
    fn worst_case_loss(&self) -> Usdc;

    /// One account.
    fn account(&self, user: UserId) -> Option<&Account>;

    /// What a participant has, with the resting orders.
    fn own_view(&self, user: UserId) -> OwnView;

    /// What everyone sees as of now.
    fn seen(&self) -> Box<dyn Seen + '_>;

    /// A mechanism in the same state, to try something on.
    fn boxed(&self) -> Box<dyn Mechanism>;
}

impl Mechanism for Market {
    fn apply(&mut self, input: &Input) -> Result<Report, Refusal> {
        Self::apply(self, input)
    }

    fn params(&self) -> &Params {
        Self::params(self)
    }

    fn is_active(&self, outcome: OutcomeId) -> bool {
        self.active().contains(&outcome)
    }

    fn price(&self, outcome: OutcomeId, side: Side) -> f64 {
        match (self.is_active(outcome), side) {
            (true, _) => self.spot(outcome, side),
            (false, Side::Yes) => 0.0,
            (false, Side::No) => 1.0,
        }
    }

    fn worst_case_loss(&self) -> Usdc {
        self.metrics().worst_case_loss
    }

    fn account(&self, user: UserId) -> Option<&Account> {
        Self::account(self, user)
    }

    fn own_view(&self, user: UserId) -> OwnView {
        Self::own_view(self, user)
    }

    fn seen(&self) -> Box<dyn Seen + '_> {
        Box::new(self.public())
    }

    fn boxed(&self) -> Box<dyn Mechanism> {
        Box::new(self.clone())
    }
}

/// The market order of a leg that costs at most `money`, fees and gas included, or brings at least so much: by
/// quotes, to the nearest smallest order. None where even the smallest is refused or too dear.
#[must_use]
pub fn order_for_money(
    seen: &dyn Seen,
    own: &OwnView,
    (user, leg): (UserId, Leg),
    money: Usdc,
    now_ms: u64,
) -> Option<Order> {
    let kind = OrderKind::Market { max_slippage: Rate(i64::MAX) };
    let Leg { outcome, side, direction } = leg;
    let order = |steps: i64| {
        let size = Tokens(steps * SIZE_MIN.0);
        Order { id: OrderId(0), user, outcome, side, direction, kind, size, ts_ms: now_ms }
    };
    let passes = |steps: i64| {
        let quote = seen.quote(own, &[], &order(steps), now_ms);
        quote.reject.is_none() && (direction == Direction::Sell || quote.total <= money)
    };
    let brings = |steps: i64| seen.quote(own, &[], &order(steps), now_ms).total >= money;
    // A token costs at least a thousandth of a USDC, or it is not worth a search.
    let held = own.free.get(outcome.index()).map_or(0, |pair| pair[side.index()].0);
    let most = if direction == Direction::Sell { held } else { money.0.saturating_mul(1_000) } / SIZE_MIN.0;
    let (mut low, mut high) = (0, most + 1);
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        let more = if direction == Direction::Sell { !brings(middle) } else { passes(middle) };
        *(if more { &mut low } else { &mut high }) = middle;
    }
    let steps = if direction == Direction::Sell { high } else { low };
    (steps > 0 && steps <= most && passes(steps)).then(|| order(steps))
}
