//! Acts that move the session: start, pause, resume, extend, resolve, another winner.

use super::{
    desk::Effect,
    stage::Stage,
    words::{self, sentence},
};
use crate::{
    chance::{draw, draw_one, random_bytes},
    market::{eliminate_now, end_freeze, extend, finish, pause, proceed, would_take},
    store::EventRow,
};
use outcry_engine::{Input, OutcomeId};
use outcry_shared::{config::Choice, message::Resolve, phase::Phase};

/// Longest extension at once, in s.
const EXTEND_MAX_S: u32 = 86_400;
/// How long trading stays frozen when the host eliminates by hand and no round is left whose
/// time would serve, in ms.
const FREEZE_BY_HAND_MS: u64 = 15_000;

impl Stage<'_, '_> {
    pub(super) fn open_lobby(&mut self) -> Effect {
        if self.session.phase() != Phase::Draft {
            return Err(self.not_in("a draft"));
        }
        self.note_phase(Phase::Lobby);
        self.session.open_lobby();
        self.keep_session();
        self.notices.clock();
        Ok("the lobby is open".to_owned())
    }

    pub(super) fn start(&mut self) -> Effect {
        if self.session.phase() != Phase::Lobby {
            return Err(self.not_in("in its lobby"));
        }
        let seed = random_bytes().map_err(|error| error.to_string())?;
        let config = self.session.config();
        let script = draw(&config.script, config.params.n_outcomes, config.params.rounds.len(), seed);
        let violations = config.params.validate(Some(&script));
        if !violations.is_empty() {
            return Err(sentence(&violations));
        }
        self.note_phase(Phase::Running);
        self.note_rehearsal();
        self.session.start(script);
        self.keep_session();
        self.notices.all();
        Ok("the session has started".to_owned())
    }

    /// The record of a session has the sheet of its very configuration, if there is one.
    fn note_rehearsal(&mut self) {
        let (session, rehearsals) = (&self.session, &self.rehearsals);
        let Some(sheet) = rehearsals.sheet_of(session.config()) else { return };
        let payload = serde_json::to_value(sheet).unwrap_or_default();
        self.recorder.note(EventRow::named(EventRow::REHEARSAL, &payload, session.now_ms()));
    }

    /// Runs the last tick and stops the session clock.
    pub(super) fn pause(&mut self) {
        pause(&mut self.session, &mut self.waiting, &mut self.beat);
    }

    pub(super) fn pause_now(&mut self) -> Effect {
        if !self.session.phase().clock_runs() {
            return Err(self.not_in("running"));
        }
        self.pause();
        Ok("paused".to_owned())
    }

    pub(super) fn resume(&mut self) -> Effect {
        if self.session.phase() != Phase::Paused {
            return Err(self.not_in("paused"));
        }
        proceed(&mut self.session, &mut self.waiting, &mut self.beat);
        Ok("the session goes on".to_owned())
    }

    pub(super) fn end_freeze(&mut self, resume_ms: u64) -> Effect {
        if self.session.phase() != Phase::Frozen {
            return Err(self.not_in("frozen"));
        }
        let early_ms = end_freeze(&mut self.session, &mut self.waiting, &mut self.beat, resume_ms)?;
        Ok(format!("trading goes on {} s early", early_ms.div_ceil(1_000)))
    }

    pub(super) fn extend(&mut self, by_s: u32) -> Effect {
        if !self.session.phase().is_live() {
            return Err(self.not_in("running"));
        }
        if by_s == 0 || by_s > EXTEND_MAX_S {
            return Err(format!("{by_s} s is not between 1 and {EXTEND_MAX_S}"));
        }
        let by_ms = u64::from(by_s) * 1_000;
        extend(&mut self.session, &mut self.beat, by_ms)?;
        Ok(format!("the end is {by_s} s later"))
    }

    pub(super) fn resolve(&mut self, which: &Resolve) -> Effect {
        let next = self.session.next_round();
        match (which, next) {
            (Resolve::Next(number), Some(round)) if *number == round.number => {
                self.eliminate(round.outcomes, Some(round.number), round.freeze_ms)
            }
            (Resolve::Next(number), next) => Err(words::not_the_next(*number, next.map(|round| round.number))),
            (Resolve::Eliminate(outcomes), next) => {
                self.eliminate(outcomes.clone(), None, next.map_or(FREEZE_BY_HAND_MS, |round| round.freeze_ms))
            }
            (Resolve::Final(winner), _) => self.end_now(*winner),
        }
    }

    fn eliminate(&mut self, outcomes: Vec<OutcomeId>, round: Option<u32>, freeze_ms: u64) -> Effect {
        if self.session.phase() != Phase::Running {
            return Err(self.not_in("running"));
        }
        if self.session.script().is_some_and(|script| outcomes.contains(&script.final_winner)) {
            return Err("the scripted winner cannot be eliminated: set another winner first".to_owned());
        }
        let now_ms = self.session.now_ms();
        let input = Input::Eliminate { outcomes: outcomes.clone(), round, now_ms, resume_ms: now_ms + freeze_ms };
        would_take(&self.session, &input)?;
        let named = words::named(&outcomes, &self.session.config().params.outcome_names);
        eliminate_now(&mut self.session, &mut self.waiting, &mut self.beat, outcomes, round, freeze_ms);
        Ok(format!("eliminated {named}"))
    }

    fn end_now(&mut self, winner: OutcomeId) -> Effect {
        if !self.session.phase().is_live() {
            return Err(self.not_in("running"));
        }
        if self.session.script().is_some_and(|script| script.final_winner != winner) {
            return Err("the winner was changed after you looked: look at it again".to_owned());
        }
        finish(&mut self.session, &mut self.waiting, &mut self.beat);
        Ok("the session is resolved".to_owned())
    }

    pub(super) fn set_winner(&mut self, choice: Choice) -> Effect {
        if self.session.phase() == Phase::Resolved {
            return Err("the session is over: its winner stands".to_owned());
        }
        if self.session.script().is_none() {
            self.session.plan_winner(choice).map_err(|violations| sentence(&violations))?;
        } else {
            let winner = self.another_winner(choice)?;
            self.session.override_winner(choice, winner);
        }
        self.keep_session();
        let set = if self.session.script().is_some() { "the winner is set" } else { "the winner is planned" };
        Ok(set.to_owned())
    }

    /// The winner that the host wants for a session under way.
    fn another_winner(&self, choice: Choice) -> Result<OutcomeId, String> {
        let active = self.session.market().active();
        let winner = match choice {
            Choice::Fixed(winner) => winner,
            Choice::Random => {
                let seed = random_bytes().map_err(|error| error.to_string())?;
                draw_one(&active, seed).ok_or("no outcome is in the game")?
            }
        };
        if !active.contains(&winner) {
            return Err(format!("outcome {} is not in the game", winner.0));
        }
        Ok(winner)
    }
}
