//! What everyone may know: the same bytes for all, never the script nor whose order rests where.

use crate::{ledger::Statement, phase::Clock};
use outcry_engine::{
    Direction, Event, FillType, Level, Metrics, OutcomeId, PoolState, Price, PublicMarket, Side, Tokens, Usdc, UserId,
};
use serde::{Deserialize, Serialize};

/// The public state whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    /// Number of the session.
    pub session: u64,
    /// The session's name, as everyone sees it.
    pub session_name: String,
    /// What the market is about ([`crate::config::SessionConfig::question`]); may be empty.
    pub question: String,
    /// Number of the last tick.
    pub tick: u64,
    /// The phase, session time and deadlines when it was sent.
    pub clock: Clock,
    /// The market: parameters, pools, book.
    pub market: PublicMarket,
    /// Everyone who has a seat.
    pub seats: Vec<Seat>,
    /// The best by value.
    pub leaders: Vec<LeaderRow>,
    /// The last trades, oldest first.
    pub tape: Vec<PublicTrade>,
    /// Prices and the maker's figures over time, thinned, oldest first.
    pub history: Vec<HistoryPoint>,
    /// The maker's figures.
    pub metrics: Metrics,
    /// Fate of every outcome.
    pub outcomes: Vec<Outcome>,
    /// Hash of the market's state.
    pub state_hash: [u8; 32],
    /// The slippage that tickets start with, in percent: [`crate::config::SessionConfig::default_slippage_percent`].
    pub default_slippage_percent: u8,
}

/// The fate of an outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// Is traded, and can still win.
    Active,
    /// Left at this session time; its NO paid 1.
    Eliminated {
        /// Session clock, in ms.
        at_ms: u64,
    },
    /// Its YES paid 1.
    Won,
    /// Was in the game at the end and did not win.
    Lost,
}

impl Outcome {
    /// When it left the game, in ms of the session clock.
    #[must_use]
    pub const fn eliminated_at_ms(&self) -> Option<u64> {
        match *self {
            Self::Eliminated { at_ms } => Some(at_ms),
            Self::Active | Self::Won | Self::Lost => None,
        }
    }

    /// The end: of those still in the game one has won, and the others have lost.
    pub fn settle(fates: &mut [Self], winner: OutcomeId) {
        for (index, fate) in fates.iter_mut().enumerate().filter(|(_, fate)| **fate == Self::Active) {
            *fate = if index == winner.index() { Self::Won } else { Self::Lost };
        }
    }
}

/// What a tick or a resolution changed for everyone. Numbers are consecutive: after a gap
/// the client asks for a snapshot.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TickUpdate {
    /// Consecutive number of public updates of the session.
    pub tick: u64,
    /// The phase, session time and deadlines when it was sent.
    pub clock: Clock,
    /// Every outcome's pool.
    pub pools: Vec<PoolState>,
    /// Start and end of the current segment of §8, in ms.
    pub segment_ms: (u64, u64),
    /// Levels of the book that changed; a total of 0 is a level gone.
    pub levels: Vec<LevelChange>,
    /// Trades, oldest first; of more than [`crate::limits::TAPE_TRADES`], the last.
    pub trades: Vec<PublicTrade>,
    /// What participants did, for the floor: orders placed and pulled, parts of auto-fills; of more than
    /// [`crate::limits::TICK_ACTIONS`], the last.
    pub actions: Vec<FloorAction>,
    /// Eliminations, renormalisation, freeze, resume, extension, final, auto-fills.
    pub events: Vec<Event>,
    /// The best by value.
    pub leaders: Vec<LeaderRow>,
    /// The maker's figures.
    pub metrics: Metrics,
    /// Orders in the tick.
    pub orders: u32,
    /// Hash of the market's state after it.
    pub state_hash: [u8; 32],
}

/// A level of the book that changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LevelChange {
    /// The outcome in whose book the level is.
    pub outcome: OutcomeId,
    /// The level as it is now.
    pub level: Level,
}

/// A trade as everyone sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicTrade {
    /// Sequence number in the market, from 1.
    pub trade_id: u64,
    /// Session clock, in ms.
    pub ts_ms: u64,
    /// The outcome whose tokens changed hands.
    pub outcome: OutcomeId,
    /// Which token (of a matched pair: the buyer's; the seller's is the other).
    pub side: Side,
    /// Average price per token, without the fee.
    pub price: Price,
    /// Tokens that changed hands; of a pair, of either kind.
    pub size: Tokens,
    /// How it came about.
    pub fill_type: FillType,
    /// Who received tokens; `None` is the maker's pool.
    pub buyer: Option<UserId>,
    /// Who gave tokens; `None` is the maker's pool.
    pub seller: Option<UserId>,
    /// Who came for it: the buyer took (`Buy`) or the seller did (`Sell`).
    pub taker: Direction,
}

/// What a participant did in the book, for the floor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FloorAction {
    /// Whose order it is.
    pub user: UserId,
    /// The outcome in whose book it is.
    pub outcome: OutcomeId,
    /// YES or NO of that outcome.
    pub side: Side,
    /// A bid (`Buy`) or an ask (`Sell`).
    pub direction: Direction,
    /// The order's limit.
    pub price: Price,
    /// What became of the order.
    pub kind: ActionKind,
}

/// What a participant did in the book.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ActionKind {
    /// A limit order came to rest.
    Placed,
    /// A resting order was taken back.
    Pulled,
}

/// Prices and the maker's figures at a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryPoint {
    /// Session clock, in ms.
    pub now_ms: u64,
    /// YES price of every outcome.
    pub yes: Vec<Price>,
    /// Σ size × price of all fills so far.
    pub volume: Usdc,
    /// Σ subsidy of the outcomes in the game.
    pub mm_risk: Usdc,
    /// The most that the maker can still lose.
    pub worst_case_loss: Usdc,
    /// The maker's profit so far, as in [`Metrics`].
    pub mm_profit: Usdc,
    /// Whether trading was frozen.
    pub frozen: bool,
}

impl HistoryPoint {
    /// The state at a time: the YES spot of every outcome, to the nearest micro, and the figures.
    #[must_use]
    pub fn new(now_ms: u64, spots: impl Iterator<Item = f64>, figures: &Metrics, frozen: bool) -> Self {
        Self {
            now_ms,
            yes: spots.map(Price::of_spot).collect(),
            volume: figures.volume,
            mm_risk: figures.mm_risk,
            worst_case_loss: figures.worst_case_loss,
            mm_profit: figures.mm_profit,
            frozen,
        }
    }
}

/// Someone who has a seat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seat {
    /// The seat's number.
    pub user: UserId,
    /// The name that everyone sees.
    pub name: String,
    /// Whether a connection holds it now.
    pub connected: bool,
    /// Whether it declared itself a bot.
    pub bot: bool,
}

/// A change of the seats.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SeatChange {
    /// A new seat, or a new name or presence of one.
    Set(Seat),
    /// The seat was closed.
    Gone(UserId),
}

/// A row of the leaderboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeaderRow {
    /// From 1; equal values share a rank.
    pub rank: u32,
    /// Whose figures they are.
    pub user: UserId,
    /// Balance, escrow and tokens at the pool's spot.
    pub value: Usdc,
    /// Gain on the deposit after gas, in units of 10⁻⁴ (a hundredth of a percent).
    pub gain_bp: i64,
    /// Fills they took part in so far.
    pub trades: u64,
}

/// The end of a session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EndReport {
    /// The outcome whose YES paid 1.
    pub winner: OutcomeId,
    /// Everyone's result, best first.
    pub rankings: Vec<RankingRow>,
    /// Gas paid by all.
    pub gas_total: Usdc,
    /// The maker's figures, final.
    pub metrics: Metrics,
    /// One's own statement; none for a spectator.
    pub statement: Option<Statement>,
}

/// A row of the final ranking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RankingRow {
    /// From 1; equal balances share a rank.
    pub rank: u32,
    /// Whose result it is.
    pub user: UserId,
    /// The name at the end.
    pub name: String,
    /// Cash after the settlement: the result.
    pub balance: Usdc,
    /// Final balance less deposit: after gas.
    pub net_pnl: Usdc,
    /// Gain on the deposit after gas, in units of 10⁻⁴.
    pub gain_bp: i64,
    /// Fills of the session.
    pub trades: u64,
    /// Gas of all submissions.
    pub gas: Usdc,
    /// Whether it declared itself a bot.
    pub bot: bool,
}
