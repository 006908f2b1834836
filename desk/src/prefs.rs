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
    /// Stronger contrast than usual, in a browser; the system's own wish counts beside it.
    pub more_contrast: bool,
    /// The ticket shows everything at once, not only what a newcomer needs.
    pub full_ticket: bool,
    /// Hints for a first time that were done or put away, one bit each (`view::hint`).
    pub hints_done: u8,
    /// How large the room's letters are, in percent of their usual size; one of [`TEXT_PERCENTS`].
    pub text_percent: u16,
}

/// The sizes of letters that are offered, in percent.
pub const TEXT_PERCENTS: [u16; 4] = [100, 125, 150, 200];

impl Prefs {
    /// The same as a factor. What was remembered wrongly is as usual.
    #[must_use]
    pub fn text_size(&self) -> f32 {
        let known = TEXT_PERCENTS.contains(&self.text_percent);
        if known { f32::from(self.text_percent) / 100.0 } else { 1.0 }
    }
}

impl Default for Prefs {
    fn default() -> Self {
        Self {
            mute: false,
            confirm_orders: true,
            reduce_motion: false,
            more_contrast: false,
            full_ticket: false,
            hints_done: 0,
            text_percent: 100,
        }
    }
}
