//! The host's right, as it was given: shared by the lap, which gives it, and the HTTP side, which
//! asks for it. Only hashes are kept.

use bevy::prelude::*;
use outcry_shared::secret::HostGrant;
use std::{
    collections::BTreeSet,
    sync::{Arc, PoisonError, RwLock},
};

/// Hashes of the grants given to hosts, shared with the HTTP side.
#[derive(Resource, Clone, Debug, Default)]
pub struct Grants(Arc<RwLock<BTreeSet<[u8; 32]>>>);

impl Grants {
    pub(crate) fn add(&self, grant: HostGrant) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(hash(grant));
    }

    /// Whether a grant was given. What is compared are hashes, so its time tells nothing of
    /// the grant.
    #[must_use]
    pub fn holds(&self, grant: HostGrant) -> bool {
        self.0.read().unwrap_or_else(PoisonError::into_inner).contains(&hash(grant))
    }
}

fn hash(grant: HostGrant) -> [u8; 32] {
    *blake3::hash(&grant.0).as_bytes()
}
