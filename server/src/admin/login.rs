//! The host's password and right. Looking at a password costs nothing, since it is compared as a keyed hash that never
//! leaves the process: so nobody can keep the server busy with wrong ones. How often one may be tried is the brake's.

use super::{brake::Brake, desk::Desk};
use crate::{
    chance::random_bytes,
    clock::ServerClock,
    market::Session,
    net::{ConnId, Gone, Grants, Login, Renewal, Said, Wire},
    record::Recorder,
    store::EventRow,
};
use bevy::{ecs::system::SystemParam, prelude::*};
use outcry_shared::{
    limits::PASSWORD_CHARS_MAX,
    message::ServerMessage,
    secret::{HostGrant, Secret},
};

/// The password cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("the admin password cannot be used: {0}")]
pub struct PasswordError(String);

/// The host's password, as a hash, and the tries at it.
#[derive(Resource, Debug)]
pub struct Password {
    /// Of this process alone.
    key: [u8; 32],
    hashes: Vec<blake3::Hash>,
    brake: Brake,
}

impl Password {
    /// Keeps the hash of a password.
    ///
    /// # Errors
    /// When it is empty or too long, or the system has no random numbers.
    pub fn new(password: &str) -> Result<Self, PasswordError> {
        let key: [u8; 32] = random_bytes().map_err(|error| PasswordError(error.to_string()))?;
        Self { key, hashes: Vec::new(), brake: Brake::default() }.or(password)
    }

    /// Another password that is right as well.
    ///
    /// # Errors
    /// When it is empty or too long.
    pub fn or(mut self, password: &str) -> Result<Self, PasswordError> {
        let chars = password.chars().count();
        if chars == 0 || chars > PASSWORD_CHARS_MAX {
            return Err(PasswordError(format!("it has {chars} characters, 1 to {PASSWORD_CHARS_MAX} are allowed")));
        }
        self.hashes.push(blake3::keyed_hash(&self.key, password.as_bytes()));
        Ok(self)
    }

    /// Whether a password is a right one. Hashes are compared, in constant time, and each of them.
    pub(crate) fn is(&self, password: &Secret) -> bool {
        let hash = blake3::keyed_hash(&self.key, password.reveal().as_bytes());
        self.hashes.iter().fold(false, |right, known| right | (hash == *known))
    }
}

/// Where hosts come in.
#[derive(SystemParam)]
pub(super) struct Gate<'w> {
    clock: Res<'w, ServerClock>,
    session: Res<'w, Session>,
    grants: Res<'w, Grants>,
    recorder: ResMut<'w, Recorder>,
    desk: ResMut<'w, Desk>,
    lock: ResMut<'w, Password>,
    wire: Wire<'w>,
}

/// Puts the passwords of this lap in line, and looks at those whose turn it is.
pub(super) fn look(mut logins: MessageReader<Said<Login>>, mut gone: MessageReader<Gone>, mut gate: Gate) {
    let now_ms = gate.clock.now_ms();
    for gone in gone.read() {
        gate.lock.brake.forget(gone.conn);
    }
    for Said { conn, what: Login(password) } in logins.read() {
        let Some(network) = gate.wire.links.get(*conn).map(|link| link.peer.network()) else { continue };
        if let Some((conn, wait_ms)) = gate.lock.brake.ask(*conn, network, password.clone(), now_ms) {
            gate.deny(conn, "wrong passwords slow this down", wait_ms);
        }
    }
    for (conn, network, password) in gate.lock.brake.take(now_ms) {
        let right = gate.lock.is(&password);
        let row = EventRow::named("HOST_LOGIN", &serde_json::json!({ "right": right }), gate.session.now_ms());
        gate.recorder.note(row);
        if right {
            gate.lock.brake.right(conn, network);
            gate.welcome(conn);
        } else {
            let wait_ms = gate.lock.brake.wrong(conn, now_ms);
            gate.deny(conn, "wrong password", wait_ms);
        }
    }
}

/// Knows hosts again who come back over a new connection.
pub(super) fn renew(mut renewals: MessageReader<Said<Renewal>>, mut gate: Gate) {
    for Said { conn, what: Renewal(grant) } in renewals.read() {
        if gate.grants.holds(*grant) {
            gate.welcome(*conn);
        } else {
            tracing::info!(conn = conn.0, "a host's right has ended");
            gate.wire.send(*conn, &ended());
        }
    }
}

/// What a host is told whose right has ended, or who never had it.
pub(super) fn ended() -> ServerMessage {
    let reason = "your right as the host has ended: give the password again".to_owned();
    ServerMessage::HostDenied { reason, retry_after_ms: 0 }
}

impl Gate<'_> {
    fn deny(&mut self, conn: ConnId, why: &str, retry_after_ms: u64) {
        let reason = format!("{why}: try again in {} s", retry_after_ms.div_ceil(1_000));
        self.wire.send(conn, &ServerMessage::HostDenied { reason, retry_after_ms });
    }

    /// Gives a host the right, for a day from now.
    fn welcome(&mut self, conn: ConnId) {
        let Ok(grant) = self.grants.give() else { return };
        self.desk.refresh_sessions(&self.recorder);
        note_host(&mut self.wire, &self.grants, conn, grant);
        self.wire.send(conn, &ServerMessage::HostGranted { grant });
    }
}

/// A connection has shown the host's right: it is sent what the host sees, until that ends.
pub(super) fn note_host(wire: &mut Wire, grants: &Grants, conn: ConnId, grant: HostGrant) {
    if let Some(until_ms) = grants.until_ms(grant) {
        wire.links.set_host(conn, until_ms);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_password_is_right() {
        let lock = Password::new("corn and barley").unwrap();
        assert!(lock.is(&Secret::new("corn and barley")));
        for wrong in ["", "corn", "corn and barley ", "Corn and barley"] {
            assert!(!lock.is(&Secret::new(wrong)), "{wrong:?}");
        }
        assert!(!lock.is(&Secret::new("x".repeat(PASSWORD_CHARS_MAX + 1))));
        let two = Password::new("corn and barley").unwrap().or("rye").unwrap();
        assert!(two.is(&Secret::new("corn and barley")) && two.is(&Secret::new("rye")));
        assert!(!two.is(&Secret::new("corn")) && !two.is(&Secret::new("")));
        assert!(Password::new("rye").unwrap().or("").is_err());
        assert!(Password::new("").is_err());
        assert!(Password::new(&"x".repeat(PASSWORD_CHARS_MAX + 1)).is_err());
    }
}
