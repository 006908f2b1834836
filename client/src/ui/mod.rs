//! The panels: each a function of a view model that returns actions.
//!
//! [`draw`] lays them over the floor. Nothing here sends; nothing here knows Bevy.

mod banner;
mod book;
mod chart;
mod end;
mod help;
pub mod keys;
pub mod layout;
mod leaders;
mod lobby;
mod outcomes;
pub(crate) mod place;
mod portfolio;
pub(crate) mod qr;
mod screen;
mod state;
pub(crate) mod table;
mod tape;
pub mod theme;
mod ticket;
pub(crate) mod toasts;
mod top_bar;
mod trading;
mod widget_map;
pub(crate) mod widgets;

pub use screen::draw;
pub use state::{FloorView, Overlay, Prefs, Tab, UiState};
pub use widget_map::WidgetMap;
