//! What is to be tried on the practice market.

use crate::text::practice as words;
use serde::Serialize;

/// Something to try.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Mission {
    /// Buy tokens.
    Buy,
    /// Sell tokens.
    Sell,
    /// Place a limit order and take it back.
    TakeBack,
}

impl Mission {
    /// All of them, in their order.
    pub const ALL: [Self; 3] = [Self::Buy, Self::Sell, Self::TakeBack];

    /// What is to be done.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Buy => words::BUY,
            Self::Sell => words::SELL,
            Self::TakeBack => words::TAKE_BACK,
        }
    }

    const fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// Which missions were done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Missions(u8);

impl Missions {
    /// Notes one as done.
    pub const fn note(&mut self, mission: Mission) {
        self.0 |= mission.bit();
    }

    /// Those of either.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether one was done.
    #[must_use]
    pub const fn has(self, mission: Mission) -> bool {
        self.0 & mission.bit() != 0
    }

    /// How many were done.
    #[must_use]
    pub const fn count(self) -> u32 {
        self.0.count_ones()
    }

    /// The first that is still to be done.
    #[must_use]
    pub fn next(self) -> Option<Mission> {
        Mission::ALL.into_iter().find(|mission| !self.has(*mission))
    }

    /// For a message: the first mission is the lowest bit.
    #[must_use]
    pub const fn bits(self) -> u8 {
        self.0
    }
}
