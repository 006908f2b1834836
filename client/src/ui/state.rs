//! What the person at the screen has chosen and typed, between frames.

use crate::kit::{WidgetMap, field::Field, focus::Edge};
use egui::Rect;
use outcry_desk::{
    host::HostDraft,
    page::Tab,
    prefs::Prefs,
    view::{
        hint::Hint,
        ticket::{Draft, SimpleTicket, TicketKey, TicketView},
    },
    voice::Voice,
};
use outcry_engine::{OutcomeId, Side};

/// What the floor must show on behalf of the panels.
#[derive(Clone, Debug)]
pub struct FloorView {
    /// The outcome the ticket is on.
    pub selected: Option<OutcomeId>,
    /// `[YES, NO]` spots after the order being typed, of every outcome; empty when nothing
    /// is typed.
    pub ghosts: Vec<[f64; 2]>,
    /// The rectangle that panels leave free, in points: pillars' heads stay in it.
    pub free: Rect,
    /// Where something is told over it, if anything is: the floor's own words go off there.
    pub told: Option<Rect>,
    /// Points of the window for each point of the panels.
    pub zoom: f32,
}

impl FloorView {
    /// A screen without panels to type in leaves this much free.
    pub fn leave(&mut self, free: Rect) {
        self.free = free;
        self.told = None;
        self.selected = None;
    }
}

impl Default for FloorView {
    fn default() -> Self {
        Self { selected: None, ghosts: Vec::new(), free: Rect::NOTHING, told: None, zoom: 1.0 }
    }
}

/// A window over everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overlay {
    /// Rules, words and keys.
    Help,
    /// What happened in the session, newest first.
    History,
}

/// The results on a phone, whose floor has the screen at the end.
#[derive(Debug, Default)]
pub(super) struct Results {
    /// All of them are shown rather than the floor.
    pub(super) open: bool,
    /// The height that one's own takes below the floor, as it was drawn last, in points.
    pub(super) height: f32,
}

/// What the person at the screen has chosen and typed.
#[derive(Default)]
#[cfg_attr(feature = "floor", derive(bevy::prelude::Resource))]
pub struct UiState {
    /// Remembered on this device; load at the start, save on [`outcry_desk::action::Action::SavePrefs`].
    pub prefs: Prefs,
    /// For the floor to show.
    pub floor: FloorView,
    /// Where things to click are.
    pub widgets: WidgetMap,
    /// Where there is something to type in.
    pub fields: Vec<Field>,
    /// Whether Tab leaves the screen.
    pub edge: Edge,
    /// What is to be spoken; whoever speaks it takes it.
    pub said: Vec<String>,
    /// Whether the host's overlay is open.
    pub host_open: bool,
    /// Whether the screen is touched rather than pointed at: larger targets.
    pub touch: bool,
    /// Whether the page has a light floor to go to.
    pub light_floor: bool,
    /// The panel that is shown where only one is.
    pub tab: Tab,
    /// A window over everything.
    pub overlay: Option<Overlay>,
    /// The order being typed.
    pub draft: Draft,
    /// Side of the book that is shown.
    pub book_side: Option<Side>,
    /// What the host is typing.
    pub host: HostDraft,
    /// The name being typed (native app).
    pub name: String,
    pub(super) ticket: Option<(TicketKey, TicketView)>,
    pub(super) simple: SimpleTicket,
    pub(super) link_copied_ms: Option<u64>,
    /// The stop of trading, by when it ends, whose card was put away.
    pub(super) put_away: Option<u64>,
    pub(super) results: Results,
    pub(super) voice: Voice,
    /// The draft as it was spoken about last.
    pub(super) spoken: Draft,
}

impl UiState {
    /// A fresh state with remembered preferences.
    #[must_use]
    pub fn new(prefs: Prefs) -> Self {
        Self { prefs, ..Self::default() }
    }

    /// Takes the text of a configuration file that the person chose, or why it cannot be read.
    pub fn load_config(&mut self, file: Result<String, String>) {
        self.host.load(file);
    }

    /// Opens the host's overlay (`?host`).
    pub fn open_host(&mut self) {
        self.host_open = true;
    }

    /// Shows all of the results rather than the floor, on a phone.
    pub fn show_results(&mut self) {
        self.results.open = true;
    }

    /// What was to be copied is on the clipboard.
    pub fn copied(&mut self, now_ms: u64) {
        self.link_copied_ms = Some(now_ms);
    }

    /// The floor was clicked on a pillar: the ticket turns to it.
    pub fn select(&mut self, outcome: OutcomeId) {
        let side = self.draft.side;
        self.pick(outcome, side);
    }

    /// Opens the ticket on an outcome and side.
    pub(super) fn pick(&mut self, outcome: OutcomeId, side: Side) {
        self.draft.turn_to(outcome, side);
        self.book_side = Some(side);
        Hint::Pick.done(&mut self.prefs);
        self.tab = match self.tab {
            Tab::Outcomes => Tab::Ticket,
            other => other,
        };
    }

    /// Offers all of a holding for sale.
    pub(super) fn sell(&mut self, outcome: OutcomeId, side: Side) {
        self.draft.offer(outcome, side);
        Hint::Sell.done(&mut self.prefs);
    }
}
