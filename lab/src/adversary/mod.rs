//! An adversary (instrument.md §5): a seeded search over sequences of orders of colluding accounts, for what they can
//! gain for sure, what the maker can lose, and what it costs to hold a price away from where it belongs. It knows the
//! kinds of orders there are and no attack; [`Attack`] says which of them the known kinds are made of, to tell what each
//! brings. What it finds is what is possible at least.

mod action;
mod play;
mod attack;
mod scenario;
mod search;
mod attained;
mod hold;

pub use action::{Action, Kind, Moves};
pub use attack::{Attack, Hunt};
pub use attained::attained;
pub use hold::{Held, Hold, hold};
pub use play::{Goal, Played, Setting, open, play};
pub use scenario::scenario;
pub use search::{Found, search};
