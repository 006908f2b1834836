//! The words that the tables use for the kinds of things, and back.

use outcry_engine::{CashKind, FillType, Input, OrderStatus, Side};
use outcry_shared::phase::Phase;

/// A kind of thing with a word for each value.
pub(super) trait Named: Copy + PartialEq + 'static {
    const NAMES: &'static [(Self, &'static str)];

    fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(value, _)| *value == self).map_or("", |(_, name)| name)
    }

    fn from_name(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(_, known)| *known == name).map(|(value, _)| *value)
    }
}

impl Named for Phase {
    const NAMES: &'static [(Self, &'static str)] = &[
        (Self::Draft, "DRAFT"),
        (Self::Lobby, "LOBBY"),
        (Self::Running, "RUNNING"),
        (Self::Frozen, "FROZEN"),
        (Self::Paused, "PAUSED"),
        (Self::Resolved, "RESOLVED"),
    ];
}

impl Named for OrderStatus {
    const NAMES: &'static [(Self, &'static str)] = &[
        (Self::Open, "OPEN"),
        (Self::Partial, "PARTIAL"),
        (Self::Filled, "FILLED"),
        (Self::Canceled, "CANCELED"),
        (Self::Rejected, "REJECTED"),
    ];
}

impl Named for FillType {
    const NAMES: &'static [(Self, &'static str)] = &[
        (Self::Amm, "AMM"),
        (Self::Lob, "LOB"),
        (Self::Mint, "MINT"),
        (Self::Merge, "MERGE"),
        (Self::AutoFill, "AUTO_FILL"),
    ];
}

impl Named for CashKind {
    const NAMES: &'static [(Self, &'static str)] = &[
        (Self::Cost, "COST"),
        (Self::Proceeds, "PROCEEDS"),
        (Self::Fee, "FEE"),
        (Self::Gas, "GAS"),
        (Self::Rebate, "REBATE"),
        (Self::Refund, "REFUND"),
        (Self::Payout, "PAYOUT"),
        (Self::Escrow, "ESCROW"),
    ];
}

impl Named for Side {
    const NAMES: &'static [(Self, &'static str)] = &[(Self::Yes, "YES"), (Self::No, "NO")];
}

/// The word for an input.
pub(super) const fn input_kind(input: &Input) -> &'static str {
    match input {
        Input::Join { .. } => "JOIN",
        Input::Orders { .. } => "ORDERS",
        Input::Frozen { .. } => "FROZEN",
        Input::Cancel { .. } => "CANCEL",
        Input::Close { .. } => "CLOSE",
        Input::Extend { .. } => "EXTEND",
        Input::Eliminate { .. } => "ELIMINATE",
        Input::Final { .. } => "FINAL",
    }
}
