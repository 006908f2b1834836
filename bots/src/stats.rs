//! What a bot did, counted: by the bot itself, and summed up over a crowd.

use std::{fmt, time::Duration};

/// Counts of one bot or of a crowd.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Orders sent, repetitions after a lost connection not counted.
    pub orders: u64,
    /// Orders acknowledged as accepted.
    pub accepted: u64,
    /// Orders that never reached the market.
    pub refused: u64,
    /// Orders that the market rejected.
    pub rejected: u64,
    /// Fills told in receipts; an order may have several.
    pub fills: u64,
    /// Connections lost and found again.
    pub reconnects: u64,
    /// Times from an order to its acknowledgement, in the order in which they came.
    pub latencies: Vec<Duration>,
}

impl Stats {
    /// Adds another's counts.
    pub fn add(&mut self, other: &Self) {
        self.orders += other.orders;
        self.accepted += other.accepted;
        self.refused += other.refused;
        self.rejected += other.rejected;
        self.fills += other.fills;
        self.reconnects += other.reconnects;
        self.latencies.extend(&other.latencies);
    }

    /// The latency that so many percent of the orders did not exceed.
    #[must_use]
    pub fn latency(&self, percent: usize) -> Duration {
        let mut sorted = self.latencies.clone();
        sorted.sort_unstable();
        let place = (sorted.len() * percent).div_ceil(100).saturating_sub(1);
        sorted.get(place).copied().unwrap_or_default()
    }
}

impl fmt::Display for Stats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { orders, accepted, refused, rejected, fills, reconnects, .. } = self;
        let ms = |percent| self.latency(percent).as_secs_f64() * 1e3;
        write!(
            f,
            "{orders} orders, {accepted} accepted, {refused} refused, {fills} fills, {rejected} rejected, \
             {reconnects} reconnects, acknowledged in {:.1} ms (p50), {:.1} ms (p99)",
            ms(50),
            ms(99)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_and_sums() {
        let ms = |ms| Duration::from_millis(ms);
        let mut stats = Stats { orders: 2, latencies: (1..=50).map(ms).collect(), ..Stats::default() };
        stats.add(&Stats { orders: 3, latencies: (51..=100).map(ms).collect(), ..Stats::default() });
        assert_eq!((stats.latency(50), stats.latency(99), stats.latency(100)), (ms(50), ms(99), ms(100)));
        assert_eq!(Stats::default().latency(99), ms(0));
        assert!(stats.to_string().starts_with("5 orders, "), "{stats}");
    }
}
