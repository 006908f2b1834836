//! Every parameter by its name, as files and forms read and write it.

use super::{
    values::{InterpolationMode, Params, Round},
    violation::Violation,
};
use crate::amount::{MICRO, ParseAmountError, Price, RATE_ONE, Rate, Tokens, Usdc};

/// What kind of value a parameter has, for forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// A decimal number.
    Number,
    /// On or off ("true", "false").
    Switch,
    /// One of the named choices.
    Choice(&'static [&'static str]),
    /// A list with a form of its own (`outcome_names`, `rounds`).
    List,
}

/// A parameter as files and forms see it.
#[derive(Clone, Copy)]
pub struct Field {
    /// The field name in files ("kappa_start").
    pub name: &'static str,
    /// What kind of value it has.
    pub kind: FieldKind,
    /// Reads the value as text.
    pub get: fn(&Params) -> String,
    /// Parses and sets the value; ranges are checked by [`Params::validate`].
    pub set: fn(&mut Params, &str) -> Result<(), Violation>,
}

/// A value that a form can show and read.
trait Text: Sized {
    fn show(&self) -> String;
    fn read(text: &str) -> Result<Self, String>;
}

/// A fixed-point number without the zeros that say nothing.
fn plain(units: i64, one: i64, places: usize) -> String {
    let sign = if units < 0 { "-" } else { "" };
    let (magnitude, one) = (units.unsigned_abs(), one.unsigned_abs());
    let digits = format!("{sign}{}.{:0places$}", magnitude / one, magnitude % one);
    digits.trim_end_matches('0').trim_end_matches('.').to_owned()
}

macro_rules! fixed_text {
    ($($type:ty, $one:expr, $places:expr;)*) => {$(
        impl Text for $type {
            fn show(&self) -> String {
                plain(i64::from(self.0), $one, $places)
            }
            fn read(text: &str) -> Result<Self, String> {
                text.parse().map_err(|error| match error {
                    ParseAmountError::NotANumber(_) => "must be a decimal number".to_owned(),
                    ParseAmountError::TooPrecise(_, places) => format!("must have at most {places} decimal places"),
                    ParseAmountError::Underscore(_) => "must be digits without underscores".to_owned(),
                    ParseAmountError::BadExponent(_) => "must have a whole number as its exponent".to_owned(),
                    ParseAmountError::OutOfRange(_) => "is out of range".to_owned(),
                })
            }
        }
    )*};
}
fixed_text! { Usdc, MICRO, 6; Tokens, MICRO, 6; Price, MICRO, 6; Rate, RATE_ONE, 9; }

macro_rules! whole_text {
    ($($type:ty),*) => {$(
        impl Text for $type {
            fn show(&self) -> String {
                self.to_string()
            }
            fn read(text: &str) -> Result<Self, String> {
                text.trim().parse().map_err(|_| format!("must be a whole number between 0 and {}", Self::MAX))
            }
        }
    )*};
}
whole_text!(u8, u32);

impl Text for bool {
    fn show(&self) -> String {
        self.to_string()
    }
    fn read(text: &str) -> Result<Self, String> {
        text.trim().parse().map_err(|_| "must be true or false".to_owned())
    }
}

impl Text for InterpolationMode {
    fn show(&self) -> String {
        MODES[*self as usize].to_owned()
    }
    fn read(text: &str) -> Result<Self, String> {
        match text.trim() {
            "continue" => Ok(Self::Continue),
            "reset" => Ok(Self::Reset),
            _ => Err("must be continue or reset".to_owned()),
        }
    }
}

/// Outcome names as lines or separated by commas.
impl Text for Vec<String> {
    fn show(&self) -> String {
        self.join(", ")
    }
    fn read(text: &str) -> Result<Self, String> {
        Ok(text.split([',', '\n']).map(|name| name.trim().to_owned()).collect())
    }
}

/// Rounds as "at_s+freeze_s", separated by commas.
impl Text for Vec<Round> {
    fn show(&self) -> String {
        let rounds: Vec<String> = self.iter().map(|round| format!("{}+{}", round.at_s, round.freeze_s)).collect();
        rounds.join(", ")
    }
    fn read(text: &str) -> Result<Self, String> {
        let parts = text.split([',', '\n']).map(str::trim).filter(|part| !part.is_empty());
        parts.map(read_round).collect()
    }
}

fn read_round(text: &str) -> Result<Round, String> {
    let malformed = || "must be a list such as 300+15, 600+15 (begin and freeze, in s)".to_owned();
    let (at_s, freeze_s) = text.split_once('+').ok_or_else(malformed)?;
    let second = |text: &str| text.trim().parse().map_err(|_| malformed());
    Ok(Round { at_s: second(at_s)?, freeze_s: second(freeze_s)? })
}

const MODES: &[&str] = &["continue", "reset"];

macro_rules! field {
    ($name:ident, $kind:expr) => {
        Field {
            name: stringify!($name),
            kind: $kind,
            get: |params| params.$name.show(),
            set: |params, text| {
                let malformed =
                    |allowed| Violation { field: stringify!($name).to_owned(), value: text.to_owned(), allowed };
                params.$name = Text::read(text).map_err(malformed)?;
                Ok(())
            },
        }
    };
}

const NUMBER: FieldKind = FieldKind::Number;
const SWITCH: FieldKind = FieldKind::Switch;

/// Every parameter of §2, in the order of forms and documents.
#[must_use]
pub fn fields() -> &'static [Field] {
    FIELDS
}

static FIELDS: &[Field] = &[
    field!(n_outcomes, NUMBER),
    field!(outcome_names, FieldKind::List),
    field!(total_duration, NUMBER),
    field!(batch_interval_ms, NUMBER),
    field!(z, NUMBER),
    field!(gamma, NUMBER),
    field!(q0, NUMBER),
    field!(mu_start, NUMBER),
    field!(mu_end, NUMBER),
    field!(nu_start, NUMBER),
    field!(nu_end, NUMBER),
    field!(kappa_start, NUMBER),
    field!(kappa_end, NUMBER),
    field!(zeta_start, NUMBER),
    field!(zeta_end, NUMBER),
    field!(interpolation_mode, FieldKind::Choice(MODES)),
    field!(p_max, NUMBER),
    field!(p_min, NUMBER),
    field!(eta, NUMBER),
    field!(f, NUMBER),
    field!(f_match, NUMBER),
    field!(gas_fee, NUMBER),
    field!(starting_balance, NUMBER),
    field!(tick_size, NUMBER),
    field!(cm_enabled, SWITCH),
    field!(af_enabled, SWITCH),
    field!(sigma, NUMBER),
    field!(af_cap_frac, NUMBER),
    field!(af_max_pools, NUMBER),
    field!(af_max_surplus, NUMBER),
    field!(mr_enabled, SWITCH),
    field!(rounds, FieldKind::List),
    field!(renorm_cap, NUMBER),
    field!(vc_enabled, SWITCH),
];
