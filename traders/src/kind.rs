//! The strategies by name, for whoever lets a crowd loose.

use crate::{momentum::Momentum, noise::Noise, quoter::Quoter, strategy::Strategy, value::Value};
use std::str::FromStr;

/// Which strategies a crowd plays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// All of them in turn.
    #[default]
    Mix,
    /// [`Noise`]: at random.
    Noise,
    /// [`Momentum`]: with the trend.
    Momentum,
    /// [`Quoter`]: on both sides of the book.
    Quoter,
    /// [`Value`]: by an opinion of its own.
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
