//! The address of a floor: however a person writes it, it becomes what browsers make of it, since what differs only in
//! spelling must not differ for us. It is looked up by nobody here.

use std::{net::Ipv4Addr, str::FromStr};
use url::{Host, Url};

/// What stands for an address when none can be made of what was said.
const EXAMPLE: &str = "https://floor.example.org or http://192.168.1.5:7777";

/// Where a floor is, as browsers write it: `https://floor.example.org`, in small letters, without the port that goes
/// without saying, without a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    origin: String,
    /// `/r/CODE`, or nothing.
    room: String,
    host: String,
    port: u16,
    authority: String,
    is_secure: bool,
}

/// Why a text is not the address of a floor.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{said} is not the address of a floor: {wrong}; {right} would be right")]
pub struct BadAddress {
    /// The text in quotation marks; when it names a password, without it.
    said: String,
    wrong: String,
    right: String,
}

impl Address {
    /// What an operator says of the own pages: all of it must be meant, or people would be sent elsewhere.
    ///
    /// # Errors
    /// When it is no address, or says more than host and port.
    pub fn of_pages(text: &str) -> Result<Self, BadAddress> {
        let text = text.trim();
        let bad = |wrong: &str, right: String| BadAddress { said: quoted(text), wrong: wrong.to_owned(), right };
        if !text.contains("://") {
            let right = Self::read(&format!("https://{text}"), text).map_or(EXAMPLE.to_owned(), |(it, _)| it.origin);
            return Err(bad("http:// or https:// is missing", right));
        }
        let (address, url) = Self::read(text, text)?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(bad(&format!("pages do not come by {}", url.scheme()), address.origin));
        }
        if is_nowhere(&url) {
            return Err(bad("nobody can go there, one only listens there", EXAMPLE.to_owned()));
        }
        let extra = [url.query(), url.fragment()].into_iter().flatten().any(|part| !part.is_empty());
        if url.path() != "/" || extra {
            return Err(bad("a floor has no path and nothing after it", address.origin));
        }
        Ok(address)
    }

    /// The floor that a link leads to. What follows host and port is left out, except a room (`/r/CODE`); without
    /// `https://` it is `http://`.
    ///
    /// # Errors
    /// When it is no address.
    pub fn of_link(text: &str) -> Result<Self, BadAddress> {
        let text = text.trim();
        let whole = if text.contains("://") { text.to_owned() } else { format!("http://{text}") };
        let (address, url) = Self::read(&whole, text)?;
        Ok(Self { room: room(&url), ..address })
    }

    /// Reads what is an address with a scheme; `said` is for errors.
    fn read(text: &str, said: &str) -> Result<(Self, Url), BadAddress> {
        let bad = |wrong: &str| BadAddress { said: quoted(said), wrong: wrong.to_owned(), right: EXAMPLE.to_owned() };
        let mut url = Url::parse(text).map_err(|error| bad(&error.to_string()))?;
        let is_secure = match url.scheme() {
            "http" | "ws" => false,
            "https" | "wss" => true,
            _ => return Err(bad("a floor is reached by http:// or https://")),
        };
        if !url.username().is_empty() || url.password().is_some() {
            return Err(bad("an address has no name and no password in it"));
        }
        // A path is kept for whoever minds; the credentials that are left out here would be secrets.
        let (Some(host), Some(port)) = (url.host().map(|host| host.to_owned()), url.port_or_known_default()) else {
            return Err(bad("it names no host"));
        };
        if port == 0 {
            return Err(bad("there is no port 0"));
        }
        // As it is written, of IPv6 in brackets, and as it is looked up.
        let authority = format!("{host}:{port}");
        let host = match host {
            Host::Ipv6(address) => address.to_string(),
            Host::Ipv4(_) | Host::Domain(_) => host.to_string(),
        };
        // `ws` and `wss` have the ports of `http` and `https`.
        let scheme = if is_secure { "https" } else { "http" };
        let spoken = url.scheme().to_owned();
        if spoken != scheme {
            // Both are schemes that the crate knows: it cannot refuse.
            let _ = url.set_scheme(scheme);
        }
        let origin = url.origin().ascii_serialization();
        let _ = url.set_scheme(&spoken);
        Ok((Self { origin, room: String::new(), host, port, authority, is_secure }, url))
    }

    /// `https://floor.example.org`: what a browser says of pages from there.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The link that people join by: the origin, and the room if it is one of several.
    #[must_use]
    pub fn link(&self) -> String {
        format!("{}{}", self.origin, self.room)
    }

    /// What stands before every path of the floor: `/r/CODE` in a house with several rooms, else nothing.
    #[must_use]
    pub fn room(&self) -> &str {
        &self.room
    }

    /// The name or number of the host, of IPv6 without brackets.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The port, also where it goes without saying.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// `host:port`, the port always said.
    #[must_use]
    pub fn authority(&self) -> &str {
        &self.authority
    }

    /// Whether it is reached by TLS.
    #[must_use]
    pub const fn is_secure(&self) -> bool {
        self.is_secure
    }

    /// Where its WebSocket is.
    #[must_use]
    pub fn socket_url(&self) -> String {
        // `http` becomes `ws` and `https` becomes `wss`.
        format!("{}{}/ws", self.origin.replacen("http", "ws", 1), self.room)
    }
}

impl FromStr for Address {
    type Err = BadAddress;

    fn from_str(text: &str) -> Result<Self, BadAddress> {
        Self::of_link(text)
    }
}

/// The room of a link: `/r/CODE`, or nothing. Codes are written in capitals.
fn room(url: &Url) -> String {
    let code = url.path().strip_prefix("/r/").and_then(|rest| rest.split('/').next());
    let code = code.filter(|code| !code.is_empty());
    code.map(|code| format!("/r/{}", code.to_ascii_uppercase())).unwrap_or_default()
}

/// Whether it is the address that stands for all of a machine's own.
fn is_nowhere(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address == Ipv4Addr::UNSPECIFIED,
        Some(Host::Ipv6(address)) => address.is_unspecified(),
        Some(Host::Domain(_)) | None => false,
    }
}

/// A text for an error: what stands before an `@` may be a password.
fn quoted(text: &str) -> String {
    match text.rsplit_once('@') {
        Some((_, rest)) => format!("\"…@{rest}\""),
        None => format!("\"{text}\""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What people write, and what a browser on that page calls its origin.
    #[test]
    fn pages_are_named_as_browsers_name_them() {
        for (said, origin) in [
            ("https://floor.example.org", "https://floor.example.org"),
            ("https://floor.example.org/", "https://floor.example.org"),
            (" https://floor.example.org\n", "https://floor.example.org"),
            ("https://Floor.Example.ORG", "https://floor.example.org"),
            ("HTTPS://floor.example.org", "https://floor.example.org"),
            ("https://floor.example.org:443", "https://floor.example.org"),
            ("http://floor.example.org:80/", "http://floor.example.org"),
            ("https://floor.example.org:80", "https://floor.example.org:80"),
            ("https://floor.example.org:8443", "https://floor.example.org:8443"),
            ("https://floor.example.org?", "https://floor.example.org"),
            ("https://floor.example.org/?", "https://floor.example.org"),
            ("https://floor.example.org/#", "https://floor.example.org"),
            ("https://bücher.example", "https://xn--bcher-kva.example"),
            ("https://BÜCHER.example:443", "https://xn--bcher-kva.example"),
            ("https://xn--bcher-kva.example", "https://xn--bcher-kva.example"),
            ("http://[0:0:0:0:0:0:0:1]:7777", "http://[::1]:7777"),
            ("http://[FE80::1]", "http://[fe80::1]"),
            ("http://[::1]:80", "http://[::1]"),
            ("http://annas-mac.local:7777", "http://annas-mac.local:7777"),
            ("http://LOCALHOST:7777", "http://localhost:7777"),
            ("http://192.168.1.5:7777", "http://192.168.1.5:7777"),
            ("http://192.168.001.005", "http://192.168.1.5"),
        ] {
            assert_eq!(Address::of_pages(said).map(|address| address.origin), Ok(origin.to_owned()), "{said}");
        }
    }

    #[test]
    fn what_is_no_address_of_pages_is_refused_with_what_to_write() {
        for (said, wrong, right) in [
            ("floor.example.org", "missing", "https://floor.example.org would"),
            ("floor.example.org:7777", "missing", "https://floor.example.org:7777 would"),
            ("", "missing", "https://floor.example.org or"),
            ("https://", "empty host", "https://floor.example.org or"),
            ("https://floor.example.org/outcry", "no path", "https://floor.example.org would"),
            ("https://floor.example.org/?host", "no path", "https://floor.example.org would"),
            ("https://floor.example.org/#top", "no path", "https://floor.example.org would"),
            ("wss://floor.example.org/", "do not come by wss", "https://floor.example.org would"),
            ("ftp://floor.example.org", "http:// or https://", "https://floor"),
            ("https://floor example", "invalid", "https://floor.example.org or"),
            ("https://floor.example.org:70000", "invalid port", "https://floor"),
            ("https://floor.example.org:0", "no port 0", "https://floor"),
            ("http://0.0.0.0:7777", "only listens", "http://192.168.1.5:7777"),
            ("http://[::]:7777", "only listens", "http://192.168.1.5:7777"),
        ] {
            let refused = Address::of_pages(said).map_err(|error| error.to_string());
            let sentence = refused.expect_err(said);
            assert!(sentence.starts_with(&format!("\"{said}\"")), "{sentence}");
            assert!(sentence.contains(wrong) && sentence.contains(right), "{said}: {sentence}");
        }
        let sentence = Address::of_pages("https://ada:secret@floor.example.org").map_err(|error| error.to_string());
        let sentence = sentence.expect_err("credentials");
        assert!(sentence.contains("no password") && !sentence.contains("secret"), "{sentence}");
    }

    #[test]
    fn links_lead_to_sockets() {
        for (said, url, authority) in [
            ("http://127.0.0.1:7777", "ws://127.0.0.1:7777/ws", "127.0.0.1:7777"),
            ("http://127.0.0.1:7777/?view=floor", "ws://127.0.0.1:7777/ws", "127.0.0.1:7777"),
            ("ws://localhost:80/ws", "ws://localhost/ws", "localhost:80"),
            ("https://Floor.example/?host", "wss://floor.example/ws", "floor.example:443"),
            ("wss://floor.example:7777/ws", "wss://floor.example:7777/ws", "floor.example:7777"),
            ("https://bücher.example", "wss://xn--bcher-kva.example/ws", "xn--bcher-kva.example:443"),
            ("floor.example", "ws://floor.example/ws", "floor.example:80"),
            ("127.0.0.1:7777", "ws://127.0.0.1:7777/ws", "127.0.0.1:7777"),
            ("http://[::1]:7777/", "ws://[::1]:7777/ws", "[::1]:7777"),
            ("http://[::1]", "ws://[::1]/ws", "[::1]:80"),
            ("https://floor.example/r/CDFGH", "wss://floor.example/r/CDFGH/ws", "floor.example:443"),
            ("floor.example:7777/r/cdfgh/?view=floor", "ws://floor.example:7777/r/CDFGH/ws", "floor.example:7777"),
            ("wss://floor.example/r/CDFGH/ws", "wss://floor.example/r/CDFGH/ws", "floor.example:443"),
            ("http://floor.example/r/", "ws://floor.example/ws", "floor.example:80"),
        ] {
            let address = Address::of_link(said).map(|it| (it.socket_url(), it.authority().to_owned()));
            assert_eq!(address, Ok((url.to_owned(), authority.to_owned())), "{said}");
        }
        for said in ["", "http://", "ftp://floor.example", "http://a b", "http://x:port", "http://x:70000", "a@b"] {
            assert!(Address::of_link(said).is_err(), "{said}");
        }
    }
}
