//! Whom to welcome.

use crate::net::ConnId;
use bevy::prelude::*;

/// Connections to be welcomed. They wait for as long as nothing is told, so this is a queue and no message.
#[derive(Resource, Debug, Default)]
pub struct Welcomes(Vec<ConnId>);

impl Welcomes {
    pub(super) fn push(&mut self, conn: ConnId) {
        self.0.push(conn);
    }

    /// Whether nobody is to be welcomed.
    pub(crate) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Those to be welcomed now, in the order in which they came.
    pub(crate) fn take(&mut self) -> Vec<ConnId> {
        std::mem::take(&mut self.0)
    }
}
