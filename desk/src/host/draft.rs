//! What the host is typing, between frames.

use super::form::ConfigForm;
use crate::page::Section;
use outcry_engine::{OutcomeId, UserId, Violation};
use outcry_shared::{
    config::{Choice, SessionConfig},
    message::Whom,
};

/// A destructive act that was armed and waits for the second press.
///
/// Each names what it was armed on: once that is another, it is not armed any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Armed {
    /// Run this round, counted from 0.
    ResolveNext(u32),
    /// Settle the market with this winner. Ends the session.
    ResolveFinal(OutcomeId),
    /// Eliminate these outcomes.
    Eliminate(Vec<OutcomeId>),
    /// Replace the scripted winner by this choice.
    SetWinner(Choice),
    /// Open a session that follows this one.
    Reset(u64),
    /// Close the seat of this participant.
    Kick(UserId),
    /// Close the seats of all these, up to this one.
    Empty(Whom, UserId),
}

/// How long an act stays armed, in ms.
const ARMED_MS: u64 = 5_000;

/// What the host is typing.
#[derive(Default)]
pub struct HostDraft {
    /// Which section is shown.
    pub section: Section,
    /// The password, until it is sent.
    pub password: String,
    /// The configuration being edited; begun from the one in force.
    pub form: Option<ConfigForm>,
    /// Whether `form` differs from what is in force.
    pub edited: bool,
    /// Errors of a file that could not be loaded.
    pub file_errors: Vec<Violation>,
    /// Outcomes to eliminate by hand.
    pub leaving: Vec<OutcomeId>,
    /// The winner to set, once one is chosen.
    pub winner: Option<Choice>,
    /// A seat being renamed, with its new name.
    pub renaming: Option<(UserId, String)>,
    /// The message to all.
    pub announcement: String,
    armed: Option<(Armed, u64)>,
}

impl HostDraft {
    /// Takes the text of a configuration file, or why it cannot be read.
    pub fn load(&mut self, file: Result<String, String>) {
        let failed =
            |reason| vec![Violation { field: "file".to_owned(), value: "unreadable".to_owned(), allowed: reason }];
        match file.map_err(failed).and_then(|text| SessionConfig::from_json(&text)) {
            Ok(config) => self.start_from(&config, true),
            Err(errors) => self.file_errors = errors,
        }
        self.section = Section::Configure;
    }

    /// Begins editing from a configuration.
    pub fn start_from(&mut self, config: &SessionConfig, edited: bool) {
        self.form = Some(ConfigForm::new(config));
        self.edited = edited;
        self.file_errors.clear();
    }

    /// Shows the configuration in force, as long as nothing is being edited. What was wrong with a file stays said.
    pub fn follow(&mut self, config: &SessionConfig) {
        self.form = Some(ConfigForm::new(config));
        self.edited = false;
    }

    /// First press arms, second fires. Returns whether it fires.
    pub fn press(&mut self, act: Armed, now_ms: u64) -> bool {
        if self.is_armed(&act, now_ms) {
            self.armed = None;
            return true;
        }
        self.armed = Some((act, now_ms));
        false
    }

    /// Whether the next press of this act fires.
    #[must_use]
    pub fn is_armed(&self, act: &Armed, now_ms: u64) -> bool {
        self.armed.as_ref().is_some_and(|(armed, at_ms)| armed == act && now_ms.saturating_sub(*at_ms) < ARMED_MS)
    }
}
