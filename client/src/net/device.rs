//! The device under a link: its sockets, the seats that it keeps, and chance.

use super::fetch;
#[cfg(target_arch = "wasm32")]
use super::socket_web::Socket;
#[cfg(not(target_arch = "wasm32"))]
use super::{seats, socket_native::Socket};
use crate::platform::Trust;
use outcry_desk::link::{Answer, Device, Fetch, Server};
use outcry_shared::secret::SeatToken;
use std::sync::mpsc::{Receiver, channel};

/// Asks for a file of the server.
type Get = dyn Fn(&str) -> Receiver<Answer>;

pub(crate) struct ThisDevice {
    open: Box<dyn Fn(&str) -> Socket>,
    get: Box<Get>,
}

impl ThisDevice {
    /// `wake` is called whenever something arrived.
    pub(super) fn new(trust: Trust, wake: impl Fn() + Clone + Send + 'static) -> Self {
        let (trusts, wakes) = (trust.clone(), wake.clone());
        Self {
            open: Box::new(move |url| Socket::connect(url, &trust, wake.clone())),
            get: Box::new(move |url| {
                let ((sender, answer), wake) = (channel(), wakes.clone());
                fetch::get(url, None, &trusts, move |got| {
                    // Whoever asked may have begun anew.
                    let _ = sender.send(got);
                    wake();
                });
                answer
            }),
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl Device for ThisDevice {
    type Wire = Socket;

    fn connect(&mut self, url: &str) -> Socket {
        (self.open)(url)
    }

    fn seat_key(&mut self, server: &Server, name: &str) -> Option<SeatToken> {
        seats::key(server, name)
    }

    fn chance(&mut self) -> f64 {
        chance()
    }
}

/// Browsers keep their seat in a cookie that scripts cannot read.
#[cfg(target_arch = "wasm32")]
impl Device for ThisDevice {
    type Wire = Socket;

    fn connect(&mut self, url: &str) -> Socket {
        (self.open)(url)
    }

    fn seat_key(&mut self, _server: &Server, _name: &str) -> Option<SeatToken> {
        None
    }

    fn chance(&mut self) -> f64 {
        chance()
    }
}

impl Fetch for ThisDevice {
    fn get(&mut self, url: &str) -> Receiver<Answer> {
        (self.get)(url)
    }

    fn chance(&mut self) -> f64 {
        chance()
    }
}

/// A number in 0..1.
fn chance() -> f64 {
    #[cfg(not(target_arch = "wasm32"))]
    {
        use std::hash::{BuildHasher, RandomState};
        // Every `RandomState` is seeded by the system.
        (RandomState::new().hash_one(0) >> 11) as f64 / (1_u64 << 53) as f64
    }
    #[cfg(target_arch = "wasm32")]
    js_sys::Math::random()
}
