//! A round that took outcomes out of the game: what it found, so that a screen can say what it meant. Written by the model
//! alone; gone with the page, since nobody tells it again.

use outcry_engine::{Event, OutcomeId, Usdc};
use outcry_shared::{ledger::Position, message::TickUpdate};

/// Outcomes that left in one step, with what stood before it.
#[derive(Clone, Debug, PartialEq)]
pub struct Departure {
    /// The public update that told of it.
    pub tick: u64,
    /// Session clock, in ms.
    pub at_ms: u64,
    /// Those that left.
    pub outcomes: Vec<OutcomeId>,
    /// `[YES, NO]` spots of every outcome as one saw them before it.
    pub before: Vec<[f64; 2]>,
    /// What one held before it.
    pub held: Vec<Position>,
    /// What it paid to oneself, once that is known.
    pub paid: Option<Usdc>,
}

impl Departure {
    /// What an update tells of those who left, if anybody did; `spots` are those before the update.
    pub(super) fn of(update: &TickUpdate, spots: Vec<[f64; 2]>, held: Vec<Position>) -> Option<Self> {
        let left = update.events.iter().filter_map(|event| match event {
            Event::Elimination { outcome, .. } => Some(*outcome),
            _ => None,
        });
        let outcomes: Vec<OutcomeId> = left.collect();
        if outcomes.is_empty() {
            return None;
        }
        Some(Self { tick: update.tick, at_ms: update.clock.now_ms, outcomes, before: spots, held, paid: None })
    }
}
