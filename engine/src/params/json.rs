//! Parameters as the JSON object of the scenario format and of configuration files.

use super::{
    fields::{Field, FieldKind, fields},
    values::{Params, Round, Script, default_names},
    violation::Violation,
};
use crate::order::OutcomeId;
use serde_json::{Map, Value};

/// An `_end` that is left out takes its `_start`.
const PAIRS: [(&str, &str); 4] =
    [("mu_start", "mu_end"), ("nu_start", "nu_end"), ("kappa_start", "kappa_end"), ("zeta_start", "zeta_end")];

impl Params {
    /// Reads the JSON object of the scenario format and of configuration files: fields
    /// left out take their defaults (an `_end` its `_start`, q₀ S/2). The fields of a
    /// [`Script`] (`final_winner`, `rounds[].eliminate`) are read apart. Ranges are
    /// checked by [`Params::validate`].
    ///
    /// # Errors
    /// Every malformed or unknown field.
    pub fn from_json(value: &Value) -> Result<(Self, Script), Vec<Violation>> {
        let Value::Object(object) = value else {
            return Err(vec![violation("params", value, "must be an object")]);
        };
        let mut reader = Reader { params: Self::default(), script: Script::default(), found: Vec::new() };
        for (name, value) in object {
            reader.field(name, value);
        }
        reader.fill_in(object);
        if reader.found.is_empty() { Ok((reader.params, reader.script)) } else { Err(reader.found) }
    }

    /// The JSON object that [`Params::from_json`] reads back, with the script when it
    /// may be shown.
    #[must_use]
    pub fn to_json(&self, script: Option<&Script>) -> Value {
        let mut object = Map::new();
        for field in fields() {
            let text = (field.get)(self);
            let value = match field.kind {
                FieldKind::Switch => Value::Bool(text == "true"),
                FieldKind::Number | FieldKind::Choice(_) => Value::String(text),
                FieldKind::List if field.name == "rounds" => rounds_to_json(&self.rounds, script),
                FieldKind::List => self.outcome_names.iter().cloned().map(Value::String).collect(),
            };
            object.insert(field.name.to_owned(), value);
        }
        if let Some(script) = script {
            object.insert("final_winner".to_owned(), script.final_winner.0.into());
        }
        Value::Object(object)
    }
}

fn rounds_to_json(rounds: &[Round], script: Option<&Script>) -> Value {
    let one = |(index, round): (usize, &Round)| {
        let mut object = Map::new();
        object.insert("at_s".to_owned(), round.at_s.into());
        object.insert("freeze_s".to_owned(), round.freeze_s.into());
        if let Some(outcomes) = script.and_then(|script| script.eliminate.get(index)) {
            let outcomes: Value = outcomes.iter().map(|outcome| outcome.0).collect();
            object.insert("eliminate".to_owned(), outcomes);
        }
        Value::Object(object)
    };
    rounds.iter().enumerate().map(one).collect()
}

fn violation(field: &str, value: &Value, allowed: &str) -> Violation {
    Violation { field: field.to_owned(), value: value.to_string(), allowed: allowed.to_owned() }
}

/// A number, string or switch as text.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(on) => Some(on.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

fn whole<T: TryFrom<u64>>(value: &Value) -> Option<T> {
    let number = value.as_u64().or_else(|| value.as_str()?.trim().parse().ok())?;
    T::try_from(number).ok()
}

struct Reader {
    params: Params,
    script: Script,
    found: Vec<Violation>,
}

impl Reader {
    fn field(&mut self, name: &str, value: &Value) {
        match name {
            "outcome_names" => self.names(value),
            "rounds" => self.rounds(value),
            "final_winner" => self.winner(value),
            _ => match fields().iter().find(|field| field.name == name) {
                Some(field) => self.scalar(field, value),
                None => self.found.push(violation(name, value, "is not a parameter")),
            },
        }
    }

    fn scalar(&mut self, field: &Field, value: &Value) {
        let Some(text) = scalar(value) else {
            self.found.push(violation(field.name, value, "must be a number, a string or true or false"));
            return;
        };
        if let Err(violation) = (field.set)(&mut self.params, &text) {
            self.found.push(violation);
        }
    }

    fn names(&mut self, value: &Value) {
        let list = value.as_array().and_then(|list| list.iter().map(Value::as_str).collect::<Option<Vec<_>>>());
        match list {
            Some(names) => self.params.outcome_names = names.into_iter().map(|name| name.trim().to_owned()).collect(),
            None => self.found.push(violation("outcome_names", value, "must be a list of names")),
        }
    }

    fn winner(&mut self, value: &Value) {
        match whole(value) {
            Some(index) => self.script.final_winner = OutcomeId(index),
            None => self.found.push(violation("final_winner", value, "must be an outcome, counted from 0")),
        }
    }

    fn rounds(&mut self, value: &Value) {
        let Some(list) = value.as_array() else {
            self.found.push(violation("rounds", value, "must be a list"));
            return;
        };
        for (index, entry) in list.iter().enumerate() {
            let round = self.round(index, entry);
            self.params.rounds.push(round);
        }
    }

    fn round(&mut self, index: usize, entry: &Value) -> Round {
        let mut round = Round { at_s: 0, freeze_s: 0 };
        let mut eliminate = Vec::new();
        let Some(object) = entry.as_object() else {
            self.found.push(violation(&format!("rounds[{index}]"), entry, "must be an object with at_s and freeze_s"));
            return round;
        };
        if !object.contains_key("at_s") {
            self.found.push(violation(&format!("rounds[{index}].at_s"), entry, "must say when the round begins, in s"));
        }
        for (name, value) in object {
            let allowed = match name.as_str() {
                "at_s" => whole(value).map(|at_s| round.at_s = at_s).ok_or("must be whole seconds"),
                "freeze_s" => whole(value).map(|freeze_s| round.freeze_s = freeze_s).ok_or("must be whole seconds"),
                "eliminate" => outcomes(value).map(|list| eliminate = list).ok_or("must be a list of outcomes"),
                _ => Err("is not a field of a round"),
            };
            if let Err(allowed) = allowed {
                self.found.push(violation(&format!("rounds[{index}].{name}"), value, allowed));
            }
        }
        self.script.eliminate.push(eliminate);
        round
    }

    /// What depends on other fields when it is left out.
    fn fill_in(&mut self, object: &Map<String, Value>) {
        for (start, end) in PAIRS {
            if object.contains_key(end) || !object.contains_key(start) {
                continue;
            }
            let field = |name: &str| fields().iter().find(|field| field.name == name);
            if let (Some(start), Some(end)) = (field(start), field(end)) {
                let text = (start.get)(&self.params);
                if let Err(violation) = (end.set)(&mut self.params, &text) {
                    self.found.push(violation);
                }
            }
        }
        if !object.contains_key("outcome_names") {
            self.params.outcome_names = default_names(self.params.n_outcomes);
        }
        if !object.contains_key("q0") {
            self.params.q0 = self.params.q0_default();
        }
    }
}

fn outcomes(value: &Value) -> Option<Vec<OutcomeId>> {
    value.as_array()?.iter().map(|entry| whole(entry).map(OutcomeId)).collect()
}
