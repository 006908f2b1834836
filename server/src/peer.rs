//! Who is on the other end: whom limits count by, found behind the proxies that the operator trusts.
//! It decides nothing, and believes no header that a stranger could have written.

use axum::http::{HeaderMap, HeaderName, header};
use ipnet::{IpNet, Ipv6Net};
use std::{
    fmt,
    net::{IpAddr, SocketAddr},
    str::FromStr,
};

/// Bits of an IPv6 address that a site is given: whoever has one address has all that begin alike.
const SITE_BITS: u8 = 64;

/// Whoever sent a request or holds a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Peer {
    address: IpAddr,
    forwarded: bool,
    /// Whether a proxy on this machine has passed it on that is not trusted: everybody may be behind it.
    crowded: bool,
}

impl Peer {
    /// A peer whose socket is this server's own, without a proxy between.
    #[must_use]
    pub const fn direct(address: IpAddr) -> Self {
        Self { address: address.to_canonical(), forwarded: false, crowded: false }
    }

    /// Where it is, as far as that can be believed.
    #[must_use]
    pub const fn address(&self) -> IpAddr {
        self.address
    }

    /// Where it is, as limits count.
    #[must_use]
    pub fn network(&self) -> Network {
        Network::of(self.address)
    }

    /// Whom limits count it by, if any do. They do not where they would hit a whole room at once: a proxy on this machine
    /// that is not trusted, or that says nothing of others, passes everybody on under one address.
    #[must_use]
    pub fn counted(&self) -> Option<Network> {
        (!self.is_here() && !self.crowded).then(|| self.network())
    }

    /// Whether a proxy, trusted or not, has passed on what it says.
    #[must_use]
    pub const fn is_forwarded(&self) -> bool {
        self.forwarded
    }

    /// Whether it is a program on this machine that speaks for itself, as far as one can see.
    #[must_use]
    pub const fn is_here(&self) -> bool {
        !self.forwarded && self.address.is_loopback()
    }
}

/// Whom limits count by: an IPv4 address, or the site of an IPv6 address (its first 64 bits), in which
/// one person has more addresses than anyone can count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Network(IpAddr);

impl Network {
    /// The network of an address.
    #[must_use]
    pub fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V6(address) => Self(Ipv6Net::new_assert(address, SITE_BITS).network().into()),
            address @ IpAddr::V4(_) => Self(address),
        }
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            IpAddr::V4(address) => address.fmt(f),
            IpAddr::V6(address) => write!(f, "{address}/{SITE_BITS}"),
        }
    }
}

/// A proxy's address, or a prefix of several: `127.0.0.1`, `10.0.0.0/8`, `fd00::/8`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prefix(IpNet);

impl fmt::Display for Prefix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A text that is neither an address nor a prefix.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is no address of a proxy: 127.0.0.1, 10.0.0.0/8 or fd00::/8 would be right")]
pub struct BadPrefix(String);

impl FromStr for Prefix {
    type Err = BadPrefix;

    fn from_str(text: &str) -> Result<Self, BadPrefix> {
        let text = text.trim();
        let address = || text.parse().ok().map(|address: IpAddr| IpNet::from(address.to_canonical()));
        let prefix = || text.parse().ok().map(|prefix: IpNet| prefix.trunc());
        address().or_else(prefix).map(Self).ok_or_else(|| BadPrefix(text.to_owned()))
    }
}

/// The proxies whose word about others is believed.
#[derive(Clone, Debug, Default)]
pub struct Proxies(Vec<Prefix>);

impl Proxies {
    /// Those of these prefixes.
    #[must_use]
    pub const fn new(trusted: Vec<Prefix>) -> Self {
        Self(trusted)
    }

    /// Whether none is trusted.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether an address is that of a trusted proxy.
    #[must_use]
    pub fn trust(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|Prefix(prefix)| prefix.contains(&address))
    }

    /// Whoever sent a request that came over a socket from `socket` with these headers.
    ///
    /// What proxies write is read from its end: each hop that is trusted may name the one before it.
    /// Where the two headers disagree, one of them is a stranger's, and neither is believed.
    #[must_use]
    pub fn peer(&self, socket: SocketAddr, headers: &HeaderMap) -> Peer {
        let direct = Peer::direct(socket.ip());
        let (one, other) = (hops(headers, &X_FORWARDED_FOR, in_list), hops(headers, &header::FORWARDED, in_element));
        if one.is_empty() && other.is_empty() {
            return direct;
        }
        let followed = |hops: &[Option<IpAddr>]| self.follow(direct.address, hops);
        let address = match (followed(&one), followed(&other)) {
            (address, _) if other.is_empty() => address,
            (_, address) if one.is_empty() => address,
            (address, same) if address == same => address,
            _ => direct.address,
        };
        let crowded = direct.address.is_loopback() && !self.trust(direct.address);
        Peer { address, forwarded: true, crowded }
    }

    /// Goes back from the socket over trusted hops to the first that is none.
    fn follow(&self, socket: IpAddr, hops: &[Option<IpAddr>]) -> IpAddr {
        let mut address = socket;
        for hop in hops.iter().rev() {
            match hop {
                Some(hop) if self.trust(address) => address = *hop,
                _ => break,
            }
        }
        address
    }
}

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The hops that a header names, the farthest first; none in place of one that cannot be read.
fn hops(headers: &HeaderMap, name: &HeaderName, read: fn(&str) -> Option<IpAddr>) -> Vec<Option<IpAddr>> {
    let lines = headers.get_all(name).iter();
    lines.flat_map(|line| line.to_str().unwrap_or_default().split(',').map(read)).collect()
}

/// A hop of `X-Forwarded-For`.
fn in_list(hop: &str) -> Option<IpAddr> {
    let hop = hop.trim();
    let bare = || hop.strip_prefix('[')?.strip_suffix(']')?.parse().ok();
    let with_port = || hop.parse().ok().map(|place: SocketAddr| place.ip());
    hop.parse().ok().or_else(bare).or_else(with_port).map(|address: IpAddr| address.to_canonical())
}

/// A hop of `Forwarded` (RFC 7239): its `for`.
fn in_element(element: &str) -> Option<IpAddr> {
    let mut pairs = element.split(';').filter_map(|pair| pair.split_once('='));
    let (_, node) = pairs.find(|(name, _)| name.trim().eq_ignore_ascii_case("for"))?;
    in_list(node.trim().trim_matches('"'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proxies(prefixes: &[&str]) -> Proxies {
        Proxies::new(prefixes.iter().map(|prefix| prefix.parse().unwrap()).collect())
    }

    /// Who a request from `socket` is, with headers as "Name: value".
    fn peer(proxies: &Proxies, socket: &str, lines: &[&str]) -> Peer {
        let mut headers = HeaderMap::new();
        for line in lines {
            let (name, value) = line.split_once(": ").unwrap();
            headers.append(name.parse::<HeaderName>().unwrap(), value.parse().unwrap());
        }
        proxies.peer(SocketAddr::new(socket.parse().unwrap(), 40_000), &headers)
    }

    #[test]
    fn a_peer_is_found_behind_the_proxies_that_are_trusted() {
        let trusted = proxies(&["127.0.0.1", "10.0.0.0/8", "fd00::/8"]);
        let check = |socket: &str, lines: &[&str], expected: &str| {
            let found = peer(&trusted, socket, lines).address();
            assert_eq!(found, expected.parse::<IpAddr>().unwrap(), "{socket} {lines:?}");
        };
        check("192.0.2.1", &[], "192.0.2.1");
        check("127.0.0.1", &["X-Forwarded-For: 192.0.2.1"], "192.0.2.1");
        check("::ffff:127.0.0.1", &["X-Forwarded-For: ::ffff:192.0.2.1"], "192.0.2.1");
        check("127.0.0.1", &["X-Forwarded-For: 192.0.2.1, 10.1.1.1"], "192.0.2.1");
        check("127.0.0.1", &["X-Forwarded-For: 192.0.2.1", "X-Forwarded-For: 10.1.1.1"], "192.0.2.1");
        // What the stranger wrote stands before what the proxy wrote of the stranger.
        check("127.0.0.1", &["X-Forwarded-For: 198.51.100.9, 192.0.2.1"], "192.0.2.1");
        check("127.0.0.1", &["X-Forwarded-For: 198.51.100.9, 192.0.2.1, 10.1.1.1"], "192.0.2.1");
        check("192.0.2.1", &["X-Forwarded-For: 198.51.100.9"], "192.0.2.1");
        check("127.0.0.1", &["X-Forwarded-For: 10.2.2.2, 10.1.1.1"], "10.2.2.2");
        check("127.0.0.1", &["X-Forwarded-For: 192.0.2.1:4711"], "192.0.2.1");
        check("fd00::1", &["X-Forwarded-For: [2001:db8::1]:4711"], "2001:db8::1");
        check("fd00::1", &["X-Forwarded-For: [2001:db8::1]"], "2001:db8::1");
        check("fd00::1", &["X-Forwarded-For: 2001:db8::1"], "2001:db8::1");
        check("127.0.0.1", &["X-Forwarded-For: unknown"], "127.0.0.1");
        check("127.0.0.1", &["X-Forwarded-For: 192.0.2.1, nonsense"], "127.0.0.1");
        check("127.0.0.1", &["X-Forwarded-For: 192.0.2.1, nonsense, 10.1.1.1"], "10.1.1.1");
        check("127.0.0.1", &["Forwarded: for=192.0.2.1;proto=https;by=127.0.0.1"], "192.0.2.1");
        check("127.0.0.1", &["Forwarded: proto=http; For=\"[2001:db8::1]:4711\", for=10.1.1.1"], "2001:db8::1");
        check("127.0.0.1", &["Forwarded: for=_hidden"], "127.0.0.1");
        check("127.0.0.1", &["Forwarded: for=192.0.2.1", "X-Forwarded-For: 192.0.2.1"], "192.0.2.1");
        // One of the two is a stranger's.
        check("127.0.0.1", &["Forwarded: for=198.51.100.9", "X-Forwarded-For: 192.0.2.1"], "127.0.0.1");
    }

    #[test]
    fn only_who_speaks_for_itself_on_this_machine_is_here() {
        let check = |trusted: &[&str], socket: &str, lines: &[&str], here: bool| {
            assert_eq!(peer(&proxies(trusted), socket, lines).is_here(), here, "{trusted:?} {socket} {lines:?}");
        };
        for trusted in [&["127.0.0.1"][..], &[]] {
            check(trusted, "127.0.0.1", &[], true);
            check(trusted, "::ffff:127.0.0.1", &[], true);
            check(trusted, "::1", &[], true);
            check(trusted, "192.0.2.1", &[], false);
            check(trusted, "127.0.0.1", &["X-Forwarded-For: 127.0.0.1"], false);
            check(trusted, "127.0.0.1", &["Forwarded: for=127.0.0.1"], false);
            check(trusted, "127.0.0.1", &["X-Forwarded-For: "], false);
        }
    }

    #[test]
    fn limits_count_nobody_by_the_address_of_a_proxy_that_everybody_comes_through() {
        let check = |trusted: &[&str], socket: &str, lines: &[&str], expected: Option<&str>| {
            let counted = peer(&proxies(trusted), socket, lines).counted().map(|network| network.to_string());
            assert_eq!(counted.as_deref(), expected, "{trusted:?} {socket} {lines:?}");
        };
        let passed_on = &["X-Forwarded-For: 198.51.100.7"][..];
        check(&[], "127.0.0.1", passed_on, None);
        check(&[], "::1", passed_on, None);
        check(&[], "127.0.0.1", &[], None);
        check(&["127.0.0.1"], "127.0.0.1", passed_on, Some("198.51.100.7"));
        // Anybody elsewhere can write such a header.
        check(&[], "192.0.2.1", passed_on, Some("192.0.2.1"));
        check(&["127.0.0.1"], "192.0.2.1", passed_on, Some("192.0.2.1"));
        // What a stranger added takes no limit off.
        let doubted = &["X-Forwarded-For: 198.51.100.7", "Forwarded: for=203.0.113.5"][..];
        check(&["127.0.0.1"], "127.0.0.1", doubted, Some("127.0.0.1"));
    }

    #[test]
    fn a_site_counts_once() {
        let network = |address: &str| Network::of(address.parse().unwrap()).to_string();
        assert_eq!(network("192.0.2.1"), "192.0.2.1");
        assert_eq!(network("::ffff:192.0.2.1"), "192.0.2.1");
        assert_eq!(network("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
        assert_ne!(network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
        assert_ne!(network("192.0.2.1"), network("192.0.2.2"));
    }

    #[test]
    fn prefixes_are_read_as_people_write_them() {
        for (text, inside, outside) in [
            ("127.0.0.1", "127.0.0.1", "127.0.0.2"),
            (" 10.0.0.0/8 ", "10.255.0.1", "11.0.0.1"),
            ("10.1.2.3/8", "10.255.0.1", "11.0.0.1"),
            ("::ffff:127.0.0.1", "127.0.0.1", "127.0.0.2"),
            ("fd00::/8", "fdff::1", "fe80::1"),
        ] {
            let proxies = proxies(&[text]);
            assert!(proxies.trust(inside.parse().unwrap()), "{text}");
            assert!(!proxies.trust(outside.parse().unwrap()), "{text}");
        }
        for text in ["", "proxy.example", "10.0.0.0/33", "10.0.0", "127.0.0.1:80"] {
            assert_eq!(text.parse::<Prefix>(), Err(BadPrefix(text.to_owned())));
        }
    }
}
