//! How many connections there are, in all and from each address. A place is given back when it is
//! dropped, however its connection ends.

use super::link::ConnId;
use axum::http::StatusCode;
use outcry_shared::limits::SEATS_MAX;
use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

/// Connections in all; beyond it the upgrade is refused (503).
const CONNECTIONS_MAX: usize = SEATS_MAX + 500;
/// Connections from one address other than this machine; beyond it the upgrade is refused (429).
const CONNECTIONS_PER_ADDRESS: usize = 256;

/// Live connections, counted per address.
#[derive(Debug, Default)]
pub struct Crowd {
    by_address: Mutex<HashMap<IpAddr, usize>>,
    next: AtomicU64,
}

/// A place in the crowd, given back when dropped.
pub(super) struct Place {
    crowd: Arc<Crowd>,
    peer: IpAddr,
}

impl Crowd {
    /// Whether every connection is closed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_address.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
    }

    /// The number of a new connection.
    pub(super) fn next_conn(&self) -> ConnId {
        ConnId(self.next.fetch_add(1, Ordering::Relaxed))
    }

    /// Takes a place, if there is one for this address.
    pub(super) fn enter(self: &Arc<Self>, peer: IpAddr) -> Result<Place, StatusCode> {
        let mut counts = self.by_address.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.values().sum::<usize>() >= CONNECTIONS_MAX {
            return Err(StatusCode::SERVICE_UNAVAILABLE);
        }
        let count = counts.entry(peer).or_default();
        if *count >= CONNECTIONS_PER_ADDRESS && !peer.is_loopback() {
            return Err(StatusCode::TOO_MANY_REQUESTS);
        }
        *count += 1;
        Ok(Place { crowd: Arc::clone(self), peer })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut counts = self.crowd.by_address.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.get_mut(&self.peer) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.peer);
            }
        }
    }
}
