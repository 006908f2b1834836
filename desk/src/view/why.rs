//! Why a price moved during the last minute: what the public ticks tell of it. A change is given to one cause where its
//! tick had no other; what several did in one tick is not split.

use crate::{
    format::{cents_moved, cents_part, tenths_between},
    model::Model,
    text::{self, why as words},
};
use outcry_engine::{Direction, OutcomeId, Side, UserId};
use outcry_shared::{
    message::{HistoryPoint, Outcome, PublicTrade},
    replica::Replica,
};
use serde::Serialize;
use std::collections::BTreeMap;

/// Window of the price change shown beside a price, in ms of the session clock.
const CHANGE_WINDOW_MS: u64 = 60_000;
/// A smaller part of a change than this is no cause: it would be shown as nothing. 0 to 1.
const LEAST: f64 = 0.000_5;
/// Causes that are named; what more there are goes together.
const CAUSES_MAX: usize = 3;
/// A change of so much is told without being asked for. 0 to 1.
const LARGE: f64 = 0.01;

/// Why a price moved.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Why {
    /// Whose YES price.
    pub outcome: OutcomeId,
    /// By how much, 0 to 1.
    pub change: f64,
    /// "Dorothy rose 3.1¢ in a minute: others bought YES +2.4¢, Carl left +0.7¢."
    pub words: String,
}

/// What a change came from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Cause {
    /// Trades with the pool of this outcome alone.
    Own,
    /// Trades with the pools of others alone.
    Cross,
    /// Both in one tick.
    Mixed,
    /// Others left; with trades in the same step or without.
    Left { who: Vec<OutcomeId>, trades: bool },
    /// Nothing happened: the parameters follow the clock.
    Terms,
    /// The trades are not known any more.
    Earlier,
}

/// The YES price a little before, 0 to 1: what the change beside a price is measured from, and so the sentence on it.
#[must_use]
pub fn price_before(session: &Replica, outcome: OutcomeId) -> Option<f64> {
    session.price_at(outcome, since_ms(session))
}

fn since_ms(session: &Replica) -> u64 {
    session.clock().now_ms.saturating_sub(CHANGE_WINDOW_MS)
}

/// Why the YES price of an outcome moved; nothing where it did not, as it is shown.
#[must_use]
pub fn why(model: &Model, outcome: OutcomeId) -> Option<Why> {
    let session = model.session()?;
    let steps = steps(session);
    let (before, after) = (price_before(session, outcome)?, session.spot(outcome, Side::Yes));
    let tenths = tenths_between(before, after);
    if tenths == 0 || !session.is_active(outcome) {
        return None;
    }
    let mut parts: BTreeMap<Cause, f64> = BTreeMap::new();
    let mut own: Vec<PublicTrade> = Vec::new();
    for step in &steps {
        let Some(change) = step.change(outcome).filter(|change| *change != 0.0) else { continue };
        let cause = step.cause(outcome);
        if cause == Cause::Own {
            own.extend(step.trades.iter().filter(|trade| trade.outcome == outcome));
        }
        *parts.entry(cause).or_default() += change;
    }
    let mut parts: Vec<(Cause, f64)> = parts.into_iter().filter(|(_, part)| part.abs() >= LEAST).collect();
    parts.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
    let name = text::apart(session.outcome_name(outcome));
    let told = |(cause, part): (Cause, f64)| (cause_words(model, session, &cause, &own), cents_part(part));
    let rest = parts.split_off(if parts.len() > CAUSES_MAX { CAUSES_MAX - 1 } else { parts.len() });
    let mut causes: Vec<(String, String)> = parts.into_iter().map(told).collect();
    if !rest.is_empty() {
        let rest = rest.into_iter().map(|(_, part)| part).sum();
        causes.push((words::REST.to_owned(), cents_part(rest)));
    }
    let whole = session.clock().now_ms >= CHANGE_WINDOW_MS;
    let span = if whole { words::IN_A_MINUTE } else { words::SINCE_THE_START };
    let words = words::moved(&name, tenths > 0, &cents_moved(before, after), span, &causes);
    (!causes.is_empty()).then_some(Why { outcome, change: after - before, words })
}

/// The largest change of all, where it is large.
#[must_use]
pub fn largest(model: &Model) -> Option<Why> {
    let session = model.session()?;
    let all = session.ids().filter_map(|outcome| why(model, outcome)).filter(|why| why.change.abs() >= LARGE);
    all.max_by(|a, b| a.change.abs().total_cmp(&b.change.abs()))
}

/// From one point of the history to the next.
struct Step<'a> {
    from: &'a HistoryPoint,
    to: &'a HistoryPoint,
    /// Trades with a pool.
    trades: Vec<PublicTrade>,
    left: Vec<OutcomeId>,
    /// Whether all of its trades are known.
    whole: bool,
}

impl Step<'_> {
    fn change(&self, outcome: OutcomeId) -> Option<f64> {
        let at = |point: &HistoryPoint| point.yes.get(outcome.index()).map(|price| price.as_f64());
        Some(at(self.to)? - at(self.from)?)
    }

    fn cause(&self, outcome: OutcomeId) -> Cause {
        let (own, others) = (
            self.trades.iter().any(|trade| trade.outcome == outcome),
            self.trades.iter().any(|trade| trade.outcome != outcome),
        );
        match (self.left.is_empty(), self.whole, own, others) {
            (false, ..) => Cause::Left { who: self.left.clone(), trades: !self.whole || own || others },
            (true, false, ..) => Cause::Earlier,
            (true, true, true, true) => Cause::Mixed,
            (true, true, true, false) => Cause::Own,
            (true, true, false, true) => Cause::Cross,
            (true, true, false, false) => Cause::Terms,
        }
    }
}

/// The last minute, step by step.
fn steps(session: &Replica) -> Vec<Step<'_>> {
    let since_ms = since_ms(session);
    let history = session.history();
    let first = history.partition_point(|point| point.now_ms <= since_ms).saturating_sub(1);
    let tape = session.tape();
    // Before the oldest trade that is kept there were others, unless it was the first of all.
    let known_ms = match tape.front() {
        Some(oldest) if oldest.trade_id > 1 => oldest.ts_ms,
        _ => 0,
    };
    // Freezing trades what has been accepted and then lets somebody leave, in the same moment: the last step of it.
    let left = |from_ms: u64, to_ms: u64, until_ms: Option<u64>| {
        let at = |id: &OutcomeId| session.fates().get(id.index()).and_then(Outcome::eliminated_at_ms);
        let here = move |at_ms: u64| {
            let (ended, followed) = (at_ms == to_ms, until_ms == Some(to_ms));
            (from_ms < at_ms || ended) && at_ms <= to_ms && !(ended && followed)
        };
        session.ids().filter(move |id| at(id).is_some_and(here)).collect()
    };
    let points = &history[first.min(history.len())..];
    points
        .windows(2)
        .enumerate()
        .map(|(index, pair)| {
            let (from_ms, to_ms) = (pair[0].now_ms, pair[1].now_ms);
            let until_ms = points.get(index + 2).map(|next| next.now_ms);
            let trades = tape.iter().filter(|trade| from_ms < trade.ts_ms && trade.ts_ms <= to_ms);
            let trades = trades.filter(|trade| trade.buyer.is_none() || trade.seller.is_none());
            Step {
                from: &pair[0],
                to: &pair[1],
                trades: trades.copied().collect(),
                left: left(from_ms, to_ms, until_ms),
                whole: from_ms >= known_ms,
            }
        })
        .collect()
}

fn cause_words(model: &Model, session: &Replica, cause: &Cause, own: &[PublicTrade]) -> String {
    match cause {
        Cause::Own => own_words(own, model.user()),
        Cause::Cross => words::OTHER_NAMES.to_owned(),
        Cause::Mixed => words::MIXED.to_owned(),
        Cause::Left { who, trades } => {
            let names: Vec<String> = who.iter().map(|id| text::apart(session.outcome_name(*id))).collect();
            if *trades { words::left_after_trades(&names) } else { words::left(&names) }
        }
        Cause::Terms => words::TERMS.to_owned(),
        Cause::Earlier => words::EARLIER.to_owned(),
    }
}

/// What most trades of the outcome were, and whose.
fn own_words(trades: &[PublicTrade], me: Option<UserId>) -> String {
    let what = |trade: &PublicTrade| (trade.seller.is_none(), trade.side.index() as u8);
    let mut sizes: BTreeMap<(bool, u8), i64> = BTreeMap::new();
    for trade in trades {
        *sizes.entry(what(trade)).or_default() += trade.size.0;
    }
    let most = sizes.into_iter().max_by_key(|(_, size)| *size).map_or((true, 0), |(what, _)| what);
    // Of those alone who did most of it: nobody is told to have bought what they did not.
    let mine = |trade: &PublicTrade| me.is_some() && (trade.buyer == me || trade.seller == me);
    let mut same = trades.iter().filter(|trade| what(trade) == most);
    let (mine, theirs) = (same.clone().any(mine), same.any(|trade| !mine(trade)));
    let direction = if most.0 { Direction::Buy } else { Direction::Sell };
    let who = match (mine, theirs) {
        (true, true) => words::YOU_AND_OTHERS,
        (true, false) => words::YOU,
        (false, _) => words::OTHERS,
    };
    words::traded(who, direction, Side::BOTH[usize::from(most.1)])
}
