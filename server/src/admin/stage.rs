//! Everything that an act may touch, each thing by the methods of its owner.

use super::{
    desk::{Asked, Desk, Effect},
    words::{describe, name, phase_name, says_what_it_did, tells_script},
};
use crate::{
    clock::ServerClock,
    market::{Beat, Session, Waiting},
    net::Wire,
    players::{Codes, Seats},
    publish::Notices,
    record::Recorder,
    rehearsals::Rehearsals,
    store::EventRow,
};
use bevy::{ecs::system::SystemParam, prelude::*};
use outcry_shared::{message::ActRecord, phase::Phase};

/// Everything that an act may touch.
#[derive(SystemParam)]
pub(super) struct Stage<'w, 's> {
    pub(super) session: ResMut<'w, Session>,
    pub(super) recorder: ResMut<'w, Recorder>,
    pub(super) waiting: ResMut<'w, Waiting>,
    pub(super) beat: ResMut<'w, Beat>,
    pub(super) clock: Res<'w, ServerClock>,
    pub(super) rehearsals: ResMut<'w, Rehearsals>,
    pub(super) codes: ResMut<'w, Codes>,
    pub(super) seats: Seats<'w, 's>,
    pub(super) notices: ResMut<'w, Notices>,
    pub(super) wire: Wire<'w>,
}

impl Stage<'_, '_> {
    /// The next commit stores the session's row.
    pub(super) fn keep_session(&mut self) {
        self.recorder.keep_session(&self.session);
    }

    /// Notes an act with what came of it, for the record and the host.
    pub(super) fn record(&mut self, desk: &mut Desk, asked: Asked, effect: Effect) {
        let at_ms = self.session.now_ms();
        let act = describe(&asked.act, &self.session.config().params.outcome_names);
        let secret = tells_script(&asked.act);
        // The script is no business of whoever reads the log.
        tracing::info!(act = if secret { name(&asked.act) } else { &act }, ok = effect.is_ok(), "host");
        let payload = serde_json::json!({
            "act": act,
            "done": effect.is_ok(),
            "effect": effect.as_ref().map_or_else(Clone::clone, Clone::clone),
        });
        self.recorder.note(EventRow::named("HOST_ACT", &payload, at_ms));
        let adds = effect.is_err() || !says_what_it_did(&asked.act);
        let shown = if adds { effect.clone() } else { Ok(String::new()) };
        desk.note(asked, effect, ActRecord { at_ms, act, secret, effect: shown });
    }

    /// The next commit stores that an act leads into another phase.
    pub(super) fn note_phase(&mut self, phase: Phase) {
        let session = &self.session;
        self.recorder.note(EventRow::phase(session.phase(), phase, "the host's act", session.now_ms()));
    }

    /// Why an act is refused in this phase.
    pub(super) fn not_in(&self, wanted: &str) -> String {
        format!("the session is {}: it must be {wanted} for that", phase_name(self.session.phase()))
    }
}
