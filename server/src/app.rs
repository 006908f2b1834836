//! The app put together: every plugin, on the parts that differ between a server and a test.

use crate::{
    admin::{self, Password},
    clock::ServerClock,
    intake, lap,
    live::{self, Press, Shelf},
    market::Recovered,
    net::{self, Gate, Grants},
    pace,
    players::{self, DoorLimits},
    publish::{self, Address},
    record::{self, Recorder},
    rehearsals, shadow,
    store::{EventRow, Store},
    telemetry,
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
    pub grants: Grants,
    /// How many seats one network may have.
    pub limits: DoorLimits,
    /// The address people join by.
    pub join_url: String,
    /// Where the public history is given out, shared with the HTTP side.
    pub shelf: Shelf,
}

/// The server's app. The caller decides how its laps are run.
pub fn app(parts: Parts) -> App {
    let mut app = App::new();
    let mut recorder = Recorder::new(parts.store, parts.runtime, parts.recovered.scribe, parts.recovered.groups);
    let served = serde_json::json!({ "version": env!("CARGO_PKG_VERSION") });
    recorder.note(EventRow::named("SERVER", &served, parts.recovered.session.now_ms()));
    let Recovered { session, users, answers, waiting, pieces, notes, .. } = parts.recovered;
    notes.into_iter().for_each(|note| recorder.note(note));
    app.insert_resource(parts.clock)
        .insert_resource(recorder)
        .insert_resource(Press::new(parts.shelf, session.id(), pieces))
        .insert_resource(session)
        .insert_resource(waiting)
        .insert_resource(parts.gate)
        .insert_resource(parts.password)
        .insert_resource(parts.grants)
        .insert_resource(parts.limits)
        .insert_resource(Address(parts.join_url));
    app.add_plugins((
        lap::plugin,
        net::plugin,
        record::plugin,
        shadow::plugin,
        rehearsals::plugin,
        live::plugin,
        players::plugin,
        intake::plugin,
        pace::plugin,
        publish::plugin,
        admin::plugin,
        telemetry::plugin,
    ));
    players::seat_all(app.world_mut(), &users, &answers);
    app
}
