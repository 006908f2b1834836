//! The panels: each a function of a view model that returns actions.
//!
//! [`draw`] lays them over the floor. Nothing here sends; nothing here knows Bevy.

mod state;
pub mod keys;
mod help;
mod lobby;
mod outcomes;
mod depth;
mod book;
mod tape;
mod axes;
mod chart;
mod portfolio;
mod leaders;
mod ticket;
mod end;
mod top_bar;
mod banner;
mod moment;
mod trading;
mod screen;

pub use screen::draw;
pub use state::{FloorView, Overlay, UiState};
