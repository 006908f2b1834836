//! What the host watches, about once a second and after every act. It reads, and changes nothing.

use super::desk::Desk;
use crate::{
    clock::ServerClock,
    market::Session,
    net::{Links, Wire},
    pace::Paces,
    players::{Arrivals, Connection, Seat, Tally, Visits},
    record::{Health, Recorder},
    rehearsals::Rehearsals,
    shadow::Shadows,
};
use bevy::{ecs::system::SystemParam, prelude::*};
use outcry_shared::{
    codec,
    message::{HostState, SeatRow, ServerMessage, Watch},
};
use std::cmp::Reverse;

/// Time between two pictures for the host, in ms.
const WATCH_MS: u64 = 1_000;

/// When the next picture is due.
#[derive(Resource, Debug, Default)]
pub(super) struct Rhythm {
    next_ms: u64,
    hosts: usize,
    /// Acts in the last one.
    acts: u64,
    /// The picture sent last: what hosts go on seeing while nothing can be stored.
    last: Option<HostState>,
}

/// What the picture is made of.
#[derive(SystemParam)]
pub(super) struct Watched<'w, 's> {
    clock: Res<'w, ServerClock>,
    session: Res<'w, Session>,
    arrivals: Res<'w, Arrivals>,
    visits: Res<'w, Visits>,
    recorder: Res<'w, Recorder>,
    health: Res<'w, Health>,
    paces: Res<'w, Paces>,
    shadows: Res<'w, Shadows>,
    rehearsals: Res<'w, Rehearsals>,
    seats: Query<'w, 's, (&'static Seat, &'static Connection, &'static Tally)>,
}

/// Sends every host the picture, when it is due.
pub(super) fn tell_hosts(desk: Res<Desk>, watched: Watched, mut rhythm: ResMut<Rhythm>, mut wire: Wire) {
    let now_ms = watched.clock.now_ms();
    let hosts = wire.links.hosts(now_ms).count();
    let news = desk.acts() != rhythm.acts || hosts > rhythm.hosts;
    rhythm.acts = desk.acts();
    rhythm.hosts = hosts;
    if hosts == 0 || (now_ms < rhythm.next_ms && !news) {
        return;
    }
    rhythm.next_ms = now_ms + WATCH_MS;
    let state = watched.state(&desk, &wire.links);
    rhythm.last = Some(state.clone());
    send(&mut wire, state, now_ms);
}

/// Tells every host why nothing moves: what they were shown last, which is what is stored, and what is
/// wrong.
pub(super) fn tell_trouble(
    clock: Res<ServerClock>,
    recorder: Res<Recorder>,
    mut rhythm: ResMut<Rhythm>,
    mut wire: Wire,
) {
    let now_ms = clock.now_ms();
    let Some((since_ms, why)) = recorder.trouble().filter(|_| recorder.is_stalled() && now_ms >= rhythm.next_ms) else {
        return;
    };
    let Some(mut state) = rhythm.last.clone() else { return };
    rhythm.next_ms = now_ms + WATCH_MS;
    state.watch.trouble = Some(format!("nothing is stored for {} s: {why}", (now_ms - since_ms) / 1_000));
    send(&mut wire, state, now_ms);
}

fn send(wire: &mut Wire, state: HostState, now_ms: u64) {
    let hosts: Vec<_> = wire.links.hosts(now_ms).collect();
    wire.publish(&hosts, &codec::encode(&ServerMessage::HostState(Box::new(state))));
}

impl Watched<'_, '_> {
    fn state(&self, desk: &Desk, links: &Links) -> HostState {
        let (session, script) = (&self.session, self.session.script());
        HostState {
            config: session.config().clone(),
            winner: script.map(|script| script.final_winner),
            eliminate: script.map(|script| script.eliminate.clone()).unwrap_or_default(),
            warnings: session.config().warnings(),
            door_open: session.door_open(),
            seats: self.rows(links),
            arriving: u32::try_from(self.arrivals.len()).unwrap_or(u32::MAX),
            opened: self.visits.opened(),
            turned_away: self.arrivals.turned_away(self.clock.now_ms()),
            next_round: session.next_round().map(|round| round.number),
            watch: self.watch(links),
            acts: desk.log(),
            sessions: self.sessions(desk),
            rehearsal: self.rehearsals.shown(),
        }
    }

    /// What can be exported: the session served first, under the name that it has now.
    fn sessions(&self, desk: &Desk) -> Vec<(u64, String)> {
        let served = (self.session.id().0, self.session.config().name.clone());
        let others = desk.sessions().iter().filter(|(number, _)| *number != served.0).cloned();
        std::iter::once(served.clone()).chain(others).collect()
    }

    fn rows(&self, links: &Links) -> Vec<SeatRow> {
        let row = |(seat, connection, tally): (&Seat, &Connection, &Tally)| SeatRow {
            user: seat.user(),
            name: seat.name().to_owned(),
            connected: connection.get().is_some(),
            bot: seat.bot(),
            lag_ms: connection.get().and_then(|conn| links.get(conn)?.lag_ms),
            orders: tally.orders(),
            rejected: tally.rejected(),
            practised: tally.practised(),
            reached: tally.reached(),
        };
        let mut rows: Vec<_> = self.seats.iter().filter(|(seat, ..)| seat.open()).map(row).collect();
        rows.sort_by_key(|row| row.user);
        rows
    }

    fn watch(&self, links: &Links) -> Watch {
        let session = &self.session;
        let floor = session.floor();
        let counts = floor.counts();
        let mut rejections: Vec<_> = counts.rejections.iter().map(|(reason, count)| (reason.clone(), *count)).collect();
        rejections.sort_by_key(|(_, count)| Reverse(*count));
        Watch {
            phase: session.phase(),
            pools: floor.market().public().outcomes.iter().map(|outcome| outcome.pool).collect(),
            metrics: floor.market().metrics(),
            ticks: session.tick(),
            orders: counts.orders,
            fills: counts.fills,
            rejections,
            flow: counts.flow.iter().copied().collect(),
            match_us: self.paces.match_us(),
            commit_us: self.recorder.commit_us(),
            connected: u32::try_from(links.len()).unwrap_or(u32::MAX),
            store: self.recorder.store().kind().to_owned(),
            resyncs: links.resyncs(),
            trouble: self.health.trouble(),
            shadow: self.shadows.shown(),
        }
    }
}
