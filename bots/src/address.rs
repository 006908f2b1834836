//! Where a server is, and whom one believes that it is the one.

use crate::error::BotError;
use outcry_reach::Trust;
use std::str::FromStr;

/// The address of a server, and whose certificates are believed there.
#[derive(Clone, Debug)]
pub struct Address {
    place: outcry_reach::Address,
    trust: Trust,
}

impl Address {
    /// "host:port".
    #[must_use]
    pub fn authority(&self) -> &str {
        self.place.authority()
    }

    /// What stands before every path of the floor: `/r/CODE` in a house with several rooms, else nothing.
    #[must_use]
    pub fn room(&self) -> &str {
        self.place.room()
    }

    /// The address of the WebSocket.
    #[must_use]
    pub fn socket_url(&self) -> String {
        self.place.socket_url()
    }

    /// The same address, where others are believed.
    #[must_use]
    pub fn trusting(self, trust: Trust) -> Self {
        Self { trust, ..self }
    }

    pub(crate) const fn place(&self) -> &outcry_reach::Address {
        &self.place
    }

    pub(crate) const fn trust(&self) -> &Trust {
        &self.trust
    }
}

impl FromStr for Address {
    type Err = BotError;

    /// Reads the link that people join by; whoever this machine believes is believed.
    fn from_str(text: &str) -> Result<Self, BotError> {
        let place = outcry_reach::Address::of_link(text).map_err(|bad| BotError::Address(bad.to_string()))?;
        Ok(Self { place, trust: Trust::default() })
    }
}
