//! What a message meant, for the floor and for the ear.

use outcry_engine::UserId;
use outcry_shared::{
    message::{Receipt, TickUpdate},
    phase::Phase,
};

/// What a message meant. The floor and the sounds follow these.
#[derive(Clone, Debug, PartialEq)]
pub enum Notice {
    /// Welcomed.
    Welcome,
    /// The public state was replaced whole: nothing of it is to be animated.
    Snapshot {
        /// Whether it is another session than before.
        new_session: bool,
    },
    /// A tick or resolution was applied.
    Tick {
        /// As the server sent it; the model has taken it in.
        update: Box<TickUpdate>,
        /// `[YES, NO]` spots before it; the model has those after it.
        spots_before: Vec<[f64; 2]>,
    },
    /// The session went from one phase to another.
    Phase {
        /// The phase before.
        from: Phase,
        /// The phase that the model has now.
        to: Phase,
    },
    /// Someone took a seat.
    Joined(UserId),
    /// A seat was closed.
    Left(UserId),
    /// An own order was filled, wholly or in part.
    OwnFill(Box<Receipt>),
    /// An own order was rejected or refused.
    OwnRejected,
    /// A public update was missed.
    Gap,
    /// The session was paid and ranked.
    End,
    /// The host's right was given.
    HostGranted,
}
