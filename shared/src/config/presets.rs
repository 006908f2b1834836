//! Configurations to start from, one file each.

use super::session::SessionConfig;

/// A configuration to start from.
#[derive(Clone, Debug)]
pub struct Preset {
    /// For programs ("party").
    pub id: &'static str,
    /// For people ("Party").
    pub label: &'static str,
    /// What it is for, in one sentence.
    pub about: &'static str,
    /// What the form is filled with.
    pub config: SessionConfig,
}

/// Id, label, sentence and file of every preset.
type Source = (&'static str, &'static str, &'static str, &'static str);

macro_rules! preset {
    ($id:literal, $label:literal, $about:literal) => {
        ($id, $label, $about, include_str!(concat!("../../../assets/presets/", $id, ".json")))
    };
}

const SOURCES: [Source; 11] = [
    preset!("party", "Party", "Five outcomes, a quarter of an hour, one leaves after five minutes and one after ten."),
    preset!(
        "three-tuned",
        "Three outcomes",
        "Three outcomes, a quarter of an hour, nobody leaves: prices move gently, and the maker risks little."
    ),
    preset!(
        "eight-tuned",
        "Eight outcomes",
        "Eight outcomes, a quarter of an hour, nobody leaves: prices move gently, and the maker risks little."
    ),
    preset!("demo", "Three-minute demo", "Party in three minutes: one outcome leaves each minute."),
    preset!("three-fair", "Three, fair start", "Three outcomes that start at 1/3 each: dearer for the maker."),
    preset!(
        "party-first",
        "Party, as first designed",
        "Party with a fifth of the convexity: its prices go on contradicting each other while people trade."
    ),
    preset!("design", "Design defaults", "Three outcomes with the parameters of the market's design, no eliminations."),
    preset!(
        "own-high-cross-high",
        "Own impact high, cross impact high",
        "A purchase moves its own price much, and lowers all others much (μ:ν = 2:1, ζ = 0.8/(N−1))."
    ),
    preset!(
        "own-high-cross-low",
        "Own impact high, cross impact low",
        "A purchase moves its own price much, and the others hardly (μ:ν = 2:1, ζ = 0.1/(N−1))."
    ),
    preset!(
        "own-low-cross-high",
        "Own impact low, cross impact high",
        "A purchase moves its own price little, and lowers all others much (μ:ν = 1:2, ζ = 0.8/(N−1))."
    ),
    preset!(
        "own-low-cross-low",
        "Own impact low, cross impact low",
        "A purchase moves its own price little, and the others hardly (μ:ν = 1:2, ζ = 0.1/(N−1))."
    ),
];

/// Every preset, the one chosen when nothing is said ("party") first.
#[must_use]
pub fn presets() -> Vec<Preset> {
    SOURCES.iter().filter_map(read).collect()
}

/// The files are part of the program: that each is readable and valid is for its tests.
fn read(&(id, label, about, text): &Source) -> Option<Preset> {
    let config = SessionConfig::from_json(text).ok()?;
    Some(Preset { id, label, about, config })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_preset_is_valid_and_costs_the_maker_nothing_unsaid() {
        for (id, _, _, text) in SOURCES {
            let config = SessionConfig::from_json(text).unwrap_or_else(|violations| panic!("{id}: {violations:?}"));
            assert_eq!(config.validate(), [], "{id}");
            assert_eq!(SessionConfig::from_json(&config.to_json()), Ok(config), "{id}");
        }
        assert_eq!(presets().len(), SOURCES.len());
        assert_eq!(presets()[0].id, "party");
    }
}
