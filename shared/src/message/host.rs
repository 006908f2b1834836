//! What the host says and sees. The script is in here: never sent to a connection without the host's
//! right.

use super::{rehearsal::Rehearsal, step::Step};
use crate::{
    config::{Choice, SessionConfig},
    phase::Phase,
    secret::HostGrant,
};
use outcry_engine::{Metrics, OutcomeId, PoolState, Usdc, UserId, Warning};
use serde::{Deserialize, Serialize};

/// An act of the host, with the right to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HostRequest {
    /// From [`super::ServerMessage::HostGranted`].
    pub grant: HostGrant,
    /// Chosen by the client; the reply names it. Sent again it has one effect.
    pub request_id: u32,
    /// The session that the host saw: over another one the act is refused.
    pub session: u64,
    /// The act, carried out whole or refused with a sentence.
    pub act: HostAct,
}

/// What a host can do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum HostAct {
    /// Sets the configuration; in `Draft` and `Lobby`.
    Configure(Box<SessionConfig>),
    /// `Draft → Lobby`.
    OpenLobby,
    /// `Lobby → Running`.
    Start,
    /// Stops the session clock.
    Pause,
    /// Lets the session clock go on.
    Resume,
    /// Ends a freeze now: the session clock goes on from its planned end, and trading with it. In `Frozen`, once everyone
    /// may be told who has left ([`crate::phase::told_ms`]).
    EndFreeze {
        /// Which freeze: its planned end on the session clock, in ms. Another one is not ended.
        resume_ms: u64,
    },
    /// Moves the end and every round still to come.
    Extend {
        /// By so many seconds.
        by_s: u32,
    },
    /// Runs a resolution now.
    Resolve(Resolve),
    /// Changes the scripted winner; never an eliminated outcome.
    SetWinner(Choice),
    /// Opens a new session; the record of this one stays.
    Reset,
    /// Closes a seat: its orders are cancelled, its holdings stay.
    Kick {
        /// Whose seat is closed.
        user: UserId,
    },
    /// Gives a seat another name, by the rules of names.
    Rename {
        /// Whose seat is renamed.
        user: UserId,
        /// The new name, as it was typed.
        name: String,
    },
    /// Lets newcomers in, or not.
    SetDoor {
        /// Whether newcomers may join.
        open: bool,
    },
    /// A message to all.
    Announce {
        /// At most [`crate::limits::ANNOUNCEMENT_CHARS_MAX`] characters.
        text: String,
    },
    /// Makes a code that gives a seat to another device, once: a [`super::ServerMessage::SeatCode`] tells it to whoever
    /// asked, and nobody else.
    GiveBack {
        /// Whose seat is given back.
        user: UserId,
    },
    /// Closes many seats.
    Empty {
        /// Whose.
        whom: Whom,
        /// The newest seat that the host saw: those who came later stay.
        last: UserId,
    },
    /// Rehearses a configuration beside the session, whatever its phase: one at a time.
    Rehearse(Box<SessionConfig>),
    /// Gives up the rehearsal that is under way.
    StopRehearsal,
}

/// Whose seats are closed by [`HostAct::Empty`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Whom {
    /// Those that no connection holds.
    Away,
    /// All of them.
    Everyone,
}

/// Which resolution to run now. Each names what the host saw, and is refused when that has happened or changed
/// meanwhile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Resolve {
    /// This round of the parameters, counted from 0, if it is the next.
    Next(u32),
    /// These outcomes leave now.
    Eliminate(Vec<OutcomeId>),
    /// The end, if this is the scripted winner.
    Final(OutcomeId),
}

/// The file format of the final chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ChartKind {
    /// A bitmap, for chats and slides.
    Png,
    /// A vector drawing, for print.
    Svg,
}

/// What the host sees beyond the public state.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HostState {
    /// The configuration in force, script included.
    pub config: SessionConfig,
    /// The winner as drawn, once the session has started.
    pub winner: Option<OutcomeId>,
    /// The eliminations as drawn, per round, once the session has started.
    pub eliminate: Vec<Vec<OutcomeId>>,
    /// What is legal but costs the maker.
    pub warnings: Vec<Warning>,
    /// Whether newcomers may join.
    pub door_open: bool,
    /// Everyone who has a seat.
    pub seats: Vec<SeatRow>,
    /// People who asked for a seat by the form and are not on the floor yet.
    pub arriving: u32,
    /// Pages that were opened by people without a seat since this server was started.
    pub opened: u32,
    /// Why newcomers were turned away a moment ago, in one sentence, if a limit has bitten.
    pub turned_away: Option<String>,
    /// The round that [`Resolve::Next`] would run, counted from 0; none before the start and after the last.
    pub next_round: Option<u32>,
    /// Figures of market and server.
    pub watch: Watch,
    /// The last acts with their effect, newest last.
    pub acts: Vec<ActRecord>,
    /// Sessions of the store that can be exported, newest first: number and name.
    pub sessions: Vec<(u64, String)>,
    /// How the rehearsal stands.
    pub rehearsal: Rehearsal,
}

/// A seat as the host sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeatRow {
    /// The seat's number.
    pub user: UserId,
    /// The name that everyone sees.
    pub name: String,
    /// Whether a connection holds it.
    pub connected: bool,
    /// Whether it declared itself a bot.
    pub bot: bool,
    /// Round trip of its connection in ms, if known.
    pub lag_ms: Option<u32>,
    /// Orders sent so far.
    pub orders: u64,
    /// Orders rejected so far.
    pub rejected: u64,
    /// Missions of the practice market that were done here, one bit each.
    pub practised: u8,
    /// When each [`Step`] was reached, in ms since the page opened, as the page told it.
    pub reached: [Option<u32>; Step::ALL.len()],
}

/// Figures of market and server.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Watch {
    /// Where the session stands.
    pub phase: Phase,
    /// Every outcome's pool.
    pub pools: Vec<PoolState>,
    /// The maker's figures.
    pub metrics: Metrics,
    /// Ticks run in this session.
    pub ticks: u64,
    /// Orders taken in this session, rejected ones too.
    pub orders: u64,
    /// Fills of this session.
    pub fills: u64,
    /// Rejections by reason, most frequent first.
    pub rejections: Vec<(String, u64)>,
    /// Orders per tick of the last ticks, oldest first.
    pub flow: Vec<u32>,
    /// Time of the last tick's matching, in µs.
    pub match_us: u64,
    /// Time of the last tick's transaction, in µs.
    pub commit_us: u64,
    /// Connections open now, spectators and hosts too.
    pub connected: u32,
    /// Which store: "sqlite" or "postgres".
    pub store: String,
    /// Updates replaced by snapshots for slow connections so far.
    pub resyncs: u64,
    /// What is wrong with the store, in words, if something is: until it is mended nothing new is taken.
    pub trouble: Option<String>,
    /// The same orders under other rules, as far as they have been followed.
    pub shadow: Shadow,
}

/// Other rules on the orders of this session, beside the market and after it (instrument.md §3, rung A).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Shadow {
    /// Ticks followed so far.
    pub ticks: u64,
    /// What each rule can lose at most: as much as this market was found to lose.
    pub loss: Usdc,
    /// How each rule stands.
    pub rows: Vec<ShadowRow>,
}

/// One rule on the orders of this session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ShadowRow {
    /// Its name: "lmsr", "book".
    pub rule: String,
    /// Of the orders that this market filled, the share that the rule filled as well; none before the first.
    pub executed: Option<f64>,
    /// The first tick in which a fill was another by more than 5 %, counted from 1.
    pub first_changed: Option<u64>,
    /// What the market buys that both filled whole cost under the rule ÷ what they cost here, − 1.
    pub dearer: Option<f64>,
    /// What its maker would lose in the worst case that is still possible; below 0 it gains whoever wins.
    pub worst_case_loss: Usdc,
    /// Why it could not go on, if it could not.
    pub stopped: Option<String>,
}

/// An act of the host in the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActRecord {
    /// Session clock, in ms.
    pub at_ms: u64,
    /// What was asked, in words.
    pub act: String,
    /// Whether the words of the act tell what the script hides: to be covered where a screen is mirrored.
    pub secret: bool,
    /// What it did where `act` does not say it already, or why it was refused, in one sentence.
    pub effect: Result<String, String>,
}
