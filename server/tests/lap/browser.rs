//! Browsers at the hall's door: what the page asks for over HTTP, and the connection with its cookie.

use crate::{
    guest::Guest,
    hall::{FRAMES, Hall, runtime},
};
use outcry_server::{
    net::{Joined, Shown, Unjoined},
    peer::Peer,
};
use outcry_shared::message::SeatClaim;
use std::{
    pin::pin,
    task::{Context, Poll, Waker},
};

impl Hall {
    /// A connection of a browser, which sends its cookie along.
    pub(crate) fn browse(&mut self, cookie: Option<Shown>) -> Guest {
        self.connect_as(FRAMES, Peer::direct([127, 0, 0, 1].into()), cookie)
    }

    /// Asks the HTTP side for something, while laps go by.
    pub(crate) fn asked<T: Send + 'static>(&mut self, ask: impl Future<Output = T> + Send + 'static) -> T {
        let task = runtime().spawn(ask);
        while !task.is_finished() {
            self.lap();
            std::thread::yield_now();
        }
        runtime().block_on(task).unwrap()
    }

    /// The same, and so many ms pass. None where there is no answer by then.
    pub(crate) fn asked_for<T>(&mut self, ms: u64, ask: impl Future<Output = T>) -> Option<T> {
        let _inside = runtime().enter();
        let (mut ask, mut context) = (pin!(ask), Context::from_waker(Waker::noop()));
        if let Poll::Ready(answer) = ask.as_mut().poll(&mut context) {
            return Some(answer);
        }
        self.pass_ms(ms);
        match ask.poll(&mut context) {
            Poll::Ready(answer) => Some(answer),
            Poll::Pending => None,
        }
    }

    /// A browser with this key asks for a seat by the form.
    pub(crate) fn form(&mut self, name: &str, key: Shown, from: &str) -> Result<Joined, Unjoined> {
        let (front, name, peer) = (self.front.clone(), name.to_owned(), Peer::direct(from.parse().unwrap()));
        self.asked(async move { front.join(name, key, peer).await })
    }

    /// A browser with this key comes onto the floor.
    pub(crate) fn enter(&mut self, key: Shown, name: Option<&str>, mark: Option<u64>) -> Guest {
        let guest = self.browse(Some(key));
        self.greet(guest, SeatClaim::Cookie { name: name.map(str::to_owned), mark })
    }
}
