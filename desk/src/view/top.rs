//! The top bar: where the session stands, and where one stands in it.

use super::worth;
use crate::{
    format::{clock, money, money_arrow, ordinal},
    model::{Connection, Model},
    text,
};
use outcry_shared::phase::Phase;
use serde::Serialize;

/// How good the connection is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Health {
    /// Live, and heard of lately.
    Good,
    /// Nothing heard for a while, without a seat yet, or connecting by itself.
    Poor,
    /// Refused or closed: nothing happens by itself.
    Lost,
}

/// A countdown: which term, and the time left.
pub type Countdown = (text::term::Term, String);

/// What the top bar shows.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TopView {
    /// The session's name.
    pub session: String,
    /// The phase, for its words and colour; none until one has heard of the session.
    pub phase: Option<Phase>,
    /// Countdowns to the next freeze (or the resume) and to the end.
    pub countdowns: Vec<Countdown>,
    /// The end is less than a minute away, or the next freeze less than ten seconds.
    pub urgent: bool,
    /// How much of the batch interval has passed, 0–1; `None` while no ticks run.
    pub beat: Option<f32>,
    /// The connection, in words.
    pub connection: String,
    /// How good it is.
    pub health: Health,
    /// Balance, locked cash if there is any, rank.
    pub account: Option<Account>,
}

/// One's own standing.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Account {
    /// "$1,007.44": everything at the pool's prices.
    pub worth: String,
    /// "+$7.44 ▲" against the start.
    pub gain: String,
    /// −1, 0 or 1: the colour of `gain`.
    pub gain_sign: i64,
    /// "$812.40" that can be spent, without what is locked.
    pub balance: String,
    /// Cash in open bids, if any.
    pub locked: Option<String>,
    /// "3rd", as the list of leaders has it, and in the end the ranking; none before trading begins, when nobody is before anybody.
    pub rank: Option<String>,
}

/// Ms before a freeze from which the top bar warns.
const FREEZE_NEAR_MS: u64 = 10_000;
/// Ms before the end from which it does.
const END_NEAR_MS: u64 = 60_000;

impl TopView {
    /// The top bar at a local time, in ms.
    #[must_use]
    pub fn new(model: &Model, now_ms: u64) -> Self {
        let phase = model.phase();
        let (connection, health) = connection(model, now_ms);
        let mut view = Self {
            session: model.session().map_or_else(|| text::ui::APP.to_owned(), |session| text::apart(session.name())),
            phase: model.session().map(|_| phase),
            countdowns: vec![],
            urgent: false,
            beat: None,
            connection,
            health,
            account: account(model),
        };
        let Some(session) = model.session() else { return view };
        let now = model.session_ms(now_ms);
        let deadlines = session.clock();
        if !phase.is_live() {
            return view;
        }
        let mut add = |term, at_ms: u64| view.countdowns.push((term, clock(at_ms.saturating_sub(now))));
        if let Some(resume_ms) = deadlines.resume_ms.filter(|_| phase == Phase::Frozen) {
            add(text::term::Term::Resumes, resume_ms);
        } else if let Some(freeze_ms) = deadlines.next_freeze_ms {
            add(text::term::Term::NextFreeze, freeze_ms);
        }
        add(text::term::Term::End, deadlines.end_ms);
        let near = |at_ms: u64, within_ms| at_ms.saturating_sub(now) < within_ms;
        view.urgent = phase == Phase::Running
            && (near(deadlines.end_ms, END_NEAR_MS)
                || deadlines.next_freeze_ms.is_some_and(|freeze_ms| near(freeze_ms, FREEZE_NEAR_MS)));
        let interval = u64::from(session.market().params.batch_interval_ms.max(1));
        let left = deadlines.next_tick_ms.saturating_sub(now).min(interval);
        view.beat = (phase == Phase::Running).then(|| 1.0 - left as f32 / interval as f32);
        view
    }
}

fn connection(model: &Model, now_ms: u64) -> (String, Health) {
    match model.connection() {
        Connection::Connecting => (text::ui::CONNECTING.to_owned(), Health::Poor),
        Connection::NeedsName { .. } => (text::ui::NO_SEAT.to_owned(), Health::Poor),
        Connection::Reconnecting { .. } => (text::ui::RECONNECTING.to_owned(), Health::Poor),
        Connection::Refused(_) | Connection::Closed(_) => (text::ui::DISCONNECTED.to_owned(), Health::Lost),
        Connection::Live => match model.time().silence_ms(now_ms) {
            Some(silence_ms) => (text::ui::no_data(silence_ms), Health::Poor),
            None => (text::ui::live(model.time().lag_ms), Health::Good),
        },
    }
}

fn account(model: &Model) -> Option<Account> {
    let own = model.own()?;
    let locked = worth::locked(model);
    let session = model.session()?;
    let value = worth::value(model, session)?;
    let gain = value - own.statement.start;
    let listed = session.leaders().iter().find(|row| Some(row.user) == model.user());
    let settled = model.end().and_then(|end| end.rankings.iter().find(|row| Some(row.user) == model.user()));
    let rank = settled.map(|row| row.rank).or(listed.map(|row| row.rank)).unwrap_or(own.rank);
    let ranked = rank > 0 && !matches!(model.phase(), Phase::Draft | Phase::Lobby);
    Some(Account {
        worth: money(value),
        gain: money_arrow(gain),
        gain_sign: gain.0.signum(),
        balance: money(own.own.balance),
        locked: (locked.0 > 0).then(|| money(locked)),
        rank: ranked.then(|| ordinal(rank)),
    })
}
