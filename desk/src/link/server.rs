//! The address of a server, out of the link that people are given.

/// The address of a server: `http://host:port`, or that of one of its rooms: `http://host:port/r/CODE`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    base_url: String,
}

/// Why a text is not the address of a server.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not the address of a server: it looks like http://127.0.0.1:7777")]
pub struct BadUrl(String);

impl Server {
    /// The server that a link leads to, or its room; what else follows the host and port is left out.
    ///
    /// # Errors
    /// When it is not an address.
    pub fn at(url: &str) -> Result<Self, BadUrl> {
        let bad = || BadUrl(url.to_owned());
        let (scheme, rest) = url.trim().split_once("://").ok_or_else(bad)?;
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let code = rest[host.len()..].strip_prefix("/r/").and_then(|rest| rest.split(['/', '?', '#']).next());
        let room = code.filter(|code| !code.is_empty()).map(|code| format!("/r/{code}")).unwrap_or_default();
        if !matches!(scheme, "http" | "https") || host.is_empty() || host.contains(char::is_whitespace) {
            return Err(bad());
        }
        Ok(Self { base_url: format!("{scheme}://{host}{room}") })
    }

    /// `http://host:port`, or that with `/r/CODE`, without a slash at the end.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// The page of the projector.
    #[must_use]
    pub fn projector(&self) -> String {
        format!("{}/?view=floor", self.base_url)
    }

    /// Where its socket is.
    #[must_use]
    pub fn socket_url(&self) -> String {
        // `http` becomes `ws` and `https` becomes `wss`.
        format!("{}/ws", self.base_url.replacen("http", "ws", 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_servers() {
        let check = |url, expected: Option<&str>| {
            assert_eq!(Server::at(url).ok().map(|s| s.socket_url()).as_deref(), expected, "{url}");
        };
        check("http://127.0.0.1:7777", Some("ws://127.0.0.1:7777/ws"));
        check("https://floor.example/?view=floor", Some("wss://floor.example/ws"));
        check("http://[::1]:80/", Some("ws://[::1]:80/ws"));
        check("http://host/r/CDFGH", Some("ws://host/r/CDFGH/ws"));
        check("https://host:1/r/CDFGH/?view=floor", Some("wss://host:1/r/CDFGH/ws"));
        check("https://host/r/CDFGH#seat=1", Some("wss://host/r/CDFGH/ws"));
        check("https://host/r/", Some("wss://host/ws"));
        check("127.0.0.1:7777", None);
        check("ftp://host", None);
        check("http://", None);
    }
}
