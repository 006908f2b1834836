//! The panels: each a function of a view model that returns actions.
//!
//! [`draw`] lays them over the floor. Nothing here sends; nothing here knows Bevy.

pub mod keys;
pub mod layout;
mod lobby;
mod outcomes;
pub(crate) mod place;
pub(crate) mod qr;
mod screen;
mod state;
pub mod theme;
mod ticket;
mod top_bar;
mod widget_map;
pub(crate) mod widgets;

pub use screen::draw;
pub use state::{FloorView, Overlay, Prefs, Tab, UiState};
pub use widget_map::WidgetMap;
