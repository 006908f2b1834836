//! The ticket: what the order being typed would get, why it cannot be sent, and what sends it.

mod draft;
mod keep;
mod warn;
mod blocked;
mod shown;
mod key;
mod lines;
mod quick;
mod simple;
mod press;

pub use blocked::Blocked;
pub use draft::{Draft, Kind, Unit, whole};
pub use keep::{kept, to_keep};
pub use key::TicketKey;
pub use lines::{Line, Tone, gist, lines, promise, terms};
pub use press::{bet, press, send, sentence};
pub use quick::{Quick, amount_step, nice, quick, share, share_of, turn_unit};
pub use shown::{TicketView, most};
pub use simple::{Offer, SimpleTicket, SimpleView, is_simple, simplify};
pub use warn::{Level, Warning, warnings};
