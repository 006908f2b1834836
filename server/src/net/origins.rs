//! Which pages may speak to the server: its own, those named, and programs that are no page.

use axum::http::{HeaderMap, header};
use std::net::IpAddr;

/// Which pages may connect: those of the server itself and those named.
#[derive(Clone, Debug, Default)]
pub struct Origins {
    /// Whole origins (`https://floor.example.org`).
    pub allowed: Vec<String>,
    /// Whether pages come by https, so that cookies must not travel without.
    pub https: bool,
}

impl Origins {
    /// Whether a request comes from one of our pages, or from none (native app, bots).
    pub(super) fn allow(&self, headers: &HeaderMap) -> bool {
        let Some(origin) = headers.get(header::ORIGIN) else { return true };
        let Ok(origin) = origin.to_str() else { return false };
        if self.allowed.iter().any(|allowed| allowed == origin) {
            return true;
        }
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
        let own_host = origin.strip_prefix("http://").is_some_and(|rest| rest == host) && !self.https;
        own_host && is_local(host)
    }
}

/// Whether a host is this machine or an address: a name that someone else's DNS could point
/// here is not.
fn is_local(host: &str) -> bool {
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    name == "localhost" || name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_pages_may_connect() {
        let check = |origin: Option<&str>, host: &str, allowed: bool| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, host.parse().unwrap());
            if let Some(origin) = origin {
                headers.insert(header::ORIGIN, origin.parse().unwrap());
            }
            let origins = Origins { allowed: vec!["https://floor.example.org".to_owned()], https: false };
            assert_eq!(origins.allow(&headers), allowed, "{origin:?} to {host}");
        };
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
    }
}
