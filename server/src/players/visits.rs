//! How far people come who are new: pages that were opened, and the steps that pages tell. It is for the host and the
//! record; no right comes of it, and nothing depends on it.

use super::{roster::Roster, seat::Tally};
use crate::{
    clock::ServerClock,
    market::Session,
    net::{Reached, Said, Wire},
    record::Recorder,
    store::EventRow,
};
use bevy::prelude::*;

/// Time between two words about opened pages in the record, in ms: strangers open as many as they like.
const TOLD_MS: u64 = 10_000;

/// Pages opened by people without a seat, since this server was started.
#[derive(Resource, Debug, Default)]
pub(crate) struct Visits {
    opened: u32,
    recorded: u32,
    next_ms: u64,
}

impl Visits {
    /// How many pages.
    pub(crate) const fn opened(&self) -> u32 {
        self.opened
    }

    /// A page was opened.
    pub(super) const fn open(&mut self) {
        self.opened = self.opened.saturating_add(1);
    }

    /// How many were opened since the record was told last, when it is time to tell it.
    fn take_news(&mut self, now_ms: u64) -> Option<u32> {
        let news = self.opened - self.recorded;
        if news == 0 || now_ms < self.next_ms {
            return None;
        }
        (self.recorded, self.next_ms) = (self.opened, now_ms + TOLD_MS);
        Some(news)
    }
}

/// Notes the steps of those who have a seat, and how many pages were opened.
pub(super) fn note(
    mut said: MessageReader<Said<Reached>>,
    (clock, session, roster): (Res<ServerClock>, Res<Session>, Res<Roster>),
    mut visits: ResMut<Visits>,
    mut tallies: Query<&mut Tally>,
    mut recorder: ResMut<Recorder>,
    wire: Wire,
) {
    let ts_ms = session.now_ms();
    if let Some(pages) = visits.take_news(clock.now_ms()) {
        recorder.note(EventRow::named("OPENED", &serde_json::json!({ "pages": pages }), ts_ms));
    }
    for Said { conn, what: Reached(step, after_ms) } in said.read() {
        let owner = wire.links.seat(*conn).and_then(|user| Some((user, roster.entity(user)?)));
        let Some((user, mut tally)) = owner.and_then(|(user, entity)| Some((user, tallies.get_mut(entity).ok()?)))
        else {
            continue;
        };
        if tally.reach(*step, *after_ms) {
            let payload = serde_json::json!({ "user": user, "step": step.name(), "after_ms": after_ms });
            recorder.note(EventRow::named("REACHED", &payload, ts_ms));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_record_is_told_seldom_and_misses_none() {
        let mut visits = Visits::default();
        assert_eq!(visits.take_news(0), None);
        visits.open();
        assert_eq!(visits.take_news(1), Some(1));
        for _ in 0..5 {
            visits.open();
        }
        assert_eq!(visits.take_news(TOLD_MS), None, "not yet");
        assert_eq!(visits.take_news(1 + TOLD_MS), Some(5));
        assert_eq!((visits.take_news(9 * TOLD_MS), visits.opened()), (None, 6));
    }
}
