//! The end of a server: told by the system, or because nothing can be stored any more. It only
//! ends the laps; sockets and store are closed by whoever opened them.

use crate::{
    clock::ServerClock,
    lap::{Housekeep, Resolve},
    market::{Beat, Session, Waiting, run_tick},
    net::{Closing, Wire},
    record::Recorder,
};
use bevy::{app::AppExit, prelude::*};
use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicBool, Ordering},
};
use tokio::runtime::Runtime;

/// How long a stop waits for a store that does not answer, in ms.
const PATIENCE_MS: u64 = 5_000;

/// How a room is told to stop, alone or with the server, and why it had to.
#[derive(Resource, Clone, Debug, Default)]
pub(crate) struct Stop {
    /// The whole server.
    asked: Arc<AtomicBool>,
    /// This room, for good.
    closed: Arc<AtomicBool>,
    /// This room goes on in another process.
    moving: Arc<AtomicBool>,
    /// Another process has it already, or could: nothing more is stored here.
    lost: Arc<AtomicBool>,
    last_words: Arc<Mutex<Option<String>>>,
}

impl Stop {
    /// For a room of this server: it stops with the server, or is closed alone.
    pub(crate) fn of_room(&self) -> Self {
        Self { asked: Arc::clone(&self.asked), ..Self::default() }
    }

    /// Closes the room.
    pub(crate) fn close(&self) {
        self.closed.store(true, Ordering::Relaxed);
    }

    /// Ends the room here: another process goes on with it.
    pub(crate) fn move_on(&self) {
        self.moving.store(true, Ordering::Relaxed);
    }

    /// The same, of a room that another process has already, or could have.
    pub(crate) fn lose(&self) {
        self.lost.store(true, Ordering::Relaxed);
        self.move_on();
    }

    /// Tells the whole server to stop.
    pub(crate) fn ask(&self) {
        self.asked.store(true, Ordering::Relaxed);
    }

    /// Whether the room is to stop.
    pub(crate) fn is_asked(&self) -> bool {
        self.is_of_all() || self.closed.load(Ordering::Relaxed) || self.moving.load(Ordering::Relaxed)
    }

    fn is_lost(&self) -> bool {
        self.lost.load(Ordering::Relaxed)
    }

    /// What whoever is in the room is told. A client comes back by itself, unless there is no room to come back to.
    fn farewell(&self) -> &'static str {
        if self.moving.load(Ordering::Relaxed) {
            "this room goes on in another process: coming back to it takes seconds"
        } else if self.closed.load(Ordering::Relaxed) && !self.is_of_all() {
            "this room is closed: ask whoever organises it"
        } else {
            "the server is stopping: it will be back"
        }
    }

    /// Whether the whole server is.
    pub(crate) fn is_of_all(&self) -> bool {
        self.asked.load(Ordering::Relaxed)
    }

    /// Why the room cannot go on.
    pub(crate) fn say(&self, last_words: &str) {
        *self.last_words.lock().unwrap_or_else(PoisonError::into_inner) = Some(last_words.to_owned());
    }

    /// Why the server had to stop, if it was not told to.
    pub(crate) fn last_words(&self) -> Option<String> {
        self.last_words.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Listens for the system's request to stop from the moment this returns, not only once its
/// task has run: a stop that comes right after the start must not be a kill.
pub(crate) fn watch_signals(runtime: &Runtime, stop: &Stop) {
    let stop = Arc::clone(&stop.asked);
    let _entered = runtime.enter();
    #[cfg(unix)]
    let terminated = {
        use tokio::signal::unix::{SignalKind, signal};
        signal(SignalKind::terminate()).and_then(|terminate| Ok((terminate, signal(SignalKind::interrupt())?)))
    };
    runtime.spawn(async move {
        #[cfg(unix)]
        let asked = match terminated {
            Ok((mut terminate, mut interrupt)) => tokio::select! {
                asked = terminate.recv() => asked.is_some(),
                asked = interrupt.recv() => asked.is_some(),
            },
            // Without a signal to wait for, the server runs until it is killed: that is safe.
            Err(_) => false,
        };
        #[cfg(not(unix))]
        let asked = tokio::signal::ctrl_c().await.is_ok();
        if asked {
            stop.store(true, Ordering::Relaxed);
        }
    });
}

/// A stop runs a last tick, commits it, and closes the connections.
pub(crate) fn plugin(app: &mut App) {
    app.add_systems(Update, last_tick.in_set(Resolve::Stop)).add_systems(Update, leave.in_set(Housekeep::Stop));
}

fn last_tick(stop: Res<Stop>, mut session: ResMut<Session>, mut waiting: ResMut<Waiting>, mut beat: ResMut<Beat>) {
    if stop.is_asked() && !stop.is_lost() && !waiting.is_empty() {
        run_tick(&mut session, &mut waiting, &mut beat);
    }
}

fn leave(
    stop: Res<Stop>,
    clock: Res<ServerClock>,
    recorder: Res<Recorder>,
    mut asked_ms: Local<Option<u64>>,
    mut exits: MessageWriter<AppExit>,
    mut wire: Wire,
) {
    if let Some(reason) = recorder.fatal() {
        stop.say(reason);
    } else if !stop.is_lost() {
        let mut patient =
            || recorder.is_stalled() && clock.now_ms() < *asked_ms.get_or_insert(clock.now_ms()) + PATIENCE_MS;
        if !stop.is_asked() || patient() {
            return;
        }
    }
    tracing::info!("stopping");
    wire.close_all(&Closing::stopping(stop.farewell()));
    exits.write(AppExit::Success);
}
