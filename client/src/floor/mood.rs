//! The light in the room: what the phase of the session does to it. Changed here alone.

use super::stirring::{Mover, Stirring};
use crate::{
    frame::FloorSystems,
    net::{Heard, Known},
    stage::eased::{Eased, STEP_MAX_S},
    ui::UiState,
};
use bevy::prelude::*;
use outcry_desk::model::Notice;
use outcry_shared::phase::Phase;

/// How fast the light follows the phase, per s.
const FOLLOW_PER_S: f32 = 2.2;
/// How long a beat is seen, in s.
const BEAT_S: f32 = 1.1;
/// How fast its ring grows, in m/s.
const BEAT_M_PER_S: f32 = 11.0;

/// The light in the room.
#[derive(Resource, Debug)]
pub(super) struct Mood {
    /// 0 is the night, 1 the lamp.
    pub(super) light: Eased,
    /// Ice on everything, 0 to 1.
    pub(super) frost: Eased,
    /// How much nearer the camera is, 0 to 1.
    pub(super) near: Eased,
    /// Seconds since the last tick.
    pub(super) beat_s: f32,
    /// Whether things move for the sake of moving.
    pub(super) motion: bool,
}

impl Default for Mood {
    fn default() -> Self {
        let (light, frost, near) = (Eased { now: 0.0, target: 0.8 }, Eased::at(0.0), Eased::at(0.0));
        Self { light, frost, near, beat_s: BEAT_S, motion: true }
    }
}

impl Mood {
    /// Radius in m and strength of the tick's ring.
    pub(super) fn beat(&self) -> (f32, f32) {
        let left = (1.0 - self.beat_s / BEAT_S).max(0.0);
        (self.beat_s * BEAT_M_PER_S, if self.motion { left * left } else { 0.0 })
    }
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Mood>().add_systems(Update, follow.in_set(FloorSystems::Follow));
}

fn follow(
    (mut mood, mut stirring): (ResMut<Mood>, ResMut<Stirring>),
    mut heard: MessageReader<Heard>,
    model: Res<Known>,
    ui: Res<UiState>,
    time: Res<Time<Real>>,
) {
    let mood = mood.as_mut();
    mood.motion = !ui.prefs.reduce_motion;
    (mood.light.target, mood.frost.target, mood.near.target) = match model.phase() {
        Phase::Draft | Phase::Lobby => (0.8, 0.0, 0.0),
        Phase::Running => (1.0, 0.0, 0.0),
        Phase::Frozen => (0.30, 1.0, 1.0),
        Phase::Paused => (0.45, 0.0, 0.0),
        Phase::Resolved => (0.75, 0.0, 0.0),
    };
    if model.session().is_none() {
        mood.light.target = 0.35;
    }
    mood.beat_s += time.delta_secs();
    if heard.read().any(|heard| matches!(heard.0, Notice::Tick { .. })) {
        mood.beat_s = 0.0;
    }
    let dt_s = time.delta_secs().min(STEP_MAX_S);
    let per_s = if mood.motion { FOLLOW_PER_S } else { f32::INFINITY };
    let moving = [&mut mood.light, &mut mood.frost, &mut mood.near].map(|eased| eased.advance(dt_s, per_s));
    stirring.note(Mover::Light, moving.contains(&true) || mood.beat().1 > 0.0);
}
