//! The settings that are searched.

use outcry_engine::{Params, Rate, Usdc, params::default_names};

const ONE: i64 = 1_000_000_000;

fn settings(n_outcomes: u8, z: i64, weights: [i64; 2], kappa: i64, zeta: i64) -> Params {
    let [mu, nu] = weights.map(|weight| Rate(weight * ONE));
    let mut params = Params {
        n_outcomes,
        outcome_names: default_names(n_outcomes),
        z: Usdc::whole(z),
        mu_start: mu,
        mu_end: mu,
        nu_start: nu,
        nu_end: nu,
        kappa_start: Rate(kappa),
        kappa_end: Rate(kappa),
        zeta_start: Rate(zeta),
        zeta_end: Rate(zeta),
        ..Params::default()
    };
    params.q0 = params.q0_default();
    params
}

/// Every preset by name.
pub(crate) fn presets() -> Vec<(&'static str, Params)> {
    let tenth = ONE / 10;
    vec![
        ("party", settings(5, 5_000, [1, 1], ONE / 10_000, 3 * ONE / 20)),
        ("design defaults", settings(3, 10_000, [1, 1], ONE / 1_000, tenth)),
        ("own impact high", settings(3, 10_000, [2, 1], 3 * ONE / 10_000, tenth)),
        ("own impact low", settings(3, 10_000, [1, 2], 3 * ONE / 10_000, tenth)),
        ("cross impact high", settings(3, 10_000, [1, 1], 3 * ONE / 10_000, 4 * tenth)),
        ("cross impact low", settings(3, 10_000, [1, 1], 3 * ONE / 10_000, tenth / 2)),
        ("no convexity", settings(3, 10_000, [1, 1], 0, tenth)),
        ("skewed, no convexity", settings(3, 10_000, [2, 1], 0, tenth)),
    ]
}
