//! The server's own clock: monotonic, or moved by hand in tests. The session clock is made of
//! its differences, so a jump of the machine's time of day changes nothing.

use crate::{lap::Lap, record::Recorder, session::Session};
use bevy::prelude::*;
use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Instant,
};

/// Lets the session clock advance with the server's.
pub(super) fn plugin(app: &mut App) {
    app.init_resource::<LastLap>().add_systems(Update, advance.in_set(Lap::Clock));
}

/// Milliseconds since an epoch of its own; never goes back.
#[derive(Resource, Clone, Debug)]
pub struct ServerClock(Source);

#[derive(Clone, Debug)]
enum Source {
    Monotonic(Instant),
    Manual(Arc<AtomicU64>),
}

impl ServerClock {
    /// Starts now.
    #[must_use]
    pub fn monotonic() -> Self {
        Self(Source::Monotonic(Instant::now()))
    }

    /// Stands at 0 until moved.
    #[must_use]
    pub fn manual() -> (Self, ManualClock) {
        let ms = Arc::new(AtomicU64::new(0));
        (Self(Source::Manual(Arc::clone(&ms))), ManualClock(ms))
    }

    /// The time, in ms.
    #[must_use]
    pub fn now_ms(&self) -> u64 {
        match &self.0 {
            Source::Monotonic(start) => u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX),
            Source::Manual(ms) => ms.load(Ordering::Relaxed),
        }
    }
}

/// Moves a [`ServerClock::manual`].
#[derive(Clone, Debug)]
pub struct ManualClock(Arc<AtomicU64>);

impl ManualClock {
    /// Lets time pass, in ms.
    pub fn advance_ms(&self, ms: u64) {
        self.0.fetch_add(ms, Ordering::Relaxed);
    }
}

/// Server time of the last lap, in ms.
#[derive(Resource, Default)]
struct LastLap(Option<u64>);

fn advance(clock: Res<ServerClock>, recorder: Res<Recorder>, mut last: ResMut<LastLap>, mut session: ResMut<Session>) {
    let now_ms = clock.now_ms();
    let elapsed_ms = now_ms - last.0.replace(now_ms).unwrap_or(now_ms);
    if recorder.is_stalled() {
        return; // while nothing can be recorded, no session time passes either
    }
    session.advance(elapsed_ms);
}
