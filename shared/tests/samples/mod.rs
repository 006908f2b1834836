//! One or more of every message.

mod client;
mod rehearsal;
mod server;

pub(crate) use client::client_messages;
pub(crate) use server::server_messages;
