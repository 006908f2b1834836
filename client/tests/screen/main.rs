//! The client without a renderer: panels by clicks, pictures of every screen.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "what is not there is a failed test")]

mod charts;
mod habits;
mod hosting;
mod hurry;
mod keyboard;
mod panels;
mod phone;
mod pictures;
mod simple;
mod support;
