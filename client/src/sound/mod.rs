//! Short tones for what one should hear without looking: someone joins, an own order is
//! filled, the last seconds before a freeze, an elimination, the end. Made of sines in code.

#[cfg(not(target_arch = "wasm32"))]
mod native;
#[cfg(target_arch = "wasm32")]
mod web;

#[cfg(not(target_arch = "wasm32"))]
use native::Speaker;
#[cfg(target_arch = "wasm32")]
use web::Speaker;

use crate::{
    model::{Model, Notice},
    net::plugin::Heard,
    platform,
    ui::UiState,
};
use bevy::prelude::*;
use outcry_engine::Event;
use outcry_shared::phase::Phase;

/// The last seconds before a freeze are heard.
const FREEZE_SECONDS: u64 = 5;

/// A tone with a soft start and a long end.
#[derive(Clone, Copy, Debug)]
struct Tone {
    /// When it begins, in s.
    at_s: f32,
    /// How long it is heard, in s.
    long_s: f32,
    /// In Hz.
    hz: f32,
    /// 0 to 1.
    gain: f32,
}

const fn tone(at_s: f32, long_s: f32, hz: f32, gain: f32) -> Tone {
    Tone { at_s, long_s, hz, gain }
}

/// How long a tone takes to its full loudness, in s: without it, it would click.
const ATTACK_S: f32 = 0.012;

const JOIN: &[Tone] = &[tone(0.0, 0.25, 523.25, 0.08), tone(0.07, 0.35, 783.99, 0.07)];
const FILL: &[Tone] = &[tone(0.0, 0.16, 880.0, 0.12), tone(0.05, 0.30, 1_318.51, 0.10)];
const REJECTED: &[Tone] = &[tone(0.0, 0.18, 233.08, 0.14), tone(0.10, 0.26, 196.0, 0.14)];
const COUNT: &[Tone] = &[tone(0.0, 0.12, 660.0, 0.12)];
const FREEZE: &[Tone] = &[tone(0.0, 0.9, 329.63, 0.12), tone(0.0, 0.9, 220.0, 0.12)];
const ELIMINATION: &[Tone] = &[tone(0.0, 0.7, 196.0, 0.18), tone(0.18, 0.8, 155.56, 0.18), tone(0.36, 1.4, 98.0, 0.22)];
const WIN: &[Tone] = &[
    tone(0.0, 0.5, 523.25, 0.13),
    tone(0.14, 0.5, 659.25, 0.13),
    tone(0.28, 0.5, 783.99, 0.13),
    tone(0.42, 1.6, 1_046.5, 0.16),
    tone(0.42, 1.6, 659.25, 0.10),
];

pub(crate) fn plugin(app: &mut App) {
    app.insert_non_send(Speaker::default()).add_systems(Update, hear);
    #[cfg(not(target_arch = "wasm32"))]
    app.add_systems(Update, native::play);
}

fn hear(
    mut speaker: NonSendMut<Speaker>,
    mut heard: MessageReader<Heard>,
    (model, ui): (Res<Model>, Res<UiState>),
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
    let clock = model.session.as_ref().map(|session| session.clock).filter(|clock| clock.phase == Phase::Running)?;
    let left_ms = clock.next_freeze_ms?.checked_sub(model.session_ms(platform::now_ms()))?;
    let left_s = left_ms.div_ceil(1_000);
    (1..=FREEZE_SECONDS).contains(&left_s).then_some(left_s)
}
