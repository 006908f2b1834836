//! Who won what: redistribution, since with common values trade is zero-sum with the maker.

/// `gini` of final balances (≥ 0): Σ(2i − n − 1)·x_i/(n·Σx), x ascending and i from 1. 0 where all have the same, near
/// 1 where one has all; 0 where nobody has anything.
#[must_use]
pub fn gini(balances: &[f64]) -> f64 {
    let mut sorted = balances.to_vec();
    sorted.sort_by(f64::total_cmp);
    let (n, sum) = (sorted.len() as f64, sorted.iter().sum::<f64>());
    let weighted: f64 = (1..).zip(&sorted).map(|(i, x)| (2.0 * f64::from(i) - n - 1.0) * x).sum();
    if sum > 0.0 { weighted / (n * sum) } else { 0.0 }
}

/// A trader's result.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TraderResult {
    /// Final balance less the first (USDC).
    pub gain: f64,
    /// How near what this trader knew was to π: −[distance](crate::metrics::accuracy::distance) of the own card's
    /// posterior, larger is better. `None` without a card.
    pub quality: Option<f64>,
}

/// `informed_share`: of all that was won, the share that went to those with cards: Σ max(gain, 0) of theirs ÷ of all.
/// `None` where nobody won anything.
#[must_use]
pub fn informed_share(results: &[TraderResult]) -> Option<f64> {
    let won = |of: fn(&TraderResult) -> bool| {
        results.iter().filter(|result| of(result)).map(|r| r.gain.max(0.0)).sum::<f64>()
    };
    let (all, informed) = (won(|_| true), won(|result| result.quality.is_some()));
    (all > 0.0).then(|| informed / all)
}

/// `skill`, Spearman's rank correlation of gain with the quality of one's card, among those with cards: the correlation
/// of the ranks, equal values sharing the mean of theirs. −1 to 1; `None` where gains or qualities do not vary.
#[must_use]
pub fn skill(results: &[TraderResult]) -> Option<f64> {
    let (gains, qualities): (Vec<f64>, Vec<f64>) =
        results.iter().filter_map(|result| result.quality.map(|quality| (result.gain, quality))).unzip();
    correlation(&ranks(&gains), &ranks(&qualities))
}

/// 1 for the least; equal values share the mean of their ranks.
fn ranks(values: &[f64]) -> Vec<f64> {
    let rank = |value: &f64| {
        let below = values.iter().filter(|other| *other < value).count() as f64;
        let equal = values.iter().filter(|other| *other == value).count() as f64;
        below + (equal + 1.0) / 2.0
    };
    values.iter().map(rank).collect()
}

fn correlation(xs: &[f64], ys: &[f64]) -> Option<f64> {
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let (x, y) = (mean(xs), mean(ys));
    let product = |a: &[f64], p: f64, b: &[f64], q: f64| a.iter().zip(b).map(|(a, b)| (a - p) * (b - q)).sum::<f64>();
    let spread = (product(xs, x, xs, x) * product(ys, y, ys, y)).sqrt();
    (spread > 0.0).then(|| product(xs, x, ys, y) / spread)
}
