//! What hosts ask for: the right is checked message by message, and every act is answered once it
//! is committed.

use super::{
    desk::{Asked, Desk, Effect},
    words::name,
};
use crate::{
    bucket::Hush,
    clock::ServerClock,
    net::{ConnId, Grants, Said, Wire},
};
use bevy::prelude::*;
use outcry_shared::message::{HostRequest, ServerMessage};

/// Checks the right of every act, whoever sends it.
pub(super) fn admit(
    mut requests: MessageReader<Said<HostRequest>>,
    clock: Res<ServerClock>,
    grants: Res<Grants>,
    mut hush: Local<Option<Hush>>,
    mut desk: ResMut<Desk>,
    mut wire: Wire,
) {
    let now_ms = clock.now_ms();
    for Said { conn, what: request } in requests.read() {
        if !grants.holds(request.grant)
            && let Some(unsaid) = hush.get_or_insert_with(|| Hush::new(now_ms)).say(now_ms)
        {
            tracing::warn!(conn = conn.0, act = name(&request.act), unsaid, "acts refused: no host's right");
        }
        if let Some(result) = receive(*conn, request, &grants, &mut desk) {
            wire.send(*conn, &ServerMessage::HostReply { request_id: request.request_id, result });
        } else {
            wire.links.set_host(*conn);
        }
    }
}

/// Queues an act, or answers at once: without the right, sent before, or too many.
fn receive(conn: ConnId, request: &HostRequest, grants: &Grants, desk: &mut Desk) -> Option<Effect> {
    if !grants.holds(request.grant) {
        return Some(Err("you do not have the host's right: log in first".to_owned()));
    }
    let key = (*blake3::hash(&request.grant.0).as_bytes(), request.request_id);
    if let Some(before) = desk.answer(&key) {
        return before;
    }
    desk.queue(Asked { conn, key, act: request.act.clone() }).err().map(Err)
}

/// Tells the host what came of the acts that are committed.
pub(super) fn reply(mut desk: ResMut<Desk>, mut wire: Wire) {
    for (asked, result) in desk.take_done() {
        wire.send(asked.conn, &ServerMessage::HostReply { request_id: asked.key.1, result });
    }
}
