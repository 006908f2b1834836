//! The trading floor: browser and desktop from one code base.
//!
//! What the server says goes into [`model`]; panels ([`ui`], [`host`]) are functions of it
//! and return [`action`]s; the floor draws it. Without the feature `floor` there is no
//! renderer: the model, the view models and the panels are all plain Rust.

pub mod action;
pub mod format;
pub mod host;
pub mod model;
pub mod preview;
pub mod text;
pub mod ui;
pub mod view;
