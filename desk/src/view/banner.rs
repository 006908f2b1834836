//! What stands over everything when trading does not go on: frozen, paused, disconnected, or a word of the host.

use crate::{
    format,
    model::{Connection, Model},
    text::{self, banner as words},
};
use outcry_shared::{message::RefusalCode, phase::Phase};
use serde::Serialize;

/// How long the host's message stands, in ms of the local clock.
const ANNOUNCEMENT_MS: u64 = 15_000;

/// What a banner is about; decides its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum About {
    /// The host has said something.
    Host,
    /// A round is being resolved.
    Frozen,
    /// The clock stands still.
    Paused,
    /// Connecting, or connecting again by itself.
    Waiting,
    /// A name is asked for.
    Name,
    /// Nothing happens by itself.
    Ended,
}

/// What helps, on a button.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Help {
    /// Connect at once.
    TryNow,
    /// Load the page anew.
    Reload,
    /// The same, to ask for a seat.
    JoinAgain,
}

impl Help {
    /// The button's words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::TryNow => text::ui::TRY_NOW,
            Self::Reload => text::ui::RELOAD,
            Self::JoinAgain => words::JOIN_AGAIN,
        }
    }
}

/// What stands over everything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BannerView {
    /// What it is about.
    pub about: About,
    /// A few words.
    pub title: &'static str,
    /// A sentence or two.
    pub body: String,
    /// What helps.
    pub help: Option<Help>,
}

impl BannerView {
    /// What the host says, while it is fresh, whatever else stands still.
    #[must_use]
    pub fn said(model: &Model, now_ms: u64) -> Option<Self> {
        let fresh = |at_ms: u64| now_ms.saturating_sub(at_ms) < ANNOUNCEMENT_MS;
        let live = *model.connection() == Connection::Live;
        let (said, _) = model.announcement().filter(|(_, at_ms)| live && fresh(*at_ms))?;
        Some(Self { about: About::Host, title: words::HOST_SAYS, body: text::apart(said), help: None })
    }

    /// The one that matters most at a local time in ms, if any.
    #[must_use]
    pub fn new(model: &Model, now_ms: u64) -> Option<Self> {
        let of = |about, title, body: &str, help| Some(Self { about, title, body: body.to_owned(), help });
        match model.connection() {
            Connection::Live => standing(model, now_ms),
            Connection::Connecting => of(About::Waiting, words::CONNECTING, words::CONNECTING_BODY, None),
            Connection::Reconnecting { attempt, why } => {
                let body = words::reconnecting(*attempt, why.as_deref());
                of(About::Waiting, words::RECONNECTING, &body, Some(Help::TryNow))
            }
            Connection::NeedsName { error } => {
                let body = error.as_deref().map_or_else(|| words::JOIN_BODY.to_owned(), text::sentence);
                of(About::Name, words::JOIN, &body, None)
            }
            Connection::Refused(refusal) => {
                let (body, help) = match refusal.code {
                    // What the server says of versions is for its log.
                    RefusalCode::Version => (words::RENEWED.to_owned(), Help::Reload),
                    _ => (text::sentence(&refusal.reason), Help::JoinAgain),
                };
                of(About::Ended, words::refused(refusal.code), &body, Some(help))
            }
            Connection::Closed(reason) => of(About::Ended, words::CLOSED, &text::sentence(reason), Some(Help::Reload)),
        }
    }
}

fn standing(model: &Model, now_ms: u64) -> Option<BannerView> {
    let said = BannerView::said(model, now_ms);
    let (about, title, body) = match model.phase() {
        Phase::Frozen => (About::Frozen, words::FROZEN, words::frozen(&left(model, now_ms))),
        Phase::Paused => (About::Paused, words::PAUSED, words::PAUSED_BODY.to_owned()),
        _ => return said,
    };
    // That nobody can trade comes first; under it, while it is fresh, what the host says.
    let body = said.map_or_else(|| words::meanwhile(&body, model.you().is_some()), |said| words::said(&said.body));
    Some(BannerView { about, title, body, help: None })
}

fn left(model: &Model, now_ms: u64) -> String {
    let resume_ms = model.session().and_then(|session| session.clock().resume_ms).unwrap_or(0);
    format::clock(resume_ms.saturating_sub(model.session_ms(now_ms)))
}
