//! The host's overlay: opens over the floor after the password. Every act asks the server.

mod acts;
mod fields;
mod rounds;
mod configure;
mod people;
mod run;
mod other_rules;
mod watch;
mod export;
mod login;
mod overlay;

pub(crate) use overlay::draw;
