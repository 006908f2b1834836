//! The public state of a session.

use outcry_engine::{Metrics, OutcomeId, Price, PublicMarket, Rate, Side, UserId, amount::RATE_ONE};
use outcry_shared::{
    limits::{HISTORY_POINTS, TAPE_TRADES},
    message::{HistoryPoint, LeaderRow, Outcome, PublicTrade, Seat, SeatChange, Snapshot},
    phase::{Clock, Phase},
};
use std::collections::{BTreeMap, VecDeque};

/// Window of the price change shown beside a price, in ms of the session clock.
pub const CHANGE_WINDOW_MS: u64 = 60_000;

/// The public state of a session.
#[derive(Clone, Debug)]
pub struct Session {
    /// Its number.
    pub number: u64,
    /// Its name.
    pub name: String,
    /// Number of the last public update.
    pub tick: u64,
    /// Phase and deadlines.
    pub clock: Clock,
    /// Parameters, pools, book.
    pub market: PublicMarket,
    /// Everyone who has a seat.
    pub seats: BTreeMap<UserId, Seat>,
    /// The best by value.
    pub leaders: Vec<LeaderRow>,
    /// The last trades, oldest first.
    pub tape: VecDeque<PublicTrade>,
    /// Prices and figures over time, oldest first.
    pub history: Vec<HistoryPoint>,
    /// The maker's figures.
    pub metrics: Metrics,
    /// Fate of every outcome.
    pub outcomes: Vec<Outcome>,
    /// Hash of the market's state.
    pub state_hash: [u8; 32],
    /// The slippage that tickets start with.
    pub default_slippage: Rate,
}

impl Session {
    pub(super) fn from_snapshot(snapshot: Snapshot) -> Self {
        Self {
            number: snapshot.session,
            name: snapshot.session_name,
            tick: snapshot.tick,
            clock: snapshot.clock,
            market: snapshot.market,
            seats: snapshot.seats.into_iter().map(|seat| (seat.user, seat)).collect(),
            leaders: snapshot.leaders,
            tape: snapshot.tape.into(),
            history: snapshot.history,
            metrics: snapshot.metrics,
            outcomes: snapshot.outcomes,
            state_hash: snapshot.state_hash,
            default_slippage: Rate(RATE_ONE / 100 * i64::from(snapshot.default_slippage_percent)),
        }
    }

    pub(super) fn seats(&mut self, changes: &[SeatChange]) {
        for change in changes {
            match change {
                SeatChange::Set(seat) => {
                    self.seats.insert(seat.user, seat.clone());
                }
                SeatChange::Gone(user) => {
                    self.seats.remove(user);
                }
            }
        }
    }

    pub(super) fn remember_trades(&mut self, trades: &[PublicTrade]) {
        self.tape.extend(trades);
        let surplus = self.tape.len().saturating_sub(TAPE_TRADES);
        self.tape.drain(..surplus);
    }

    /// Adds the present to the history; when it is full, every other older point goes.
    pub(super) fn remember_prices(&mut self) {
        let point = HistoryPoint {
            now_ms: self.clock.now_ms,
            yes: self.ids().map(|outcome| self.price(outcome, Side::Yes)).collect(),
            volume: self.metrics.volume,
            mm_risk: self.metrics.mm_risk,
            worst_case_loss: self.metrics.worst_case_loss,
            mm_profit: self.metrics.mm_profit,
            frozen: self.clock.phase == Phase::Frozen,
        };
        self.history.push(point);
        if self.history.len() > HISTORY_POINTS * 2 {
            let keep_from = self.history.len() - HISTORY_POINTS / 2;
            let mut index = 0;
            self.history.retain(|_| {
                index += 1;
                index > keep_from || index % 2 == 0
            });
        }
    }

    /// Every outcome's id.
    pub fn ids(&self) -> impl Iterator<Item = OutcomeId> + use<> {
        (0..self.market.params.n_outcomes).map(OutcomeId)
    }

    /// The pool's price, 0 to 1.
    #[must_use]
    pub fn spot(&self, outcome: OutcomeId, side: Side) -> f64 {
        self.market.spot(outcome, side)
    }

    /// The pool's price, to the nearest micro.
    #[must_use]
    pub fn price(&self, outcome: OutcomeId, side: Side) -> Price {
        crate::format::to_price(self.spot(outcome, side))
    }

    /// YES and NO spot of every outcome.
    #[must_use]
    pub fn spots(&self) -> Vec<[f64; 2]> {
        self.ids().map(|outcome| Side::BOTH.map(|side| self.spot(outcome, side))).collect()
    }

    /// An outcome's name.
    #[must_use]
    pub fn outcome_name(&self, outcome: OutcomeId) -> &str {
        self.market.params.outcome_names.get(outcome.index()).map_or("?", String::as_str)
    }

    /// Whether an outcome is in the game.
    #[must_use]
    pub fn is_active(&self, outcome: OutcomeId) -> bool {
        self.market.outcomes.get(outcome.index()).is_some_and(|public| public.pool.active)
    }

    /// The YES price a minute of session time before the last one, 0 to 1.
    #[must_use]
    pub fn price_before(&self, outcome: OutcomeId) -> Option<f64> {
        let since_ms = self.clock.now_ms.saturating_sub(CHANGE_WINDOW_MS);
        let point = self.history.iter().rev().find(|point| point.now_ms <= since_ms).or(self.history.first())?;
        point.yes.get(outcome.index()).map(|price| price.as_f64())
    }
}
