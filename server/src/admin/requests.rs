//! What hosts ask for: the right is checked message by message, and every act is answered once it
//! is committed.

use super::{
    desk::{Asked, Desk, Effect},
    words::name,
};
use crate::net::{ConnId, Grants, Said, Wire};
use bevy::prelude::*;
use outcry_shared::message::{HostRequest, ServerMessage};

/// Checks the right of every act, whoever sends it.
pub(super) fn admit(
    mut requests: MessageReader<Said<HostRequest>>,
    grants: Res<Grants>,
    mut desk: ResMut<Desk>,
    mut wire: Wire,
) {
    for Said { conn, what: request } in requests.read() {
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
        tracing::warn!(conn = conn.0, act = name(&request.act), "act refused: no host's right");
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
