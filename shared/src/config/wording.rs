//! What forms say of the market's parameters: for people, by the names of the engine's fields.

use outcry_engine::params::{Field, fields};

/// The group a parameter stands in, in forms and documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Outcomes, duration, rounds.
    Event,
    /// Subsidy, supplies, curve, coupling.
    Curve,
    /// Fees, gas, starting balance.
    Money,
    /// Order grid, matching, auto-fill.
    Matching,
    /// Rounds of eliminations, and how far prices may rise after one.
    Resolution,
}

/// A parameter as people see it.
#[derive(Clone, Copy, Debug)]
pub struct Wording {
    /// The field's name in files ("kappa_start").
    pub name: &'static str,
    /// Its symbol in the market's design ("κ"); empty if it has none.
    pub symbol: &'static str,
    /// A short label ("Convexity, start").
    pub label: &'static str,
    /// The allowed range ("0–1").
    pub range: &'static str,
    /// The group that it is shown in.
    pub group: Group,
    /// One sentence of help in plain words.
    pub help: &'static str,
}

/// The parameters of a group in the order of forms, with what is said of them.
pub fn parameters(group: Group) -> impl Iterator<Item = (&'static Field, &'static Wording)> {
    fields().iter().zip(WORDINGS).filter(move |(_, wording)| wording.group == group)
}

macro_rules! wording {
    ($name:ident, $symbol:literal, $label:literal, $range:literal, $group:ident, $help:literal) => {
        Wording {
            name: stringify!($name),
            symbol: $symbol,
            label: $label,
            range: $range,
            group: Group::$group,
            help: $help,
        }
    };
}

/// One for each of the engine's fields, in their order.
#[rustfmt::skip]
static WORDINGS: &[Wording] = &[
    wording!(n_outcomes, "N", "Outcomes", "3–10", Event, "How many outcomes there are; exactly one of them wins."),
    wording!(outcome_names, "", "Outcome names", "1–24 characters each", Event, "What the outcomes are called on the floor."),
    wording!(total_duration, "", "Length", "0:01–24:00:00", Event, "How long the session runs, freezes included."),
    wording!(batch_interval_ms, "", "One beat (ms)", "50–60000", Event, "How often the orders that came in are executed together."),
    wording!(z, "Z", "Maker's subsidy", "N–100000000", Curve, "What the maker puts in, shared equally by the outcomes; it can never lose more."),
    wording!(gamma, "γ", "Subsidy phase-out", "0 to below 0.001", Curve, "How much subsidy is withdrawn per USDC of collateral."),
    wording!(q0, "q₀", "Virtual supply", "above 0, below p_max·S", Curve, "Tokens of each side that exist at the start; with S/2 every price starts at 50 ¢."),
    wording!(mu_start, "μ", "Weight of the price before, start", "0.001–1000", Curve, "How much the price before a trade counts in its cost."),
    wording!(mu_end, "μ", "Weight of the price before, end", "0.001–1000", Curve, "The same at the end."),
    wording!(nu_start, "ν", "Weight of the price after, start", "0.001–1000", Curve, "How much the price after a trade counts in its cost."),
    wording!(nu_end, "ν", "Weight of the price after, end", "0.001–1000", Curve, "The same at the end."),
    wording!(kappa_start, "κ", "Convexity, start", "0–1", Curve, "Extra cost of large trades: κ times the tokens squared."),
    wording!(kappa_end, "κ", "Convexity, end", "0–1", Curve, "The same at the end."),
    wording!(zeta_start, "ζ", "Diversion, start", "0–0.99/(N−1)", Curve, "The share of a trade's money that goes to each other outcome and lowers its price."),
    wording!(zeta_end, "ζ", "Diversion, end", "0–0.99/(N−1)", Curve, "The same at the end."),
    wording!(interpolation_mode, "", "Path from start to end", "continue or reset", Curve, "Once over the whole session, or anew after every freeze."),
    wording!(p_max, "p_max", "Highest price", "above 0.5, below 1", Curve, "No price of the pool ends above it; close to it buying costs extra."),
    wording!(p_min, "p_min", "Lowest price", "above 0, below 0.5", Curve, "Below it selling brings less."),
    wording!(eta, "η", "Penalty exponent", "above 1, up to 10", Curve, "How hard the penalty beyond the highest and lowest price is."),
    wording!(f, "f", "Trading fee", "0 to below 0.05", Money, "Share of the value that a taker pays on top."),
    wording!(f_match, "f_match", "Matching fee", "0 to below 0.02", Money, "Share of the value when a YES and a NO order make or burn a pair."),
    wording!(gas_fee, "", "Gas fee", "0–10000", Money, "Flat charge per submitted order, whatever becomes of it."),
    wording!(starting_balance, "", "Starting balance", "0.01–1000000", Money, "What everyone begins with."),
    wording!(tick_size, "", "Price grid", "0.001–0.1, divides 1", Matching, "Limit prices are whole multiples of it."),
    wording!(cm_enabled, "", "Cross-matching", "on or off", Matching, "YES and NO orders that add up to 1 meet each other without the pool."),
    wording!(af_enabled, "", "Auto-fill", "on or off", Matching, "Resting orders that opted in are filled when another outcome's trade moves the price past them."),
    wording!(sigma, "σ", "Maker's share of surplus", "0–1", Matching, "Which part of an auto-fill's surplus the maker keeps; the rest is rebated."),
    wording!(af_cap_frac, "", "Auto-fill cap", "above 0, up to 0.2", Matching, "Largest auto-fill as a share of the money diverted to that outcome."),
    wording!(af_max_pools, "", "Auto-fill pools", "1–5", Matching, "How many price levels one trade may auto-fill."),
    wording!(af_max_surplus, "", "Auto-fill surplus", "above 0, up to 1", Matching, "Largest surplus of one trade's auto-fills as a share of its value."),
    wording!(mr_enabled, "", "Rounds", "on or off", Resolution, "Outcomes are eliminated during the session."),
    wording!(rounds, "", "Rounds", "in time order, inside the duration", Resolution, "When trading freezes and outcomes leave, and for how long."),
    wording!(renorm_cap, "", "Highest price after a round", "above 0.5, up to p_max", Resolution, "How far the leader's price may be lifted after an elimination."),
    wording!(vc_enabled, "", "Made-up supply ends at zero", "on or off", Resolution, "The tokens that a pool makes up are never fewer than none (the virtual cap)."),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_parameter_has_its_words() {
        let fields: Vec<_> = fields().iter().map(|field| field.name).collect();
        let worded: Vec<_> = WORDINGS.iter().map(|wording| wording.name).collect();
        assert_eq!(worded, fields);
        for wording in WORDINGS {
            assert!(!wording.help.is_empty() && !wording.label.is_empty() && !wording.range.is_empty(), "{wording:?}");
        }
    }
}
