//! Freezes, eliminations, resumes and the end. Each first runs a tick with everything
//! accepted so far.

use super::Session;
use crate::{
    intake::Waiting,
    tick::{Beat, run_tick},
};
use bevy::prelude::*;
use outcry_engine::{Event, Input, OutcomeId};
use outcry_shared::phase::Phase;

/// Does what the session clock has made due.
pub(super) fn run_due(mut session: ResMut<Session>, mut waiting: ResMut<Waiting>, mut beat: ResMut<Beat>) {
    if session.take_interrupted() {
        return pause(&mut session, &mut waiting, &mut beat);
    }
    if !session.phase.clock_runs() || beat.is_broken() {
        return;
    }
    let now_ms = session.now_ms();
    if now_ms >= session.end_ms() {
        return finish(&mut session, &mut waiting, &mut beat);
    }
    if session.phase == Phase::Frozen {
        if session.floor.resume_ms.is_none_or(|resume_ms| now_ms >= resume_ms) {
            proceed(&mut session, &mut waiting, &mut beat);
        }
        return;
    }
    if let Some(round) = session.next_round().filter(|round| now_ms >= round.at_ms) {
        eliminate_now(&mut session, &mut waiting, &mut beat, round.outcomes, round.freeze_ms);
    }
}

/// Freezes trading and takes outcomes out of the game.
pub(crate) fn eliminate_now(
    session: &mut Session,
    waiting: &mut Waiting,
    beat: &mut Beat,
    outcomes: Vec<OutcomeId>,
    freeze_ms: u64,
) {
    run_tick(session, waiting, beat);
    let now_ms = session.now_ms();
    beat.tell(Event::Freeze);
    beat.apply(session, Input::Eliminate { outcomes, now_ms, resume_ms: now_ms + freeze_ms });
    set_phase(session, beat, Phase::Frozen);
}

/// Pays the winner's holders and closes the market.
pub(crate) fn finish(session: &mut Session, waiting: &mut Waiting, beat: &mut Beat) {
    run_tick(session, waiting, beat);
    let winner = session.script.as_ref().map(|script| script.final_winner).unwrap_or_default();
    beat.apply(session, Input::Final { winner, now_ms: session.now_ms() });
    set_phase(session, beat, Phase::Resolved);
}

/// Stops the session clock.
pub(crate) fn pause(session: &mut Session, waiting: &mut Waiting, beat: &mut Beat) {
    run_tick(session, waiting, beat);
    set_phase(session, beat, Phase::Paused);
}

/// Lets trading go on, or the freeze in which the session was paused.
pub(crate) fn proceed(session: &mut Session, waiting: &mut Waiting, beat: &mut Beat) {
    run_tick(session, waiting, beat);
    if session.pauses_a_freeze() {
        return set_phase(session, beat, Phase::Frozen);
    }
    beat.tell(Event::Resume);
    session.schedule_tick();
    set_phase(session, beat, Phase::Running);
}

/// A step that broke an invariant is not taken: the session pauses instead.
fn set_phase(session: &mut Session, beat: &mut Beat, phase: Phase) {
    session.phase = if beat.is_broken() { Phase::Paused } else { phase };
    beat.close(session);
}
