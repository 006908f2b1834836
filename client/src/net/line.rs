//! What a window is in touch with the session by: a socket, or the public pieces.

use super::device::ThisDevice;
use outcry_desk::{
    action::Action,
    exchange,
    link::{Entry, Follower, Link, LinkEvent, Server},
    model::{Model, Notice},
};

/// How to be in touch.
#[derive(Clone, Debug)]
pub enum Way {
    /// By a socket, with what one enters by; without it a name is asked for first.
    Socket(Option<Entry>),
    /// By the public pieces, as anybody may: a projector has nothing to say, and costs the market nothing.
    Pieces,
}

/// Being in touch.
pub(super) enum Line {
    Socket(Box<Link<ThisDevice>>),
    Pieces(Box<Follower<ThisDevice>>),
}

impl Line {
    pub(super) fn new(server: Server, device: ThisDevice, way: Way) -> Self {
        match way {
            Way::Socket(Some(entry)) => Self::Socket(Box::new(Link::new(server, entry, device))),
            Way::Socket(None) => {
                let mut link = Link::new(server, Entry::Spectator, device);
                link.leave();
                Self::Socket(Box::new(link))
            }
            Way::Pieces => Self::Pieces(Box::new(Follower::new(server, device))),
        }
    }

    /// Tries again at once.
    pub(super) fn reconnect(&mut self) {
        match self {
            Self::Socket(link) => link.reconnect(),
            Self::Pieces(follower) => follower.begin(),
        }
    }

    /// The device has slept.
    pub(super) fn wake(&mut self) {
        match self {
            Self::Socket(link) => link.wake(),
            Self::Pieces(follower) => follower.begin(),
        }
    }

    /// The window was hidden, or is seen again.
    #[cfg(target_arch = "wasm32")]
    pub(super) fn set_hidden(&mut self, hidden: bool, now_ms: u64) {
        match self {
            Self::Socket(link) => link.set_hidden(hidden, now_ms),
            Self::Pieces(follower) if !hidden => follower.begin(),
            Self::Pieces(_) => {}
        }
    }

    /// What arrived.
    pub(super) fn poll(&mut self, now_ms: u64) -> Vec<LinkEvent> {
        match self {
            Self::Socket(link) => link.poll(now_ms),
            Self::Pieces(follower) => follower.poll(now_ms),
        }
    }

    /// Takes in what arrived, and says what it meant.
    pub(super) fn receive(&mut self, model: &mut Model, events: Vec<LinkEvent>, now_ms: u64) -> Vec<Notice> {
        match self {
            Self::Socket(link) => exchange::receive(model, link, events, now_ms),
            Self::Pieces(_) => exchange::watch(model, events, now_ms),
        }
    }

    /// Sends what people asked for, and returns what is the device's to do.
    pub(super) fn send(&mut self, model: &mut Model, actions: Vec<Action>, now_ms: u64) -> Vec<Action> {
        match self {
            Self::Socket(link) => exchange::send(model, link, actions, now_ms),
            Self::Pieces(_) => actions,
        }
    }
}
