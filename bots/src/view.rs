//! What a bot knows: what the server has told it, changed only here.

use outcry_engine::{Direction, Level, OpenOrder, OutcomeId, OwnView, Price, PublicMarket, Side, Tokens, Usdc, UserId};
use outcry_shared::{
    ServerMessage,
    ledger::{Position, Statement},
    message::{EndReport, LevelChange, PrivateState, Snapshot, TickUpdate, Welcome},
    phase::{Clock, Phase},
};
use std::collections::VecDeque;

/// Past YES prices that are kept, one per tick.
const PRICES_KEPT: usize = 60;

/// Everything a strategy may look at.
#[derive(Clone, Debug)]
pub struct BotView {
    /// Number of the session.
    pub session: u64,
    /// Number of the last public update.
    pub tick: u64,
    /// Phase and deadlines.
    pub clock: Clock,
    /// Parameters, pools and book.
    pub market: PublicMarket,
    /// YES prices of past ticks, newest last, one entry per outcome.
    pub prices: VecDeque<Vec<f64>>,
    /// One's own seat; none for a spectator.
    pub user: Option<UserId>,
    /// Balance, free tokens and resting orders.
    pub own: OwnView,
    /// Resting orders in full.
    pub open_orders: Vec<OpenOrder>,
    /// Holdings with their cost.
    pub positions: Vec<Position>,
    /// Where the money went.
    pub statement: Statement,
    /// Hash of the market's state after the last update.
    pub state_hash: [u8; 32],
    /// The end, once it has come.
    pub end: Option<EndReport>,
}

impl BotView {
    /// What a connection begins with.
    #[must_use]
    pub fn new(welcome: &Welcome) -> Self {
        let snapshot = &welcome.snapshot;
        let mut view = Self {
            session: snapshot.session,
            tick: snapshot.tick,
            clock: snapshot.clock,
            market: snapshot.market.clone(),
            prices: VecDeque::new(),
            user: welcome.you.as_ref().map(|you| you.user),
            own: OwnView::default(),
            open_orders: Vec::new(),
            positions: Vec::new(),
            statement: Statement::default(),
            state_hash: snapshot.state_hash,
            end: welcome.end.clone(),
        };
        view.remember_prices();
        if let Some(private) = &welcome.private {
            view.private(private);
        }
        view
    }

    /// Takes a message that came together with the welcome. One that does not follow from
    /// it is left out: the next update shows the gap.
    pub(crate) fn catch_up(&mut self, message: &ServerMessage) {
        match message {
            ServerMessage::Tick(update) => _ = self.tick(update),
            ServerMessage::Clock(clock) => self.clock = *clock,
            ServerMessage::Private(private) => self.private(private),
            ServerMessage::End(end) => self.end = Some(end.as_ref().clone()),
            _ => {}
        }
    }

    /// Takes the public state whole.
    pub fn snapshot(&mut self, snapshot: &Snapshot) {
        if self.session != snapshot.session {
            self.prices.clear();
            self.end = None;
        }
        self.session = snapshot.session;
        self.tick = snapshot.tick;
        self.clock = snapshot.clock;
        self.market = snapshot.market.clone();
        self.state_hash = snapshot.state_hash;
        self.remember_prices();
    }

    /// Takes what a tick changed. False when updates in between are missing: then the bot
    /// asks for a snapshot.
    #[must_use]
    pub fn tick(&mut self, update: &TickUpdate) -> bool {
        if update.tick <= self.tick {
            return true;
        }
        if update.tick != self.tick + 1 {
            return false;
        }
        self.tick = update.tick;
        self.clock = update.clock;
        (self.market.segment_start_ms, self.market.segment_end_ms) = update.segment_ms;
        for (outcome, pool) in self.market.outcomes.iter_mut().zip(&update.pools) {
            outcome.pool = *pool;
        }
        update.levels.iter().for_each(|change| self.level(change));
        self.state_hash = update.state_hash;
        self.remember_prices();
        true
    }

    /// Takes one's own state.
    pub fn private(&mut self, private: &PrivateState) {
        self.own = private.own.clone();
        self.open_orders.clone_from(&private.open_orders);
        self.positions.clone_from(&private.positions);
        self.statement = private.statement;
    }

    /// Whether orders are accepted now.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.clock.phase == Phase::Running
    }

    /// The outcomes still in the game.
    #[must_use]
    pub fn active(&self) -> Vec<OutcomeId> {
        let outcomes = (0_u8..).zip(&self.market.outcomes);
        outcomes.filter(|(_, outcome)| outcome.pool.active).map(|(index, _)| OutcomeId(index)).collect()
    }

    /// The pool's price, 0 to 1.
    #[must_use]
    pub fn spot(&self, outcome: OutcomeId, side: Side) -> f64 {
        self.market.spot(outcome, side)
    }

    /// How much the YES price has risen over so many ticks.
    #[must_use]
    pub fn change(&self, outcome: OutcomeId, ticks: usize) -> f64 {
        let now = self.prices.len().saturating_sub(1);
        let price = |at: usize| self.prices.get(at).and_then(|prices| prices.get(outcome.index()));
        match (price(now), price(now.saturating_sub(ticks))) {
            (Some(now), Some(then)) => now - then,
            _ => 0.0,
        }
    }

    /// Free tokens.
    #[must_use]
    pub fn free(&self, outcome: OutcomeId, side: Side) -> Tokens {
        self.own.free.get(outcome.index()).map_or(Tokens::ZERO, |pair| pair[side.index()])
    }

    /// Available cash.
    #[must_use]
    pub fn balance(&self) -> Usdc {
        self.own.balance
    }

    /// The nearest price on the grid within the allowed range.
    #[must_use]
    pub fn on_grid(&self, price: f64) -> Price {
        let params = &self.market.params;
        let grid = params.tick_size.0.max(1);
        let (low, high) = (params.p_min.0.div_ceil(grid), (params.p_max.0 / grid).max(params.p_min.0.div_ceil(grid)));
        let steps = (price * 1e6 / f64::from(grid)).round() as u32;
        Price(steps.clamp(low, high) * grid)
    }

    /// The best price somebody asks or bids.
    #[must_use]
    pub fn best(&self, outcome: OutcomeId, side: Side, direction: Direction) -> Option<Level> {
        let levels = self.market.outcomes.get(outcome.index())?.levels.iter();
        let levels = levels.filter(|level| (level.side, level.direction) == (side, direction)).copied();
        match direction {
            Direction::Buy => levels.max_by_key(|level| level.price),
            Direction::Sell => levels.min_by_key(|level| level.price),
        }
    }

    fn level(&mut self, change: &LevelChange) {
        let Some(outcome) = self.market.outcomes.get_mut(change.outcome.index()) else { return };
        let key = |level: &Level| (level.side, level.direction, level.price);
        let place = outcome.levels.binary_search_by_key(&key(&change.level), key);
        match (place, change.level.total.0 == 0) {
            (Ok(place), true) => drop(outcome.levels.remove(place)),
            (Ok(place), false) => outcome.levels[place] = change.level,
            (Err(_), true) => {}
            (Err(place), false) => outcome.levels.insert(place, change.level),
        }
    }

    fn remember_prices(&mut self) {
        let outcomes = (0_u8..).zip(&self.market.outcomes);
        let prices = outcomes.map(|(index, _)| self.market.spot(OutcomeId(index), Side::Yes)).collect();
        self.prices.push_back(prices);
        if self.prices.len() > PRICES_KEPT {
            self.prices.pop_front();
        }
    }
}

#[cfg(test)]
mod tests;
