//! How near a forecast is to the truth, and to what all cards together say.

/// `distance`, D = Σ(p̂_i − π_i)²: 0 where the forecast is the pooled posterior, at most 2.
#[must_use]
pub fn distance(forecast: &[f64], posterior: &[f64]) -> f64 {
    forecast.iter().zip(posterior).map(|(a, b)| (a - b) * (a - b)).sum()
}

/// The mean of a figure over the trading time of a period: of each value, for how long it stood (s). NaN of no time.
#[must_use]
pub fn over_time(values: &[(f64, f64)]) -> f64 {
    let time: f64 = values.iter().map(|(_, seconds)| seconds).sum();
    values.iter().map(|(value, seconds)| value * seconds).sum::<f64>() / time
}

/// `efficiency`, the share of the information that the market took up: 1 − D/D⁰, where D is the mean distance of the
/// market's forecasts over the last tenth of the trading time and D⁰ that of the prior at the same times. 1 is all, 0
/// none, below 0 worse than the prior. `None` where the prior itself is right.
#[must_use]
pub fn efficiency(distance: f64, distance_of_prior: f64) -> Option<f64> {
    (distance_of_prior > 0.0).then(|| 1.0 - distance / distance_of_prior)
}

/// `brier`, Σ(p̂_i − \[i wins\])²: 0 to 2, 0 of a sure and right forecast. Says something over many games only.
#[must_use]
pub fn brier(forecast: &[f64], winner: usize) -> f64 {
    let missed = |(outcome, p): (usize, &f64)| {
        let by = p - f64::from(u8::from(outcome == winner));
        by * by
    };
    forecast.iter().enumerate().map(missed).sum()
}

/// `log`, −ln p̂_w, in nats: infinite where the winner was held for impossible. Over many games only.
#[must_use]
pub fn log_score(forecast: &[f64], winner: usize) -> f64 {
    -libm::log(forecast[winner])
}
