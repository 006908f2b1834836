//! What browser and desktop do differently: clocks, files, what is remembered.

mod outcomes;
#[cfg(not(target_arch = "wasm32"))]
mod native;
#[cfg(target_arch = "wasm32")]
mod web;

#[cfg(not(target_arch = "wasm32"))]
pub(crate) use native::*;
pub(crate) use outcomes::{Outcome, Outcomes};
#[cfg(target_arch = "wasm32")]
pub(crate) use web::*;
