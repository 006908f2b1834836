//! What panels are made of: colours and type, widgets, tables, places on the screen. Nothing here knows a panel.

pub mod theme;
pub mod layout;
mod widget_map;
pub(crate) mod explain;
pub(crate) mod widgets;
#[cfg(feature = "floor")]
pub(crate) mod headline;
pub mod field;
pub mod focus;
pub mod place;
pub(crate) mod table;
pub(crate) mod qr;
pub(crate) mod toasts;

pub use widget_map::WidgetMap;
