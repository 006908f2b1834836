//! Everything that an act may touch, each thing by the methods of its owner.

use super::words::phase_name;
use crate::{
    market::{Beat, Session, Waiting},
    net::Wire,
    players::Seats,
    publish::Notices,
    record::Recorder,
};
use bevy::{ecs::system::SystemParam, prelude::*};

/// Everything that an act may touch.
#[derive(SystemParam)]
pub(super) struct Stage<'w, 's> {
    pub(super) session: ResMut<'w, Session>,
    pub(super) recorder: ResMut<'w, Recorder>,
    pub(super) waiting: ResMut<'w, Waiting>,
    pub(super) beat: ResMut<'w, Beat>,
    pub(super) seats: Seats<'w, 's>,
    pub(super) notices: ResMut<'w, Notices>,
    pub(super) wire: Wire<'w>,
}

impl Stage<'_, '_> {
    /// The next commit stores the session's row.
    pub(super) fn keep_session(&mut self) {
        self.recorder.keep_session(&self.session);
    }

    /// Why an act is refused in this phase.
    pub(super) fn not_in(&self, wanted: &str) -> String {
        format!("the session is {}: it must be {wanted} for that", phase_name(self.session.phase()))
    }
}
