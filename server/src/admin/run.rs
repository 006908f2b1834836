//! Acts that move the session: start, pause, resume, extend, resolve, another winner.

use super::{
    Effect,
    acts::{Stage, phase_name, sentence},
};
use crate::session::{draw, draw_one, eliminate_now, finish, pause, proceed, random_bytes};
use outcry_engine::{Input, OutcomeId};
use outcry_shared::{config::Choice, message::Resolve, phase::Phase};

/// Longest extension at once, in s.
const EXTEND_MAX_S: u32 = 86_400;
/// How long trading stays frozen when the host eliminates by hand and no round is left whose
/// time would serve, in ms.
const FREEZE_BY_HAND_MS: u64 = 15_000;

impl Stage<'_, '_> {
    pub(super) fn open_lobby(&mut self) -> Effect {
        if self.session.phase != Phase::Draft {
            return Err(self.not_in("a draft"));
        }
        self.session.phase = Phase::Lobby;
        self.keep_session();
        self.notices.clock = true;
        Ok("the lobby is open".to_owned())
    }

    pub(super) fn start(&mut self) -> Effect {
        if self.session.phase != Phase::Lobby {
            return Err(self.not_in("in its lobby"));
        }
        let seed = random_bytes().map_err(|error| error.to_string())?;
        let config = &self.session.config;
        let script = draw(&config.script, config.params.n_outcomes, config.params.rounds.len(), seed);
        let violations = config.params.validate(Some(&script));
        if !violations.is_empty() {
            return Err(sentence(&violations));
        }
        self.session.start(script);
        self.keep_session();
        self.notices.all = true;
        Ok("the session has started".to_owned())
    }

    /// Runs the last tick and stops the session clock.
    pub(super) fn pause(&mut self) {
        pause(&mut self.session, &mut self.waiting, &mut self.beat);
    }

    pub(super) fn pause_now(&mut self) -> Effect {
        if !self.session.phase.clock_runs() {
            return Err(self.not_in("running"));
        }
        self.pause();
        Ok("paused".to_owned())
    }

    pub(super) fn resume(&mut self) -> Effect {
        if self.session.phase != Phase::Paused {
            return Err(self.not_in("paused"));
        }
        proceed(&mut self.session, &mut self.waiting, &mut self.beat);
        Ok("the session goes on".to_owned())
    }

    pub(super) fn extend(&mut self, by_s: u32) -> Effect {
        if !self.session.phase.is_live() {
            return Err(self.not_in("running"));
        }
        if by_s == 0 || by_s > EXTEND_MAX_S {
            return Err(format!("{by_s} s is not between 1 and {EXTEND_MAX_S}"));
        }
        let input = Input::Extend { by_ms: u64::from(by_s) * 1_000, now_ms: self.session.now_ms() };
        self.would(&input)?;
        self.beat.apply(&mut self.session, input);
        self.beat.close(&mut self.session);
        Ok(format!("the end is {by_s} s later"))
    }

    /// Whether the market would take an input: a host's mistake must not stop the session.
    fn would(&self, input: &Input) -> Result<(), String> {
        self.session.floor.market.clone().apply(input).map(|_| ()).map_err(|refusal| refusal.to_string())
    }

    pub(super) fn resolve(&mut self, which: &Resolve) -> Effect {
        let next = self.session.next_round();
        match (which, next) {
            (Resolve::Next, Some(round)) => self.eliminate(round.outcomes, round.freeze_ms),
            (Resolve::Eliminate(outcomes), next) => {
                self.eliminate(outcomes.clone(), next.map_or(FREEZE_BY_HAND_MS, |round| round.freeze_ms))
            }
            (Resolve::Next | Resolve::Final, _) => self.end_now(),
        }
    }

    fn eliminate(&mut self, outcomes: Vec<OutcomeId>, freeze_ms: u64) -> Effect {
        if self.session.phase != Phase::Running {
            return Err(self.not_in("running"));
        }
        if self.session.script.as_ref().is_some_and(|script| outcomes.contains(&script.final_winner)) {
            return Err("the scripted winner cannot be eliminated: set another winner first".to_owned());
        }
        let now_ms = self.session.now_ms();
        self.would(&Input::Eliminate { outcomes: outcomes.clone(), now_ms, resume_ms: now_ms + freeze_ms })?;
        let letters: String = outcomes.iter().map(|outcome| outcome.letter()).collect();
        eliminate_now(&mut self.session, &mut self.waiting, &mut self.beat, outcomes, freeze_ms);
        Ok(format!("eliminated {letters}"))
    }

    fn end_now(&mut self) -> Effect {
        if !self.session.phase.is_live() {
            return Err(self.not_in("running"));
        }
        finish(&mut self.session, &mut self.waiting, &mut self.beat);
        Ok("the session is resolved".to_owned())
    }

    pub(super) fn set_winner(&mut self, choice: Choice) -> Effect {
        if self.session.phase == Phase::Resolved {
            return Err("the session is over: its winner stands".to_owned());
        }
        let mut config = self.session.config.clone();
        config.script.winner = choice;
        if self.session.script.is_none() {
            let violations = config.validate();
            if !violations.is_empty() {
                return Err(sentence(&violations));
            }
        } else {
            self.override_winner(choice)?;
        }
        self.session.config = config;
        self.keep_session();
        Ok("the winner is set".to_owned())
    }

    /// Another winner in a running session. Where a round still to come would have eliminated
    /// it, the old winner takes its place there.
    fn override_winner(&mut self, choice: Choice) -> Result<(), String> {
        let active = self.session.floor.market.active();
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
        let Some(script) = &mut self.session.script else { return Ok(()) };
        let before = std::mem::replace(&mut script.final_winner, winner);
        for outcome in script.eliminate.iter_mut().flatten().filter(|outcome| **outcome == winner) {
            *outcome = before;
        }
        Ok(())
    }

    fn not_in(&self, wanted: &str) -> String {
        format!("the session is {}: it must be {wanted} for that", phase_name(self.session.phase))
    }
}
