//! A session of three outcomes, for tests.

use crate::{
    message::{Outcome, Seat, Snapshot, TickUpdate},
    phase::{Clock, Phase},
};
use outcry_engine::{Metrics, Params, PoolState, PublicMarket, PublicOutcome, Round, Tokens, Usdc, UserId};

/// A session of three outcomes after its seventh update.
pub(super) fn snapshot() -> Snapshot {
    let pool = PoolState {
        v: Usdc::ZERO,
        q_yes: Tokens::whole(1_000),
        q_no: Tokens::whole(1_000),
        virtual_yes: Tokens::ZERO,
        pairs: Tokens::ZERO,
        seigniorage: Usdc::ZERO,
        active: true,
    };
    let rounds = [300, 600].map(|at_s| Round { at_s, freeze_s: 10 }).into();
    Snapshot {
        session: 1,
        session_name: "Party".into(),
        question: "Who wins the final?".to_owned(),
        tick: 7,
        clock: Clock::default(),
        market: PublicMarket {
            params: Params { rounds, total_duration: 900, ..Params::default() },
            segment_start_ms: 0,
            segment_end_ms: 300_000,
            rounds_held: 0,
            outcomes: vec![PublicOutcome { pool, levels: vec![] }; 3],
        },
        seats: vec![seat(1, "Ada")],
        leaders: vec![],
        tape: vec![],
        history: vec![],
        metrics: Metrics::default(),
        outcomes: vec![Outcome::Active; 3],
        state_hash: [0; 32],
        default_slippage_percent: 5,
    }
}

pub(super) fn seat(user: u32, name: &str) -> Seat {
    Seat { user: UserId(user), name: name.to_owned(), connected: true, bot: false }
}

/// An update in which nothing happened.
pub(super) fn update(tick: u64) -> TickUpdate {
    let Snapshot { market, .. } = snapshot();
    TickUpdate {
        tick,
        clock: Clock { phase: Phase::Running, now_ms: tick.saturating_mul(1_000), ..Clock::default() },
        pools: market.outcomes.iter().map(|outcome| outcome.pool).collect(),
        segment_ms: (0, 300_000),
        levels: vec![],
        trades: vec![],
        actions: vec![],
        events: vec![],
        leaders: vec![],
        metrics: Metrics::default(),
        orders: 0,
        state_hash: [tick as u8; 32],
    }
}
