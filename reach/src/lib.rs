//! How a floor is named, reached, and known to be itself: for programs, which have no browser to do it.
//!
//! Nothing here knows a message of the floor. Errors are sentences for people: what is wrong, and what would be right.

pub mod address;
pub mod words;
pub mod pem;
pub mod trust;
pub mod dial;

pub use address::{Address, BadAddress};
pub use dial::{Socket, Stream, Unreachable, dial, open, tcp};
pub use trust::Trust;
