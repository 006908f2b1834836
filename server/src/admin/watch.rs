//! What the host watches, about once a second and after every act.

use super::desk::Desk;
use crate::{
    clock::ServerClock,
    market::Session,
    net::{Links, Wire},
    pace::Paces,
    players::{Connection, Seat, Tally},
    record::Recorder,
};
use bevy::prelude::*;
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
}

/// Tells every host.
#[expect(clippy::too_many_arguments, reason = "a system names every resource it reads")]
pub(super) fn tell_hosts(
    clock: Res<ServerClock>,
    session: Res<Session>,
    recorder: Res<Recorder>,
    paces: Res<Paces>,
    desk: Res<Desk>,
    seats: Query<(&Seat, &Connection, &Tally)>,
    mut rhythm: ResMut<Rhythm>,
    mut wire: Wire,
) {
    let hosts: Vec<_> = wire.links.hosts().collect();
    let news = desk.acts() != rhythm.acts || hosts.len() > rhythm.hosts;
    rhythm.acts = desk.acts();
    rhythm.hosts = hosts.len();
    if hosts.is_empty() || (clock.now_ms() < rhythm.next_ms && !news) {
        return;
    }
    rhythm.next_ms = clock.now_ms() + WATCH_MS;
    let state = HostState {
        config: session.config().clone(),
        winner: session.script().map(|script| script.final_winner),
        eliminate: session.script().map(|script| script.eliminate.clone()).unwrap_or_default(),
        warnings: session.config().params.warnings(),
        door_open: session.door_open(),
        seats: rows(&seats, &wire.links),
        watch: watch(&session, &recorder, &paces, &wire.links),
        acts: desk.log(),
        sessions: desk.sessions().to_vec(),
    };
    let bytes = codec::encode(&ServerMessage::HostState(Box::new(state))).into();
    for conn in hosts {
        wire.send_encoded(conn, &bytes);
    }
}

fn rows(seats: &Query<(&Seat, &Connection, &Tally)>, links: &Links) -> Vec<SeatRow> {
    let row = |(seat, connection, tally): (&Seat, &Connection, &Tally)| SeatRow {
        user: seat.user(),
        name: seat.name().to_owned(),
        connected: connection.get().is_some(),
        bot: seat.bot(),
        lag_ms: connection.get().and_then(|conn| links.get(conn)?.lag_ms),
        orders: tally.orders(),
        rejected: tally.rejected(),
    };
    let mut rows: Vec<_> = seats.iter().filter(|(seat, ..)| seat.open()).map(row).collect();
    rows.sort_by_key(|row| row.user);
    rows
}

fn watch(session: &Session, recorder: &Recorder, paces: &Paces, links: &Links) -> Watch {
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
        match_us: paces.match_us(),
        commit_us: recorder.commit_us(),
        connected: u32::try_from(links.len()).unwrap_or(u32::MAX),
        store: recorder.store().kind().to_owned(),
        resyncs: links.resyncs,
    }
}
