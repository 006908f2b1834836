//! What everyone and each is told, made of what has been committed.

mod end;
mod private;
mod snapshot;
mod standings;
mod update;

pub(crate) use end::end_report;
pub use standings::{Standing, Standings};

use crate::{
    lap::Lap,
    net::{ConnId, Wire},
    players::{Due, SeatNews},
    record::{Done, Recorder},
    session::Session,
    tick::Beat,
};
use bevy::prelude::*;
use outcry_shared::{message::ServerMessage, secret::SeatToken};

/// Whatever tells someone something is part of this, or comes after it.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Tell;

/// Ticks to all, private parts to each, snapshots to newcomers.
pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Welcomes>()
        .init_resource::<Notices>()
        .init_resource::<Standings>()
        .init_resource::<update::Shown>()
        .init_resource::<Address>()
        .add_systems(
            Update,
            (
                standings::rank,
                update::tell_tick,
                tell_notices,
                snapshot::send_snapshots,
                snapshot::welcome,
                private::tell_privately,
                end::tell_end,
                wipe,
            )
                .chain()
                .in_set(Tell),
        )
        .configure_sets(Update, Tell.in_set(Lap::Publish).run_if(|recorder: Res<Recorder>| !recorder.is_stalled()));
}

/// The address people join by, and the version shown to them.
#[derive(Resource, Clone, Debug, Default)]
pub struct Address(pub String);

/// Connections to be welcomed, with the token of a seat just given.
#[derive(Resource, Debug, Default)]
pub struct Welcomes(Vec<(ConnId, Option<SeatToken>)>);

impl Welcomes {
    pub(crate) fn push(&mut self, conn: ConnId, token: Option<SeatToken>) {
        self.0.push((conn, token));
    }
}

/// What is to be told besides a tick.
#[derive(Resource, Debug, Default)]
pub struct Notices {
    /// Phase or deadlines changed outside a tick.
    pub(crate) clock: bool,
    /// Everything changed: everyone gets a snapshot.
    pub(crate) all: bool,
    /// The host's words.
    pub(crate) announcements: Vec<String>,
}

fn tell_notices(
    clock: Res<crate::clock::ServerClock>,
    session: Res<Session>,
    mut notices: ResMut<Notices>,
    mut news: ResMut<SeatNews>,
    mut wire: Wire,
    mut due: Query<&mut Due>,
) {
    if !news.0.is_empty() {
        wire.broadcast(&ServerMessage::Seats(std::mem::take(&mut news.0)));
    }
    let notices = std::mem::take(&mut *notices);
    if notices.clock {
        wire.broadcast(&ServerMessage::Clock(session.clock(clock.now_ms())));
    }
    if notices.all {
        wire.links.resync_all();
        due.iter_mut().for_each(|mut due| due.private = true);
    }
    for text in notices.announcements {
        wire.broadcast(&ServerMessage::Announcement(text));
    }
}

/// What was committed has been told: the next lap begins with an empty beat.
fn wipe(done: Res<Done>, mut beat: ResMut<Beat>) {
    if done.beat {
        *beat = Beat::default();
    }
}
