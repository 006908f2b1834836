//! The distribution of a figure over sessions.

use crate::rehearsal::bars::Over;
use outcry_shared::message::Spread;

/// So many digits that every platform prints the same.
pub(super) fn rounded(value: f64) -> f64 {
    // Adding 0 makes −0 a plain 0.
    (value * 1e6).round() / 1e6 + 0.0
}

fn sorted(values: impl IntoIterator<Item = Option<f64>>) -> Vec<f64> {
    let mut values: Vec<f64> = values.into_iter().flatten().filter(|value| value.is_finite()).collect();
    values.sort_by(f64::total_cmp);
    values
}

/// The value at a quantile, by nearest rank: at least so large a share is at most this.
fn at(sorted: &[f64], share: f64) -> Option<f64> {
    let rank = (share * sorted.len() as f64).ceil() as usize;
    sorted.get(rank.clamp(1, sorted.len().max(1)) - 1).copied()
}

/// The one figure that a light shows.
pub(super) fn one(values: impl IntoIterator<Item = Option<f64>>, over: Over) -> Option<f64> {
    let sorted = sorted(values);
    match over {
        Over::Most => sorted.last().copied(),
        Over::Quantile(share) => at(&sorted, share),
    }
}

/// Quantiles 5, 50 and 95 of some values; `None` of none.
pub(super) fn band(values: impl IntoIterator<Item = Option<f64>>) -> Option<[f64; 3]> {
    let sorted = sorted(values);
    Some([rounded(at(&sorted, 0.05)?), rounded(at(&sorted, 0.5)?), rounded(at(&sorted, 0.95)?)])
}

/// Of the sessions that have the figure; `None` where none has.
pub(super) fn spread(id: &str, unit: &str, values: impl IntoIterator<Item = Option<f64>>) -> Option<Spread> {
    let sorted = sorted(values);
    let value = |share| at(&sorted, share).map(rounded);
    Some(Spread {
        id: id.to_owned(),
        unit: unit.to_owned(),
        count: sorted.len() as u64,
        least: rounded(*sorted.first()?),
        p5: value(0.05)?,
        median: value(0.5)?,
        p95: value(0.95)?,
        most: rounded(*sorted.last()?),
        mean: rounded(sorted.iter().sum::<f64>() / sorted.len() as f64),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_of_values_that_are_there() {
        let values = || (1..=20).rev().map(|value| Some(f64::from(value))).chain([None, Some(f64::NAN)]);
        let of_all = spread("x", "USDC", values()).unwrap();
        assert_eq!((of_all.count, of_all.least, of_all.p5, of_all.median, of_all.p95), (20, 1.0, 1.0, 10.0, 19.0));
        assert_eq!((of_all.most, of_all.mean), (20.0, 10.5));
        assert_eq!(one(values(), Over::Quantile(0.9)), Some(18.0));
        assert_eq!(one([], Over::Most), None);
        assert_eq!(spread("x", "USDC", [None]), None);
    }
}
