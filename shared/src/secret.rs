//! Secrets that travel: never printed, compared in constant time by the server.

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! secret {
    ($(#[$doc:meta])* $name:ident of $bytes:literal bytes) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        pub struct $name(pub [u8; $bytes]);

        impl $name {
            /// Lower-case hexadecimal, for a cookie, a header or a file of its owner.
            #[must_use]
            pub fn to_hex(&self) -> String {
                self.0.iter().map(|byte| format!("{byte:02x}")).collect()
            }

            /// Reads what [`Self::to_hex`] wrote.
            #[must_use]
            pub fn from_hex(text: &str) -> Option<Self> {
                if text.len() != 2 * $bytes || !text.is_ascii() {
                    return None;
                }
                let mut bytes = [0; $bytes];
                for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
                    *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
                }
                Some(Self(bytes))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    };
}

secret! {
    /// The key of a browser or an app, to which its seat belongs: 128 bits from the system's generator, hashed in the
    /// store.
    SeatToken of 16 bytes
}
secret! {
    /// Gives a seat to the browser that shows it, once.
    SeatCode of 16 bytes
}
secret! {
    /// The host's right, given after the password and sent with every act. What is in it is the server's business.
    HostGrant of 24 bytes
}

/// Words that nobody but their owner may read, such as a password. On the wire a plain text; in a log never.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Secret(String);

impl Secret {
    /// Hides a text from logs and debug output.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself. What it is given to must not keep it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ClientMessage, codec};

    #[test]
    fn nothing_prints_a_secret() {
        let password = Secret::new("corn and barley");
        let message = ClientMessage::HostLogin { password: password.clone() };
        let printed =
            format!("{password:?} {message:?} {message:#?} {:?} {:?}", SeatToken([77; 16]), HostGrant([78; 24]));
        for secret in ["corn", "barley", "77", "78", "4d", "4e"] {
            assert!(!printed.contains(secret), "{printed}");
        }
    }

    #[test]
    fn a_secret_travels_as_plain_text() {
        let text = "pässword".to_owned();
        let hidden = codec::encode(&ClientMessage::HostLogin { password: Secret::new(&text) });
        assert!(hidden.ends_with(text.as_bytes()) && hidden.len() == text.len() + 2, "{hidden:?}");
        assert_eq!(serde_json::to_string(&Secret::new(&text)).unwrap(), serde_json::to_string(&text).unwrap());
    }
}
