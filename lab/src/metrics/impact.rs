//! How far trades move the price.

/// `lambda` (points per token): the slope of Δm on the signed tokens traded, tick by tick, by least squares with a
/// constant: Σ(x − x̄)(y − ȳ)/Σ(x − x̄)². `None` where the tokens do not vary.
#[must_use]
pub fn lambda(ticks: &[(f64, f64)]) -> Option<f64> {
    let n = ticks.len() as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| ticks.iter().map(of).sum::<f64>() / n;
    let (tokens, change) = (mean(|tick| tick.0), mean(|tick| tick.1));
    let across: f64 = ticks.iter().map(|tick| (tick.0 - tokens) * (tick.1 - change)).sum();
    let spread: f64 = ticks.iter().map(|tick| (tick.0 - tokens) * (tick.0 - tokens)).sum();
    (spread > 0.0).then(|| across / spread)
}
