//! The device under a link: its sockets, the seats that it keeps, and chance.

#[cfg(target_arch = "wasm32")]
use super::socket_web::Socket;
#[cfg(not(target_arch = "wasm32"))]
use super::{seats, socket_native::Socket};
use crate::platform::Trust;
use outcry_desk::link::{Device, Server};
use outcry_shared::secret::SeatToken;

pub(crate) struct ThisDevice {
    open: Box<dyn Fn(&str) -> Socket>,
}

impl ThisDevice {
    /// `wake` is called whenever something arrived.
    pub(super) fn new(trust: Trust, wake: impl Fn() + Clone + Send + 'static) -> Self {
        Self { open: Box::new(move |url| Socket::connect(url, &trust, wake.clone())) }
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl Device for ThisDevice {
    type Wire = Socket;

    fn connect(&mut self, url: &str) -> Socket {
        (self.open)(url)
    }

    fn kept_seat(&self, server: &Server, name: &str) -> Option<SeatToken> {
        seats::kept(server, name)
    }

    fn keep_seat(&mut self, server: &Server, name: &str, token: SeatToken) {
        if let Err(error) = seats::keep(server, name, token) {
            bevy::log::warn!("the seat could not be kept for the next start: {error}");
        }
    }

    fn chance(&mut self) -> f64 {
        use std::hash::{BuildHasher, RandomState};
        // Every `RandomState` is seeded by the system.
        (RandomState::new().hash_one(0) >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// Browsers keep their seat in a cookie that scripts cannot read.
#[cfg(target_arch = "wasm32")]
impl Device for ThisDevice {
    type Wire = Socket;

    fn connect(&mut self, url: &str) -> Socket {
        (self.open)(url)
    }

    fn kept_seat(&self, _server: &Server, _name: &str) -> Option<SeatToken> {
        None
    }

    fn keep_seat(&mut self, _server: &Server, _name: &str, _token: SeatToken) {}

    fn chance(&mut self) -> f64 {
        js_sys::Math::random()
    }
}
