//! A light floor over a wire in memory, with what its page shows.

use crate::{
    reader::Read,
    support::{Host, busy},
    wires::{Far, Pocket},
};
use outcry_desk::{action::Action, link::Server, prefs::Prefs};
use outcry_lite::light::{Light, PARTS, Start, Told};
use outcry_shared::{ClientMessage, ServerMessage};
use std::collections::BTreeMap;

/// A page with its program and the server's end of its wire.
pub(crate) struct Floor {
    pub(crate) light: Light<Pocket>,
    pub(crate) far: Far,
    pub(crate) pocket: Pocket,
    pub(crate) now_ms: u64,
    /// What every part of the page shows.
    pub(crate) parts: BTreeMap<&'static str, String>,
    pub(crate) said: Vec<String>,
    pub(crate) errands: Vec<Action>,
    pub(crate) focus: Option<&'static str>,
}

impl Floor {
    /// Somebody who has just been welcomed to a session in full swing.
    pub(crate) fn busy() -> Self {
        Self::of(&busy(), Start::default())
    }

    /// The same without the question before an order.
    pub(crate) fn quick() -> Self {
        Self::of(&busy(), Start { prefs: Prefs { confirm_orders: false, ..Prefs::default() }, ..Start::default() })
    }

    pub(crate) fn of(host: &Host, start: Start) -> Self {
        let pocket = Pocket::default();
        let light = Light::new(Server::at("http://floor.example").unwrap(), pocket.clone(), start);
        let mut floor = Self::before(light, pocket);
        floor.say(&ServerMessage::Welcome(Box::new(host.welcome_me())));
        floor
    }

    /// Somebody whose server has not answered yet.
    pub(crate) fn unheard() -> Self {
        let pocket = Pocket::default();
        let server = Server::at("http://floor.example").unwrap();
        Self::before(Light::new(server, pocket.clone(), Start::default()), pocket)
    }

    fn before(mut light: Light<Pocket>, pocket: Pocket) -> Self {
        let told = light.turn(5_000);
        let far = Far::of(&pocket);
        let (parts, said, errands) = (BTreeMap::new(), vec![], vec![]);
        let mut floor = Self { light, far, pocket, now_ms: 5_000, parts, said, errands, focus: None };
        floor.take(told);
        floor.far.heard();
        floor
    }

    fn take(&mut self, told: Told) {
        for (part, html) in told.parts {
            assert!(PARTS.contains(&part), "the page has no part {part}");
            Read::of(&html);
            self.parts.insert(part, html);
        }
        self.said.extend(told.said);
        self.errands.extend(told.errands);
        self.focus = told.focus.or(self.focus);
    }

    pub(crate) fn turn(&mut self, pass_ms: u64) {
        self.now_ms += pass_ms;
        let told = self.light.turn(self.now_ms);
        self.take(told);
    }

    pub(crate) fn say(&mut self, message: &ServerMessage) {
        self.far.say(message);
        self.turn(10);
    }

    /// Does something at the page; whether it meant anything.
    pub(crate) fn act(&mut self, what: &str, value: &str) -> bool {
        let told = self.light.act(what, value, self.now_ms);
        let taken = told.taken;
        self.take(told);
        taken
    }

    /// What a part shows; nothing when it was never filled.
    pub(crate) fn part(&self, part: &str) -> &str {
        self.parts.get(part).map_or("", String::as_str)
    }

    pub(crate) fn read(&self, part: &str) -> Read {
        Read::of(self.part(part))
    }

    /// Everything that the page shows now, as one text.
    pub(crate) fn whole(&self) -> String {
        PARTS.iter().filter_map(|part| self.parts.get(part)).cloned().collect()
    }

    /// The orders that went out since.
    pub(crate) fn orders(&mut self) -> Vec<outcry_shared::message::NewOrder> {
        let orders = self.far.heard().into_iter().filter_map(|message| match message {
            ClientMessage::Order(order) => Some(order),
            _ => None,
        });
        orders.collect()
    }
}
