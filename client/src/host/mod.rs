//! The host's overlay.
