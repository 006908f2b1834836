//! The connection in Bevy's frame: sockets of desktop and browser under the desk's link, and the one place where the
//! model of the desk is changed. What a desktop says to the network is tested without the floor.

#[cfg(test)]
mod far;
#[cfg(not(target_arch = "wasm32"))]
mod socket_native;
#[cfg(any(feature = "floor", not(target_arch = "wasm32")))]
mod fetch;
#[cfg(target_arch = "wasm32")]
mod socket_web;
#[cfg(all(feature = "floor", not(target_arch = "wasm32")))]
mod seats;
#[cfg(feature = "floor")]
mod device;
#[cfg(feature = "floor")]
mod line;
#[cfg(feature = "floor")]
mod known;
#[cfg(feature = "floor")]
pub(crate) mod exports;
#[cfg(target_arch = "wasm32")]
mod visibility;
#[cfg(feature = "floor")]
mod plugin;

#[cfg(feature = "floor")]
pub(crate) use known::Known;
#[cfg(feature = "floor")]
pub(crate) use line::Way;
#[cfg(feature = "floor")]
pub(crate) use plugin::{Actions, Errand, Heard, Net, NetSystems, plugin};
