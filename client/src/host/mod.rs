//! The host's panel: beside the floor after the password. Every act asks the server.

mod acts;
mod fields;
mod script;
mod rounds;
mod presets;
mod rehearsal;
mod configure;
mod people;
mod emergency;
mod run;
mod other_rules;
mod watch;
mod export;
mod login;
mod overlay;

pub(crate) use overlay::{draw, places};
