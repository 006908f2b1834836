//! The page that the light floor runs in: its script owns sockets, elements and what is remembered; here calls become
//! turns, and what came of them becomes calls.

use crate::light::{Light, Start, Told};
use outcry_desk::{
    action::Action,
    link::{Device, Inbox, Server, Wire, WireEvent},
    model::Opening,
    prefs::Prefs,
};
use outcry_shared::secret::SeatToken;
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    /// The page's script. It does what it is told once the call that told it is over.
    #[derive(Clone)]
    pub type Page;

    #[wasm_bindgen(method)]
    fn connect(this: &Page, socket: u32, url: &str);
    #[wasm_bindgen(method)]
    fn send(this: &Page, socket: u32, frame: &[u8]);
    #[wasm_bindgen(method)]
    fn close(this: &Page, socket: u32);
    #[wasm_bindgen(method)]
    fn chance(this: &Page) -> f64;
    #[wasm_bindgen(method)]
    fn put(this: &Page, part: &str, html: &str);
    #[wasm_bindgen(method)]
    fn say(this: &Page, sentence: &str);
    #[wasm_bindgen(method)]
    fn focus(this: &Page, id: &str);
    #[wasm_bindgen(method)]
    fn copy(this: &Page, text: &str);
    #[wasm_bindgen(method)]
    fn remember(this: &Page, confirm_orders: bool, more_contrast: bool, full_ticket: bool, hints_done: u8);
    #[wasm_bindgen(method)]
    fn reload(this: &Page);
}

/// What arrived on the newest socket, by its number.
type Arrived = Rc<RefCell<(u32, Inbox)>>;

/// The browser under a link. Its seat is in a cookie that no script reads.
struct Browser {
    page: Page,
    arrived: Arrived,
}

impl Device for Browser {
    type Wire = Socket;

    fn connect(&mut self, url: &str) -> Socket {
        let mut arrived = self.arrived.borrow_mut();
        let number = arrived.0 + 1;
        *arrived = (number, Inbox::default());
        self.page.connect(number, url);
        Socket { number, page: self.page.clone(), arrived: self.arrived.clone() }
    }

    fn seat_key(&mut self, _server: &Server, _name: &str) -> Option<SeatToken> {
        None
    }

    fn chance(&mut self) -> f64 {
        self.page.chance()
    }
}

/// A socket of the page. Dropped, it closes.
struct Socket {
    number: u32,
    page: Page,
    arrived: Arrived,
}

impl Wire for Socket {
    fn try_recv(&mut self) -> Option<WireEvent> {
        let mut arrived = self.arrived.borrow_mut();
        if arrived.0 == self.number { arrived.1.take() } else { None }
    }

    fn send(&mut self, frame: Vec<u8>) {
        self.page.send(self.number, &frame);
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.page.close(self.number);
    }
}

/// The light floor as the page's script holds it. Times are ms of one clock that never goes back.
#[wasm_bindgen]
pub struct LightFloor {
    light: Light<Browser>,
    page: Page,
    arrived: Arrived,
}

#[wasm_bindgen]
impl LightFloor {
    /// A light floor of the server at `origin`; nothing when that is no address. `wall_us` grows from one start to the
    /// next; `name` is what the form has asked for, and `draft` what [`LightFloor::leave`] gave, or empty. The last two say
    /// how the page was opened ([`Opening`]).
    #[must_use]
    #[expect(clippy::too_many_arguments, reason = "a script passes plain values")]
    pub fn open(
        page: Page,
        origin: &str,
        wall_us: f64,
        narrow: bool,
        confirm_orders: bool,
        more_contrast: bool,
        full_ticket: bool,
        hints_done: u8,
        name: &str,
        draft: &str,
        lead_ms: u32,
        named_ms: Option<u32>,
    ) -> Option<Self> {
        let server = Server::at(origin).ok()?;
        let arrived = Arrived::default();
        let device = Browser { page: page.clone(), arrived: arrived.clone() };
        let prefs = Prefs { confirm_orders, more_contrast, full_ticket, hints_done, ..Prefs::default() };
        let (name, draft) = ((!name.is_empty()).then(|| name.to_owned()), draft.to_owned());
        let start = Start { seed: wall_us as u64, prefs, narrow, name, draft, opening: Opening { lead_ms, named_ms } };
        Some(Self { light: Light::new(server, device, start), page, arrived })
    }

    /// A socket can send now, or nothing more will come from it.
    pub fn socket(&mut self, number: u32, open: bool) {
        self.arrive(number, |inbox| inbox.put(if open { WireEvent::Open } else { WireEvent::Closed(None) }));
    }

    /// A frame came.
    pub fn frame(&mut self, number: u32, frame: Vec<u8>) {
        self.arrive(number, |inbox| inbox.put_frame(frame));
    }

    /// Takes in what arrived, and lets time pass.
    pub fn turn(&mut self, now_ms: f64) {
        let told = self.light.turn(now_ms as u64);
        self.tell(told);
    }

    /// Does what was asked for at the page; false when it meant nothing.
    pub fn act(&mut self, what: &str, value: &str, now_ms: f64) -> bool {
        let told = self.light.act(what, value, now_ms as u64);
        let taken = told.taken;
        self.tell(told);
        taken
    }

    /// The page was hidden or is seen again.
    pub fn hide(&mut self, hidden: bool, now_ms: f64) {
        self.light.set_hidden(hidden, now_ms as u64);
    }

    /// The device has slept.
    pub fn wake(&mut self) {
        self.light.wake();
    }

    /// Ends the connection, so that another floor may have the seat; the draft is returned in one line.
    #[must_use]
    pub fn leave(&mut self) -> String {
        self.light.leave()
    }

    fn arrive(&self, number: u32, put: impl FnOnce(&mut Inbox)) {
        let mut arrived = self.arrived.borrow_mut();
        if arrived.0 == number {
            put(&mut arrived.1);
        }
    }

    fn tell(&self, told: Told) {
        for (part, content) in &told.parts {
            self.page.put(part, content);
        }
        told.said.iter().for_each(|sentence| self.page.say(sentence));
        if let Some(id) = told.focus {
            self.page.focus(id);
        }
        for errand in told.errands {
            match errand {
                Action::Copy(text) => self.page.copy(&text),
                Action::SavePrefs(Prefs { confirm_orders, more_contrast, full_ticket, hints_done, .. }) => {
                    self.page.remember(confirm_orders, more_contrast, full_ticket, hints_done);
                }
                Action::Reload => self.page.reload(),
                // Nothing on this floor asks for the others.
                _ => {}
            }
        }
    }
}
