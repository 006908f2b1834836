//! The host: login, rights checked message by message, acts and what the host watches.

mod acts;
mod login;
mod reset;
mod run;
mod watch;

pub use login::{HashError, Password};

use crate::{
    lap::Lap,
    net::{ConnId, Grants, Inbox, Wire},
    publish::Tell,
    record::{Recorder, StoreGroup},
};
use bevy::prelude::*;
use outcry_shared::message::{ActRecord, ClientMessage, HostAct, HostRequest, ServerMessage};
use std::collections::{BTreeMap, VecDeque};

/// Requests of one login whose answers are remembered; older ones would be done again.
const ANSWERS_MAX: usize = 256;
/// Acts shown to the host; the record has all.
const ACTS_SHOWN: usize = 50;
/// Acts that wait; beyond it they are refused.
const QUEUE_MAX: usize = 64;

/// Does what the host has asked for.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Acts;

/// Login, acts, and the host's view.
pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Desk>()
        .init_resource::<watch::Rhythm>()
        .add_systems(
            Update,
            (login::answer, login::ask, admit)
                .chain()
                .in_set(Lap::Admit)
                .after(StoreGroup)
                .after(crate::intake::Acknowledged),
        )
        .add_systems(Update, acts::perform.in_set(Lap::Resolve).in_set(Acts))
        .add_systems(
            Update,
            (reply, watch::tell_hosts)
                .chain()
                .in_set(Lap::Publish)
                .after(Tell)
                .run_if(|recorder: Res<Recorder>| !recorder.is_stalled()),
        );
}

/// An act that waits to be done.
#[derive(Clone, Debug)]
struct Asked {
    conn: ConnId,
    key: ([u8; 32], u32),
    act: HostAct,
}

/// What came of an act.
type Effect = Result<String, String>;

/// The host's desk: acts asked for, done and answered.
#[derive(Resource, Debug, Default)]
pub(crate) struct Desk {
    queue: VecDeque<Asked>,
    /// Done in this lap; told when committed.
    done: Vec<(Asked, Effect)>,
    answers: BTreeMap<([u8; 32], u32), Option<Effect>>,
    order: VecDeque<([u8; 32], u32)>,
    log: VecDeque<ActRecord>,
    /// Acts done so far.
    acts: u64,
    /// Sessions that can be exported.
    sessions: Vec<(u64, String)>,
}

impl Desk {
    fn log(&mut self, record: ActRecord) {
        self.acts += 1;
        if self.log.len() == ACTS_SHOWN {
            self.log.pop_front();
        }
        self.log.push_back(record);
    }

    fn note(&mut self, key: ([u8; 32], u32)) {
        if self.order.len() == ANSWERS_MAX
            && let Some(oldest) = self.order.pop_front()
        {
            self.answers.remove(&oldest);
        }
        self.order.push_back(key);
        self.answers.insert(key, None);
    }

    /// Asks anew what the store has to export.
    fn refresh_sessions(&mut self, recorder: &Recorder) {
        match recorder.wait(recorder.store().sessions()) {
            Ok(sessions) => self.sessions = sessions.into_iter().map(|info| (info.id.0, info.name)).collect(),
            Err(error) => tracing::warn!(%error, "the list of sessions cannot be read"),
        }
    }
}

/// Checks the right of every act, whoever sends it.
fn admit(inbox: Res<Inbox>, grants: Res<Rights>, mut desk: ResMut<Desk>, mut wire: Wire) {
    for (conn, message) in inbox.messages() {
        let ClientMessage::Host(request) = message else { continue };
        if let Some(result) = receive(*conn, request, &grants.0, &mut desk) {
            wire.send(*conn, &ServerMessage::HostReply { request_id: request.request_id, result });
        } else {
            wire.links.set_host(*conn);
        }
    }
}

/// Queues an act, or answers at once: without the right, sent before, or too many.
fn receive(conn: ConnId, request: &HostRequest, grants: &Grants, desk: &mut Desk) -> Option<Effect> {
    if !grants.holds(request.grant) {
        tracing::warn!(conn = conn.0, act = acts::name(&request.act), "act refused: no host's right");
        return Some(Err("you do not have the host's right: log in first".to_owned()));
    }
    let key = (*blake3::hash(&request.grant.0).as_bytes(), request.request_id);
    if let Some(before) = desk.answers.get(&key) {
        return before.clone();
    }
    if desk.queue.len() >= QUEUE_MAX {
        return Some(Err(format!("{QUEUE_MAX} acts wait already: try again")));
    }
    desk.note(key);
    desk.queue.push_back(Asked { conn, key, act: request.act.clone() });
    None
}

/// The grants given so far, shared with the HTTP side.
#[derive(Resource, Clone, Debug, Default)]
pub struct Rights(pub Grants);

/// Tells the host what came of the acts that are committed.
fn reply(mut desk: ResMut<Desk>, mut wire: Wire) {
    for (asked, result) in std::mem::take(&mut desk.done) {
        desk.answers.insert(asked.key, Some(result.clone()));
        wire.send(asked.conn, &ServerMessage::HostReply { request_id: asked.key.1, result });
    }
}
