//! Price history of every outcome, and the maker's figures over time.

use crate::{
    model::Model,
    text::{self, term::Term},
};
use outcry_engine::{OutcomeId, Side, Usdc};
use outcry_shared::{
    message::{HistoryPoint, Outcome, PublicTrade},
    replica::Replica,
};
use serde::Serialize;
use std::collections::BTreeMap;

/// The chart of prices over session time.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChartView {
    /// Per outcome: name, and points of (minute, ¢) of its YES price.
    pub lines: Vec<(OutcomeId, String, Vec<[f64; 2]>)>,
    /// Stretches of frozen trading, in minutes.
    pub freezes: Vec<[f64; 2]>,
    /// Own fills: outcome, token, and a point (minute, ¢) of the outcome's line.
    pub fills: Vec<(OutcomeId, Side, [f64; 2])>,
    /// The end, in minutes.
    pub end: f64,
}

fn minutes(ms: u64) -> f64 {
    ms as f64 / 60_000.0
}

impl ChartView {
    /// Computes it. `None` before there is a session.
    #[must_use]
    pub fn new(model: &Model) -> Option<Self> {
        let session = model.session()?;
        let lines = session.ids().map(|id| (id, text::apart(session.outcome_name(id)), line(session, id)));
        Some(Self {
            lines: lines.collect(),
            freezes: freezes(session),
            fills: fills(model, session),
            end: minutes(session.clock().end_ms),
        })
    }
}

/// The points at which an outcome has a price: until it leaves, and before all is paid. A pool that has paid has none.
pub(super) fn priced(session: &Replica, id: OutcomeId) -> &[HistoryPoint] {
    let until_ms = match session.fates().get(id.index()) {
        Some(Outcome::Eliminated { at_ms }) => *at_ms,
        Some(Outcome::Won | Outcome::Lost) => session.clock().now_ms,
        _ => u64::MAX,
    };
    let history = session.history();
    &history[..history.partition_point(|point| point.now_ms < until_ms)]
}

/// A step line: a price holds until the next one.
fn line(session: &Replica, id: OutcomeId) -> Vec<[f64; 2]> {
    let mut line: Vec<[f64; 2]> = Vec::new();
    for point in priced(session, id) {
        let Some(price) = point.yes.get(id.index()) else { continue };
        let (x, y) = (minutes(point.now_ms), price.as_f64() * 100.0);
        if let Some(last) = line.last().copied() {
            line.push([x, last[1]]);
        }
        line.push([x, y]);
    }
    line
}

fn freezes(session: &Replica) -> Vec<[f64; 2]> {
    let mut stretches: Vec<[f64; 2]> = Vec::new();
    let mut frozen_since: Option<u64> = None;
    for point in session.history() {
        match (frozen_since, point.frozen) {
            (None, true) => frozen_since = Some(point.now_ms),
            (Some(since), false) => {
                stretches.push([minutes(since), minutes(point.now_ms)]);
                frozen_since = None;
            }
            _ => {}
        }
    }
    stretches.extend(frozen_since.map(|since| [minutes(since), minutes(session.clock().now_ms)]));
    stretches
}

/// Own trades: those on the tape, and those of own orders, which the tape may have let go. All stand on the line of their
/// outcome: NO has no price on this scale (YES and NO may add up to more than 100¢), and one bargain far off the market
/// would stretch it until no line has a shape.
fn fills(model: &Model, session: &Replica) -> Vec<(OutcomeId, Side, [f64; 2])> {
    let Some(me) = model.user() else { return vec![] };
    let is_own = |trade: &&PublicTrade| trade.buyer == Some(me) || trade.seller == Some(me);
    let taped = session.tape().iter().filter(is_own);
    let taped = taped.map(|trade| (trade.trade_id, (trade.outcome, trade.side, trade.ts_ms)));
    let filled = model.orders().iter().flat_map(|sent| &sent.fills);
    let filled = filled.map(|fill| (fill.trade_id, (fill.outcome, fill.side, fill.ts_ms)));
    let own: BTreeMap<u64, _> = filled.chain(taped).collect();
    let point = |(outcome, side, ts_ms): (OutcomeId, Side, u64)| {
        Some((outcome, side, [minutes(ts_ms), session.price_at(outcome, ts_ms)? * 100.0]))
    };
    own.into_values().filter_map(point).collect()
}

/// Places for what is written at the lines' ends, from the lowest up: each at its line, but a step apart from the next and
/// within the range, and all together as little off their lines as can be (the means of those that would collide).
#[must_use]
pub fn spread(ends: &[f64], step: f64, [low, high]: [f64; 2]) -> Vec<f64> {
    // Those that would collide move as one: their mean place for the first of them, and how many they are.
    let mut groups: Vec<(f64, usize)> = Vec::new();
    for (index, end) in ends.iter().enumerate() {
        let mut group = (end - index as f64 * step, 1);
        while let Some((mean, count)) = groups.pop_if(|(mean, _)| *mean > group.0) {
            let all = count + group.1;
            group = ((mean * count as f64 + group.0 * group.1 as f64) / all as f64, all);
        }
        groups.push(group);
    }
    let last = high - ends.len().saturating_sub(1) as f64 * step;
    let firsts = groups.into_iter().flat_map(|(mean, count)| std::iter::repeat_n(mean.max(low).min(last), count));
    firsts.enumerate().map(|(index, first)| first + index as f64 * step).collect()
}

/// A figure of the maker, read from a point of the history.
type Figure = (Term, fn(&HistoryPoint) -> Usdc);

/// The maker's figures over time, each with points of (minute, $).
#[must_use]
pub fn maker(model: &Model) -> Vec<(Term, Vec<[f64; 2]>)> {
    let history = model.session().map_or(&[][..], |session| session.history());
    let figures: [Figure; 4] = [
        (Term::Volume, |point| point.volume),
        (Term::MakerRisk, |point| point.mm_risk),
        (Term::WorstCase, |point| point.worst_case_loss),
        (Term::MakerProfit, |point| point.mm_profit),
    ];
    let line = |(term, figure): Figure| {
        let points = history.iter().map(|point| [minutes(point.now_ms), figure(point).as_f64()]);
        (term, points.collect())
    };
    figures.map(line).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_at_the_ends_is_apart_and_near_its_line() {
        let range = [0.0, 95.0];
        assert_eq!(spread(&[10.0, 50.0, 90.0], 5.0, range), [10.0, 50.0, 90.0]);
        assert_eq!(spread(&[10.0, 11.0, 12.0], 5.0, range), [6.0, 11.0, 16.0], "around the middle of the three");
        assert_eq!(spread(&[20.0, 20.0, 60.0], 5.0, range), [17.5, 22.5, 60.0], "the third is in nobody's way");
        assert_eq!(spread(&[88.0, 94.0, 94.0], 5.0, range), [85.0, 90.0, 95.0], "none above the range");
        assert_eq!(spread(&[1.0, 2.0], 5.0, range), [0.0, 5.0], "nor below it");
        assert_eq!(spread(&[], 5.0, range), [0.0; 0]);
    }
}
