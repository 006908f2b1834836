//! Requests per address: a bucket each.

use super::sentence;
use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::Response,
};
use std::{
    collections::HashMap,
    net::{IpAddr, SocketAddr},
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

/// Sustained requests per second of one address; beyond the burst they are answered 429.
const REQUESTS_PER_S: f64 = 50.0;
/// Requests that an address may send at once: a roomful of people behind one router.
const REQUESTS_BURST: f64 = 500.0;
/// Addresses remembered; when there are more, those at rest are forgotten, and if none is, all.
const ADDRESSES_MAX: usize = 20_000;

/// Requests per address. This machine is not limited: a proxy on it speaks for everyone.
#[derive(Debug, Default)]
pub struct Throttle(Mutex<HashMap<IpAddr, Bucket>>);

#[derive(Clone, Copy, Debug)]
struct Bucket {
    tokens: f64,
    at: Instant,
}

impl Bucket {
    /// The tokens at a later time.
    fn at(self, now: Instant) -> f64 {
        let gained = now.saturating_duration_since(self.at).as_secs_f64() * REQUESTS_PER_S;
        (self.tokens + gained).min(REQUESTS_BURST)
    }
}

impl Throttle {
    /// Takes a token of an address, or says how long there will be none.
    fn take(&self, address: IpAddr, now: Instant) -> Result<(), Duration> {
        if address.to_canonical().is_loopback() {
            return Ok(());
        }
        let mut buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= ADDRESSES_MAX && !buckets.contains_key(&address) {
            buckets.retain(|_, bucket| bucket.at(now) < REQUESTS_BURST);
            if buckets.len() >= ADDRESSES_MAX {
                buckets.clear();
            }
        }
        let bucket = buckets.entry(address).or_insert(Bucket { tokens: REQUESTS_BURST, at: now });
        let tokens = bucket.at(now);
        if tokens < 1.0 {
            return Err(Duration::from_secs_f64((1.0 - tokens) / REQUESTS_PER_S));
        }
        *bucket = Bucket { tokens: tokens - 1.0, at: now };
        Ok(())
    }
}

/// Lets a request pass, or answers 429.
pub(super) async fn throttle(
    State(throttle): State<Arc<Throttle>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request,
    next: Next,
) -> Response {
    let Err(wait) = throttle.take(peer.ip(), Instant::now()) else { return next.run(request).await };
    let mut response = sentence(StatusCode::TOO_MANY_REQUESTS, "Too many requests from this address: wait a moment.\n");
    let seconds = HeaderValue::from(wait.as_secs() + 1);
    response.headers_mut().insert(header::RETRY_AFTER, seconds);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_asks_too_often_waits_and_others_do_not() {
        let throttle = Throttle::default();
        let (noisy, quiet) = (IpAddr::from([192, 0, 2, 1]), IpAddr::from([192, 0, 2, 2]));
        let start = Instant::now();
        let passed = (0..1_000).filter(|_| throttle.take(noisy, start).is_ok()).count();
        assert_eq!(passed as f64, REQUESTS_BURST);
        assert!(throttle.take(quiet, start).is_ok());
        let later = start + Duration::from_secs(1);
        assert_eq!((0..1_000).filter(|_| throttle.take(noisy, later).is_ok()).count() as f64, REQUESTS_PER_S);
        assert!((0..1_000).all(|_| throttle.take(IpAddr::from([127, 0, 0, 1]), start).is_ok()));
    }

    #[test]
    fn the_memory_of_addresses_is_bounded() {
        let throttle = Throttle::default();
        let start = Instant::now();
        for number in 0..u32::try_from(ADDRESSES_MAX).unwrap() * 2 {
            throttle.take(IpAddr::from((0x0a00_0000 + number).to_be_bytes()), start).unwrap();
        }
        assert!(throttle.0.lock().unwrap().len() <= ADDRESSES_MAX);
    }
}
