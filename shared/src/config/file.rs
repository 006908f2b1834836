//! Configurations as files: JSON with the parameter names of the scenario format. Reads what a person
//! wrote: everything wrong is told at once, and the script stands apart from what is public.

use super::session::{Choice, Elimination, ScriptPlan, SessionConfig};
use crate::limits::CONFIG_FILE_BYTES_MAX;
use outcry_engine::{Params, Round, Violation};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Map, Value, json};

/// Characters of a wrong value that an error repeats.
const VALUE_CHARS_SHOWN: usize = 60;
/// What reveals winner or eliminations belongs to the script, never to the public parameters.
const SECRETS: [&str; 2] = ["final_winner", "eliminate"];

/// A script as a file says it; what is left out is drawn.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct ScriptFile {
    #[serde(default)]
    winner: Choice,
    eliminate: Option<Vec<Elimination>>,
}

impl SessionConfig {
    /// The configuration as a file's text.
    #[must_use]
    pub fn to_json(&self) -> String {
        let file = json!({
            "name": self.name,
            "question": self.question,
            "default_slippage_percent": self.default_slippage_percent,
            "params": self.params.to_json(None),
            "script": self.script,
        });
        format!("{file:#}\n")
    }

    /// Reads a configuration file; fields left out take their defaults: every round then
    /// eliminates one outcome at random. Ranges are checked by [`SessionConfig::validate`].
    ///
    /// # Errors
    /// Everything that is wrong, each with its field.
    pub fn from_json(text: &str) -> Result<Self, Vec<Violation>> {
        // Some editors begin every file with this mark.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut reader = Reader { found: Vec::new() };
        let config = reader.config(text);
        if reader.found.is_empty() { Ok(config) } else { Err(reader.found) }
    }
}

struct Reader {
    found: Vec<Violation>,
}

impl Reader {
    fn config(&mut self, text: &str) -> SessionConfig {
        let mut config = SessionConfig::default();
        let Some(mut object) = self.object(text) else { return config };
        if let Some(name) = self.take(&mut object, "name", "must be a text") {
            config.name = name;
        }
        if let Some(question) = self.take(&mut object, "question", "must be a text") {
            config.question = question;
        }
        if let Some(percent) =
            self.take(&mut object, "default_slippage_percent", "must be a whole number from 1 to 100")
        {
            config.default_slippage_percent = percent;
        }
        if let Some(value) = object.remove("params") {
            config.params = self.params(&value).unwrap_or_default();
        }
        let allowed = "must be {\"winner\": \"random\" or {\"fixed\": outcome}, \
                       \"eliminate\": [{\"random\": number} or {\"fixed\": [outcomes]}, one per round]}";
        let script: ScriptFile = self.take(&mut object, "script", allowed).unwrap_or_default();
        config.script = script.plan(&config.params.rounds);
        for (name, value) in &object {
            self.note(
                name,
                value,
                "is not known here: name, question, default_slippage_percent, params and script are",
            );
        }
        config
    }

    fn object(&mut self, text: &str) -> Option<Map<String, Value>> {
        if text.len() > CONFIG_FILE_BYTES_MAX {
            let allowed = format!("must have at most {CONFIG_FILE_BYTES_MAX} bytes");
            self.found.push(Violation { field: "file".into(), value: format!("{} bytes", text.len()), allowed });
            return None;
        }
        match serde_json::from_str(text) {
            Ok(Value::Object(object)) => Some(object),
            Ok(other) => {
                self.note("file", &other, "must be a JSON object");
                None
            }
            Err(error) => {
                let allowed = format!("must be JSON: {error}");
                self.found.push(Violation { field: "file".into(), value: "not readable".into(), allowed });
                None
            }
        }
    }

    fn take<T: DeserializeOwned>(&mut self, object: &mut Map<String, Value>, name: &str, allowed: &str) -> Option<T> {
        let value = object.remove(name)?;
        let read = T::deserialize(&value);
        if read.is_err() {
            self.note(name, &value, allowed);
        }
        read.ok()
    }

    fn params(&mut self, value: &Value) -> Option<Params> {
        for (field, value) in secrets(value) {
            self.note(&field, value, "must stand in \"script\"");
        }
        Params::from_json(value).map(|(params, _)| params).map_err(|violations| self.found.extend(violations)).ok()
    }

    fn note(&mut self, field: &str, value: &Value, allowed: &str) {
        let value = value.to_string().chars().take(VALUE_CHARS_SHOWN).collect();
        self.found.push(Violation { field: field.to_owned(), value, allowed: allowed.to_owned() });
    }
}

impl ScriptFile {
    fn plan(self, rounds: &[Round]) -> ScriptPlan {
        let eliminate = self.eliminate.unwrap_or_else(|| vec![Elimination::Random(1); rounds.len()]);
        ScriptPlan { winner: self.winner, eliminate }
    }
}

/// The script's fields in a parameter object, which the scenario format allows there.
fn secrets(params: &Value) -> Vec<(String, &Value)> {
    let rounds = params.get("rounds").and_then(Value::as_array).into_iter().flatten();
    let places = rounds.enumerate().map(|(index, round)| (format!("rounds[{index}]."), round));
    std::iter::once((String::new(), params))
        .chain(places)
        .flat_map(|(place, object)| {
            SECRETS.iter().filter_map(move |name| Some((format!("{place}{name}"), object.get(name)?)))
        })
        .collect()
}
