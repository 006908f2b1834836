//! The client without a renderer: the model against the engine, panels by clicks, pictures of
//! every screen.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "what is not there is a failed test")]

mod figures;
mod habits;
mod model;
mod panels;
mod pictures;
mod support;
