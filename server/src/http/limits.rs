//! Requests per network: a bucket each.

use super::sentence::sentence;
use crate::{
    bucket::Bucket,
    clock::ServerClock,
    peer::{Network, Peer},
};
use axum::{
    Extension,
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::Response,
};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

/// Sustained requests per second of one network; beyond the burst they are answered 429.
const REQUESTS_PER_S: u32 = 50;
/// Requests that a network may send at once: a roomful of people behind one router.
const REQUESTS_BURST: u32 = 500;
/// Networks remembered; when there are more, those at rest are forgotten, and if none is, all.
const NETWORKS_MAX: usize = 20_000;

/// Requests per network.
#[derive(Debug)]
pub struct Throttle {
    buckets: Mutex<HashMap<Network, Bucket>>,
    clock: ServerClock,
}

impl Throttle {
    /// Nobody has asked for anything yet.
    #[must_use]
    pub fn new(clock: ServerClock) -> Self {
        Self { buckets: Mutex::default(), clock }
    }

    /// Takes a token of a peer, or says how long there will be none.
    fn take(&self, peer: Peer) -> Result<(), Duration> {
        let Some(network) = peer.counted() else { return Ok(()) };
        let now_ms = self.clock.now_ms();
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= NETWORKS_MAX && !buckets.contains_key(&network) {
            buckets.retain(|_, bucket| !bucket.is_full(now_ms));
            if buckets.len() >= NETWORKS_MAX {
                buckets.clear();
            }
        }
        let full = || Bucket::full(REQUESTS_PER_S, REQUESTS_BURST, now_ms);
        let bucket = buckets.entry(network).or_insert_with(full);
        if bucket.take(now_ms) { Ok(()) } else { Err(Duration::from_millis(bucket.wait_ms())) }
    }
}

/// Lets a request pass, or answers 429.
pub(super) async fn throttle(
    State(throttle): State<Arc<Throttle>>,
    Extension(peer): Extension<Peer>,
    request: Request,
    next: Next,
) -> Response {
    let Err(wait) = throttle.take(peer) else { return next.run(request).await };
    let mut response = sentence(StatusCode::TOO_MANY_REQUESTS, "Too many requests from this address: wait a moment.\n");
    let seconds = HeaderValue::from(wait.as_secs() + 1);
    response.headers_mut().insert(header::RETRY_AFTER, seconds);
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::IpAddr;

    fn peer(address: [u8; 4]) -> Peer {
        Peer::direct(IpAddr::from(address))
    }

    #[test]
    fn an_address_that_asks_too_often_waits_and_others_do_not() {
        let (clock, time) = ServerClock::manual();
        let throttle = Throttle::new(clock);
        let (noisy, quiet) = (peer([192, 0, 2, 1]), peer([192, 0, 2, 2]));
        let passed = (0..1_000).filter(|_| throttle.take(noisy).is_ok()).count();
        assert_eq!(passed, REQUESTS_BURST as usize);
        assert!(throttle.take(quiet).is_ok());
        time.advance_ms(1_000);
        let passed = (0..1_000).filter(|_| throttle.take(noisy).is_ok()).count();
        assert_eq!(passed, REQUESTS_PER_S as usize);
        assert!((0..1_000).all(|_| throttle.take(peer([127, 0, 0, 1])).is_ok()));
    }

    #[test]
    fn the_memory_of_addresses_is_bounded() {
        let throttle = Throttle::new(ServerClock::manual().0);
        for number in 0..u32::try_from(NETWORKS_MAX).unwrap() * 2 {
            throttle.take(peer((0x0a00_0000 + number).to_be_bytes())).unwrap();
        }
        assert!(throttle.buckets.lock().unwrap().len() <= NETWORKS_MAX);
    }
}
