//! What everyone is told besides a tick: asked for by the host's acts, told with the next commit.

use crate::{
    clock::ServerClock,
    market::{Beat, Session},
    net::Wire,
    players::{Due, SeatNews},
    record::Done,
};
use bevy::prelude::*;
use outcry_shared::message::ServerMessage;

/// What is to be told besides a tick.
#[derive(Resource, Debug, Default)]
pub struct Notices {
    clock: bool,
    all: bool,
    announcements: Vec<String>,
}

impl Notices {
    /// Phase or deadlines have changed outside a tick.
    pub(crate) const fn clock(&mut self) {
        self.clock = true;
    }

    /// Everything has changed: everyone gets a snapshot.
    pub(crate) const fn all(&mut self) {
        self.all = true;
    }

    /// The host's words.
    pub(crate) fn announce(&mut self, text: String) {
        self.announcements.push(text);
    }
}

/// Tells changes of seats, phase and deadlines, and the host's words.
pub(super) fn tell_notices(
    clock: Res<ServerClock>,
    session: Res<Session>,
    mut notices: ResMut<Notices>,
    mut news: ResMut<SeatNews>,
    mut wire: Wire,
    mut due: Query<&mut Due>,
) {
    if !news.is_empty() {
        wire.broadcast(&ServerMessage::Seats(news.take()));
    }
    let notices = std::mem::take(&mut *notices);
    if notices.clock {
        wire.broadcast(&ServerMessage::Clock(session.clock(clock.now_ms())));
    }
    if notices.all {
        wire.begin_anew();
        due.iter_mut().for_each(|mut due| due.refresh());
    }
    for text in notices.announcements {
        wire.tell_all(&ServerMessage::Announcement(text));
    }
}

/// Tells everyone why the session had to pause.
pub(super) fn tell_interruption(done: Res<Done>, beat: Res<Beat>, mut wire: Wire) {
    if let Some(why) = beat.interruption().filter(|_| done.beat()) {
        wire.tell_all(&ServerMessage::Announcement(format!("The session is paused: {why}.")));
    }
}
