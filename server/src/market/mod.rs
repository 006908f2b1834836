//! The market as this server runs it: the session, what waits for a tick, what a lap does, and
//! the plain functions that do it. No system and no connection is in here.

mod waiting;
mod time;
mod session;
mod beat;
mod tick;
mod rounds;
mod choice;
mod recover;

pub use beat::Beat;
pub(crate) use recover::begin;
pub use recover::{Opening, RecoverError, Recovered, open_session, open_session_of};
pub(crate) use rounds::{
    close_seats, eliminate_now, end_freeze, extend, finish, interrupt, pause, proceed, would_take,
};
pub use session::Session;
pub(crate) use tick::run_tick;
pub use waiting::Waiting;
