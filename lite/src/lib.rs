//! The light floor: the market in plain HTML, for any phone, any screen reader, any keyboard.
//!
//! The desk knows and computes; here [`html`] makes pages of its views, [`act`] turns what people do into changes and
//! actions, and [`light`] is both in one turn. Nothing here touches a page: what is to be shown, said or done is
//! returned, and the page's own script does it.

pub mod kit;
pub mod state;
pub mod html;
pub mod act;
pub mod page;
pub mod light;
#[cfg(target_arch = "wasm32")]
pub mod web;
