//! A round that took outcomes out of the game: what it found, so that a screen can say what it meant. Written by the model
//! alone, as it happens; a page that was loaded since says of it what follows from one's orders.

use super::orders::{Orders, SentOrder};
use outcry_engine::{Direction, Event, Fill, Leg, OutcomeId, Side, Tokens, Usdc};
use outcry_shared::{
    ledger::Position,
    message::{Outcome, PrivateState, TickUpdate},
    phase::Phase,
    replica::Replica,
};

/// Outcomes that left in one step, with what stood before it.
#[derive(Clone, Debug, PartialEq)]
pub struct Departure {
    /// The public update that told of it.
    pub tick: u64,
    /// Session clock, in ms.
    pub at_ms: u64,
    /// Those that left.
    pub outcomes: Vec<OutcomeId>,
    /// `[YES, NO]` spots of every outcome as one saw them before it; none where one did not look on.
    pub before: Vec<[f64; 2]>,
    /// What one held before it; `None` where that is not known.
    pub held: Option<Vec<Position>>,
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
        let (tick, at_ms, held) = (update.tick, update.clock.now_ms, Some(held));
        Some(Self { tick, at_ms, outcomes, before: spots, held, paid: None })
    }

    /// The one for which trading stands still, of which this screen has seen nothing: what one held follows from one's
    /// orders where all of them are known, and what the first one paid from the statement.
    pub(super) fn recalled(session: &Replica, own: &PrivateState, orders: &Orders) -> Option<Self> {
        let outcomes = Some(session).filter(|session| session.clock().phase == Phase::Frozen).and_then(just_left)?;
        let held = held(own, orders, &outcomes);
        let all_left = session.fates().iter().filter(|fate| fate.eliminated_at_ms().is_some()).count();
        let paid = if all_left == outcomes.len() {
            Some(own.statement.payouts)
        } else {
            held.as_ref()
                .map(|held| held.iter().filter(|held| held.side == Side::No).map(|held| held.tokens.at_par()).sum())
        };
        let (tick, at_ms) = (session.tick(), session.clock().now_ms);
        Some(Self { tick, at_ms, outcomes, before: vec![], held, paid })
    }
}

/// Who left as trading stopped; `None` while nobody has left since it last went on.
#[must_use]
pub fn just_left(session: &Replica) -> Option<Vec<OutcomeId>> {
    let at_ms = session.fates().iter().filter_map(Outcome::eliminated_at_ms).max()?;
    let open_ms = session.history().iter().rev().find(|point| !point.frozen).map_or(0, |point| point.now_ms);
    let gone = |id: &OutcomeId| session.fates().get(id.index()).and_then(Outcome::eliminated_at_ms) == Some(at_ms);
    (at_ms >= open_ms).then(|| session.ids().filter(gone).collect())
}

/// What one held of these when they left; `None` unless every fill of one's own is known.
fn held(own: &PrivateState, orders: &Orders, outcomes: &[OutcomeId]) -> Option<Vec<Position>> {
    if !own.positions.iter().any(|position| outcomes.contains(&position.outcome)) {
        return Some(vec![]);
    }
    let fills = || orders.iter().flat_map(|sent| sent.fills.iter().map(move |fill| (traded(sent, fill), fill.size)));
    if fills().count() as u64 != own.trade_count {
        return None;
    }
    let of = |outcome: OutcomeId, side: Side| {
        let sizes = fills().filter(|(leg, _)| (leg.outcome, leg.side) == (outcome, side));
        let tokens = sizes.map(|(leg, size)| if leg.direction == Direction::Buy { size.0 } else { -size.0 }).sum();
        Position { outcome, side, tokens: Tokens(tokens), cost: Usdc::ZERO, realised: Usdc::ZERO }
    };
    Some(outcomes.iter().flat_map(|outcome| Side::BOTH.map(|side| of(*outcome, side))).collect())
}

/// An order's own side of one of its fills.
fn traded(sent: &SentOrder, fill: &Fill) -> Leg {
    if fill.buyer.order() == sent.id { fill.bought() } else { fill.sold() }
}
