//! How the record stands, for whoever asks from outside the lap. Only the watch of this folder writes it.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

/// Longest time without a lap. Beyond it nobody is served.
const LAP_MAX: Duration = Duration::from_secs(5);

/// How the record stands.
#[derive(bevy::prelude::Resource, Clone, Debug)]
pub struct Health(Arc<Mutex<Sign>>);

#[derive(Debug)]
struct Sign {
    lap: Instant,
    trouble: Option<String>,
}

impl Default for Health {
    fn default() -> Self {
        Self(Arc::new(Mutex::new(Sign { lap: Instant::now(), trouble: None })))
    }
}

impl Health {
    /// Why the server is not ready, if it is not.
    #[must_use]
    pub fn trouble(&self) -> Option<String> {
        let sign = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if sign.lap.elapsed() > LAP_MAX {
            return Some(format!("no lap was run for {} s", sign.lap.elapsed().as_secs()));
        }
        sign.trouble.clone()
    }

    /// A lap was run, and the record stands so.
    pub(super) fn note(&self, trouble: Option<String>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Sign { lap: Instant::now(), trouble };
    }
}
