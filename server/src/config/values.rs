//! Values as people write them. Each reader says what would be right when it cannot read one.

use crate::peer::{BadPrefix, Prefix};
use outcry_reach::Address;
use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
};

/// A value that `check` can show.
pub(super) trait Shown {
    /// In words for an operator.
    fn shown(&self) -> String;
}

impl Shown for String {
    fn shown(&self) -> String {
        self.clone()
    }
}

impl Shown for usize {
    fn shown(&self) -> String {
        self.to_string()
    }
}

impl Shown for SocketAddr {
    fn shown(&self) -> String {
        self.to_string()
    }
}

impl Shown for PathBuf {
    fn shown(&self) -> String {
        self.display().to_string()
    }
}

impl Shown for bool {
    fn shown(&self) -> String {
        if *self { "yes" } else { "no" }.to_owned()
    }
}

impl Shown for Address {
    fn shown(&self) -> String {
        self.origin().to_owned()
    }
}

impl Shown for Prefix {
    fn shown(&self) -> String {
        self.to_string()
    }
}

/// What is meant by a value that is no secret: spaces around it, and the quotation marks that some tools leave, are not.
pub(super) fn meant(text: &str) -> &str {
    let text = text.trim();
    let quoted = |mark: char| text.strip_prefix(mark).and_then(|rest| rest.strip_suffix(mark));
    quoted('"').or_else(|| quoted('\'')).map_or(text, str::trim)
}

pub(super) fn word(text: &str) -> Result<String, String> {
    Ok(text.to_owned())
}

pub(super) fn switch(text: &str) -> Result<bool, String> {
    match text.to_lowercase().as_str() {
        "yes" | "y" | "on" | "true" | "t" | "1" => Ok(true),
        "no" | "n" | "off" | "false" | "f" | "0" => Ok(false),
        _ => Err(format!("\"{text}\" is neither yes nor no: one of them would be right")),
    }
}

/// So many, at least one.
pub(super) fn count(text: &str) -> Result<usize, String> {
    let count = text.parse().ok().filter(|count| *count > 0);
    count.ok_or_else(|| format!("\"{text}\" is not a number of people: 1 or more would be right"))
}

/// An address and a port of this machine.
pub(super) fn listen(text: &str) -> Result<SocketAddr, String> {
    let (host, port) = text.rsplit_once(':').unwrap_or((text, ""));
    let port = port.parse::<u16>().ok();
    let host = match host.to_lowercase().as_str() {
        "localhost" => Some(Ipv4Addr::LOCALHOST.into()),
        "*" => Some(Ipv4Addr::UNSPECIFIED.into()),
        host => host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>().ok(),
    };
    match (text.parse(), host, port) {
        (Ok(address), ..) => Ok(address),
        // An address of IPv6 without brackets has no end where its port begins.
        (_, Some(host), Some(port)) if host.is_ipv4() => Ok(SocketAddr::new(host, port)),
        _ => Err(format!(
            "\"{text}\" is no address with a port: 127.0.0.1:7777 would be right for this machine alone, 0.0.0.0:7777 \
             for the network as well"
        )),
    }
}

/// A host and a port, as others reach them.
pub(super) fn place(text: &str) -> Result<String, String> {
    let is_host = |host: &str| {
        let is_v6 = host.starts_with('[') && host.ends_with(']');
        !host.is_empty()
            && host
                .bytes()
                .all(|it| it.is_ascii_alphanumeric() || b"-._".contains(&it) || (is_v6 && b"[]:".contains(&it)))
    };
    let parts =
        text.rsplit_once(':').filter(|(host, port)| is_host(host) && port.parse::<u16>().is_ok_and(|it| it > 0));
    parts
        .map(|_| text.to_owned())
        .ok_or_else(|| format!("\"{text}\" is no host with a port: 10.0.0.7:7777 would be right"))
}

/// A path; `~` at its beginning is the home of whoever runs the server, as in a shell.
pub(super) fn path(text: &str, home: Option<&Path>) -> Result<PathBuf, String> {
    let Some(rest) = text.strip_prefix('~') else { return Ok(PathBuf::from(text)) };
    if !(rest.is_empty() || rest.starts_with('/')) {
        return Err(format!("\"{text}\": ~ stands for your own home alone: the whole path would be right"));
    }
    let home =
        home.ok_or_else(|| format!("\"{text}\": HOME is not set, which ~ stands for: the whole path would be right"))?;
    let rest = rest.trim_start_matches('/');
    Ok(if rest.is_empty() { home.to_owned() } else { home.join(rest) })
}

/// An address of pages.
pub(super) fn pages(text: &str) -> Result<Address, String> {
    Address::of_pages(text).map_err(|error| error.to_string())
}

/// A proxy's address or prefix.
pub(super) fn proxy(text: &str) -> Result<Prefix, String> {
    text.parse().map_err(|bad: BadPrefix| bad.to_string())
}
