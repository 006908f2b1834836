//! Words in every script: the floor's own font, others that come when a word on the screen needs them, and lines whose parts run from right
//! to left. It looks at what was drawn and changes nothing else: no panel knows of it.

mod shelf;
mod own;
mod bidi;
#[cfg(not(target_arch = "wasm32"))]
mod inside;
#[cfg(target_arch = "wasm32")]
mod far;
mod setter;

pub(crate) use setter::install;
