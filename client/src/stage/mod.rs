//! The stage: where everything on the floor stands, and where on the screen it is seen. Pure
//! arithmetic in metres and points, without a renderer.

pub mod canvas;
pub mod eased;
pub mod lens;
pub mod place;
pub mod tags;
