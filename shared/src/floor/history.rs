//! Prices and the maker's figures over time, thinned so that a newcomer gets all of it.

use crate::{limits::HISTORY_POINTS, message::HistoryPoint};
use outcry_engine::{Market, OutcomeId, Side};
use serde::{Deserialize, Serialize};

/// At most [`HISTORY_POINTS`] points; when they are full every other one goes and from then
/// on only every second tick adds one, and so on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct History {
    points: Vec<HistoryPoint>,
    stride: u64,
    ticks: u64,
}

impl Default for History {
    fn default() -> Self {
        Self { points: Vec::new(), stride: 1, ticks: 0 }
    }
}

impl History {
    /// The points, oldest first.
    #[must_use]
    pub fn points(&self) -> &[HistoryPoint] {
        &self.points
    }

    /// Adds the state after a tick, if it is one of those kept.
    pub(super) fn push(&mut self, market: &Market, now_ms: u64, frozen: bool) {
        let kept = self.ticks.is_multiple_of(self.stride);
        self.ticks += 1;
        if !kept {
            return;
        }
        if self.points.len() >= HISTORY_POINTS {
            let mut nth = 0_usize;
            self.points.retain(|_| {
                nth += 1;
                nth % 2 == 1
            });
            self.stride *= 2;
        }
        let spots = (0..market.params().n_outcomes).map(|outcome| market.spot(OutcomeId(outcome), Side::Yes));
        self.points.push(HistoryPoint::new(now_ms, spots, &market.metrics(), frozen));
    }
}
