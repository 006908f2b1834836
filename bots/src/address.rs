//! Where a server is.

use crate::error::BotError;
use std::str::FromStr;

/// Host and port of a server without encryption: bots play on the local machine or network,
/// or behind a tunnel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    authority: String,
}

impl Address {
    /// "host:port".
    #[must_use]
    pub fn authority(&self) -> &str {
        &self.authority
    }

    /// The address of the WebSocket.
    #[must_use]
    pub fn socket_url(&self) -> String {
        format!("ws://{}/ws", self.authority)
    }
}

impl FromStr for Address {
    type Err = BotError;

    fn from_str(text: &str) -> Result<Self, BotError> {
        let wrong = || BotError::Address(text.to_owned());
        let rest = ["http://", "ws://"].iter().find_map(|scheme| text.strip_prefix(scheme)).unwrap_or(text);
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let bare = authority.rsplit_once(':').map_or(authority, |(host, _)| host);
        if bare.is_empty() || rest.contains("://") || !authority.chars().all(|c| c.is_ascii_graphic() && c != '@') {
            return Err(wrong());
        }
        let has_port = authority.rsplit_once(':').is_some_and(|(host, _)| !host.contains(':') || host.ends_with(']'));
        let authority = if has_port { authority.to_owned() } else { format!("{authority}:80") };
        let port = authority.rsplit_once(':').map(|(_, port)| port.parse::<u16>());
        if !matches!(port, Some(Ok(_))) {
            return Err(wrong());
        }
        Ok(Self { authority })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read() {
        let cases = [
            ("http://127.0.0.1:7777", "127.0.0.1:7777"),
            ("http://127.0.0.1:7777/?view=floor", "127.0.0.1:7777"),
            ("ws://localhost:80/ws", "localhost:80"),
            ("floor.example", "floor.example:80"),
            ("http://[::1]:7777/", "[::1]:7777"),
            ("http://[::1]", "[::1]:80"),
        ];
        for (text, expected) in cases {
            assert_eq!(text.parse::<Address>().map(|address| address.authority), Ok(expected.to_owned()), "{text}");
        }
        for text in ["", "http://", "https://floor.example", "http://a b", "http://x:port", "http://x:70000", "a@b"] {
            assert_eq!(text.parse::<Address>(), Err(BotError::Address(text.to_owned())));
        }
    }
}
