//! The connection in Bevy's frame: sockets of desktop and browser under the desk's link, and the one place where the
//! model of the desk is changed.

#[cfg(not(target_arch = "wasm32"))]
mod socket_native;
#[cfg(target_arch = "wasm32")]
mod socket_web;
#[cfg(not(target_arch = "wasm32"))]
mod seats;
mod device;
mod known;
pub(crate) mod exports;
#[cfg(target_arch = "wasm32")]
mod visibility;
mod plugin;

pub(crate) use known::Known;
pub(crate) use plugin::{Actions, Errand, Heard, Net, NetSystems, plugin};
