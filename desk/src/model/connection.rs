//! How the connection stands.

use outcry_shared::message::{ConnectRefusal, RefusalCode};

/// How the connection stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Connection {
    /// The first attempt is under way.
    #[default]
    Connecting,
    /// Welcomed: what is known is kept up to date.
    Live,
    /// Lost; trying again by itself.
    Reconnecting {
        /// How many attempts failed.
        attempt: u32,
        /// Why the last one did, where the device knows.
        why: Option<String>,
    },
    /// No seat yet: a name is asked for (native app).
    NeedsName {
        /// Why the last name could not be had.
        error: Option<String>,
    },
    /// The server refused; trying again does not help.
    Refused(ConnectRefusal),
    /// The server closed it: the seat was taken over elsewhere, or removed.
    Closed(String),
}

/// What a screen that nobody attends does by itself when trying again as it is does not help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unattended {
    /// Asks again: what was refused may be allowed later.
    Ask,
    /// Loads the page again: the server speaks another protocol than this one.
    Reload,
}

impl Connection {
    /// What a screen that nobody attends does about it, if anything.
    #[must_use]
    pub fn unattended(&self) -> Option<Unattended> {
        match self {
            Self::Refused(refusal) if refusal.code == RefusalCode::Version => Some(Unattended::Reload),
            Self::Refused(_) | Self::Closed(_) => Some(Unattended::Ask),
            Self::Connecting | Self::Live | Self::Reconnecting { .. } | Self::NeedsName { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_screen_without_a_hand_loads_the_page_of_a_newer_server() {
        let refused = |code| Connection::Refused(ConnectRefusal { code, reason: String::new() }).unattended();
        assert_eq!(refused(RefusalCode::Version), Some(Unattended::Reload));
        assert_eq!(refused(RefusalCode::Busy), Some(Unattended::Ask));
        assert_eq!(Connection::Closed(String::new()).unattended(), Some(Unattended::Ask));
        assert_eq!(Connection::Live.unattended(), None);
        assert_eq!(Connection::Reconnecting { attempt: 3, why: None }.unattended(), None, "it tries by itself");
    }
}
