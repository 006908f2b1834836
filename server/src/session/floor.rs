//! The market and what is kept of it for people, all of it a function of the inputs: what a
//! snapshot holds, and what a replay gives back.

use super::history::History;
use outcry_engine::{
    Event, Fill, Input, Market, Order, OrderId, OrderKind, OrderStatus, OutcomeId, Params, Refusal, Report, Violation,
};
use outcry_shared::{
    codec,
    ledger::Ledger,
    limits::TAPE_TRADES,
    message::{Outcome, PublicTrade},
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, VecDeque};

/// Ticks whose order counts are kept for the host's picture of the flow.
const FLOW_TICKS: usize = 120;

/// Format of a snapshot's bytes: their first byte.
const FORMAT: u8 = 1;

/// The market with its ledger, tape, history and counts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Floor {
    /// The market itself.
    pub market: Market,
    /// Where everyone's money went.
    pub ledger: Ledger,
    /// Fate of every outcome.
    pub fates: Vec<Outcome>,
    /// The last trades, oldest first.
    pub tape: VecDeque<PublicTrade>,
    /// Prices and the maker's figures over time.
    pub history: History,
    /// Sums for the host.
    pub counts: Counts,
    /// When the last elimination lets trading go on, in ms of the session clock.
    pub resume_ms: Option<u64>,
}

/// Sums for the host.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Orders so far.
    pub orders: u64,
    /// Fills so far.
    pub fills: u64,
    /// Rejections by reason.
    pub rejections: BTreeMap<String, u64>,
    /// Orders per tick of the last ticks, oldest first.
    pub flow: VecDeque<u32>,
}

impl Floor {
    /// An empty floor.
    ///
    /// # Errors
    /// Every violation of the parameters.
    pub fn new(params: Params) -> Result<Self, Vec<Violation>> {
        let outcomes = usize::from(params.n_outcomes);
        Ok(Self {
            market: Market::new(params)?,
            ledger: Ledger::default(),
            fates: vec![Outcome::Active; outcomes],
            tape: VecDeque::new(),
            history: History::default(),
            counts: Counts::default(),
            resume_ms: None,
        })
    }

    /// Applies an input and keeps the books.
    ///
    /// # Errors
    /// Why the market refused it; nothing was changed.
    pub fn apply(&mut self, input: &Input) -> Result<Report, Refusal> {
        let report = self.market.apply(input)?;
        match input {
            Input::Join { user, deposit } => self.ledger.join(*user, *deposit),
            Input::Orders { orders, .. } | Input::Frozen { orders, .. } => self.note_orders(orders, &report),
            Input::Eliminate { outcomes, now_ms, resume_ms } => {
                for outcome in outcomes {
                    self.set_fate(*outcome, Outcome::Eliminated { at_ms: *now_ms });
                }
                self.resume_ms = Some(*resume_ms);
            }
            Input::Final { winner, .. } => self.note_final(*winner),
            _ => {}
        }
        self.ledger.book(&report, &self.market);
        Ok(report)
    }

    /// Adds a point to the history. Once a tick, after its inputs.
    pub fn close_tick(&mut self, now_ms: u64) {
        let frozen = self.resume_ms.is_some_and(|resume_ms| resume_ms > now_ms);
        self.history.push(&self.market, now_ms, frozen);
    }

    /// The floor as a snapshot's bytes.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        codec::encode(&(FORMAT, self))
    }

    /// Reads what [`Self::encode`] wrote.
    ///
    /// # Errors
    /// When it is of another version of the program, or damaged.
    pub fn decode(bytes: &[u8]) -> Result<Self, String> {
        if !bytes.starts_with(&[FORMAT]) {
            return Err(format!("it is of another format than {FORMAT}"));
        }
        let (_, floor): (u8, Self) = codec::decode(bytes, usize::MAX).map_err(|error| error.to_string())?;
        Ok(floor)
    }

    /// Who won, once the market is settled.
    #[must_use]
    pub fn winner(&self) -> Option<OutcomeId> {
        let index = self.fates.iter().position(|fate| *fate == Outcome::Won)?;
        u8::try_from(index).ok().map(OutcomeId)
    }

    fn note_orders(&mut self, orders: &[Order], report: &Report) {
        self.counts.orders += orders.len() as u64;
        self.counts.fills += report.fills.len() as u64;
        if self.counts.flow.len() == FLOW_TICKS {
            self.counts.flow.pop_front();
        }
        self.counts.flow.push_back(u32::try_from(orders.len()).unwrap_or(u32::MAX));
        for update in report.orders.iter().filter(|update| update.status == OrderStatus::Rejected) {
            let name = update.reason.as_ref().map_or("other", reason_name);
            *self.counts.rejections.entry(name.to_owned()).or_default() += 1;
        }
        self.tape.extend(public_trades(report, orders));
        let over = self.tape.len().saturating_sub(TAPE_TRADES);
        self.tape.drain(..over);
    }

    fn note_final(&mut self, winner: OutcomeId) {
        for (index, fate) in self.fates.iter_mut().enumerate() {
            if *fate == Outcome::Active {
                *fate = if index == winner.index() { Outcome::Won } else { Outcome::Lost };
            }
        }
    }

    fn set_fate(&mut self, outcome: OutcomeId, fate: Outcome) {
        if let Some(slot) = self.fates.get_mut(outcome.index()) {
            *slot = fate;
        }
    }
}

/// The trades of a tick as everyone sees them.
pub(crate) fn public_trades(report: &Report, orders: &[Order]) -> Vec<PublicTrade> {
    let is_market =
        |id: OrderId| orders.iter().any(|order| order.id == id && matches!(order.kind, OrderKind::Market { .. }));
    report.fills.iter().map(|fill| public_trade(fill, &is_market)).collect()
}

fn public_trade(fill: &Fill, is_market: &impl Fn(OrderId) -> bool) -> PublicTrade {
    PublicTrade {
        trade_id: fill.trade_id,
        ts_ms: fill.ts_ms,
        outcome: fill.outcome,
        side: fill.side,
        price: fill.price,
        size: fill.size,
        fill_type: fill.fill_type,
        buyer: fill.buyer.user(),
        seller: fill.seller.user(),
        taker: taker(fill, is_market),
    }
}

/// Who came for it: the user against the pool; of two users the one with a market order, else
/// the one whose order is younger.
fn taker(fill: &Fill, is_market: &impl Fn(OrderId) -> bool) -> outcry_engine::Direction {
    use outcry_engine::Direction::{Buy, Sell};
    match (fill.buyer.order(), fill.seller.order()) {
        (Some(_), None) => Buy,
        (None, _) => Sell,
        (Some(buyer), Some(seller)) => match (is_market(buyer), is_market(seller)) {
            (true, false) => Buy,
            (false, true) => Sell,
            _ if buyer > seller => Buy,
            _ => Sell,
        },
    }
}

/// A short name of a reason, to count by.
fn reason_name(reason: &outcry_engine::RejectReason) -> &'static str {
    use outcry_engine::RejectReason as R;
    match reason {
        R::Slippage { .. } => "slippage",
        R::Funds { .. } => "funds",
        R::InsufficientTokens { .. } => "tokens",
        R::NoProceeds { .. } => "no proceeds",
        R::NeverPaysBack { .. } => "never pays back",
        R::BadLimit { .. } | R::BadSize { .. } => "form",
        R::UnknownOutcome(_) => "outcome",
        R::Frozen => "frozen",
        _ => "other",
    }
}

/// Whether everyone should hear of an event. Orders and rebates are their owners' business.
pub(crate) fn is_public(event: &Event) -> bool {
    matches!(
        event,
        Event::AutoFill { .. }
            | Event::Freeze
            | Event::Elimination { .. }
            | Event::Renormalisation { .. }
            | Event::Resume
            | Event::Extend { .. }
            | Event::Final { .. }
            | Event::Invariant { .. }
    )
}
