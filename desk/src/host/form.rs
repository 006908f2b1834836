//! The configuration as a form: every field as text, every error at its field.

use super::span;
use crate::{
    number::{self, Misread},
    text::{host::outcome_name, sentence::two_readings},
};
use outcry_engine::{
    OutcomeId, Params, Violation, Warning,
    params::{Field, FieldKind, Round, fields},
};
use outcry_shared::config::{Choice, Elimination, ScriptPlan, SessionConfig};
use std::collections::BTreeMap;

/// A round being edited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoundForm {
    /// When it begins, as typed: "5:00".
    pub at_s: String,
    /// How long it freezes, as typed: "0:15".
    pub freeze_s: String,
    /// Which outcomes leave in it: drawn, or fixed by the host.
    pub eliminate: Elimination,
}

/// The configuration being edited. Fields keep what was typed, also when it is wrong.
#[derive(Clone, Debug, PartialEq)]
pub struct ConfigForm {
    /// The session's name.
    pub name: String,
    /// What the market is about; may be empty.
    pub question: String,
    /// Suggested maximum slippage in percent, as typed.
    pub slippage: String,
    /// Every parameter but lists, as typed, by field name.
    pub values: BTreeMap<&'static str, String>,
    /// Names of outcomes; as many as were ever asked for, so that none is lost by a typo.
    pub outcome_names: Vec<String>,
    /// The rounds, also those switched off.
    pub rounds: Vec<RoundForm>,
    /// Who wins: drawn, or fixed by the host.
    pub winner: Choice,
    base: Params,
    checked: Checked,
}

/// What is wrong, and what is legal but costs the maker.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Checked {
    /// Every violation at once.
    pub errors: Vec<Violation>,
    /// Computed when there is no error.
    pub warnings: Vec<Warning>,
    /// The configuration, when there is no error.
    pub config: Option<Box<SessionConfig>>,
}

/// Outcomes that can be named at all.
const OUTCOMES_MAX: usize = 10;
/// The parameter that is a time: typed and shown as one.
const LENGTH: &str = "total_duration";
/// The parameters that a host in a hurry sets; all others are for those who know the market.
pub const SIMPLE: [&str; 3] = ["n_outcomes", LENGTH, "mr_enabled"];

/// Whether a field stands among those that are folded away.
#[must_use]
pub fn is_advanced(field: &str) -> bool {
    let simple = SIMPLE.contains(&field) || field == "outcome_names" || field == "rounds";
    field == "default_slippage_percent" || !simple && fields().iter().any(|known| known.name == field)
}

impl ConfigForm {
    /// The form of a configuration.
    #[must_use]
    pub fn new(config: &SessionConfig) -> Self {
        let plain = fields().iter().filter(|field| field.kind != FieldKind::List);
        let eliminations = config.script.eliminate.iter().cloned();
        let rounds = config.params.rounds.iter().zip(eliminations.chain(std::iter::repeat(Elimination::Random(1))));
        let mut form = Self {
            name: config.name.clone(),
            question: config.question.clone(),
            slippage: config.default_slippage_percent.to_string(),
            values: plain.map(|field| (field.name, typed(field, &config.params))).collect(),
            outcome_names: config.params.outcome_names.clone(),
            rounds: rounds.map(|(round, eliminate)| RoundForm::new(*round, eliminate)).collect(),
            winner: config.script.winner,
            base: config.params.clone(),
            checked: Checked::default(),
        };
        form.check();
        form
    }

    /// What is wrong with it, as of the last [`Self::check`].
    #[must_use]
    pub fn checked(&self) -> &Checked {
        &self.checked
    }

    /// Errors of one field, and of what is inside it ("rounds[1].at_s").
    pub fn errors<'a>(&'a self, field: &'a str) -> impl Iterator<Item = &'a Violation> {
        self.checked.errors.iter().filter(move |error| error.field == field)
    }

    /// How many outcomes are asked for, as far as that is a number.
    #[must_use]
    pub fn n_outcomes(&self) -> usize {
        let typed = self.values.get("n_outcomes").and_then(|text| text.trim().parse::<usize>().ok());
        typed.unwrap_or(usize::from(self.base.n_outcomes)).clamp(1, OUTCOMES_MAX)
    }

    /// Reads every field and validates the whole. To be called after every change.
    pub fn check(&mut self) {
        let count = self.n_outcomes();
        while self.outcome_names.len() < count {
            self.outcome_names.push(outcome_name(self.outcome_names.len()));
        }
        let (config, mut errors) = self.read();
        // A field that cannot be read keeps its old value, which must not be blamed as well.
        let unreadable: Vec<String> = errors.iter().map(|error| error.field.clone()).collect();
        errors.extend(config.validate().into_iter().filter(|error| !unreadable.contains(&error.field)));
        let whole = errors.is_empty();
        let warnings = if whole { config.warnings() } else { vec![] };
        self.checked = Checked { errors, warnings, config: whole.then(|| Box::new(config)) };
    }

    fn read(&self) -> (SessionConfig, Vec<Violation>) {
        let mut params = self.base.clone();
        let mut errors = Vec::new();
        for field in fields() {
            let Some(text) = self.values.get(field.name) else { continue };
            errors.extend(set(field, &mut params, text).err());
        }
        params.outcome_names = self.outcome_names.iter().take(self.n_outcomes()).cloned().collect();
        // Rounds that are switched off stay in the form and out of the configuration.
        let rounds: &[RoundForm] = if params.mr_enabled { &self.rounds } else { &[] };
        params.rounds = rounds.iter().enumerate().map(|(index, round)| round.read(index, &mut errors)).collect();
        let eliminate = rounds.iter().map(|round| round.eliminate.clone()).collect();
        let slippage = self.slippage.trim().parse();
        if slippage.is_err() {
            let allowed = "must be a whole number".to_owned();
            errors.push(unreadable("default_slippage_percent".to_owned(), &self.slippage, allowed));
        }
        let config = SessionConfig {
            name: self.name.trim().to_owned(),
            question: self.question.trim().to_owned(),
            params,
            script: ScriptPlan { winner: self.winner, eliminate },
            default_slippage_percent: slippage.unwrap_or(1),
        };
        (config, errors)
    }

    /// Adds a round halfway between the last one and the end.
    pub fn add_round(&mut self) {
        let seconds = |text: Option<&String>| text.and_then(|text| span::read(text).ok());
        let end_s = seconds(self.values.get(LENGTH)).unwrap_or(900);
        let last_s = seconds(self.rounds.last().map(|round| &round.at_s)).unwrap_or(0);
        let at_s = last_s + end_s.saturating_sub(last_s) / 2;
        self.rounds.push(RoundForm::new(Round { at_s, freeze_s: 15 }, Elimination::Random(1)));
        self.values.insert("mr_enabled", true.to_string());
        self.check();
    }

    /// Outcomes with their names, as typed.
    pub fn outcomes(&self) -> impl Iterator<Item = (OutcomeId, &str)> {
        let named = self.outcome_names.iter().take(self.n_outcomes()).enumerate();
        named.map(|(index, name)| (OutcomeId(index as u8), name.as_str()))
    }
}

impl RoundForm {
    fn new(round: Round, eliminate: Elimination) -> Self {
        Self { at_s: span::shown(round.at_s), freeze_s: span::shown(round.freeze_s), eliminate }
    }

    fn read(&self, index: usize, errors: &mut Vec<Violation>) -> Round {
        let mut seconds = |name: &str, text: &str| {
            span::read(text).unwrap_or_else(|allowed| {
                errors.push(unreadable(format!("rounds[{index}].{name}"), text, allowed));
                0
            })
        };
        Round { at_s: seconds("at_s", &self.at_s), freeze_s: seconds("freeze_s", &self.freeze_s) }
    }
}

/// Sets a field from what was typed. What is no number at all is left to the field's own sentence.
fn set(field: &Field, params: &mut Params, text: &str) -> Result<(), Violation> {
    if field.name == LENGTH {
        let seconds = span::read(text).map_err(|allowed| unreadable(field.name.to_owned(), text, allowed))?;
        return (field.set)(params, &seconds.to_string());
    }
    if field.kind != FieldKind::Number {
        return (field.set)(params, text);
    }
    match number::canonical(text) {
        Ok(number) => (field.set)(params, &number),
        Err(Misread::Ambiguous { thousands, decimals }) => {
            Err(unreadable(field.name.to_owned(), text, two_readings(&thousands, &decimals)))
        }
        Err(Misread::Empty | Misread::NotANumber) => (field.set)(params, text),
    }
}

/// A parameter as it would be typed: with one reading only.
fn typed(field: &Field, params: &Params) -> String {
    if field.name == LENGTH {
        return span::shown(params.total_duration);
    }
    let text = (field.get)(params);
    match number::canonical(&text) {
        Err(Misread::Ambiguous { decimals, .. }) => decimals,
        _ => text,
    }
}

fn unreadable(field: String, text: &str, allowed: String) -> Violation {
    Violation { field, value: format!("\"{text}\""), allowed }
}

#[cfg(test)]
mod tests {
    use super::super::draft::HostDraft;
    use super::*;
    use outcry_shared::config::presets;

    fn form_of(field: &'static str, text: &str) -> ConfigForm {
        let mut form = ConfigForm::new(&SessionConfig::default());
        form.values.insert(field, text.to_owned());
        form.check();
        form
    }

    #[test]
    fn figures_are_read_as_people_write_them() {
        let check = |text, expected: &str| {
            let form = form_of("z", text);
            let config = form.checked().config.as_ref().map(|config| config.params.z.to_string());
            assert_eq!(config.as_deref(), Some(expected), "{text}: {:?}", form.checked().errors);
        };
        check("7.500,00", "7500.000000");
        check("7,500.00", "7500.000000");
        check("7 500", "7500.000000");
    }

    #[test]
    fn two_readings_are_both_offered_at_their_field() {
        let form = form_of("z", "7.500");
        let errors: Vec<_> = form.errors("z").map(|error| error.allowed.as_str()).collect();
        assert_eq!(errors, ["can be read in two ways: write 7500 or 7.5000"]);
        assert_eq!(form.values["z"], "7.500", "what was typed stays");
    }

    #[test]
    fn times_are_minutes_and_seconds() {
        let config = presets().swap_remove(0).config;
        let mut form = ConfigForm::new(&config);
        let rounds: Vec<_> = form.rounds.iter().map(|round| (round.at_s.as_str(), round.freeze_s.as_str())).collect();
        assert_eq!((form.values[LENGTH].as_str(), &rounds[..]), ("15:00", &[("5:00", "0:15"), ("10:00", "0:15")][..]));
        assert_eq!(form.checked().config.as_deref(), Some(&config));
        form.rounds[1].at_s = "7:30".to_owned();
        form.check();
        let rounds = &form.checked().config.as_ref().expect("valid").params.rounds;
        assert_eq!(rounds[1].at_s, 450);
        form.rounds[1].at_s = "450".to_owned();
        form.values.insert(LENGTH, "quarter".to_owned());
        form.check();
        let said: Vec<_> =
            form.checked().errors.iter().map(|error| (error.field.as_str(), error.allowed.as_str())).collect();
        assert_eq!(
            said,
            [
                ("total_duration", "must be minutes and seconds, as 5:00"),
                ("rounds[1].at_s", "can be read in two ways: write 7:30:00 for minutes or 7:30 for seconds"),
            ]
        );
    }

    #[test]
    fn whoever_seeks_what_is_wrong_comes_to_each_and_sees_it() {
        let mut draft = HostDraft::default();
        let mut config = SessionConfig { name: String::new(), ..SessionConfig::default() };
        config.params.f = outcry_engine::Rate(90_000_000);
        draft.start_from(&config, true);
        let found: Vec<_> = (0..3).filter_map(|_| draft.seek()).collect();
        assert_eq!(found, ["f", "name", "f"], "from the first to the last, and around");
        assert!(draft.advanced, "what is folded away is opened");
    }

    #[test]
    fn every_figure_of_a_configuration_is_read_back() {
        let mut config = SessionConfig::default();
        config.params.eta = "1.125".parse().expect("a rate");
        let form = ConfigForm::new(&config);
        assert_eq!(form.checked().errors, []);
        assert_eq!(form.checked().config.as_deref(), Some(&config));
    }
}
