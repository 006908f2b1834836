//! The authority: a headless Bevy app around the engine.
//!
//! One lap of data, drawn as one chain of system sets ([`lap::Lap`]), is the whole server. A
//! test builds the same [`app`] with a manual clock, an in-memory store and links of its own.

pub mod admin;
pub mod clock;
pub mod config;
pub mod export;
pub mod http;
pub mod intake;
pub mod lap;
pub mod net;
pub mod players;
pub mod publish;
pub mod record;
pub mod serve;
pub mod session;
pub mod store;
pub mod telemetry;
pub mod tick;

pub use clock::{ManualClock, ServerClock};
pub use lap::Lap;
pub use record::Recorder;

use crate::{
    admin::{Password, Rights},
    net::Gate,
    session::Recovered,
    store::Store,
};
use bevy::prelude::*;
use std::sync::Arc;
use tokio::runtime::Handle;

/// What an app is made of.
pub struct Parts {
    /// The server's clock.
    pub clock: ServerClock,
    /// Where everything is recorded.
    pub store: Arc<dyn Store>,
    /// Where the store and slow work run.
    pub runtime: Handle,
    /// The session to serve.
    pub recovered: Recovered,
    /// Where connections and requests come in.
    pub gate: Gate,
    /// The host's password.
    pub password: Password,
    /// Grants given to hosts, shared with the HTTP side.
    pub rights: Rights,
    /// The address people join by.
    pub join_url: String,
}

/// The server's app. The caller decides how its laps are run.
pub fn app(parts: Parts) -> App {
    let mut app = App::new();
    let Recovered { session, users, answers, waiting, scribe, groups } = parts.recovered;
    app.insert_resource(parts.clock)
        .insert_resource(Recorder::new(parts.store, parts.runtime, scribe, groups))
        .insert_resource(session)
        .insert_resource(parts.gate)
        .insert_resource(parts.password)
        .insert_resource(parts.rights)
        .insert_resource(publish::Address(parts.join_url));
    app.add_plugins((
        lap::plugin,
        record::plugin,
        clock::plugin,
        session::plugin,
        intake::plugin,
        tick::plugin,
        players::plugin,
        admin::plugin,
        publish::plugin,
        net::plugin,
        telemetry::plugin,
    ));
    app.insert_resource(waiting);
    players::seat_all(app.world_mut(), &users, &answers);
    app
}
