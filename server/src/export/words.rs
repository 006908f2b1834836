//! The words that tables use for the kinds of things.

use super::csv::Cell;
use serde_json::Value;

/// The word that the record's JSON has for a value ("YES", "FILLED").
pub(super) fn word(value: &impl serde::Serialize) -> Cell {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => Cell::Plain(word),
        _ => Cell::Plain(String::new()),
    }
}
