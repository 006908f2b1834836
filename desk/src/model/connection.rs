//! How the connection stands.

use outcry_shared::message::ConnectRefusal;

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
