//! What moves the session on: freezes, eliminations, resumes and the end, each after a tick with
//! everything accepted so far; extensions and closed seats, which need none.

use super::{
    beat::Beat,
    session::{Session, carried_out},
    tick::run_tick,
    waiting::Waiting,
};
use outcry_engine::{Event, Input, OutcomeId, UserId};
use outcry_shared::phase::Phase;

/// Freezes trading and takes outcomes out of the game: by a round, whose number is given, or by
/// hand. Rounds that would find nothing left afterwards are held with it.
pub(crate) fn eliminate_now(
    session: &mut Session,
    waiting: &mut Waiting,
    beat: &mut Beat,
    outcomes: Vec<OutcomeId>,
    round: Option<u32>,
    freeze_ms: u64,
) {
    run_tick(session, waiting, beat);
    let now_ms = session.now_ms();
    let round = session.last_round_over(&outcomes, round);
    beat.tell(session, Event::Freeze);
    beat.apply(session, Input::Eliminate { outcomes, round, now_ms, resume_ms: now_ms + freeze_ms });
    // What the tick before had to set aside, somebody should look at.
    let phase = if beat.refused().is_empty() { Phase::Frozen } else { Phase::Paused };
    set_phase(session, beat, phase, "a round");
}

/// Pays the winner's holders and closes the market.
pub(crate) fn finish(session: &mut Session, waiting: &mut Waiting, beat: &mut Beat) {
    run_tick(session, waiting, beat);
    let winner = session.script().map(|script| script.final_winner).unwrap_or_default();
    beat.apply(session, Input::Final { winner, now_ms: session.now_ms() });
    set_phase(session, beat, Phase::Resolved, "the end");
}

/// Stops the session clock.
pub(crate) fn pause(session: &mut Session, waiting: &mut Waiting, beat: &mut Beat) {
    run_tick(session, waiting, beat);
    set_phase(session, beat, Phase::Paused, "the host paused it");
}

/// Stops the session clock because nobody could trade for a while.
pub(crate) fn interrupt(session: &mut Session, waiting: &mut Waiting, beat: &mut Beat, why: String) {
    run_tick(session, waiting, beat);
    set_phase(session, beat, Phase::Paused, &why);
    beat.interrupt(why);
}

/// Lets trading go on, or the freeze in which the session was paused.
pub(crate) fn proceed(session: &mut Session, waiting: &mut Waiting, beat: &mut Beat) {
    run_tick(session, waiting, beat);
    if session.pauses_a_freeze() {
        return set_phase(session, beat, Phase::Frozen, "the host resumed it");
    }
    beat.tell(session, Event::Resume);
    session.schedule_tick();
    set_phase(session, beat, Phase::Running, "trading goes on");
}

/// Ends the freeze now whose planned end is given: the session clock goes on from there, and trading with it. Returns how
/// much time was skipped, in ms.
///
/// # Errors
/// Why not, in one sentence; nothing was changed.
pub(crate) fn end_freeze(
    session: &mut Session,
    waiting: &mut Waiting,
    beat: &mut Beat,
    resume_ms: u64,
) -> Result<u64, String> {
    let clock = |ms: u64| format!("{}:{:02}", ms / 60_000, ms / 1_000 % 60);
    let ends_ms =
        session.freeze_ends_ms().ok_or("the game ends before trading would go on: there is no break to end")?;
    if ends_ms != resume_ms {
        let [wanted, now] = [resume_ms, ends_ms].map(clock);
        return Err(format!("the break until {wanted} is over, this one lasts until {now}: look again"));
    }
    let now_ms = session.now_ms();
    if now_ms < session.told_ms() {
        return Err("everyone is being told who is out: try again in a moment".to_owned());
    }
    session.skip_to(resume_ms);
    proceed(session, waiting, beat);
    Ok(resume_ms.saturating_sub(now_ms))
}

/// Whether the market would take an input: a host's mistake must not stop the session.
///
/// # Errors
/// Why it would not.
pub(crate) fn would_take(session: &Session, input: &Input) -> Result<(), String> {
    carried_out(|| session.market().clone().apply(input)).map(|_| ())
}

/// Sets the end later.
///
/// # Errors
/// Why the market refuses; nothing was changed.
pub(crate) fn extend(session: &mut Session, beat: &mut Beat, by_ms: u64) -> Result<(), String> {
    let input = Input::Extend { by_ms, now_ms: session.now_ms() };
    would_take(session, &input)?;
    beat.apply(session, input);
    beat.close(session);
    Ok(())
}

/// Takes participants' orders back and closes their accounts.
pub(crate) fn close_seats(session: &mut Session, beat: &mut Beat, users: &[UserId]) {
    for user in users {
        beat.apply(session, Input::Close { user: *user, now_ms: session.now_ms() });
    }
    beat.close(session);
}

/// A step that broke an invariant is not taken: the session pauses instead.
fn set_phase(session: &mut Session, beat: &mut Beat, phase: Phase, why: &str) {
    if !beat.is_broken() {
        beat.enter(session, phase, why);
    }
    beat.close(session);
}
