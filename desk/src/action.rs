//! Everything that a person can ask for. Actions go one way: panel → action → link, or the device.

use crate::{keepsake::Keepsake, prefs::Prefs};
use outcry_engine::{OrderId, Quote};
use outcry_shared::{
    message::{HostAct, NewOrder, Step},
    secret::Secret,
};

/// What a panel asks for. `exchange::send` carries it out: what is a message goes to the server, the others are the
/// device's to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Join with this name (native app; browsers join by the page's form).
    Join(String),
    /// Send the order of a ticket, with what its preview promised.
    PlaceOrder(Box<Placement>),
    /// Take back what rests of an order.
    Cancel(OrderId),
    /// Take back every own order.
    CancelAll,
    /// Tell the host which practice missions were done: one bit each.
    Practised(u8),
    /// Somebody new has come so far.
    Reached(Step),
    /// Ask for the host's right.
    HostLogin(Secret),
    /// An act of the host.
    Host(HostAct),
    /// Show the code of a seat no longer.
    HideSeatCode,
    /// Fetch a file from the server (`/export/…`, `/rehearsal/…`) and save it.
    Export(Export),
    /// Save a configuration as a file: its name and text.
    SaveConfig {
        /// The name that is suggested for the file.
        file_name: String,
        /// The file's text.
        text: String,
    },
    /// Let the person choose a file; its text goes to [`crate::host::HostDraft::load`].
    LoadConfig,
    /// Put a text on the clipboard.
    Copy(String),
    /// Save one's result as a picture.
    Keep(Box<Keepsake>),
    /// Try to connect now.
    Reconnect,
    /// Load the page anew (another version runs on the server).
    Reload,
    /// Open the projector's view in a window of its own.
    OpenProjector,
    /// Go to the light floor of the same page, with the same seat and the order being typed.
    LightFloor,
    /// Remember these preferences on this device.
    SavePrefs(Prefs),
}

/// An order with what its preview promised, for the receipt to compare with.
#[derive(Clone, Debug, PartialEq)]
pub struct Placement {
    /// The order as it is sent.
    pub order: NewOrder,
    /// What the ghost preview showed.
    pub preview: Option<Quote>,
}

/// A file of the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Export {
    /// Of a session's record.
    Record {
        /// Number of the session; `None` is the current one.
        session: Option<u64>,
        /// File name ("trades.csv").
        file: &'static str,
    },
    /// Of the newest rehearsal.
    Rehearsal {
        /// File name ("sheet.html").
        file: &'static str,
    },
}

impl Export {
    /// The path on the server.
    #[must_use]
    pub fn path(&self) -> String {
        match self {
            Self::Record { session, file } => {
                let session = session.map_or_else(|| "current".to_owned(), |number| number.to_string());
                format!("/export/{session}/{file}")
            }
            Self::Rehearsal { file } => format!("/rehearsal/{file}"),
        }
    }

    /// The name under which it is saved: of several sessions of an evening none takes another's place.
    #[must_use]
    pub fn file_name(&self) -> String {
        match self {
            Self::Record { session: Some(number), file } => format!("outcry-{number}-{file}"),
            Self::Record { session: None, file } => format!("outcry-{file}"),
            Self::Rehearsal { file } => format!("outcry-rehearsal-{file}"),
        }
    }
}

/// Drops repetitions: panels may be drawn twice a frame, and an order has one effect.
pub fn dedup(actions: &mut Vec<Action>) {
    let mut seen: Vec<Action> = Vec::with_capacity(actions.len());
    actions.retain(|action| {
        let again = seen.iter().any(|earlier| same(earlier, action));
        if !again {
            seen.push(action.clone());
        }
        !again
    });
}

fn same(a: &Action, b: &Action) -> bool {
    match (a, b) {
        (Action::PlaceOrder(a), Action::PlaceOrder(b)) => a.order.client_order_id == b.order.client_order_id,
        _ => a == b,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_two_sessions_have_two_names() {
        let name = |session| Export::Record { session, file: "trades.csv" }.file_name();
        assert_eq!(
            [name(Some(3)), name(Some(4)), name(None)],
            ["outcry-3-trades.csv", "outcry-4-trades.csv", "outcry-trades.csv"]
        );
    }
}
