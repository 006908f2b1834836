//! What the server has said, as the app holds it: changed here in `net`, read by everyone.

use crate::platform;
use bevy::prelude::*;
use outcry_desk::{
    model::{Model, ToastKind},
    text::toast,
};

/// What the server has said.
#[derive(Resource, Deref)]
pub(crate) struct Known(Model);

impl Known {
    pub(super) fn new() -> Self {
        Self(Model::new(platform::wall_us()))
    }

    pub(super) fn model(&mut self) -> &mut Model {
        &mut self.0
    }

    /// An errand was done, or not: a line for people.
    pub(crate) fn tell(&mut self, result: &Result<String, String>) {
        let (kind, words) = match result {
            Ok(done) => (ToastKind::Good, toast::host_done(done)),
            Err(reason) => (ToastKind::Bad, toast::host_refused(reason)),
        };
        self.0.toast(kind, words, platform::now_ms());
    }
}
