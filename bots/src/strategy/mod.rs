//! How bots decide: the same messages and the same seed give the same orders.

mod dice;
mod momentum;
mod noise;
mod quoter;
mod value;

pub use dice::Dice;
pub use momentum::Momentum;
pub use noise::Noise;
pub use quoter::Quoter;
pub use value::Value;

use crate::view::BotView;
use outcry_engine::{
    Direction, OrderId, OrderKind, OutcomeId, Price, Rate, Side, Tokens,
    amount::{MICRO, RATE_ONE},
};
use rand_chacha::ChaCha8Rng;
use std::str::FromStr;

/// The smallest size of an order, in tokens.
const SIZE_MIN: f64 = 0.01;

/// A way to play: what to do now, given what the bot knows. Called once per pace while
/// trading is open.
pub trait Strategy {
    /// What to do now; nothing is fine.
    fn act(&mut self, view: &BotView, rng: &mut ChaCha8Rng) -> Vec<BotAction>;
}

/// What a bot can do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BotAction {
    /// Sends an order.
    Order {
        /// Which outcome.
        outcome: OutcomeId,
        /// Which token.
        side: Side,
        /// Buy or sell.
        direction: Direction,
        /// Market or limit.
        kind: OrderKind,
        /// How many tokens.
        size: Tokens,
    },
    /// Takes back what rests of an order.
    Cancel(OrderId),
    /// Takes back every order.
    CancelAll,
}

impl BotAction {
    /// A market order of so many tokens that accepts a slippage of so many percent; none
    /// below the smallest size.
    #[must_use]
    pub fn market(
        outcome: OutcomeId,
        side: Side,
        direction: Direction,
        tokens: f64,
        slippage_percent: u8,
    ) -> Option<Self> {
        let max_slippage = Rate(RATE_ONE / 100 * i64::from(slippage_percent));
        let size = size(tokens)?;
        Some(Self::Order { outcome, side, direction, kind: OrderKind::Market { max_slippage }, size })
    }

    /// A limit order of so many tokens; none below the smallest size.
    #[must_use]
    pub fn limit(
        outcome: OutcomeId,
        side: Side,
        direction: Direction,
        tokens: f64,
        price: Price,
        af_opt_in: bool,
    ) -> Option<Self> {
        let size = size(tokens)?;
        Some(Self::Order { outcome, side, direction, kind: OrderKind::Limit { price, af_opt_in }, size })
    }
}

/// Whole hundredths of a token.
fn size(tokens: f64) -> Option<Tokens> {
    let hundredths = (tokens / SIZE_MIN).floor();
    (hundredths >= 1.0).then_some(Tokens(hundredths as i64 * (MICRO / 100)))
}

/// Which strategies a crowd plays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// All of them in turn.
    #[default]
    Mix,
    /// At random.
    Noise,
    /// With the trend.
    Momentum,
    /// Both sides of the book.
    Quoter,
    /// An opinion of its own.
    Value,
}

impl Kind {
    /// The strategy of the crowd's bot with this index.
    #[must_use]
    pub fn strategy(self, index: usize) -> Box<dyn Strategy> {
        match (self, index % 4) {
            (Self::Mix, 0) | (Self::Noise, _) => Box::new(Noise),
            (Self::Mix, 1) | (Self::Quoter, _) => Box::new(Quoter),
            (Self::Mix, 2) | (Self::Momentum, _) => Box::new(Momentum),
            (Self::Mix, _) | (Self::Value, _) => Box::new(Value::default()),
        }
    }
}

impl FromStr for Kind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "mix" => Ok(Self::Mix),
            "noise" => Ok(Self::Noise),
            "momentum" => Ok(Self::Momentum),
            "quoter" => Ok(Self::Quoter),
            "value" => Ok(Self::Value),
            other => Err(format!("\"{other}\" is no strategy: mix, noise, momentum, quoter and value are")),
        }
    }
}

#[cfg(test)]
mod tests;
