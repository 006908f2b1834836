//! The host's overlay.

/// What the host is typing.
#[derive(Default)]
pub struct HostDraft {}

impl HostDraft {
    pub(crate) fn load(&mut self, file: Result<String, String>) {
        let _ = file;
    }
}
