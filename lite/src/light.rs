//! One turn of the light floor: what arrived and what was done goes in; what is to be shown, said and done comes out.

use crate::{
    act::{self, Done},
    html::{banner, confirm, moment, news, practice, top},
    page::Page,
    state::State,
};
use maud::{Markup, html};
use outcry_desk::{
    action::Action,
    exchange,
    link::{Device, Entry, Link, Server},
    model::{Model, Opening, ToastKind},
    practice::Practice,
    prefs::Prefs,
    text::practice as words,
    view::{
        banner::{About, BannerView},
        moment::MomentView,
        ticket::{Draft, TicketKey, TicketView, kept, to_keep},
        top::TopView,
    },
    voice::Voice,
};
use outcry_shared::{message::Step, phase::Phase};
use std::mem;

/// The parts of the page that are filled from here, by the ids of their elements.
pub const PARTS: [&str; 9] = ["top", "moment", "choose", "act", "look", "tabs", "banner", "news", "dialog"];

/// For so long after the real market has taken the place of the practice, in ms, nothing that is pressed counts.
const SETTLES_MS: u64 = 1_000;

/// What the page tells by itself, without anybody's hand.
const NO_TAPS: [&str; 2] = ["narrow", "copied"];

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
    /// How the page was opened.
    pub opening: Opening,
}

/// The light floor of one page.
pub struct Light<D: Device> {
    model: Model,
    link: Link<D>,
    state: State,
    shown: [String; PARTS.len()],
    voice: Voice,
    /// The practice market while it is shown, with what is spoken of it.
    practice: Option<(Practice, Voice)>,
    /// When the session began over a practice market, local ms.
    begun_ms: Option<u64>,
    /// Whether anything but the time has changed since it was drawn.
    stale: bool,
}

impl<D: Device> Light<D> {
    /// A page that enters with the browser's seat.
    pub fn new(server: Server, device: D, start: Start) -> Self {
        let Start { seed, prefs, narrow, name, draft, opening } = start;
        let draft = kept(&draft).unwrap_or_default();
        let mut model = Model::new(seed);
        model.open(opening);
        Self {
            model,
            link: Link::new(server, Entry::Cookie { name }, device),
            state: State { prefs, narrow, draft, ..State::default() },
            shown: Default::default(),
            voice: Voice::default(),
            practice: None,
            begun_ms: None,
            stale: true,
        }
    }

    /// Takes in what arrived, and lets time pass.
    pub fn turn(&mut self, now_ms: u64) -> Told {
        let mut told = Told::default();
        let events = self.link.poll(now_ms);
        if !events.is_empty() || self.model.is_due(now_ms) {
            exchange::receive(&mut self.model, &mut self.link, events, now_ms);
            self.stale = true;
        }
        self.practise(&mut told, now_ms);
        self.finish(&mut told, now_ms);
        told
    }

    /// Does what was asked for at the page.
    pub fn act(&mut self, what: &str, value: &str, now_ms: u64) -> Told {
        let before = self.state.draft.clone();
        let done = match what {
            // Meant for what stood there before; what the page tells by itself is so all the same.
            _ if !NO_TAPS.contains(&what) && self.settles(now_ms) => Done::default(),
            "practise" => self.open_practice(value == "true", now_ms),
            _ => act::act(&mut self.state, front(&self.practice, &self.model), what, value, now_ms),
        };
        if !NO_TAPS.contains(&what) {
            exchange::send(&mut self.model, &mut self.link, vec![Action::Reached(Step::Tap)], now_ms);
        }
        let mut told = Told { taken: done.taken, focus: done.focus, ..Told::default() };
        let actions = match &mut self.practice {
            Some((practice, _)) => practice.act(done.actions, now_ms),
            None => done.actions,
        };
        told.errands = exchange::send(&mut self.model, &mut self.link, actions, now_ms);
        if self.state.draft != before {
            self.practice.as_mut().map_or(&mut self.voice, |(_, voice)| voice).draft_changed(now_ms);
        }
        self.note_missions(now_ms);
        self.stale |= done.taken;
        self.finish(&mut told, now_ms);
        told
    }

    /// Whether the real market has just taken the place of the practice.
    fn settles(&self, now_ms: u64) -> bool {
        self.begun_ms.is_some_and(|begun_ms| now_ms < begun_ms + SETTLES_MS)
    }

    /// The page was hidden or is seen again.
    pub fn set_hidden(&mut self, hidden: bool, now_ms: u64) {
        self.link.set_hidden(hidden, now_ms);
    }

    /// The device has slept: clocks stood still and the connection may be dead without a word.
    pub fn wake(&mut self) {
        self.link.wake();
    }

    /// Leaves for another floor: the connection ends, and the draft is taken along in one line.
    pub fn leave(&mut self) -> String {
        self.link.leave();
        self.draft()
    }

    /// The draft in one line, for a page that comes back; what is typed for practice stays there.
    #[must_use]
    pub fn draft(&self) -> String {
        if self.practice.is_some() { to_keep(&Draft::default()) } else { to_keep(&self.state.draft) }
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

    /// Opens the practice market, or leaves it. It is there while one waits, for those who have a seat.
    fn open_practice(&mut self, open: bool, now_ms: u64) -> Done {
        let Some(you) = self.model.you().filter(|_| waits(&self.model)) else { return Done::default() };
        self.practice = None;
        if open {
            let opened = Practice::open(&you.name, now_ms, now_ms);
            self.practice = opened.map(|practice| (practice, Voice::default()));
        }
        self.state.begin();
        Done { taken: true, actions: vec![], focus: Some("main") }
    }

    /// Lets the practice market go on; it ends by itself when the session begins.
    fn practise(&mut self, told: &mut Told, now_ms: u64) {
        let Some((practice, _)) = &mut self.practice else { return };
        if waits(&self.model) {
            self.stale |= practice.turn(now_ms);
            self.note_missions(now_ms);
            return;
        }
        self.practice = None;
        self.begun_ms = Some(now_ms);
        self.state.begin();
        self.stale = true;
        self.model.toast(ToastKind::Notable, words::over(), now_ms);
        told.focus = Some("main");
    }

    /// What was done for the first time is remembered while the page stands, and told to the host.
    fn note_missions(&mut self, now_ms: u64) {
        let Some((practice, _)) = &self.practice else { return };
        let done = self.state.missions.and(practice.missions());
        if done != self.state.missions {
            self.state.missions = done;
            self.stale = true;
            exchange::send(&mut self.model, &mut self.link, vec![Action::Practised(done.bits())], now_ms);
        }
    }

    fn finish(&mut self, told: &mut Told, now_ms: u64) {
        self.refresh_ticket();
        if mem::take(&mut self.stale) {
            self.draw_all(told);
        }
        self.draw_time(told, now_ms);
        let order = self.state.view().map(|view| (view, &self.state.draft));
        told.said = self.voice.speak(&self.model, order, now_ms);
        if self.voice.arrives() {
            told.focus = Some("main");
        }
        if let Some((practice, voice)) = &mut self.practice {
            told.said.extend(voice.speak(practice.model(), order, now_ms));
        }
    }

    /// What was typed stays, but of an outcome that has left the game.
    fn refresh_ticket(&mut self) {
        let model = front(&self.practice, &self.model);
        let State { simple, ticket, draft, prefs, book_side, .. } = &mut self.state;
        if model.session().is_some_and(|session| draft.leave_gone(session)) {
            *book_side = None;
        }
        let key = TicketKey::new(model, draft);
        if ticket.as_ref().is_none_or(|(old, _)| *old != key) {
            *ticket = TicketView::new(model, draft).map(|view| (key, view));
        }
        simple.refresh(model, draft, *prefs);
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
        let model = front(&self.practice, &self.model);
        let mut view = TopView::new(model, now_ms);
        if self.practice.is_some() {
            // It ends with the waiting, which no clock knows.
            view.countdowns.clear();
        }
        let session = model.session();
        let beat = session.filter(|_| view.beat.is_some());
        let beat = beat.map(|session| (session.tick(), session.market().params.batch_interval_ms));
        let missions = self.practice.is_some().then_some(self.state.missions);
        let top = html! { (top::top(&view, beat)) @if let Some(missions) = missions { (practice::strip(missions)) } };
        self.put(told, "top", top);
        let stopped = MomentView::new(&self.model, now_ms);
        self.put(told, "moment", html! { @if let Some(view) = &stopped { (moment::moment(view)) } });
        let banner = match BannerView::new(&self.model, now_ms) {
            // What has the screen says it better.
            Some(view) if view.about == About::Frozen && stopped.is_some() => BannerView::said(&self.model, now_ms),
            view => view,
        };
        let ended = banner.as_ref().filter(|view| view.about == About::Ended);
        let standing = banner.as_ref().filter(|view| view.about != About::Ended);
        self.put(told, "banner", html! { @if let Some(view) = standing { (banner::banner(view)) } });
        let asks = self.state.draft.confirming.then(|| self.state.view()).flatten();
        let dialog = html! {
            @if let Some(view) = ended { (banner::ended(view)) }
            @else if let Some(view) = asks { (confirm::confirm(view, &self.state.draft, self.state.prefs)) }
        };
        self.put(told, "dialog", dialog);
        let news = html! {
            (news::fresh(self.model.toasts(), now_ms, "news"))
            @if let Some((practice, _)) = &self.practice {
                (news::fresh(practice.model().toasts(), now_ms, "practice-news"))
            }
        };
        self.put(told, "news", news);
    }

    /// What changes with a message or a press.
    fn draw_all(&mut self, told: &mut Told) {
        let page = Page::new(front(&self.practice, &self.model), &self.state);
        self.put(told, "choose", page.choose);
        self.put(told, "act", page.act);
        self.put(told, "look", page.look);
        self.put(told, "tabs", page.tabs);
    }
}

/// The market that is shown: the one of the practice, or the real one.
fn front<'a>(practice: &'a Option<(Practice, Voice)>, model: &'a Model) -> &'a Model {
    practice.as_ref().map_or(model, |(practice, _)| practice.model())
}

/// Whether one waits for the session to begin.
fn waits(model: &Model) -> bool {
    model.session().is_some() && matches!(model.phase(), Phase::Draft | Phase::Lobby)
}
