//! The stage: where everything on the floor stands, and where on the screen it is seen. Pure
//! arithmetic in metres and points, without a renderer.

pub mod eased;
pub mod place;
pub mod podium;
pub mod lens;
pub mod canvas;
pub mod tags;
pub mod turns;
