//! The pace of a session: its clock, its rounds, its ticks and its end, each when it is due. The
//! systems here ask and decide; what then happens is `market`'s.

use crate::{
    clock::ServerClock,
    lap::{Lap, Resolve},
    market::{Beat, Session, Waiting, eliminate_now, finish, interrupt, proceed, run_tick},
    record::Recorder,
};
use bevy::prelude::*;
use outcry_shared::phase::Phase;
use std::time::Instant;

/// Longest time between two laps that is session time, in ms. Beyond it nobody could trade: the session
/// pauses, and nothing of it is made up.
const INTERRUPTION_MS: u64 = 5_000;

/// Lets time pass, and does what it makes due.
pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Beat>()
        .init_resource::<Paces>()
        .add_systems(Update, pass.in_set(Lap::Clock))
        .add_systems(Update, move_on.in_set(Resolve::Rounds))
        .add_systems(Update, tick.in_set(Lap::Match));
}

/// How the ticks keep time.
#[derive(Resource, Debug, Default)]
pub struct Paces {
    match_us: u64,
    late: u64,
}

impl Paces {
    /// Time of the last tick's matching, in µs.
    #[must_use]
    pub const fn match_us(&self) -> u64 {
        self.match_us
    }

    /// Ticks that a stall swallowed so far.
    #[must_use]
    pub const fn late(&self) -> u64 {
        self.late
    }
}

/// Lets the session clock advance with the server's. While nothing can be recorded, no session
/// time passes either.
fn pass(
    clock: Res<ServerClock>,
    recorder: Res<Recorder>,
    mut last_ms: Local<Option<u64>>,
    mut session: ResMut<Session>,
) {
    if recorder.is_stalled() {
        *last_ms = None;
        return;
    }
    let now_ms = clock.now_ms();
    let elapsed_ms = now_ms - last_ms.replace(now_ms).unwrap_or(now_ms);
    if elapsed_ms > INTERRUPTION_MS && session.phase().clock_runs() {
        session.interrupt(format!("the server stood still for {} s", elapsed_ms / 1_000));
    } else {
        session.advance(elapsed_ms);
    }
}

/// The round, the resume or the end that the session clock has made due. A session in which nobody
/// could trade for a while pauses first.
fn move_on(mut session: ResMut<Session>, mut waiting: ResMut<Waiting>, mut beat: ResMut<Beat>) {
    if let Some(why) = session.take_interruption() {
        return interrupt(&mut session, &mut waiting, &mut beat, why);
    }
    if !session.phase().clock_runs() || beat.is_broken() {
        return;
    }
    let now_ms = session.now_ms();
    if now_ms >= session.end_ms() {
        return finish(&mut session, &mut waiting, &mut beat);
    }
    if session.phase() == Phase::Frozen {
        if session.floor().resume_ms().is_none_or(|resume_ms| now_ms >= resume_ms) {
            proceed(&mut session, &mut waiting, &mut beat);
        }
        return;
    }
    if let Some(round) = session.next_round().filter(|round| now_ms >= round.at_ms) {
        eliminate_now(&mut session, &mut waiting, &mut beat, round.outcomes, Some(round.number), round.freeze_ms);
    }
}

/// The tick on the grid of the interval. Where a freeze or the end has run one in this lap
/// already, there is none; while frozen or paused one runs as soon as something waits.
fn tick(mut session: ResMut<Session>, mut waiting: ResMut<Waiting>, mut beat: ResMut<Beat>, mut paces: ResMut<Paces>) {
    let due = match session.phase() {
        Phase::Running => session.tick_is_due(),
        Phase::Frozen => session.tick_is_due() && !waiting.is_empty(),
        Phase::Paused => waiting.has_cancels(),
        Phase::Draft | Phase::Lobby | Phase::Resolved => false,
    };
    if session.phase().clock_runs() && (due || beat.is_closed()) {
        paces.late += session.schedule_tick();
    }
    if !due || beat.is_closed() {
        return;
    }
    let started = Instant::now();
    run_tick(&mut session, &mut waiting, &mut beat);
    paces.match_us = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
}
