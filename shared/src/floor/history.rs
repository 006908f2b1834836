//! Prices and the maker's figures over time, thinned so that a newcomer gets all of it.

use crate::{limits::HISTORY_POINTS, message::HistoryPoint};
use outcry_engine::{Market, OutcomeId, Price, Side, amount::MICRO};
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
        self.points.push(point(market, now_ms, frozen));
    }
}

fn point(market: &Market, now_ms: u64, frozen: bool) -> HistoryPoint {
    let figures = market.metrics();
    HistoryPoint {
        now_ms,
        yes: (0..market.params().n_outcomes).map(|i| price(market.spot(OutcomeId(i), Side::Yes))).collect(),
        volume: figures.volume,
        mm_risk: figures.mm_risk,
        worst_case_loss: figures.worst_case_loss,
        mm_profit: figures.mm_profit,
        frozen,
    }
}

/// A spot price to the nearest micro.
fn price(spot: f64) -> Price {
    Price((spot * MICRO as f64).round().clamp(0.0, f64::from(u32::MAX)) as u32)
}
