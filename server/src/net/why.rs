//! Why connections end, for the figures: one of few words, each of them there from the start. Nothing is decided by it.

/// The reasons, with the word for each.
macro_rules! reasons {
    ($($(#[$about:meta])* $reason:ident = $word:literal),+ $(,)?) => {
        /// Why a connection has ended.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Why { $($(#[$about])* $reason),+ }

        impl Why {
            /// All there are.
            pub const ALL: &[Self] = &[$(Self::$reason),+];

            /// What the figures call it.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$reason => $word),+ }
            }
        }
    };
}

reasons! {
    /// The client closed it.
    Left = "left",
    /// It broke.
    Lost = "lost",
    /// Nothing came for too long.
    Silent = "silent",
    /// A frame could not be written for too long.
    Stuck = "stuck",
    /// It did not keep up.
    Slow = "slow",
    /// It sent too much.
    Flood = "flood",
    /// It does not speak the protocol.
    Malformed = "malformed",
    /// It never said who it is.
    NoHello = "no_hello",
    /// It watched, and made room for others.
    CrowdedOut = "crowded_out",
    /// It asked for something that it cannot have, or lost its right to be here.
    Refused = "refused",
    /// The server stops.
    Stopping = "stopping",
}

/// The counter's name.
const CLOSED: &str = "outcry_closed";

impl Why {
    /// One more has ended so.
    pub(super) fn count(self) {
        metrics::counter!(CLOSED, "why" => self.word()).increment(1);
    }
}

/// Every count is there from the start, so that the first of its kind is seen as a change.
pub(crate) fn begin_counts() {
    for why in Why::ALL {
        metrics::counter!(CLOSED, "why" => why.word()).increment(0);
    }
}
