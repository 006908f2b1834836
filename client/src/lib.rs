//! The trading floor: browser and desktop from one code base.
//!
//! What the server says goes into [`model`]; panels ([`ui`], [`host`]) are functions of it
//! and return [`action`]s; the floor draws it. Without the feature `floor` there is no
//! renderer: the model, the view models and the panels are all plain Rust.

pub mod action;
#[cfg(feature = "floor")]
pub mod app;
#[cfg(all(feature = "floor", not(target_arch = "wasm32")))]
pub mod boot_native;
#[cfg(all(feature = "floor", target_arch = "wasm32"))]
pub mod boot_web;
#[cfg(feature = "floor")]
mod errands;
#[cfg(feature = "floor")]
mod floor;
pub mod format;
pub mod host;
#[cfg(feature = "floor")]
mod input;
#[cfg(all(feature = "floor", not(target_arch = "wasm32")))]
mod inspect;
pub mod model;
pub mod net;
#[cfg(feature = "floor")]
mod platform;
pub mod preview;
#[cfg(all(feature = "floor", feature = "probe", target_arch = "wasm32"))]
mod probe;
#[cfg(feature = "floor")]
mod projector;
pub mod sound;
pub mod stage;
pub mod text;
pub mod ui;
pub mod view;
#[cfg(feature = "floor")]
mod zoom;
