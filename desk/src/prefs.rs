//! What a person prefers, remembered on their device.

use serde::{Deserialize, Serialize};

/// Remembered on this device. What is missing in an older text is as in [`Prefs::default`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Prefs {
    /// Whether sounds are off; the top bar has a button for it.
    pub mute: bool,
    /// Ask before an order is sent.
    pub confirm_orders: bool,
    /// No animations on the floor.
    pub reduce_motion: bool,
    /// The ticket shows everything at once, not only what a newcomer needs.
    pub full_ticket: bool,
    /// Hints for a first time that were done or put away, one bit each (`view::hint`).
    pub hints_done: u8,
}

impl Default for Prefs {
    fn default() -> Self {
        Self { mute: false, confirm_orders: true, reduce_motion: false, full_ticket: false, hints_done: 0 }
    }
}
