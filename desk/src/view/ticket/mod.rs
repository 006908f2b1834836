//! The ticket: what the order being typed would get, why it cannot be sent, and what sends it.

mod draft;
mod keep;
mod warn;
mod blocked;
mod shown;
mod key;
mod lines;
mod quick;
mod press;

pub use blocked::{Blocked, blocked};
pub use draft::{Draft, Kind, Unit, whole};
pub use keep::{kept, to_keep};
pub use key::TicketKey;
pub use lines::{Line, Tone, lines, promise, terms};
pub use press::{press, send, sentence};
pub use quick::{Quick, amount_step, quick, share, share_of, turn_unit};
pub use shown::TicketView;
pub use warn::{Level, Warning, warnings};
