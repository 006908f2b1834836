//! What the host is typing, between frames.

use super::{
    fold::Fold,
    form::{ConfigForm, is_advanced},
    preset::{PresetCard, cards},
};
use crate::page::Section;
use outcry_engine::{OutcomeId, UserId, Violation};
use outcry_shared::{
    config::{Choice, SessionConfig},
    message::Whom,
};
use std::sync::OnceLock;

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

/// How long an act stays armed, in ms: its question is to be read.
const ARMED_MS: u64 = 15_000;
/// How long the script is seen after it was asked for, in ms.
const PEEK_MS: u64 = 4_000;

/// What the host is typing.
#[derive(Default)]
pub struct HostDraft {
    /// Which section is shown.
    pub section: Section,
    /// The password, until it is sent.
    pub password: String,
    /// Whether it is to be sent as soon as that is allowed.
    pub enters: bool,
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
    /// The acts for an emergency.
    pub emergency: Fold,
    /// The acts that close many seats.
    pub many: Fold,
    /// Whether every preset is shown.
    pub all_presets: bool,
    /// Whether every parameter is shown.
    pub advanced: bool,
    /// Whether the rehearsal is shown instead of the form.
    pub rehearsal: bool,
    /// The field that was sought last, of those that are wrong.
    sought: Option<String>,
    cards: OnceLock<Vec<PresetCard>>,
    armed: Option<(Armed, u64)>,
    /// Until when the script is seen.
    peeks_until_ms: u64,
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

    /// The presets with their pictures, made once.
    pub fn cards(&self) -> &[PresetCard] {
        self.cards.get_or_init(cards)
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

    /// Nothing is armed any more.
    pub fn disarm(&mut self) {
        self.armed = None;
    }

    /// Shows the script for a moment.
    pub fn peek(&mut self, now_ms: u64) {
        self.peeks_until_ms = now_ms + PEEK_MS;
    }

    /// Whether the script is seen; it is covered again by itself.
    #[must_use]
    pub fn is_peeking(&self, now_ms: u64) -> bool {
        now_ms < self.peeks_until_ms
    }

    /// The next field that is wrong, after the one that was sought last; where it stands is unfolded.
    pub fn seek(&mut self) -> Option<String> {
        let wrong: Vec<&str> = self.form.as_ref()?.checked().errors.iter().map(|error| error.field.as_str()).collect();
        let last = self.sought.as_deref().and_then(|sought| wrong.iter().position(|field| *field == sought));
        let next = last.map_or(0, |last| last + 1);
        let field = (*wrong.get(next).or(wrong.first())?).to_owned();
        self.advanced |= is_advanced(&field);
        self.sought = Some(field.clone());
        Some(field)
    }

    /// Whether the next press of this act fires.
    #[must_use]
    pub fn is_armed(&self, act: &Armed, now_ms: u64) -> bool {
        self.armed.as_ref().is_some_and(|(armed, at_ms)| armed == act && now_ms.saturating_sub(*at_ms) < ARMED_MS)
    }
}
