//! How far newcomers have come: for the host to see and the record to keep. Nothing depends on it.

use serde::{Deserialize, Serialize};

/// How far somebody who is new has come, from the page to the market, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Step {
    /// The door has taken the name.
    Named,
    /// The floor was seen.
    Sight,
    /// Something on it was pressed.
    Tap,
    /// An order was accepted.
    Order,
}

impl Step {
    /// Every step, in order.
    pub const ALL: [Self; 4] = [Self::Named, Self::Sight, Self::Tap, Self::Order];

    /// Its place in [`Step::ALL`].
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }

    /// Its name in the record and in exports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Named => "NAMED",
            Self::Sight => "SIGHT",
            Self::Tap => "TAP",
            Self::Order => "ORDER",
        }
    }
}
