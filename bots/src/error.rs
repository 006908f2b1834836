//! What can go wrong between a bot and a server.

use outcry_shared::message::{ConnectRefusal, RefusalCode};

/// Why a bot cannot go on.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BotError {
    /// Not an address of a server: why, and what would be.
    #[error("{0}")]
    Address(String),
    /// No server answers, or none that can be believed: where, and why.
    #[error("{0}")]
    Unreachable(String),
    /// The connection ended, and why. Coming back may help.
    #[error("the connection is lost: {0}")]
    Lost(String),
    /// The server does not want the bot.
    #[error("refused: {}", .0.reason)]
    Refused(ConnectRefusal),
    /// The server took the seat away.
    #[error("sent away: {0}")]
    SentAway(String),
    /// The seat was taken, and cannot be kept for the next start.
    #[error("the seat cannot be kept for the next start: {0}")]
    Seat(String),
    /// The server refused the host's act or password.
    #[error("the host's act was refused: {0}")]
    Denied(String),
    /// What was waited for did not come in time.
    #[error("nothing more within the time given, waiting for {0}")]
    Late(String),
}

impl BotError {
    /// Whether another attempt may go better.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Unreachable(_) | Self::Lost(_) | Self::Late(_) => true,
            Self::Refused(refusal) => refusal.code == RefusalCode::Busy,
            Self::Address(_) | Self::SentAway(_) | Self::Seat(_) | Self::Denied(_) => false,
        }
    }
}
