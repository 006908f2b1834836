//! What the maker lost, and to whom.

/// `maker_loss`: −profit in USDC, and as shares of Z and of the attained worst loss.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MakerLoss {
    /// USDC; below 0 a gain.
    pub usdc: f64,
    /// ÷ Z.
    pub of_subsidy: f64,
    /// ÷ the worst loss that a search has reached.
    pub of_attained: f64,
}

/// What the maker lost beside what it could.
#[must_use]
pub fn maker_loss(profit: f64, subsidy: f64, attained: f64) -> MakerLoss {
    MakerLoss { usdc: -profit, of_subsidy: -profit / subsidy, of_attained: -profit / attained }
}

/// A fill of the maker.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MakerFill {
    /// Tokens that the maker sold; below 0 those that it bought.
    pub sold: f64,
    /// What one cost (USDC).
    pub price: f64,
    /// What it was worth: π where there are cards, else m 30 s later; of NO one less that.
    pub fair: f64,
}

/// `edge` (USDC): what the maker earned by fills, Σ sold·(price − fair), fees apart. Above 0 it was paid for its
/// service, below 0 it taught somebody nothing that they did not know.
#[must_use]
pub fn edge(fills: &[MakerFill]) -> f64 {
    fills.iter().map(|fill| fill.sold * (fill.price - fill.fair)).sum()
}

/// The same by kind (of trader, of fill), in order of first appearance.
pub fn edge_by<K: PartialEq>(fills: impl IntoIterator<Item = (K, MakerFill)>) -> Vec<(K, f64)> {
    let mut sums: Vec<(K, f64)> = Vec::new();
    for (kind, fill) in fills {
        let earned = edge(&[fill]);
        match sums.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, sum)) => *sum += earned,
            None => sums.push((kind, earned)),
        }
    }
    sums
}
