//! What everyone has been told, once more as a piece of the public history: the very same bytes.

use super::{snapshot::Picture, splice::Shot};
use crate::{live::Press, net::Wire, record::Done};
use bevy::prelude::*;
use outcry_shared::message::Snapshot;

/// Prints a piece when it is time for one, after everything of the lap has been told.
pub(super) fn print(picture: Picture, done: Res<Done>, mut press: ResMut<Press>, mut wire: Wire) {
    let session = picture.session();
    press.follow(session.id());
    let now_ms = picture.now_ms();
    if !press.is_due(done.beat(), wire.aloud.is_silent(), now_ms) {
        return;
    }
    let (mut messages, anew) = wire.aloud.take();
    if anew {
        press.begin_anew();
    }
    let told = press.told((session.tick(), session.market().state_hash()), done.beat());
    if press.wants_keyframe() {
        // Whoever begins with it is told what those who follow were told last.
        let snapshot = Snapshot { state_hash: told.1, ..picture.snapshot() };
        messages.push(Shot::of(snapshot).message().to_vec());
        messages.extend(picture.results().map(|results| results.message(None)));
    }
    press.print(told, &messages, now_ms);
}
