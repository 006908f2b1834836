//! Screens to drive and to look at, over the desk's own session that is played on the real engine.

pub(crate) mod album;
pub(crate) mod raster;
pub(crate) mod scenes;
pub(crate) mod stage;
#[path = "../../../../desk/tests/floor/support/mod.rs"]
mod session;

pub(crate) use session::{Host, ME, busy, limit, market, party, scenes as moments};
