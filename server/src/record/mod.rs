//! The way into the store: nothing is acknowledged and nothing is shown before it is there. One
//! system stores what a lap admits, one what it does; nobody else writes.

mod staged;
mod recorder;

pub use recorder::Recorder;
pub(crate) use staged::{Staged, Stored};

use crate::{
    clock::ServerClock,
    lap::{Admit, Lap},
    market::{Beat, Session},
};
use bevy::prelude::*;

/// Stores what a lap admitted and what it did, and stops the market while that does not work.
pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Staged>()
        .init_resource::<Done>()
        .add_message::<Stored>()
        .add_systems(Update, store_group.in_set(Admit::Store))
        .add_systems(Update, commit.in_set(Lap::Commit));
    for set in [Lap::Resolve, Lap::Match, Lap::Publish] {
        app.configure_sets(Update, set.run_if(|recorder: Res<Recorder>| !recorder.is_stalled()));
    }
}

/// What of this lap has been stored, and may be shown.
#[derive(Resource, Debug, Default)]
pub(crate) struct Done {
    group: bool,
    beat: bool,
}

impl Done {
    /// Whether changes of the session were stored.
    pub(crate) const fn group(&self) -> bool {
        self.group
    }

    /// Whether what was done to the market was stored.
    pub(crate) const fn beat(&self) -> bool {
        self.beat
    }
}

/// Stores what this lap admitted, as one group.
fn store_group(
    clock: Res<ServerClock>,
    mut recorder: ResMut<Recorder>,
    mut staged: ResMut<Staged>,
    mut stored: MessageWriter<Stored>,
) {
    let now_ms = clock.now_ms();
    if staged.is_empty() || !recorder.may_try(now_ms) {
        return;
    }
    let group = staged.group(recorder.next_group());
    let answer = if group.is_empty() { Ok(Vec::new()) } else { recorder.accept(group) };
    match answer {
        Ok(duplicates) => {
            recorder.caught_up();
            staged.clear();
            stored.write(Stored { duplicates });
        }
        Err(error) => recorder.failed(&error, now_ms),
    }
}

/// Stores what the lap did to session and market. Until that is done it is not published.
fn commit(
    clock: Res<ServerClock>,
    session: Res<Session>,
    beat: Res<Beat>,
    mut recorder: ResMut<Recorder>,
    mut done: ResMut<Done>,
) {
    *done = Done::default();
    let now_ms = clock.now_ms();
    if !recorder.may_try(now_ms) {
        return;
    }
    let written = recorder.write_group().and_then(|group| {
        done.group = group;
        recorder.write_tick(&session, &beat)
    });
    match written {
        Ok(beat) => {
            done.beat = beat;
            recorder.caught_up();
        }
        Err(error) => recorder.failed(&error, now_ms),
    }
}
