//! Short tones for what one should hear without looking: someone joins, an own order is
//! filled, the last seconds before a freeze, an elimination, the end.

pub mod wave;
#[cfg(all(feature = "floor", not(target_arch = "wasm32")))]
mod native;
#[cfg(all(feature = "floor", target_arch = "wasm32"))]
mod web;
#[cfg(feature = "floor")]
mod cues;

#[cfg(feature = "floor")]
pub(crate) use cues::plugin;
