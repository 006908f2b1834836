//! What a person sees and can do at an Outcry market, without pixels.
//!
//! What the server says goes into a [`model`]; a [`view`] of it is what a panel shows, in the words of [`text`] and the
//! figures of [`format`]; an [`action`] is what a person asks for; a [`link`] carries it to the server and keeps the
//! seat through lost networks. Nothing here draws, waits, reads a clock or opens a socket: a canvas and a plain page
//! use the same desk.

pub mod format;
pub mod number;
pub mod preview;
pub mod page;
pub mod prefs;
pub mod text;
pub mod keepsake;
pub mod action;
pub mod model;
pub mod practice;
pub mod view;
pub mod voice;
pub mod host;
pub mod link;
pub mod exchange;
