//! Which event is heard as what.

#[cfg(not(target_arch = "wasm32"))]
use super::native::{self, Speaker};
use super::wave::{COUNT, ELIMINATION, FILL, FREEZE, JOIN, REJECTED, Tone, WIN};
#[cfg(target_arch = "wasm32")]
use super::web::Speaker;
use crate::{
    net::{Heard, Known},
    platform,
    ui::UiState,
};
use bevy::prelude::*;
use outcry_desk::model::{Model, Notice};
use outcry_engine::Event;
use outcry_shared::phase::Phase;

/// The last seconds before a freeze are heard.
const FREEZE_SECONDS: u64 = 5;

pub(crate) fn plugin(app: &mut App) {
    app.insert_non_send(Speaker::default()).add_systems(Update, hear);
    #[cfg(not(target_arch = "wasm32"))]
    app.add_systems(Update, native::play);
}

fn hear(
    mut speaker: NonSendMut<Speaker>,
    mut heard: MessageReader<Heard>,
    (model, ui): (Res<Known>, Res<UiState>),
    mut counted: Local<Option<u64>>,
) {
    let left_s = seconds_to_freeze(&model);
    let counts = left_s != *counted && left_s.is_some();
    *counted = left_s;
    // One sound at a time, the most telling one.
    let loudest = heard.read().filter_map(|heard| cue(&heard.0, model.phase())).max_by_key(|(rank, _)| *rank);
    let tones = loudest.map(|(_, tones)| tones).or(counts.then_some(COUNT));
    if let Some(tones) = tones.filter(|_| !ui.prefs.mute) {
        speaker.play(tones);
    }
}

/// What a notice sounds like, and how much it matters.
fn cue(notice: &Notice, phase: Phase) -> Option<(u8, &'static [Tone])> {
    match notice {
        Notice::Joined(_) if phase == Phase::Lobby => Some((0, JOIN)),
        Notice::OwnRejected => Some((1, REJECTED)),
        Notice::OwnFill(_) => Some((2, FILL)),
        Notice::Phase { to: Phase::Frozen, .. } => Some((3, FREEZE)),
        Notice::Tick { update, .. } => update.events.iter().find_map(|event| match event {
            Event::Final { .. } => Some((5, WIN)),
            Event::Elimination { .. } => Some((4, ELIMINATION)),
            _ => None,
        }),
        _ => None,
    }
}

/// Whole seconds to the next freeze, in the last few.
fn seconds_to_freeze(model: &Model) -> Option<u64> {
    let clock = model.session().map(|session| session.clock()).filter(|clock| clock.phase == Phase::Running)?;
    let left_ms = clock.next_freeze_ms?.checked_sub(model.session_ms(platform::now_ms()))?;
    let left_s = left_ms.div_ceil(1_000);
    (1..=FREEZE_SECONDS).contains(&left_s).then_some(left_s)
}
