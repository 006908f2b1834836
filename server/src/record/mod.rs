//! The way into the store: nothing is acknowledged and nothing is shown before it is there. One
//! system stores what a lap admits, one what it does; nobody else writes.

mod staged;
mod write;
mod recorder;
mod health;
mod watch;

pub use health::Health;
pub use recorder::Recorder;
pub(crate) use staged::{Opened, Staged, Stored};

use write::Reply;

use crate::{
    clock::ServerClock,
    lap::{Admit, Commit, Housekeep, Lap},
    market::{Beat, Session},
};
use bevy::prelude::*;

/// Stores what a lap admitted and what it did, and stops the market while that does not work.
pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Staged>()
        .init_resource::<Done>()
        .init_resource::<Health>()
        .add_message::<Stored>()
        .add_message::<Opened>()
        .add_systems(Update, store_group.in_set(Admit::Store))
        .add_systems(Update, commit.in_set(Commit::Write))
        .add_systems(Update, watch::look.in_set(Housekeep::Store));
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

/// Stores what a lap admitted, as one group. Nothing is admitted before the last group is stored.
fn store_group(
    clock: Res<ServerClock>,
    mut recorder: ResMut<Recorder>,
    mut staged: ResMut<Staged>,
    mut stored: MessageWriter<Stored>,
) {
    if !recorder.is_stalled() && !staged.is_empty() {
        recorder.freeze_admitted(staged.take());
    }
    if recorder.writes_admitted()
        && let Some(Reply::Group(duplicates)) = recorder.pursue(&clock)
    {
        stored.write(Stored { duplicates });
    }
}

/// Stores what the lap did to session and market. Until that is done it is not published.
fn commit(
    clock: Res<ServerClock>,
    session: Res<Session>,
    beat: Res<Beat>,
    mut recorder: ResMut<Recorder>,
    mut done: ResMut<Done>,
    mut opened: MessageWriter<Opened>,
) {
    *done = Done::default();
    while !recorder.writes_admitted() {
        let unwritten = Some(&*beat).filter(|beat| beat.is_closed() && !done.beat);
        if !recorder.is_stalled() && !recorder.freeze_next(&session, unwritten) {
            return;
        }
        let opening = recorder.opens();
        match recorder.pursue(&clock) {
            None => return,
            Some(Reply::Group(_)) => done.group = true,
            Some(Reply::Tick) => {
                done.beat = true;
                recorder.keep_snapshot(&session);
            }
            Some(Reply::Opened(id)) => {
                opened.write_batch(opening.map(|session| Opened { id, session }));
            }
        }
    }
}
