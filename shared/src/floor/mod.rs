//! The floor of a session: the market and what is kept of it for people, all of it a function of
//! the inputs. So a snapshot can hold it and a replay gives it back, whoever runs it. Only
//! [`Floor::apply`] and [`Floor::close_tick`] change it; it reads no clock and knows no socket.

mod history;
mod tape;

pub use history::History;
pub use tape::public_trades;

use crate::{
    codec,
    ledger::Ledger,
    limits::TAPE_TRADES,
    message::{Outcome, PublicTrade},
};
use outcry_engine::{Input, Market, Order, OrderStatus, OutcomeId, Params, Refusal, RejectReason, Report, Violation};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::collections::{BTreeMap, VecDeque};

/// Ticks whose order counts are kept for the host's picture of the flow.
const FLOW_TICKS: usize = 120;

/// Format of a snapshot, its first byte. One of another format costs a start time, not truth: the inputs
/// are replayed from the first.
const SNAPSHOT_FORMAT: u8 = 2;
/// Format of a recorded input, its first byte. Of another format, a record cannot be read.
pub const INPUT_FORMAT: u8 = 2;

/// The market with its ledger, tape, history and counts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Floor {
    market: Market,
    ledger: Ledger,
    fates: Vec<Outcome>,
    tape: VecDeque<PublicTrade>,
    history: History,
    counts: Counts,
    resume_ms: Option<u64>,
}

/// What the host counts by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Orders that ticks have taken so far, those rejected included.
    pub orders: u64,
    /// Fills of ticks so far.
    pub fills: u64,
    /// Orders rejected so far, by the reason's name.
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

    /// The market as of the last step; only the floor's methods change it.
    #[must_use]
    pub const fn market(&self) -> &Market {
        &self.market
    }

    /// Where everyone's money went.
    #[must_use]
    pub const fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Fate of every outcome, by its number.
    #[must_use]
    pub fn fates(&self) -> &[Outcome] {
        &self.fates
    }

    /// The last trades, oldest first, at most [`TAPE_TRADES`].
    #[must_use]
    pub const fn tape(&self) -> &VecDeque<PublicTrade> {
        &self.tape
    }

    /// Prices and the maker's figures over time.
    #[must_use]
    pub const fn history(&self) -> &History {
        &self.history
    }

    /// Sums over the session so far.
    #[must_use]
    pub const fn counts(&self) -> &Counts {
        &self.counts
    }

    /// When the last elimination lets trading go on, in ms of the session clock.
    #[must_use]
    pub const fn resume_ms(&self) -> Option<u64> {
        self.resume_ms
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
            Input::Eliminate { outcomes, now_ms, resume_ms, .. } => {
                for outcome in outcomes {
                    self.set_fate(*outcome, Outcome::Eliminated { at_ms: *now_ms });
                }
                self.resume_ms = Some(*resume_ms);
            }
            Input::Final { winner, .. } => Outcome::settle(&mut self.fates, *winner),
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
        codec::encode(&(SNAPSHOT_FORMAT, self))
    }

    /// Reads what [`Self::encode`] wrote.
    ///
    /// # Errors
    /// When it is of another version of the program, or damaged.
    pub fn decode(bytes: &[u8]) -> Result<Self, String> {
        decode(SNAPSHOT_FORMAT, bytes, usize::MAX)
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
        self.tape.extend(tape::public_trades(report, orders));
        let over = self.tape.len().saturating_sub(TAPE_TRADES);
        self.tape.drain(..over);
    }

    fn set_fate(&mut self, outcome: OutcomeId, fate: Outcome) {
        if let Some(slot) = self.fates.get_mut(outcome.index()) {
            *slot = fate;
        }
    }
}

/// An input as the record's bytes.
#[must_use]
pub fn encode_input(input: &Input) -> Vec<u8> {
    codec::encode(&(INPUT_FORMAT, input))
}

/// Reads what [`encode_input`] wrote, at most `limit` bytes.
///
/// # Errors
/// When it is of another version of the program, or damaged.
pub fn decode_input(bytes: &[u8], limit: usize) -> Result<Input, String> {
    decode(INPUT_FORMAT, bytes, limit)
}

fn decode<T: DeserializeOwned>(format: u8, bytes: &[u8], limit: usize) -> Result<T, String> {
    if !bytes.starts_with(&[format]) {
        return Err(format!("it is of another format than {format}"));
    }
    let (_, recorded): (u8, T) = codec::decode(bytes, limit).map_err(|error| error.to_string())?;
    Ok(recorded)
}

/// A short name of a reason, to count by.
fn reason_name(reason: &RejectReason) -> &'static str {
    use RejectReason as R;
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
