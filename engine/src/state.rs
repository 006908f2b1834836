//! What a market remembers besides its parameters. Its encoding is what the state hash covers: a
//! field moved or added is another hash for every record.

use crate::{
    accounts::Seats,
    amount::Usdc,
    book::Books,
    order::OrderId,
    params::Params,
    pool::{PoolState, Terms},
};
use serde::{Deserialize, Serialize};

/// Everything that inputs change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct State {
    pub(crate) pools: Vec<PoolState>,
    pub(crate) books: Books,
    pub(crate) seats: Seats,
    /// Σ deposits.
    pub(crate) deposits: Usdc,
    pub(crate) fees: Usdc,
    pub(crate) gas: Usdc,
    /// Subsidy that eliminations turned into collateral.
    pub(crate) paid_in: Usdc,
    pub(crate) volume: Usdc,
    pub(crate) last_trade_id: u64,
    pub(crate) order_ids: OrderIds,
    pub(crate) segment_start_ms: u64,
    pub(crate) segment_end_ms: u64,
    /// Rounds that were held, or passed over by one held: the number of the next.
    pub(crate) rounds_held: u32,
    pub(crate) settled: bool,
}

impl State {
    pub(crate) fn new(params: &Params) -> Self {
        let outcomes = usize::from(params.n_outcomes);
        Self {
            pools: vec![PoolState::new(params.q0); outcomes],
            books: Books::new(outcomes),
            seats: Seats::default(),
            deposits: Usdc::ZERO,
            fees: Usdc::ZERO,
            gas: Usdc::ZERO,
            paid_in: Usdc::ZERO,
            volume: Usdc::ZERO,
            last_trade_id: 0,
            order_ids: OrderIds::default(),
            segment_start_ms: 0,
            segment_end_ms: params.segment_end_ms(0, 0),
            rounds_held: 0,
            settled: false,
        }
    }

    /// The terms of trade at `now_ms`.
    pub(crate) fn terms<'p>(&self, params: &'p Params, now_ms: u64) -> Terms<'p> {
        let rates = params.rates_at(now_ms, (self.segment_start_ms, self.segment_end_ms));
        let active = self.pools.iter().filter(|pool| pool.active).count();
        Terms::new(params, rates, active)
    }
}

/// Which order ids were taken, as ranges: ids come in sequence, so that there is mostly one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct OrderIds {
    /// First and last id of each run, ascending, with gaps between them.
    runs: Vec<(u64, u64)>,
}

impl OrderIds {
    /// Takes an id; false when it was taken before.
    pub(crate) fn take(&mut self, id: OrderId) -> bool {
        let id = id.0;
        let next = self.runs.partition_point(|run| run.0 <= id);
        let before = next.checked_sub(1);
        if before.is_some_and(|before| self.runs[before].1 >= id) {
            return false;
        }
        let extends = before.filter(|&before| self.runs[before].1.checked_add(1) == Some(id));
        let meets = self.runs.get(next).is_some_and(|run| id.checked_add(1) == Some(run.0));
        match (extends, meets) {
            (Some(before), true) => {
                self.runs[before].1 = self.runs[next].1;
                self.runs.remove(next);
            }
            (Some(before), false) => self.runs[before].1 = id,
            (None, true) => self.runs[next].0 = id,
            (None, false) => self.runs.insert(next, (id, id)),
        }
        true
    }
}
