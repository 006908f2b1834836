//! What the host is typing: the configuration as a form, and acts that wait for a second press.

mod span;
mod form;
mod preset;
mod fold;
mod draft;

pub use draft::{Armed, HostDraft};
pub use fold::Fold;
pub use form::{Checked, ConfigForm, RoundForm, SIMPLE, is_advanced};
pub use preset::{PresetCard, facts};
