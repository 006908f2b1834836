//! The server's own clock: monotonic, or moved by hand in tests. The session clock is made of
//! its differences, so a jump of the machine's time of day changes nothing.

use bevy::prelude::*;
use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Instant,
};

/// Milliseconds since an epoch of its own; never goes back.
#[derive(Resource, Clone, Debug)]
pub struct ServerClock(Source);

#[derive(Clone, Debug)]
enum Source {
    Monotonic(Instant),
    Manual(Arc<AtomicU64>),
}

impl ServerClock {
    /// The machine's monotonic clock, from 0 now.
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
