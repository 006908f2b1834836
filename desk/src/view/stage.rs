//! What a room sees on its wall: where the session stands, who is out, what the host says.

use super::{banner::BannerView, end::EndView, moment::MomentView, why};
use crate::{
    format::{clock, gain_bp, gain_sign, money},
    model::{Connection, Model},
    text::{apart, lobby::only_here, stage as words, ui::and_more},
};
use outcry_engine::OutcomeId;
use outcry_shared::{phase::Phase, replica::Replica};
use serde::Serialize;

/// So long before an elimination, or the end, the room is told to look up, in ms.
const SOON_MS: u64 = 10_000;
const LAST_MINUTE_MS: u64 = 60_000;

/// How a line is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Tone {
    /// As usual.
    Calm,
    /// Look up.
    Warm,
    /// Trading stands still.
    Cold,
}

/// Large words over the floor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Headline {
    /// "BLAISE IS OUT"
    pub title: String,
    /// One line below it; may be empty.
    pub below: String,
    /// Whom it is about, for colour and letter.
    pub outcomes: Vec<OutcomeId>,
}

/// What the wall says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StageView {
    /// A few words on where the session stands.
    pub now: String,
    /// How they are meant.
    pub tone: Tone,
    /// "14:32 left": time to the end; or what is wrong with the connection.
    pub clock: String,
    /// Whether the connection is well.
    pub live: bool,
    /// What matters more than all else.
    pub headline: Option<Headline>,
    /// What the host says.
    pub said: Option<String>,
    /// Why the price that moved most did so.
    pub why: Option<String>,
    /// What is wrong with the link that people are to join by.
    pub link_fault: Option<&'static str>,
}

impl StageView {
    /// The wall at a local time in ms. `None` before there is a session.
    #[must_use]
    pub fn new(model: &Model, now_ms: u64) -> Option<Self> {
        let session = model.session()?;
        let (now, tone) = stands(session, model.session_ms(now_ms));
        let live = *model.connection() == Connection::Live;
        let left_ms = session.clock().end_ms.saturating_sub(model.session_ms(now_ms));
        let clock = match session.clock().phase {
            _ if !live => words::RECONNECTING.to_owned(),
            // Before the start it would be taken for the time until then.
            Phase::Draft | Phase::Lobby | Phase::Resolved => String::new(),
            Phase::Running | Phase::Frozen | Phase::Paused => words::left(&clock(left_ms)),
        };
        let why = (session.clock().phase == Phase::Running).then(|| why::largest(model)).flatten();
        Some(Self {
            now,
            tone,
            clock,
            live,
            headline: headline(model, now_ms),
            said: BannerView::said(model, now_ms).map(|banner| banner.body),
            why: why.map(|why| why.words),
            link_fault: only_here(model.join_url()).then_some(words::ONLY_HERE),
        })
    }
}

/// Somebody on the wall's leaderboard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Equal values share it.
    pub rank: u32,
    /// The participant's name.
    pub name: String,
    /// "$1,034.20"
    pub money: String,
    /// "+3.4 %"
    pub gain: String,
    /// −1, 0 or 1: the colour of `gain`.
    pub gain_sign: i64,
}

/// The wall's leaderboard, and at the end the final ranking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Board {
    /// What it is.
    pub heading: &'static str,
    /// The best.
    pub places: Vec<Place>,
    /// "and 1 more", if there is no room for everyone.
    pub more: Option<String>,
}

impl Board {
    /// So many places at most. `None` before there is a session.
    #[must_use]
    pub fn new(model: &Model, room: usize) -> Option<Self> {
        let session = model.session()?;
        let place = |rank, name, value, gain| Place {
            rank,
            name,
            money: money(value),
            gain: gain_bp(gain),
            gain_sign: gain_sign(gain),
        };
        let (heading, places, all): (_, Vec<_>, _) = match model.end() {
            Some(end) => {
                let rows = end.rankings.iter().take(room);
                let places = rows.map(|row| place(row.rank, apart(&row.name), row.balance, row.gain_bp));
                (words::FINAL, places.collect(), end.rankings.len())
            }
            None => {
                let rows = session.leaders().iter().take(room);
                let places = rows.map(|row| place(row.rank, model.name_of(row.user), row.value, row.gain_bp));
                (words::LEADERBOARD, places.collect(), session.seats().len())
            }
        };
        let more = if places.is_empty() { None } else { and_more(all.saturating_sub(places.len())) };
        Some(Self { heading, places, more })
    }
}

fn stands(session: &Replica, session_ms: u64) -> (String, Tone) {
    let deadlines = session.clock();
    let left_ms = |at_ms: u64| at_ms.saturating_sub(session_ms);
    match deadlines.phase {
        Phase::Draft | Phase::Lobby => (words::JOIN_NOW.to_owned(), Tone::Warm),
        Phase::Paused => (words::PAUSED.to_owned(), Tone::Calm),
        Phase::Frozen => (words::again(&clock(left_ms(deadlines.resume_ms.unwrap_or(session_ms)))), Tone::Cold),
        Phase::Running => match deadlines.next_freeze_ms.map(left_ms) {
            Some(left_ms) if left_ms <= SOON_MS => (words::soon(&clock(left_ms)), Tone::Warm),
            Some(left_ms) => (words::next(&clock(left_ms)), Tone::Calm),
            None if left_ms(deadlines.end_ms) <= LAST_MINUTE_MS => {
                (words::last_minute(&clock(left_ms(deadlines.end_ms))), Tone::Warm)
            }
            None => (words::LAST.to_owned(), Tone::Calm),
        },
        Phase::Resolved => (words::OVER.to_owned(), Tone::Warm),
    }
}

fn headline(model: &Model, now_ms: u64) -> Option<Headline> {
    if let Some(end) = EndView::new(model) {
        let below = [Some(end.drawn), end.best_human].into_iter().flatten().collect::<Vec<_>>().join(" ");
        // The letter of what was drawn beside the name of who has won would be taken for theirs.
        return Some(Headline { title: end.headline, below, outcomes: vec![] });
    }
    let moment = MomentView::new(model, now_ms)?;
    Some(Headline { title: moment.loud(), below: String::new(), outcomes: moment.outcomes })
}
