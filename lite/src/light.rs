//! One turn of the light floor: what arrived and what was done goes in; what is to be shown, said and done comes out.

use crate::{
    act,
    html::{banner, confirm, news, top},
    page::Page,
    state::State,
    voice::Voice,
};
use maud::{Markup, html};
use outcry_desk::{
    action::Action,
    exchange,
    link::{Device, Entry, Link, Server},
    model::Model,
    prefs::Prefs,
    view::{
        banner::{About, BannerView},
        ticket::{TicketKey, TicketView, kept, to_keep},
        top::TopView,
    },
};
use std::mem;

/// The parts of the page that are filled from here, by the ids of their elements.
pub const PARTS: [&str; 8] = ["top", "choose", "act", "look", "tabs", "banner", "news", "dialog"];

/// What the page is to do.
#[derive(Debug, Default, PartialEq)]
pub struct Told {
    /// Parts that changed, with their whole content.
    pub parts: Vec<(&'static str, String)>,
    /// Sentences to be spoken.
    pub said: Vec<String>,
    /// What is the device's to do.
    pub errands: Vec<Action>,
    /// The element that the focus goes to.
    pub focus: Option<&'static str>,
    /// Whether what was asked for meant anything.
    pub taken: bool,
}

/// How the page begins.
#[derive(Clone, Debug, Default)]
pub struct Start {
    /// Starts the numbers of orders: grows from one start to the next (wall clock in µs).
    pub seed: u64,
    /// Remembered on this device.
    pub prefs: Prefs,
    /// Whether the page is too narrow for one thing beside another.
    pub narrow: bool,
    /// The name that was asked for at the door; none where the browser comes back to its seat.
    pub name: Option<String>,
    /// The draft that was kept, in one line.
    pub draft: String,
}

/// The light floor of one page.
pub struct Light<D: Device> {
    model: Model,
    link: Link<D>,
    state: State,
    shown: [String; PARTS.len()],
    voice: Voice,
    /// Whether anything but the time has changed since it was drawn.
    stale: bool,
}

impl<D: Device> Light<D> {
    /// A page that enters with the browser's seat.
    pub fn new(server: Server, device: D, start: Start) -> Self {
        let Start { seed, prefs, narrow, name, draft } = start;
        let draft = kept(&draft).unwrap_or_default();
        Self {
            model: Model::new(seed),
            link: Link::new(server, Entry::Cookie { name }, device),
            state: State { prefs, narrow, draft, ..State::default() },
            shown: Default::default(),
            voice: Voice::default(),
            stale: true,
        }
    }

    /// Takes in what arrived, and lets time pass.
    pub fn turn(&mut self, now_ms: u64) -> Told {
        let mut told = Told::default();
        let events = self.link.poll(now_ms);
        if !events.is_empty() {
            exchange::receive(&mut self.model, &mut self.link, events, now_ms);
            self.stale = true;
        }
        self.finish(&mut told, now_ms);
        told
    }

    /// Does what was asked for at the page.
    pub fn act(&mut self, what: &str, value: &str, now_ms: u64) -> Told {
        let before = self.state.draft.clone();
        let done = act::act(&mut self.state, &self.model, what, value, now_ms);
        let mut told = Told { taken: done.taken, focus: done.focus, ..Told::default() };
        told.errands = exchange::send(&mut self.model, &mut self.link, done.actions, now_ms);
        if self.state.draft != before {
            self.voice.draft_changed(now_ms);
        }
        self.stale |= done.taken;
        self.finish(&mut told, now_ms);
        told
    }

    /// The page was hidden or is seen again.
    pub fn set_hidden(&mut self, hidden: bool, now_ms: u64) {
        self.link.set_hidden(hidden, now_ms);
    }

    /// The device has slept: clocks stood still and the connection may be dead without a word.
    pub fn wake(&mut self) {
        self.link.reconnect();
    }

    /// Leaves for another floor: the connection ends, and the draft is taken along in one line.
    pub fn leave(&mut self) -> String {
        self.link.leave();
        self.draft()
    }

    /// The draft in one line, for a page that comes back.
    #[must_use]
    pub fn draft(&self) -> String {
        to_keep(&self.state.draft)
    }

    /// What the server has said.
    #[must_use]
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// What was chosen and typed.
    #[must_use]
    pub fn state(&self) -> &State {
        &self.state
    }

    fn finish(&mut self, told: &mut Told, now_ms: u64) {
        self.refresh_ticket();
        if mem::take(&mut self.stale) {
            self.draw_all(told);
        }
        self.draw_time(told, now_ms);
        told.said = self.voice.speak(&self.model, &self.state, now_ms);
        if self.voice.arrives() {
            told.focus = Some("main");
        }
    }

    /// What was typed stays; an outcome that has left the game is turned away from only by the person.
    fn refresh_ticket(&mut self) {
        let key = TicketKey::new(&self.model, &self.state.draft);
        if self.state.ticket.as_ref().is_none_or(|(old, _)| *old != key) {
            self.state.ticket = TicketView::new(&self.model, &self.state.draft).map(|view| (key, view));
        }
    }

    fn put(&mut self, told: &mut Told, part: &'static str, content: Markup) {
        let content = content.into_string();
        let Some(at) = PARTS.iter().position(|known| *known == part) else { return };
        if self.shown[at] != content {
            self.shown[at].clone_from(&content);
            told.parts.push((part, content));
        }
    }

    /// What changes by itself as time passes.
    fn draw_time(&mut self, told: &mut Told, now_ms: u64) {
        let view = TopView::new(&self.model, now_ms);
        let session = self.model.session();
        let beat = session.filter(|_| view.beat.is_some());
        let beat = beat.map(|session| (session.tick(), session.market().params.batch_interval_ms));
        self.put(told, "top", top::top(&view, session.map(|_| view.phase), beat));
        let banner = BannerView::new(&self.model, now_ms);
        let ended = banner.as_ref().filter(|view| view.about == About::Ended);
        let standing = banner.as_ref().filter(|view| view.about != About::Ended);
        self.put(told, "banner", html! { @if let Some(view) = standing { (banner::banner(view)) } });
        let asks = self.state.draft.confirming.then(|| self.state.view()).flatten();
        let dialog = html! {
            @if let Some(view) = ended { (banner::ended(view)) }
            @else if let Some(view) = asks { (confirm::confirm(view, &self.state.draft, self.state.prefs)) }
        };
        self.put(told, "dialog", dialog);
        self.put(told, "news", news::fresh(self.model.toasts(), now_ms));
    }

    /// What changes with a message or a press.
    fn draw_all(&mut self, told: &mut Told) {
        let page = Page::new(&self.model, &self.state);
        self.put(told, "choose", page.choose);
        self.put(told, "act", page.act);
        self.put(told, "look", page.look);
        self.put(told, "tabs", page.tabs);
    }
}
