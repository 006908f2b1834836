//! Every parameter by its name, as files and forms read and write it.

use super::{
    values::{InterpolationMode, Params, Round},
    violation::Violation,
};
use crate::amount::{MICRO, ParseAmountError, Price, RATE_ONE, Rate, Tokens, Usdc};
use serde::{Deserialize, Serialize};

/// The group a parameter stands in, in forms and documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Group {
    /// Outcomes, duration, rounds.
    Event,
    /// Subsidy, supplies, curve, coupling.
    Curve,
    /// Fees, gas, starting balance.
    Money,
    /// Order grid, matching, auto-fill.
    Matching,
    /// Eliminations and renormalisation.
    Resolution,
}

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

/// A parameter as forms, files and documents see it.
#[derive(Clone, Copy)]
pub struct Field {
    /// The field name in files ("kappa_start").
    pub name: &'static str,
    /// The symbol of §2 ("κ", start).
    pub symbol: &'static str,
    /// A short label for people ("Convexity, start").
    pub label: &'static str,
    /// One sentence of help in plain words.
    pub help: &'static str,
    /// The allowed range as text ("0–1").
    pub range: &'static str,
    /// Where it stands in forms.
    pub group: Group,
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
    ($name:ident, $symbol:literal, $label:literal, $range:literal, $group:ident, $kind:expr, $help:literal) => {
        Field {
            name: stringify!($name),
            symbol: $symbol,
            label: $label,
            help: $help,
            range: $range,
            group: Group::$group,
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

#[rustfmt::skip]
static FIELDS: &[Field] = &[
    field!(n_outcomes, "N", "Outcomes", "3–10", Event, NUMBER, "How many outcomes there are; exactly one of them wins."),
    field!(outcome_names, "", "Outcome names", "1–24 characters each", Event, FieldKind::List, "What the outcomes are called on the floor."),
    field!(total_duration, "", "Duration (s)", "1–86400", Event, NUMBER, "How long the session runs, freezes included."),
    field!(batch_interval_ms, "", "Batch interval (ms)", "50–60000", Event, NUMBER, "How often the orders that came in are executed together."),
    field!(z, "Z", "Maker's subsidy", "N–100000000", Curve, NUMBER, "What the maker puts in, shared equally by the outcomes; it can never lose more."),
    field!(gamma, "γ", "Subsidy phase-out", "0 to below 0.001", Curve, NUMBER, "How much subsidy is withdrawn per USDC of collateral."),
    field!(q0, "q₀", "Virtual supply", "above 0, below p_max·S", Curve, NUMBER, "Tokens of each side that exist at the start; with S/2 every price starts at 50 ¢."),
    field!(mu_start, "μ", "Weight of the price before, start", "0.001–1000", Curve, NUMBER, "How much the price before a trade counts in its cost."),
    field!(mu_end, "μ", "Weight of the price before, end", "0.001–1000", Curve, NUMBER, "The same at the end."),
    field!(nu_start, "ν", "Weight of the price after, start", "0.001–1000", Curve, NUMBER, "How much the price after a trade counts in its cost."),
    field!(nu_end, "ν", "Weight of the price after, end", "0.001–1000", Curve, NUMBER, "The same at the end."),
    field!(kappa_start, "κ", "Convexity, start", "0–1", Curve, NUMBER, "Extra cost of large trades: κ times the tokens squared."),
    field!(kappa_end, "κ", "Convexity, end", "0–1", Curve, NUMBER, "The same at the end."),
    field!(zeta_start, "ζ", "Diversion, start", "0–0.99/(N−1)", Curve, NUMBER, "The share of a trade's money that goes to each other outcome and lowers its price."),
    field!(zeta_end, "ζ", "Diversion, end", "0–0.99/(N−1)", Curve, NUMBER, "The same at the end."),
    field!(interpolation_mode, "", "Path from start to end", "continue or reset", Curve, FieldKind::Choice(MODES), "Once over the whole session, or anew after every freeze."),
    field!(p_max, "p_max", "Highest price", "above 0.5, below 1", Curve, NUMBER, "No price of the pool ends above it; close to it buying costs extra."),
    field!(p_min, "p_min", "Lowest price", "above 0, below 0.5", Curve, NUMBER, "Below it selling brings less."),
    field!(eta, "η", "Penalty exponent", "above 1, up to 10", Curve, NUMBER, "How hard the penalty beyond the highest and lowest price is."),
    field!(f, "f", "Trading fee", "0 to below 0.05", Money, NUMBER, "Share of the value that a taker pays on top."),
    field!(f_match, "f_match", "Matching fee", "0 to below 0.02", Money, NUMBER, "Share of the value when a YES and a NO order make or burn a pair."),
    field!(gas_fee, "", "Gas fee", "0–10000", Money, NUMBER, "Flat charge per submitted order, whatever becomes of it."),
    field!(starting_balance, "", "Starting balance", "0.01–1000000", Money, NUMBER, "What everyone begins with."),
    field!(tick_size, "", "Price grid", "0.001–0.1, divides 1", Matching, NUMBER, "Limit prices are whole multiples of it."),
    field!(cm_enabled, "", "Cross-matching", "on or off", Matching, SWITCH, "YES and NO orders that add up to 1 meet each other without the pool."),
    field!(af_enabled, "", "Auto-fill", "on or off", Matching, SWITCH, "Resting orders that opted in are filled when another outcome's trade moves the price past them."),
    field!(sigma, "σ", "Maker's share of surplus", "0–1", Matching, NUMBER, "Which part of an auto-fill's surplus the maker keeps; the rest is rebated."),
    field!(af_cap_frac, "", "Auto-fill cap", "above 0, up to 0.2", Matching, NUMBER, "Largest auto-fill as a share of the money diverted to that outcome."),
    field!(af_max_pools, "", "Auto-fill pools", "1–5", Matching, NUMBER, "How many price levels one trade may auto-fill."),
    field!(af_max_surplus, "", "Auto-fill surplus", "above 0, up to 1", Matching, NUMBER, "Largest surplus of one trade's auto-fills as a share of its value."),
    field!(mr_enabled, "", "Rounds", "on or off", Resolution, SWITCH, "Outcomes are eliminated during the session."),
    field!(rounds, "", "Rounds", "in time order, inside the duration", Resolution, FieldKind::List, "When trading freezes and outcomes leave, and for how long."),
    field!(renorm_cap, "", "Highest price after a round", "above 0.5, up to p_max", Resolution, NUMBER, "How far the leader's price may be lifted after an elimination."),
    field!(vc_enabled, "", "Virtual cap", "on or off", Resolution, SWITCH, "Virtual supply never becomes negative."),
];
