//! The seat's cookie: the token that resumes a seat, out of reach of scripts and other pages.

use axum::http::{HeaderMap, header};
use outcry_shared::secret::SeatToken;

/// The name of the seat's cookie; over https one that browsers let no other host set.
const COOKIE: &str = "outcry_seat";
const HTTPS_COOKIE: &str = "__Host-outcry_seat";
/// How long a browser keeps the cookie, in s: a day.
const COOKIE_S: u32 = 86_400;

/// Gives a seat's token to a browser.
pub(super) fn set(token: SeatToken, https: bool) -> String {
    write(&token.to_hex(), COOKIE_S, https)
}

/// Makes the browser forget its seat.
pub(super) fn clear(https: bool) -> String {
    write("", 0, https)
}

fn write(value: &str, age_s: u32, https: bool) -> String {
    let (name, secure) = (name(https), if https { "; Secure" } else { "" });
    format!("{name}={value}; HttpOnly; SameSite=Strict; Path=/; Max-Age={age_s}{secure}")
}

const fn name(https: bool) -> &'static str {
    if https { HTTPS_COOKIE } else { COOKIE }
}

/// The seat's token among the cookies of a request.
pub(super) fn read(headers: &HeaderMap, https: bool) -> Option<SeatToken> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|cookies| cookies.to_str().ok());
    let named = cookies.flat_map(|cookies| cookies.split(';')).filter_map(|cookie| cookie.trim().split_once('='));
    named.into_iter().find(|(named, _)| *named == name(https)).and_then(|(_, value)| SeatToken::from_hex(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cookie_stays_with_our_own_pages() {
        let token = SeatToken([7; 16]);
        for https in [false, true] {
            let set = set(token, https);
            assert!(set.contains("; HttpOnly; SameSite=Strict; Path=/;"), "{set}");
            assert_eq!((set.starts_with("__Host-"), set.ends_with("; Secure")), (https, https), "{set}");
            let mut headers = HeaderMap::new();
            let pair = set.split(';').next().unwrap_or_default();
            headers.insert(header::COOKIE, format!("other=1; {pair}").parse().unwrap());
            assert_eq!(read(&headers, https), Some(token));
            assert_eq!(read(&headers, !https), None, "a cookie for the other kind of page");
        }
    }
}
