//! Following a session from outside: the one way to do so, for screens, bots, spectators and replays, over a socket or
//! from the pieces that everyone reads.

#[cfg(test)]
mod samples;
mod state;
mod reader;

pub use reader::{ReadError, Reader};
pub use state::{Applied, Replica};
