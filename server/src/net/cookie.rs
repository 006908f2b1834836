//! The seat's cookie: the key that a browser is given before it joins, out of reach of scripts and other pages. It is
//! of one floor alone, and every visit renews it. That of a room goes to that room alone.

use crate::{
    chance::{NoEntropy, random_bytes},
    vault::SealKey,
};
use axum::http::{HeaderMap, header};
use outcry_shared::secret::SeatToken;
use url::Url;

/// What the cookie's name begins with; over https one that browsers let no other host set. That would be sent to every
/// room, and whoever has seen many could not come in any more: of a room it is one that only https can set.
const COOKIE: &str = "outcry_seat";
const HTTPS_COOKIE: &str = "__Host-outcry_seat";
const HTTPS_ROOM_COOKIE: &str = "__Secure-outcry_seat";
/// How long a browser keeps the cookie after the last visit, in s: 30 days.
const COOKIE_S: u32 = 30 * 86_400;
/// What a key is sealed for.
const PURPOSE: &str = "browser";

/// A key as a browser shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The key.
    pub token: SeatToken,
    /// Whether this server made it: no other key gets a new seat.
    pub is_ours: bool,
}

/// A key for a browser that has none.
///
/// # Errors
/// When the system gives no random numbers.
pub(super) fn fresh() -> Result<SeatToken, NoEntropy> {
    random_bytes().map(SeatToken)
}

/// The cookies of one floor.
#[derive(Clone, Debug)]
pub struct Cookies {
    name: String,
    path: String,
    https: bool,
    key: SealKey,
}

impl Cookies {
    /// The cookies of the floor that people join by this address. Cookies do not know ports: the name does, and the path.
    #[must_use]
    pub fn new(join_url: &str, key: SealKey) -> Self {
        let url = Url::parse(join_url).ok();
        let https = url.as_ref().is_some_and(|url| url.scheme() == "https");
        let port = url.as_ref().and_then(Url::port_or_known_default).unwrap_or_default();
        let path = url.as_ref().map_or("", Url::path).trim_end_matches('/');
        let begin = match (https, path.is_empty()) {
            (true, true) => HTTPS_COOKIE,
            (true, false) => HTTPS_ROOM_COOKIE,
            (false, _) => COOKIE,
        };
        let mut name = format!("{begin}_{port}");
        for part in path.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()) {
            name = format!("{name}_{part}");
        }
        let path = if path.is_empty() { "/" } else { path }.to_owned();
        Self { name, path, https, key }
    }

    /// Gives a key to a browser, or lets it keep the one it has.
    pub(super) fn set(&self, token: SeatToken) -> String {
        let seal = SeatToken(self.seal(token));
        let secure = if self.https { "; Secure" } else { "" };
        format!(
            "{}={}.{}; HttpOnly; SameSite=Strict; Path={}; Max-Age={COOKIE_S}{secure}",
            self.name,
            token.to_hex(),
            seal.to_hex(),
            self.path
        )
    }

    /// The key among the cookies of a request.
    pub(super) fn read(&self, headers: &HeaderMap) -> Option<Shown> {
        let cookies = headers.get_all(header::COOKIE).iter().filter_map(|cookies| cookies.to_str().ok());
        let named = cookies.flat_map(|cookies| cookies.split(';')).filter_map(|cookie| cookie.trim().split_once('='));
        let value = named.into_iter().find(|(name, _)| *name == self.name).map(|(_, value)| value)?;
        let (token, seal) = value.split_once('.').unwrap_or((value, ""));
        let token = SeatToken::from_hex(token)?;
        let seal = SeatToken::from_hex(seal);
        let is_ours = seal.is_some_and(|seal| self.key.is_sealed(PURPOSE, &[&token.0], &seal.0));
        Some(Shown { token, is_ours })
    }

    fn seal(&self, token: SeatToken) -> [u8; 16] {
        self.key.seal(PURPOSE, &[&token.0])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cookies(join_url: &str) -> Cookies {
        Cookies::new(join_url, SealKey::fresh().unwrap())
    }

    fn shown(cookies: &Cookies, set: &str) -> Option<Shown> {
        let mut headers = HeaderMap::new();
        let pair = set.split(';').next().unwrap_or_default();
        headers.insert(header::COOKIE, format!("other=1; {pair}").parse().unwrap());
        cookies.read(&headers)
    }

    #[test]
    fn the_cookie_stays_with_our_own_pages() {
        let token = SeatToken([7; 16]);
        for url in ["http://127.0.0.1:7777", "https://floor.example"] {
            let cookies = cookies(url);
            let (set, https) = (cookies.set(token), url.starts_with("https"));
            assert!(set.contains("; HttpOnly; SameSite=Strict; Path=/; Max-Age=2592000"), "{set}");
            assert_eq!((set.starts_with("__Host-"), set.ends_with("; Secure")), (https, https), "{set}");
            assert_eq!(shown(&cookies, &set), Some(Shown { token, is_ours: true }));
        }
    }

    /// Whoever has seen a hundred rooms is not refused for the size of what is shown.
    #[test]
    fn the_cookie_of_a_room_goes_to_that_room_alone() {
        for (url, begin) in [
            ("http://host:7777/r/CDFGH", "outcry_seat_7777_r_CDFGH="),
            ("https://host/r/CDFGH/", "__Secure-outcry_seat_443_r_CDFGH="),
        ] {
            let set = cookies(url).set(SeatToken([7; 16]));
            assert!(set.starts_with(begin) && set.contains("; Path=/r/CDFGH;"), "{set}");
        }
    }

    #[test]
    fn every_floor_of_a_host_has_a_cookie_of_its_own() {
        let floors = [
            "http://host:7777",
            "http://host:7778",
            "http://host",
            "https://host",
            "https://host:7777",
            "https://host/r/ABCD",
            "https://host/r/ABCE",
            "http://[::1]:7779",
        ];
        let names: std::collections::BTreeSet<_> = floors.iter().map(|url| cookies(url).name).collect();
        assert_eq!(names.len(), floors.len(), "{names:?}");
        assert_eq!(cookies("https://host/r/ABCD/").name, cookies("https://host/r/ABCD").name);
        assert_eq!(cookies("http://[::1]").name, "outcry_seat_80");
        let set = cookies(floors[0]).set(SeatToken([7; 16]));
        assert_eq!(shown(&cookies(floors[1]), &set), None, "of the other port");
    }

    #[test]
    fn a_key_that_somebody_else_made_is_not_ours() {
        let cookies = cookies("http://host:7777");
        let token = SeatToken([7; 16]);
        for value in [token.to_hex(), format!("{}.{}", token.to_hex(), token.to_hex()), format!("{}.x", token.to_hex())]
        {
            let set = format!("{}={value}", cookies.name);
            assert_eq!(shown(&cookies, &set), Some(Shown { token, is_ours: false }), "{value}");
        }
        assert_eq!(shown(&cookies, &format!("{}=nonsense", cookies.name)), None);
        assert_eq!(shown(&cookies, "unnamed"), None);
    }
}
