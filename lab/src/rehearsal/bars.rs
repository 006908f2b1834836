//! The lights of a rehearsal (instrument.md §6): from which value on each is amber, and red. Where a bar is not the
//! design's first guess, docs/lab.md says why.

use outcry_shared::message::Light;

/// How the sessions' figures become one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Over {
    /// The largest.
    Most,
    /// This quantile, between 0 and 1.
    Quantile(f64),
}

/// What one light looks at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Bar {
    pub(super) id: &'static str,
    pub(super) about: &'static str,
    pub(super) amber: f64,
    pub(super) red: f64,
    /// Whether small values are the bad ones.
    pub(super) falls: bool,
}

impl Bar {
    const fn new(id: &'static str, about: &'static str, amber: f64, red: f64) -> Self {
        Self { id, about, amber, red, falls: false }
    }

    /// The light of a value; of none, which no session reached, green.
    pub(super) fn light(&self, value: Option<f64>) -> Light {
        let beyond = |bar: f64| value.is_some_and(|value| if self.falls { value < bar } else { value > bar });
        if beyond(self.red) {
            Light::Red
        } else if beyond(self.amber) {
            Light::Amber
        } else {
            Light::Green
        }
    }
}

pub(super) const SOLVENCY: Bar = Bar::new(
    "solvency",
    "The most that the maker could have lost after any tick ÷ Z, largest of all sessions. An input that the market \
     refused is red.",
    0.9,
    1.0,
);
pub(super) const ATTACK: Bar = Bar::new(
    "attack",
    "Cash that colluders take before anybody has won ÷ Z: it can be taken again and again.",
    0.001,
    0.01,
);
pub(super) const OPENING: Bar =
    Bar::new("opening", "Sure profit that the first prices offer ÷ Z: it can be taken once.", 0.01, 0.1);
pub(super) const REJECTIONS: Bar =
    Bar::new("rejections", "Share of orders that were refused, in nine sessions of ten at most.", 0.01, 0.04);
pub(super) const LATE_DEPTH: Bar = Bar::new(
    "late depth",
    "How far above the price 25 USDC of YES cost in the last tenth, from the maker alone, median.",
    0.1,
    0.3,
);
pub(super) const INCOHERENCE: Bar = Bar::new(
    "incoherence",
    "Sure profit that prices offer while people trade ÷ Z, in nine sessions of ten at most.",
    0.005,
    0.02,
);
pub(super) const ELIMINATIONS: Bar = Bar::new(
    "eliminations",
    "Largest jump of a survivor's forecast, against its share of the survivors' before.",
    0.15,
    0.3,
);
pub(super) const INFORMATION: Bar = Bar {
    falls: true,
    ..Bar::new("information", "Share of what all cards say that the prices took up, median.", 0.3, 0.0)
};
pub(super) const PACE: Bar =
    Bar::new("pace", "Processor time of the slowest tick ÷ time between ticks, on this machine.", 0.1, 0.5);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_light_changes_beyond_its_bars() {
        let lights = |bar: Bar, values: [f64; 4]| values.map(|value| bar.light(Some(value)));
        assert_eq!(lights(SOLVENCY, [0.9, 0.91, 1.0, 1.01]), [Light::Green, Light::Amber, Light::Amber, Light::Red]);
        assert_eq!(
            lights(INFORMATION, [0.3, 0.29, 0.0, -0.01]),
            [Light::Green, Light::Amber, Light::Amber, Light::Red]
        );
        assert_eq!(INFORMATION.light(None), Light::Green);
    }
}
