//! An adversary (instrument.md §5): a seeded search over sequences of orders of colluding accounts, for what they can
//! gain for sure, what the maker can lose, and what it costs to hold a price away from where it belongs. It knows the
//! kinds of orders there are and no attack. What it finds is what is possible at least.

mod action;
mod play;
mod scenario;
mod search;
mod hold;

pub use action::{Action, Kind};
pub use hold::{Held, Hold, hold};
pub use play::{Goal, Played, Setting, open, play};
pub use scenario::scenario;
pub use search::{Found, search};
