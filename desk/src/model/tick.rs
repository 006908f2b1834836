//! A public update applied to the public state.

use super::session::Session;
use outcry_engine::{Event, Level, PublicMarket};
use outcry_shared::message::{LevelChange, Outcome, TickUpdate};

/// What became of an update.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Applied {
    /// Applied.
    Yes,
    /// Older than the state: a snapshot has overtaken it.
    Stale,
    /// One before it was missed.
    Gap,
}

impl Session {
    pub(super) fn tick(&mut self, update: &TickUpdate) -> Applied {
        if update.tick <= self.tick {
            return Applied::Stale;
        }
        if update.tick != self.tick + 1 || update.pools.len() != self.market.outcomes.len() {
            return Applied::Gap;
        }
        self.tick = update.tick;
        self.clock = update.clock;
        for (outcome, pool) in self.market.outcomes.iter_mut().zip(&update.pools) {
            outcome.pool = *pool;
        }
        (self.market.segment_start_ms, self.market.segment_end_ms) = update.segment_ms;
        for change in &update.levels {
            apply_level(&mut self.market, change);
        }
        for event in &update.events {
            self.event(event);
        }
        self.leaders.clone_from(&update.leaders);
        self.metrics = update.metrics;
        self.state_hash = update.state_hash;
        self.remember_trades(&update.trades);
        self.remember_prices();
        Applied::Yes
    }

    fn event(&mut self, event: &Event) {
        match event {
            Event::Elimination { outcome, .. } => {
                if let Some(fate) = self.outcomes.get_mut(outcome.index()) {
                    *fate = Outcome::Eliminated { at_ms: self.clock.now_ms };
                }
            }
            Event::Final { winner, .. } => {
                for (index, fate) in self.outcomes.iter_mut().enumerate() {
                    if *fate == Outcome::Active {
                        *fate = if index == winner.index() { Outcome::Won } else { Outcome::Lost };
                    }
                }
            }
            Event::Extend { by_ms } => extend(&mut self.market, *by_ms, self.clock.now_ms),
            _ => {}
        }
    }
}

/// Moves the end and the rounds still to come, as the engine did.
fn extend(market: &mut PublicMarket, by_ms: u64, now_ms: u64) {
    let by_s = u32::try_from(by_ms / 1_000).unwrap_or(u32::MAX);
    let params = &mut market.params;
    params.total_duration = params.total_duration.saturating_add(by_s);
    for round in params.rounds.iter_mut().filter(|round| u64::from(round.at_s) * 1_000 > now_ms) {
        round.at_s = round.at_s.saturating_add(by_s);
    }
}

/// Puts a level as it is now into its place; a total of 0 takes it out.
fn apply_level(market: &mut PublicMarket, change: &LevelChange) {
    let Some(outcome) = market.outcomes.get_mut(change.outcome.index()) else { return };
    let key = |level: &Level| (level.side, level.direction, level.price);
    let place = outcome.levels.binary_search_by_key(&key(&change.level), key);
    match place {
        Ok(index) if change.level.total.0 == 0 => {
            outcome.levels.remove(index);
        }
        Ok(index) => outcome.levels[index] = change.level,
        Err(_) if change.level.total.0 == 0 => {}
        Err(index) => outcome.levels.insert(index, change.level),
    }
}
