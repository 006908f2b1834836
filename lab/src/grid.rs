//! A sweep: every point of a grid with every seed, cut into shards that any number of machines play apart. A point is a
//! session's configuration with some fields changed.

use crate::setup::{Maker, Setup};
use outcry_engine::{Usdc, Violation, params::default_names};
use outcry_shared::config::{SessionConfig, presets};
use serde::Deserialize;
use serde_json::Value;
use std::{collections::BTreeMap, str::FromStr};

/// A grid as its file says it (TOML).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GridFile {
    /// The preset that every point starts from.
    preset: String,
    /// Sessions of every point.
    seeds: u64,
    /// Seed of the first.
    #[serde(default = "one")]
    first_seed: u64,
    /// Values by field: `maker`, `loss`, a parameter of the market, `q0_of_s` (q₀/S), `kappa_both` or `zeta_both` (start and
    /// end).
    grid: BTreeMap<String, Vec<Value>>,
}

const fn one() -> u64 {
    1
}

/// A session of a sweep.
#[derive(Clone, Debug)]
pub struct Run {
    /// Its place in the whole sweep.
    pub row: u64,
    /// What it changes, in the order of the grid's fields.
    pub values: Vec<String>,
    /// What is played.
    pub setup: Setup,
    /// With this seed.
    pub seed: u64,
}

/// Which part of a sweep is played.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// From 1.
    pub number: u64,
    /// How many there are.
    pub of: u64,
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts = text.split_once('/').and_then(|(number, of)| Some((number.parse().ok()?, of.parse().ok()?)));
        let shard =
            parts.map(|(number, of)| Self { number, of }).filter(|shard| (1..=shard.of).contains(&shard.number));
        shard.ok_or_else(|| format!("\"{text}\" is no shard: 1/8 is the first of eight"))
    }
}

/// The configuration of a preset.
///
/// # Errors
/// When there is no such preset.
pub fn preset(id: &str) -> Result<SessionConfig, String> {
    let all = presets();
    let ids = || all.iter().map(|preset| preset.id).collect::<Vec<_>>().join(", ");
    let found = all.iter().find(|preset| preset.id == id).map(|preset| preset.config.clone());
    found.ok_or_else(|| format!("\"{id}\" is no preset: {} are", ids()))
}

impl GridFile {
    /// Names of the fields that vary.
    #[must_use]
    pub fn fields(&self) -> Vec<String> {
        self.grid.keys().cloned().collect()
    }

    /// The sessions of a shard: of all in a row every so many-th, so that shards are alike.
    ///
    /// # Errors
    /// What is wrong with a point.
    pub fn runs(&self, shard: Shard) -> Result<Vec<Run>, String> {
        let mut runs = Vec::new();
        for (number, (values, setup)) in (0..).zip(self.setups()?) {
            for seed in 0..self.seeds {
                let row = number * self.seeds + seed;
                if row % shard.of == shard.number - 1 {
                    let (values, setup) = (values.clone(), setup.clone());
                    runs.push(Run { row, values, setup, seed: self.first_seed + seed });
                }
            }
        }
        Ok(runs)
    }

    /// Every point: what it changes, and what is played there.
    ///
    /// # Errors
    /// What is wrong with a point.
    pub fn setups(&self) -> Result<Vec<(Vec<String>, Setup)>, String> {
        let base = preset(&self.preset)?;
        let setup =
            |point: Vec<&Value>| Ok((point.iter().map(|value| plain(value)).collect(), self.setup(&base, &point)?));
        self.points().into_iter().map(setup).collect()
    }

    /// Sessions of a point, and the seed of the first.
    #[must_use]
    pub const fn seeds(&self) -> (u64, u64) {
        (self.seeds, self.first_seed)
    }

    /// How many sessions the whole sweep has.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.points().len() as u64 * self.seeds
    }

    /// Every combination of values, the last field fastest.
    fn points(&self) -> Vec<Vec<&Value>> {
        self.grid.values().fold(vec![Vec::new()], |points, values| {
            let extended = |point: Vec<_>| values.iter().map(move |value| [point.as_slice(), &[value]].concat());
            points.into_iter().flat_map(extended).collect()
        })
    }

    fn setup(&self, base: &SessionConfig, point: &[&Value]) -> Result<Setup, String> {
        let mut file: Value = serde_json::from_str(&base.to_json()).map_err(|error| error.to_string())?;
        let (mut maker, mut loss, mut q0_of_s) = (Maker::Engine, None, None);
        for (field, value) in self.grid.keys().zip(point) {
            match field.as_str() {
                "maker" => maker = plain(value).parse()?,
                "loss" => loss = Some(plain(value).parse::<Usdc>().map_err(|error| format!("loss: {error}"))?),
                "q0_of_s" => q0_of_s = Some(number(field, value)?),
                "kappa_both" => both(&mut file, ["kappa_start", "kappa_end"], value),
                "zeta_both" => both(&mut file, ["zeta_start", "zeta_end"], value),
                "n_outcomes" => {
                    let n = number(field, value)? as u8;
                    file["params"]["outcome_names"] = default_names(n).into();
                    file["params"][field] = n.into();
                }
                parameter => file["params"][parameter] = (*value).clone(),
            }
        }
        if let Some(share) = q0_of_s {
            let (z, n) = (number("z", &file["params"]["z"])?, number("n_outcomes", &file["params"]["n_outcomes"])?);
            file["params"]["q0"] = format!("{:.6}", share * z / n).into();
        }
        let wrong = |found: Vec<Violation>| found.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
        let config = SessionConfig::from_json(&file.to_string()).map_err(wrong)?;
        let found = config.validate();
        if found.is_empty() { Ok(Setup { maker, loss, ..Setup::new(config) }) } else { Err(wrong(found)) }
    }
}

/// One value for a parameter's start and end.
fn both(file: &mut Value, fields: [&str; 2], value: &Value) {
    fields.into_iter().for_each(|field| file["params"][field] = value.clone());
}

/// A value that is counted with here.
fn number(field: &str, value: &Value) -> Result<f64, String> {
    plain(value).parse().map_err(|_| format!("{field} is {value}: must be a number"))
}

/// A value as a cell of a table.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(values: Value) -> GridFile {
        serde_json::from_value(values).unwrap()
    }

    #[test]
    fn shards_are_the_whole_and_nothing_twice() {
        let grid = grid(serde_json::json!({
            "preset": "party", "seeds": 5,
            "grid": { "maker": ["engine", "lmsr"], "q0": ["500", "200"], "zeta_start": [0.1, 0.15, 0.05] },
        }));
        let whole = grid.runs("1/1".parse().unwrap()).unwrap();
        assert_eq!((whole.len(), grid.rows()), (60, 60));
        let mut rows: Vec<u64> =
            (1..=7).flat_map(|number| grid.runs(Shard { number, of: 7 }).unwrap()).map(|run| run.row).collect();
        rows.sort_unstable();
        assert_eq!(rows, (0..60).collect::<Vec<_>>());
        let run = &whole[59];
        assert_eq!((run.values.join(" "), run.seed), ("lmsr 200 0.05".to_owned(), 5));
        assert_eq!(run.setup.config.params.q0.to_string(), "200.000000");
        assert_eq!(run.setup.maker.to_string(), "lmsr");
    }

    #[test]
    fn what_is_wrong_is_said() {
        let wrong = |field: &str, value: &str| {
            let grid = grid(serde_json::json!({ "preset": "party", "seeds": 1, "grid": { field: [value] } }));
            grid.runs("1/1".parse().unwrap()).unwrap_err()
        };
        assert!(wrong("maker", "nobody").contains("\"nobody\" is no mechanism: engine, lmsr"));
        assert!(wrong("zeta", "0.1").contains("zeta"), "{}", wrong("zeta", "0.1"));
        assert!(wrong("f", "0.7").contains("0.7"), "{}", wrong("f", "0.7"));
        for text in ["0/3", "4/3", "x", "1/0"] {
            assert!(text.parse::<Shard>().unwrap_err().contains("is no shard"), "{text}");
        }
    }
}
