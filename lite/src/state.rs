//! What the person at the page has chosen and typed. Changed by `act` alone.

use outcry_desk::{
    practice::Missions,
    prefs::Prefs,
    view::ticket::{Draft, SimpleTicket, TicketKey, TicketView},
};
use outcry_engine::Side;

/// What stands behind a tab of a narrow page; on a wide one all of it stands side by side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// Outcomes and their chart.
    #[default]
    Market,
    /// The ticket and the book of its outcome.
    Trade,
    /// What one owns, and what became of one's orders.
    Portfolio,
    /// Leaders, trades of everyone, what happened, help.
    More,
}

impl Tab {
    /// All of them, from left to right.
    pub const ALL: [Self; 4] = [Self::Market, Self::Trade, Self::Portfolio, Self::More];
}

/// What became of the wish to copy the link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Copied {
    /// It is on the clipboard.
    Yes,
    /// The browser refused.
    No,
}

/// What the person at the page has chosen and typed.
#[derive(Debug, Default)]
pub struct State {
    /// Remembered on this device.
    pub prefs: Prefs,
    /// Whether the page is too narrow for more than one thing beside another.
    pub narrow: bool,
    /// What a narrow page shows.
    pub tab: Tab,
    /// The order being typed.
    pub draft: Draft,
    /// Side of the book that is shown; `None` is the ticket's.
    pub book_side: Option<Side>,
    /// What became of copying the link.
    pub copied: Option<Copied>,
    /// The ticket with what it was computed from.
    pub ticket: Option<(TicketKey, TicketView)>,
    /// The same as a newcomer has it; nothing while the whole ticket is shown.
    pub simple: SimpleTicket,
    /// When the confirmation was opened, local ms.
    pub asked_ms: u64,
    /// The practice missions that were done on this page.
    pub missions: Missions,
}

impl State {
    /// Another market is shown: nothing is typed for it yet.
    pub fn begin(&mut self) {
        self.draft = Draft::default();
        self.tab = Tab::default();
        self.book_side = None;
        self.ticket = None;
    }

    /// The ticket as it was last computed.
    #[must_use]
    pub fn view(&self) -> Option<&TicketView> {
        self.ticket.as_ref().map(|(_, view)| view)
    }
}
