//! How many connections there are, in all and from each network.

use super::link::ConnId;
use crate::{
    peer::Peer,
    places::{Full, Place, Places},
};
use outcry_shared::limits::{SEATS_MAX, SPECTATORS_MAX};
use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

/// Connections that have not said yet who they are, besides all seats and all who watch.
const NEWCOMERS: usize = 250;
/// Connections in all; beyond it the upgrade is refused (503).
const CONNECTIONS_MAX: usize = SEATS_MAX + SPECTATORS_MAX + NEWCOMERS;
/// Connections from one network; beyond it the upgrade is refused (429).
const CONNECTIONS_PER_NETWORK: usize = 256;

/// Live connections.
#[derive(Debug)]
pub struct Crowd {
    places: Arc<Places>,
    next: AtomicU64,
}

impl Default for Crowd {
    fn default() -> Self {
        let places = Places::new(CONNECTIONS_MAX, CONNECTIONS_PER_NETWORK);
        Self { places: Arc::new(places), next: AtomicU64::default() }
    }
}

impl Crowd {
    /// Whether every connection is closed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.places.are_free()
    }

    /// The number of a new connection.
    pub(super) fn next_conn(&self) -> ConnId {
        ConnId(self.next.fetch_add(1, Ordering::Relaxed))
    }

    /// Takes a place, if there is one for this peer.
    pub(super) fn enter(&self, peer: Peer) -> Result<Place, Full> {
        self.places.enter(peer.counted())
    }
}
