//! What a session's configuration may be, beyond the market's own parameters.

use super::session::{Choice, Elimination, SessionConfig};
use crate::{
    limits::{
        OUTCOME_NAME_BYTES_MAX, QUESTION_BYTES_MAX, QUESTION_CHARS_MAX, SESSION_NAME_BYTES_MAX, SESSION_NAME_CHARS_MAX,
    },
    names::hidden_character,
};
use outcry_engine::{OutcomeId, Violation};
use std::fmt::Display;

impl SessionConfig {
    /// Every violation at once: parameters, script and the session's own fields.
    ///
    /// What passes fits into one message of a client.
    #[must_use]
    pub fn validate(&self) -> Vec<Violation> {
        let mut check = Check { config: self, found: self.params.validate(None) };
        check.texts();
        check.script();
        check.found
    }
}

struct Check<'a> {
    config: &'a SessionConfig,
    found: Vec<Violation>,
}

impl Check<'_> {
    fn require(&mut self, holds: bool, field: &str, value: impl Display, allowed: &str) {
        if !holds {
            self.found.push(Violation { field: field.into(), value: value.to_string(), allowed: allowed.into() });
        }
    }

    fn texts(&mut self) {
        let config = self.config;
        let name = &config.name;
        let fits = (1..=SESSION_NAME_CHARS_MAX).contains(&name.trim().chars().count())
            && name.chars().count() <= SESSION_NAME_CHARS_MAX
            && name.len() <= SESSION_NAME_BYTES_MAX;
        let allowed =
            format!("must have 1 to {SESSION_NAME_CHARS_MAX} characters and at most {SESSION_NAME_BYTES_MAX} bytes");
        self.require(fits, "name", format_args!("\"{name}\""), &allowed);
        self.visible("name", name);
        let question = &config.question;
        let fits = question.chars().count() <= QUESTION_CHARS_MAX && question.len() <= QUESTION_BYTES_MAX;
        let allowed = format!("must have at most {QUESTION_CHARS_MAX} characters and {QUESTION_BYTES_MAX} bytes");
        self.require(fits, "question", format_args!("\"{question}\""), &allowed);
        self.visible("question", question);
        for (index, name) in config.params.outcome_names.iter().enumerate() {
            let field = format!("outcome_names[{index}]");
            let allowed = format!("must have at most {OUTCOME_NAME_BYTES_MAX} bytes");
            self.require(name.len() <= OUTCOME_NAME_BYTES_MAX, &field, format_args!("\"{name}\""), &allowed);
            self.visible(&field, name);
        }
        let percent = config.default_slippage_percent;
        self.require((1..=100).contains(&percent), "default_slippage_percent", percent, "must be between 1 and 100");
    }

    fn visible(&mut self, field: &str, text: &str) {
        if let Some(hidden) = hidden_character(text) {
            let value = format!("\"{}\"", text.escape_debug());
            self.require(
                false,
                field,
                value,
                &format!("must not contain U+{:04X}, which nobody sees", u32::from(hidden)),
            );
        }
    }

    fn script(&mut self) {
        let (script, n) = (&self.config.script, self.config.params.n_outcomes);
        let rounds = self.config.params.rounds.len();
        let allowed = format!("must have one entry for each of the {rounds} rounds");
        self.require(script.eliminate.len() == rounds, "script.eliminate", script.eliminate.len(), &allowed);
        let mut taken: Vec<OutcomeId> = Vec::new();
        if let Choice::Fixed(winner) = script.winner {
            self.outcome("script.winner", winner);
            taken.push(winner);
        }
        let mut leaving = 0;
        for (index, elimination) in script.eliminate.iter().enumerate() {
            let field = format!("script.eliminate[{index}]");
            let count = elimination.count();
            self.require(count > 0, &field, count, "must eliminate at least one outcome");
            leaving += count;
            let Elimination::Fixed(outcomes) = elimination else { continue };
            for &outcome in outcomes {
                self.outcome(&field, outcome);
                self.require(
                    !taken.contains(&outcome),
                    &field,
                    outcome.0,
                    "must not name the winner, or an outcome twice",
                );
                taken.push(outcome);
            }
        }
        let allowed = format!("must eliminate at most {} of {n} outcomes in all", n.saturating_sub(1));
        self.require(leaving < usize::from(n.max(1)), "script.eliminate", leaving, &allowed);
    }

    fn outcome(&mut self, field: &str, outcome: OutcomeId) {
        let n = self.config.params.n_outcomes;
        let allowed = format!("must be an outcome from 0 to {}", n.saturating_sub(1));
        self.require(outcome.0 < n, field, outcome.0, &allowed);
    }
}
