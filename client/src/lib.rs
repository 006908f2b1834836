//! The trading floor: browser and desktop from one code base.
//!
//! What a person sees and can do is the desk's ([`outcry_desk`]); here it gets pixels and sounds. Panels ([`ui`],
//! [`host`]) are functions of the desk's views and return its actions; the floor draws the market. Without the feature
//! `floor` there is no renderer, and the panels are plain Rust.

mod scripts;
pub mod kit;
pub mod host;
pub mod ui;
pub mod stage;
#[cfg(feature = "floor")]
mod platform;
#[cfg(any(feature = "floor", test))]
mod net;
#[cfg(feature = "floor")]
mod errands;
pub mod sound;
#[cfg(feature = "floor")]
pub mod frame;
#[cfg(feature = "floor")]
mod floor;
#[cfg(feature = "floor")]
mod input;
#[cfg(feature = "floor")]
mod page;
#[cfg(feature = "floor")]
mod zoom;
#[cfg(feature = "floor")]
mod projector;
#[cfg(all(feature = "floor", feature = "probe", target_arch = "wasm32"))]
mod probe;
#[cfg(feature = "floor")]
pub mod app;
#[cfg(all(feature = "floor", not(target_arch = "wasm32")))]
mod inspect;
#[cfg(all(feature = "floor", not(target_arch = "wasm32")))]
pub mod boot_native;
#[cfg(all(feature = "floor", target_arch = "wasm32"))]
pub mod boot_web;
