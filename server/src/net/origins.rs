//! Which pages may speak to the server: its own, those named, and programs that are no page.

use axum::http::{HeaderMap, header};
use outcry_reach::Address;
use std::net::IpAddr;

/// Which pages may connect: those of the server itself and those named.
#[derive(Clone, Debug, Default)]
pub struct Origins {
    /// Pages from there.
    pub allowed: Vec<Address>,
    /// Whether pages come by https, so that cookies must not travel without.
    pub https: bool,
}

impl Origins {
    /// Whether a request comes from one of our pages, or from none (native app, bots).
    pub(super) fn allow(&self, headers: &HeaderMap) -> bool {
        let Some(origin) = headers.get(header::ORIGIN) else { return true };
        let Some(origin) = origin.to_str().ok().and_then(|origin| Address::of_pages(origin).ok()) else { return false };
        if self.allowed.contains(&origin) {
            return true;
        }
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
        let scheme = if self.https { "https" } else { "http" };
        let own = Address::of_pages(&format!("{scheme}://{host}"));
        own.is_ok_and(|own| own == origin) && is_local(origin.host())
    }
}

/// Whether a host is this machine, an address, or a name that only the local network gives: a name that
/// someone else's DNS could point here is not.
fn is_local(host: &str) -> bool {
    let last = host.rsplit('.').next().unwrap_or_default();
    matches!(last, "local" | "localhost") || host.parse::<IpAddr>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_pages_may_connect() {
        let check_by = |https: bool, origin: Option<&str>, host: &str, allowed: bool| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, host.parse().unwrap());
            if let Some(origin) = origin {
                headers.insert(header::ORIGIN, origin.parse().unwrap());
            }
            let origins = Origins { allowed: vec!["https://floor.example.org".parse().unwrap()], https };
            assert_eq!(origins.allow(&headers), allowed, "{origin:?} to {host}");
        };
        let check = |origin, host, allowed| check_by(false, origin, host, allowed);
        check(None, "127.0.0.1:7777", true);
        check(Some("http://127.0.0.1:7777"), "127.0.0.1:7777", true);
        check(Some("http://192.168.1.5:7777"), "192.168.1.5:7777", true);
        check(Some("http://localhost:7777"), "localhost:7777", true);
        check(Some("https://floor.example.org"), "127.0.0.1:7777", true);
        check(Some("https://evil.example"), "127.0.0.1:7777", false);
        check(Some("null"), "127.0.0.1:7777", false);
        check(Some("https://floor.example.org.evil.example"), "127.0.0.1:7777", false);
        check(Some("http://floor.example.org"), "127.0.0.1:7777", false);
        check(Some("http://127.0.0.1:7778"), "127.0.0.1:7777", false);
        check(Some("http://rebound.example:7777"), "rebound.example:7777", false);
        check(Some("http://local.example:7777"), "local.example:7777", false);
        check(Some("http://annas-mac.local:7777"), "annas-mac.local:7777", true);
        check(Some("http://localhost:7777"), "LOCALHOST:7777", true);
        check(Some("http://192.168.1.5"), "192.168.1.5:80", true);
        check(Some("http://[::1]"), "[::1]", true);
        check(Some("http://[::1]:7777"), "[0:0:0:0:0:0:0:1]:7777", true);
        check(Some("http://192.168.1.5:7777"), "", false);
        check_by(true, Some("https://192.168.1.5:7777"), "192.168.1.5:7777", true);
        check_by(true, Some("http://192.168.1.5:7777"), "192.168.1.5:7777", false);
        check_by(false, Some("https://192.168.1.5:7777"), "192.168.1.5:7777", false);
    }
}
