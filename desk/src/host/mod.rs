//! What the host is typing: the configuration as a form, and acts that wait for a second press.

mod form;
mod draft;

pub use draft::{Armed, HostDraft};
pub use form::{Checked, ConfigForm, RoundForm};
