//! A room: what people come through on one side, what its laps are made of on the other, and the queues between. A server
//! without `--rooms` is one of them.

use crate::{
    admin::Password,
    app::{Parts, app},
    board::{self, Board},
    clock::ServerClock,
    code::Code,
    http::{self, RoomState, Turns},
    live::Shelf,
    market::Recovered,
    net::{self, Cookies, Crowd, EndpointState, Front, Gate, Grants, Origins},
    players::DoorLimits,
    record::Health,
    rehearsals::{Rehearsals, on_the_engine},
    shadow,
    stop::{self, Stop},
    store::Store,
    telemetry::Labels,
    vault::SealKey,
};
use axum::Router;
use bevy::prelude::*;
use std::{
    sync::{Arc, Mutex, PoisonError},
    thread::JoinHandle,
    time::Duration,
};
use tokio::{runtime::Handle, sync::mpsc};

/// Events of links that wait for the lap; beyond it link tasks wait, and so do their clients.
const LINK_EVENTS_MAX: usize = 8_192;
/// Time between two looks at whether the last connections are closed, in ms.
const CLOSING_MS: u64 = 5;
/// How long the end of a room waits for sockets and store to close, in ms.
const STOP_MS: u64 = 5_000;

/// What the rooms of a server stand on.
#[derive(Clone)]
pub(crate) struct Ground {
    pub(crate) runtime: Handle,
    pub(crate) stop: Stop,
    pub(crate) key: SealKey,
    pub(crate) limits: DoorLimits,
    pub(crate) origins: Arc<Origins>,
    pub(crate) turns: Turns,
    /// Whether other rules take the same orders.
    pub(crate) shadow: bool,
    /// Whose rehearsal is under way: of all rooms one, and none that waits for it runs laps.
    pub(crate) rehearsing: Arc<Mutex<()>>,
}

/// What a room is to be.
pub(crate) struct Plan {
    /// One of several.
    pub(crate) code: Option<Code>,
    /// The address people join by.
    pub(crate) link: Arc<str>,
    /// The host's password.
    pub(crate) password: Arc<str>,
    /// The one that opens every room.
    pub(crate) master: Option<Arc<str>>,
    pub(crate) store: Arc<dyn Store>,
    pub(crate) recovered: Recovered,
}

/// A room from outside.
pub(crate) struct Outside {
    pub(crate) router: Router,
    pub(crate) grants: Grants,
    pub(crate) health: Health,
    pub(crate) board: Board,
    pub(crate) stop: Stop,
    crowd: Arc<Crowd>,
    store: Arc<dyn Store>,
}

/// A room from inside, on its way to the thread that runs its laps.
pub(crate) struct Inside {
    parts: Parts,
    health: Health,
    board: Board,
    stop: Stop,
    code: Option<Code>,
    rehearsals: Rehearsals,
    shadow: bool,
}

/// Furnishes a room.
///
/// # Errors
/// One sentence: what is wrong with a password.
pub(crate) fn furnish(ground: &Ground, plan: Plan) -> Result<(Outside, Inside), String> {
    let Plan { code, link, password, master, store, recovered } = plan;
    let clock = ServerClock::monotonic();
    let mut lock = Password::new(&password).map_err(|error| error.to_string())?;
    if let Some(master) = master {
        lock = lock.or(&master).map_err(|error| error.to_string())?;
    }
    let key = ground.key.clone();
    let grants = match &code {
        Some(code) => Grants::of_room(code.as_str(), key, &password, clock.clone()),
        None => Grants::new(key, &password, clock.clone()),
    };
    let (front, requests) = Front::new();
    let (events, links) = mpsc::channel(LINK_EVENTS_MAX);
    let (crowd, shelf, health) = (Arc::new(Crowd::default()), Shelf::new(ground.key.clone()), Health::default());
    let (board, stop) = (Board::default(), ground.stop.of_room());
    let session = net::router(EndpointState {
        front,
        links: events,
        origins: Arc::clone(&ground.origins),
        cookies: Arc::new(Cookies::new(&link, ground.key.clone())),
        crowd: Arc::clone(&crowd),
    });
    let rehearsals = rehearsals(Arc::clone(&ground.rehearsing));
    let state = RoomState {
        grants: grants.clone(),
        store: Arc::clone(&store),
        join_url: Arc::clone(&link),
        shelf: shelf.clone(),
        turns: ground.turns.clone(),
        rehearsed: rehearsals.newest(),
    };
    let parts = Parts {
        clock,
        store: Arc::clone(&store),
        runtime: ground.runtime.clone(),
        recovered,
        gate: Gate { links, requests },
        password: lock,
        grants: grants.clone(),
        limits: ground.limits,
        join_url: link.to_string(),
        shelf,
    };
    let router = http::room(state, session);
    let (health_inside, board_inside, stop_inside) = (health.clone(), board.clone(), stop.clone());
    let outside = Outside { router, grants, health, board, stop, crowd, store };
    let (health, board, stop, shadow) = (health_inside, board_inside, stop_inside, ground.shadow);
    Ok((outside, Inside { parts, health, board, stop, code, rehearsals, shadow }))
}

/// Rehearsals of a room, each in its turn.
fn rehearsals(rehearsing: Arc<Mutex<()>>) -> Rehearsals {
    let rehearser = Rehearsals::by(Box::new(move |config, goes_on| {
        let _turn = rehearsing.lock().unwrap_or_else(PoisonError::into_inner);
        on_the_engine(config, goes_on)
    }));
    rehearser.unwrap_or_else(|error| {
        tracing::warn!(%error, "the system gives no thread: nothing can be rehearsed");
        Rehearsals::default()
    })
}

impl Outside {
    /// Lets sockets close and the store finish, once there are no laps any more.
    pub(crate) async fn finish(&self) {
        let closed = async {
            while !self.crowd.is_empty() {
                tokio::time::sleep(Duration::from_millis(CLOSING_MS)).await;
            }
            self.store.close().await
        };
        match tokio::time::timeout(Duration::from_millis(STOP_MS), closed).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(%error, "the store was not closed"),
            Err(_) => tracing::warn!("connections or store did not close in time"),
        }
    }
}

impl Inside {
    /// How the room is told to stop.
    pub(crate) fn stop(&self) -> Stop {
        self.stop.clone()
    }

    /// The app, on the thread that will run its laps, and what runs beside it.
    pub(crate) fn app(self) -> (App, Option<JoinHandle<()>>) {
        let (store, runtime) = (Arc::clone(&self.parts.store), self.parts.runtime.clone());
        let mut app = app(self.parts);
        app.insert_resource(self.health)
            .insert_resource(self.stop)
            .insert_resource(self.rehearsals)
            .add_plugins((TaskPoolPlugin::default(), stop::plugin));
        if let Some(code) = &self.code {
            app.insert_resource(Labels::of_room(code)).insert_resource(self.board).add_plugins(board::plugin);
        }
        let beside = if self.shadow { shadow::start(&mut app, store, runtime).ok() } else { None };
        (app, beside)
    }
}
