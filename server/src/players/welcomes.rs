//! Whom to welcome.

use crate::net::ConnId;
use bevy::prelude::*;
use outcry_shared::secret::SeatToken;

/// Connections to be welcomed, with the token of a seat just given. They wait for as long as
/// nothing is told, so this is a queue and no message.
#[derive(Resource, Debug, Default)]
pub struct Welcomes(Vec<(ConnId, Option<SeatToken>)>);

impl Welcomes {
    pub(super) fn push(&mut self, conn: ConnId, token: Option<SeatToken>) {
        self.0.push((conn, token));
    }

    /// Whether nobody is to be welcomed.
    pub(crate) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Those to be welcomed now, in the order in which they came.
    pub(crate) fn take(&mut self) -> Vec<(ConnId, Option<SeatToken>)> {
        std::mem::take(&mut self.0)
    }
}
