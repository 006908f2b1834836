//! Summaries as rows of text, the same columns in the same order for every mechanism.

use crate::{setup::Setup, summary::Summary};
use outcry_traders::Kind;

/// Names of the columns of [`row`].
#[must_use]
pub fn header() -> Vec<String> {
    let fixed = [
        "seed",
        "maker",
        "orders",
        "rejected",
        "fills",
        "volume",
        "maker_gain",
        "worst_loss",
        "distance_even",
        "distance",
        "efficiency",
    ];
    let gains = Kind::ALL.map(|kind| format!("gain_{}", kind.name()));
    fixed.map(str::to_owned).into_iter().chain(gains).chain(["digest".to_owned()]).collect()
}

/// A session's figures; empty where there is none.
#[must_use]
pub fn row(setup: &Setup, summary: &Summary) -> Vec<String> {
    let figure = |figure: f64| if figure.is_finite() { format!("{figure:.6}") } else { String::new() };
    let with_cards = |value: f64| if setup.deck.is_some() { figure(value) } else { String::new() };
    let fixed = [
        summary.seed.to_string(),
        setup.maker.to_string(),
        summary.orders.to_string(),
        summary.rejected.to_string(),
        summary.fills.to_string(),
        summary.volume.to_string(),
        summary.maker_gain.to_string(),
        summary.worst_loss.to_string(),
        with_cards(summary.distance_even),
        with_cards(summary.distance),
        with_cards(summary.efficiency().unwrap_or(f64::NAN)),
    ];
    let gains = summary.gains.iter().map(|gain| gain.map(figure).unwrap_or_default());
    let digest: String = summary.digest.iter().map(|byte| format!("{byte:02x}")).collect();
    fixed.into_iter().chain(gains).chain([digest]).collect()
}
