//! The whole state of a market, and the only way it changes.

use crate::{
    amount::{Price, Tokens, Usdc},
    order::{Direction, Order, OrderId, OutcomeId, Side, UserId},
    params::{Params, Violation},
    public::{OwnView, PublicMarket},
    report::Report,
};
use serde::{Deserialize, Serialize};

/// A change of the market. The record of a session is its inputs in order, and a
/// replay is the same inputs again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Input {
    /// A participant takes a seat with a deposit.
    Join {
        /// Not used before.
        user: UserId,
        /// The starting balance.
        deposit: Usdc,
    },
    /// A tick.
    Orders {
        /// Session clock, in ms.
        now_ms: u64,
        /// In any order: they are sorted by (`ts_ms`, `id`).
        orders: Vec<Order>,
    },
    /// A participant takes back what rests of an order.
    Cancel {
        /// Who asks.
        user: UserId,
        /// Which order.
        order: OrderId,
        /// Session clock, in ms.
        now_ms: u64,
    },
    /// A seat is closed: its orders are cancelled, its holdings stay, it is left out of
    /// rankings.
    Close {
        /// Whose.
        user: UserId,
        /// Session clock, in ms.
        now_ms: u64,
    },
    /// The end, and every round still to come, move.
    Extend {
        /// By how much, in ms.
        by_ms: u64,
        /// Session clock, in ms.
        now_ms: u64,
    },
    /// Outcomes leave the game (§7).
    Eliminate {
        /// Which, none twice.
        outcomes: Vec<OutcomeId>,
        /// Session clock, in ms.
        now_ms: u64,
        /// Session clock at which trading goes on: the next segment of §8 begins there.
        resume_ms: u64,
    },
    /// The market is settled (§7).
    Final {
        /// The winner.
        winner: OutcomeId,
        /// Session clock, in ms.
        now_ms: u64,
    },
}

/// Why an input was refused, with nothing changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The user id is taken.
    #[error("participant {0} has joined already")]
    AlreadyJoined(u32),
    /// The user id is unknown.
    #[error("participant {0} is unknown")]
    UnknownUser(u32),
    /// No outcome named.
    #[error("no outcome is named")]
    NoOutcome,
    /// An outcome named twice.
    #[error("outcome {0} is named twice")]
    Duplicate(u8),
    /// An outcome that is not in the game.
    #[error("outcome {0} is not in the game")]
    NotActive(u8),
    /// Nothing would remain.
    #[error("at least one outcome must remain")]
    NoneRemains,
    /// The market has been settled.
    #[error("the market is settled")]
    Settled,
    /// A deposit or a sum of deposits out of range.
    #[error("the deposits would exceed what the market can hold")]
    OutOfRange,
    /// An invariant of §9 would not hold; nothing was changed.
    #[error("invariant violated: {0}")]
    Invariant(String),
}

/// A participant's account. Escrow stands with the open orders.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Available cash.
    pub balance: Usdc,
    /// All ever deposited: the starting balance.
    pub deposit: Usdc,
    /// Free tokens per outcome: `[YES, NO]`.
    pub free: Vec<[Tokens; 2]>,
    /// Gas paid so far.
    pub gas_paid: Usdc,
    /// Fills so far, one each.
    pub trade_count: u64,
    /// False once the seat was closed.
    pub open: bool,
}

/// A resting order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenOrder {
    /// Which.
    pub id: OrderId,
    /// Whose.
    pub user: UserId,
    /// Which outcome.
    pub outcome: OutcomeId,
    /// Which token.
    pub side: Side,
    /// Bid or ask.
    pub direction: Direction,
    /// At which price.
    pub price: Price,
    /// Tokens ordered.
    pub size: Tokens,
    /// Tokens filled so far.
    pub filled: Tokens,
    /// Whether it opted in to auto-fill.
    pub af_opt_in: bool,
    /// Session clock at acceptance, in ms.
    pub ts_ms: u64,
    /// Cash held for it, of a bid. An ask holds its remaining tokens.
    pub escrow: Usdc,
}

/// The maker's published figures (§9.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Metrics {
    /// Σ subsidy of the active outcomes; 0 at the end.
    pub mm_risk: Usdc,
    /// The worst case over each winner still possible; never above Z.
    pub worst_case_loss: Usdc,
    /// Fees + seigniorage while running; exact after the settlement.
    pub mm_profit: Usdc,
    /// Σ size × price of all fills; a matched pair counts 1 USDC.
    pub volume: Usdc,
    /// Fees taken so far.
    pub fees: Usdc,
    /// Gas taken so far.
    pub gas: Usdc,
    /// Subsidy paid in by eliminations.
    pub paid_in: Usdc,
    /// Σ seigniorage.
    pub seigniorage: Usdc,
}

/// One market: everything a tick needs and a snapshot holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Market {
    params: Params,
}

impl Market {
    /// A market before its first participant.
    ///
    /// # Errors
    /// Every violation of §2.
    pub fn new(params: Params) -> Result<Self, Vec<Violation>> {
        let _ = params;
        todo!()
    }

    /// Applies one input whole, or refuses it with nothing changed.
    ///
    /// # Errors
    /// Why it was refused.
    pub fn apply(&mut self, input: &Input) -> Result<Report, Refusal> {
        let _ = input;
        todo!()
    }

    /// The parameters, with rounds and duration as extended so far.
    #[must_use]
    pub fn params(&self) -> &Params {
        &self.params
    }

    /// Whether the market was settled.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        todo!()
    }

    /// The outcomes still in the game.
    #[must_use]
    pub fn active(&self) -> Vec<OutcomeId> {
        todo!()
    }

    /// The pool's price of a token, 0 to 1.
    #[must_use]
    pub fn spot(&self, outcome: OutcomeId, side: Side) -> f64 {
        let _ = (outcome, side);
        todo!()
    }

    /// Every account, by user.
    pub fn accounts(&self) -> impl Iterator<Item = (UserId, &Account)> {
        std::iter::empty()
    }

    /// One account.
    #[must_use]
    pub fn account(&self, user: UserId) -> Option<&Account> {
        let _ = user;
        todo!()
    }

    /// A participant's resting orders, by id.
    #[must_use]
    pub fn open_orders(&self, user: UserId) -> Vec<OpenOrder> {
        let _ = user;
        todo!()
    }

    /// Every resting order, by id.
    #[must_use]
    pub fn all_open_orders(&self) -> Vec<OpenOrder> {
        todo!()
    }

    /// What everyone may know.
    #[must_use]
    pub fn public(&self) -> PublicMarket {
        todo!()
    }

    /// What a participant has, as far as a quote needs it.
    #[must_use]
    pub fn own_view(&self, user: UserId) -> OwnView {
        let _ = user;
        todo!()
    }

    /// The maker's published figures.
    #[must_use]
    pub fn metrics(&self) -> Metrics {
        todo!()
    }

    /// Checks every invariant of §9.
    ///
    /// # Errors
    /// The first that does not hold, with its figures.
    pub fn audit(&self) -> Result<(), String> {
        todo!()
    }

    /// A hash over the canonical encoding of the whole state.
    #[must_use]
    pub fn state_hash(&self) -> [u8; 32] {
        todo!()
    }
}
