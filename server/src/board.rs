//! What a room shows of itself to whoever organises several. Written by its laps now and then; read outside of them.

use crate::{clock::ServerClock, lap::Housekeep, market::Session, net::Links, players::Roster};
use bevy::prelude::*;
use outcry_shared::phase::Phase;
use serde::{Deserialize, Serialize};
use std::sync::{Arc, Mutex, PoisonError};

/// Time between two looks, in ms.
const LOOK_MS: u64 = 500;

/// Where a room stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// Number of the session.
    pub session: u64,
    /// The name that the host gave it.
    pub name: String,
    /// Whether it waits, runs or is over.
    pub phase: Phase,
    /// Seats given, those closed included.
    pub seats: usize,
    /// Connections, those that watch included.
    pub connections: usize,
    /// The last tick.
    pub tick: u64,
}

/// What the table of a fleet shows of a room, as its holder sees it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Posted {
    /// Nothing of one that is on its way in, or cannot go on.
    #[serde(flatten)]
    pub(crate) shown: Option<Shown>,
    /// What is wrong, if something is.
    pub(crate) trouble: Option<String>,
}

/// A room's board. Clones are the same board.
#[derive(Resource, Clone, Debug, Default)]
pub struct Board(Arc<Mutex<Shown>>);

impl Board {
    /// What stands on it.
    #[must_use]
    pub fn shown(&self) -> Shown {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn show(&self, shown: Shown) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = shown;
    }
}

/// Keeps a board that the caller has inserted.
pub(crate) fn plugin(app: &mut App) {
    app.add_systems(Update, keep.in_set(Housekeep::Figures));
}

fn keep(
    clock: Res<ServerClock>,
    session: Res<Session>,
    roster: Res<Roster>,
    links: Res<Links>,
    board: Res<Board>,
    mut next_ms: Local<u64>,
) {
    let now_ms = clock.now_ms();
    if now_ms < *next_ms {
        return;
    }
    *next_ms = now_ms + LOOK_MS;
    board.show(Shown {
        session: session.id().0,
        name: session.config().name.clone(),
        phase: session.phase(),
        seats: roster.len(),
        connections: links.len(),
        tick: session.tick(),
    });
}
