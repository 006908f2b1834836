//! A fleet: several processes that share the rooms of one database. Which of them has a room says a table; a process that
//! dies or leaves loses its rooms to the others within seconds. Agones, where it runs them, is told how each stands.

pub mod agones;
mod life;
mod rules;
mod roll;
mod keeper;

pub(crate) use keeper::{End, Keeper};
pub use roll::Roll;
pub(crate) use roll::{At, Reader};
