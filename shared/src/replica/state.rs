//! The public state of a session as it is followed from outside: made from a snapshot, advanced
//! by updates, by the clock and by changes of the seats. The one way to do so, for screens, bots,
//! spectators and replays. Changed by its own methods alone; what does not fit changes nothing.

use crate::{
    levels,
    limits::{HISTORY_POINTS, TAPE_TRADES},
    message::{HistoryPoint, LeaderRow, Outcome, PublicTrade, Seat, SeatChange, Snapshot, TickUpdate},
    phase::{Clock, Phase},
};
use outcry_engine::{Event, Metrics, OutcomeId, Price, PublicMarket, Rate, Side, UserId, amount::RATE_ONE};
use std::collections::{BTreeMap, VecDeque};

/// What became of an update.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Applied {
    /// It was taken in.
    Yes,
    /// It is older than the state: a snapshot has overtaken it. Nothing was changed.
    Stale,
    /// One before it was missed, or it is of another market. Nothing was changed: only a
    /// snapshot helps.
    Gap,
}

/// The public state of a session.
#[derive(Clone, Debug, PartialEq)]
pub struct Replica {
    number: u64,
    name: String,
    question: String,
    tick: u64,
    clock: Clock,
    market: PublicMarket,
    seats: BTreeMap<UserId, Seat>,
    leaders: Vec<LeaderRow>,
    tape: VecDeque<PublicTrade>,
    history: Vec<HistoryPoint>,
    metrics: Metrics,
    fates: Vec<Outcome>,
    state_hash: [u8; 32],
    default_slippage: Rate,
}

impl From<Snapshot> for Replica {
    fn from(snapshot: Snapshot) -> Self {
        Self {
            number: snapshot.session,
            name: snapshot.session_name,
            question: snapshot.question,
            tick: snapshot.tick,
            clock: snapshot.clock,
            market: snapshot.market,
            seats: snapshot.seats.into_iter().map(|seat| (seat.user, seat)).collect(),
            leaders: snapshot.leaders,
            tape: snapshot.tape.into(),
            history: snapshot.history,
            metrics: snapshot.metrics,
            fates: snapshot.outcomes,
            state_hash: snapshot.state_hash,
            default_slippage: Rate(RATE_ONE / 100 * i64::from(snapshot.default_slippage_percent)),
        }
    }
}

/// What the server tells it.
impl Replica {
    /// Takes in what a tick or a resolution changed.
    pub fn apply(&mut self, update: &TickUpdate) -> Applied {
        if update.tick <= self.tick {
            return Applied::Stale;
        }
        if update.tick - 1 != self.tick || !self.fits(update) {
            return Applied::Gap;
        }
        self.tick = update.tick;
        self.clock = update.clock;
        for (outcome, pool) in self.market.outcomes.iter_mut().zip(&update.pools) {
            outcome.pool = *pool;
        }
        (self.market.segment_start_ms, self.market.segment_end_ms) = update.segment_ms;
        for change in &update.levels {
            levels::take(&mut self.market.outcomes[change.outcome.index()].levels, change.level);
        }
        update.events.iter().for_each(|event| self.event(event));
        self.leaders.clone_from(&update.leaders);
        self.metrics = update.metrics;
        self.state_hash = update.state_hash;
        self.remember_trades(&update.trades);
        self.remember_prices();
        Applied::Yes
    }

    /// Takes in a phase or deadlines that changed between two ticks.
    pub fn set_clock(&mut self, clock: Clock) {
        self.clock = clock;
    }

    /// Takes in who came, changed or left.
    pub fn change_seats(&mut self, changes: &[SeatChange]) {
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

    /// Whether an update speaks of this market's outcomes and no other.
    fn fits(&self, update: &TickUpdate) -> bool {
        let outcomes = self.market.outcomes.len();
        let named = update.events.iter().filter_map(|event| match event {
            Event::Elimination { outcome, .. } | Event::Final { winner: outcome, .. } => Some(*outcome),
            _ => None,
        });
        let mut named = update.levels.iter().map(|change| change.outcome).chain(named);
        update.pools.len() == outcomes && named.all(|outcome| outcome.index() < outcomes)
    }

    fn event(&mut self, event: &Event) {
        match event {
            Event::Elimination { outcome, round, .. } => {
                self.market.rounds_held = round.map_or(self.market.rounds_held, |round| round.saturating_add(1));
                if let Some(fate) = self.fates.get_mut(outcome.index()) {
                    *fate = Outcome::Eliminated { at_ms: self.clock.now_ms };
                }
            }
            Event::Final { winner, .. } => Outcome::settle(&mut self.fates, *winner),
            Event::Extend { by_ms } => self.extend(*by_ms),
            _ => {}
        }
    }

    /// Moves the end and the rounds not yet held, as the engine did.
    fn extend(&mut self, by_ms: u64) {
        let by_s = u32::try_from(by_ms / 1_000).unwrap_or(u32::MAX);
        self.market.params.extend(by_s, self.market.rounds_held);
    }

    fn remember_trades(&mut self, trades: &[PublicTrade]) {
        self.tape.extend(trades);
        let surplus = self.tape.len().saturating_sub(TAPE_TRADES);
        self.tape.drain(..surplus);
    }

    /// Adds the present to the history; when it is full, every other older point goes, the
    /// first one never.
    fn remember_prices(&mut self) {
        let (now_ms, frozen) = (self.clock.now_ms, self.clock.phase == Phase::Frozen);
        let spots = self.ids().map(|outcome| self.spot(outcome, Side::Yes));
        self.history.push(HistoryPoint::new(now_ms, spots, &self.metrics, frozen));
        if self.history.len() > HISTORY_POINTS * 2 {
            let keep_from = self.history.len() - HISTORY_POINTS / 2;
            let mut index = 0;
            self.history.retain(|_| {
                index += 1;
                index > keep_from || index % 2 == 1
            });
        }
    }
}

/// What may be read of it.
impl Replica {
    /// The session's number.
    #[must_use]
    pub const fn number(&self) -> u64 {
        self.number
    }

    /// The session's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What the market is about, as the host asks it; may be empty.
    #[must_use]
    pub fn question(&self) -> &str {
        &self.question
    }

    /// Number of the last update.
    #[must_use]
    pub const fn tick(&self) -> u64 {
        self.tick
    }

    /// Phase and deadlines, as last told.
    #[must_use]
    pub const fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Parameters, pools and book: what a quote needs.
    #[must_use]
    pub const fn market(&self) -> &PublicMarket {
        &self.market
    }

    /// Everyone who has a seat.
    #[must_use]
    pub const fn seats(&self) -> &BTreeMap<UserId, Seat> {
        &self.seats
    }

    /// The best by value, best first.
    #[must_use]
    pub fn leaders(&self) -> &[LeaderRow] {
        &self.leaders
    }

    /// The last trades, oldest first; at most [`TAPE_TRADES`].
    #[must_use]
    pub const fn tape(&self) -> &VecDeque<PublicTrade> {
        &self.tape
    }

    /// Prices and the maker's figures over time, oldest first; at most twice [`HISTORY_POINTS`].
    #[must_use]
    pub fn history(&self) -> &[HistoryPoint] {
        &self.history
    }

    /// The maker's figures.
    #[must_use]
    pub const fn metrics(&self) -> &Metrics {
        &self.metrics
    }

    /// The fate of every outcome.
    #[must_use]
    pub fn fates(&self) -> &[Outcome] {
        &self.fates
    }

    /// Hash of the market's state after the last update.
    #[must_use]
    pub const fn state_hash(&self) -> [u8; 32] {
        self.state_hash
    }

    /// The slippage that tickets start with, as a fraction of the spot.
    #[must_use]
    pub const fn default_slippage(&self) -> Rate {
        self.default_slippage
    }

    /// Every outcome, in the game or not.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = OutcomeId> + ExactSizeIterator + use<> {
        (0..self.market.params.n_outcomes).map(OutcomeId)
    }

    /// Whether an outcome is in the game.
    #[must_use]
    pub fn is_active(&self, outcome: OutcomeId) -> bool {
        self.market.outcomes.get(outcome.index()).is_some_and(|public| public.pool.active)
    }

    /// An outcome's name, "?" of one that is not of this market.
    #[must_use]
    pub fn outcome_name(&self, outcome: OutcomeId) -> &str {
        self.market.params.outcome_names.get(outcome.index()).map_or("?", String::as_str)
    }

    /// The pool's price, 0 to 1.
    #[must_use]
    pub fn spot(&self, outcome: OutcomeId, side: Side) -> f64 {
        self.market.spot(outcome, side)
    }

    /// `[YES, NO]` spot of every outcome, 0 to 1.
    #[must_use]
    pub fn spots(&self) -> Vec<[f64; 2]> {
        self.ids().map(|outcome| Side::BOTH.map(|side| self.spot(outcome, side))).collect()
    }

    /// The pool's price, to the nearest micro.
    #[must_use]
    pub fn price(&self, outcome: OutcomeId, side: Side) -> Price {
        Price::of_spot(self.spot(outcome, side))
    }

    /// The YES price at a time of the session, 0 to 1: that of the last point of the history
    /// not after it, or of the first.
    #[must_use]
    pub fn price_at(&self, outcome: OutcomeId, session_ms: u64) -> Option<f64> {
        let point = self.history.iter().rev().find(|point| point.now_ms <= session_ms).or(self.history.first())?;
        point.yes.get(outcome.index()).map(|price| price.as_f64())
    }
}

#[cfg(test)]
mod tests;
