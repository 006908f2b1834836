//! The host's password: hashed slowly, beside the lap, a few at a time, ever slower after
//! wrong ones.

use super::desk::Desk;
use crate::{
    chance::random_bytes,
    clock::ServerClock,
    market::Session,
    net::{ConnId, Grants, Login, Said, Wire},
    record::Recorder,
    store::EventRow,
};
use argon2::{Algorithm, Argon2, PasswordHash, PasswordHasher, PasswordVerifier, Version, password_hash::SaltString};
use bevy::prelude::*;
use outcry_shared::{limits::PASSWORD_CHARS_MAX, message::ServerMessage, secret::HostGrant};
use std::sync::Arc;
use tokio::sync::mpsc;

/// Memory of one hash, in KiB.
const HASH_KIB: u32 = 19_456;
/// Passes of one hash.
const HASH_PASSES: u32 = 2;
/// Hashes computed at once; another try is told to come back.
const HASHES_AT_ONCE: usize = 2;
/// How long the next try waits after the first wrong one, in ms. It doubles with each.
const WAIT_MS: u64 = 1_000;
/// The longest such wait, in ms.
const WAIT_MAX_MS: u64 = 64_000;

/// The password could not be hashed.
#[derive(Debug, thiserror::Error)]
#[error("the admin password cannot be used: {0}")]
pub struct HashError(String);

/// The host's password, as a hash, and the tries at it.
#[derive(Resource, Debug)]
pub struct Password {
    hash: Arc<str>,
    failures: u32,
    not_before_ms: u64,
    in_flight: usize,
    verdicts: mpsc::UnboundedReceiver<(ConnId, bool)>,
    verdict: mpsc::UnboundedSender<(ConnId, bool)>,
}

impl Password {
    /// Keeps the hash of a password.
    ///
    /// # Errors
    /// When it is empty or too long, or the system has no random numbers.
    pub fn new(password: &str) -> Result<Self, HashError> {
        let chars = password.chars().count();
        if chars == 0 || chars > PASSWORD_CHARS_MAX {
            return Err(HashError(format!("it has {chars} characters, 1 to {PASSWORD_CHARS_MAX} are allowed")));
        }
        let salt: [u8; 16] = random_bytes().map_err(|error| HashError(error.to_string()))?;
        let salt = SaltString::encode_b64(&salt).map_err(|error| HashError(error.to_string()))?;
        let hash = argon2()?.hash_password(password.as_bytes(), &salt).map_err(|error| HashError(error.to_string()))?;
        let (verdict, verdicts) = mpsc::unbounded_channel();
        Ok(Self { hash: hash.to_string().into(), failures: 0, not_before_ms: 0, in_flight: 0, verdicts, verdict })
    }

    /// Notes a wrong try; returns how long the next one has to wait, in ms.
    fn failed(&mut self, now_ms: u64) -> u64 {
        let wait_ms = (WAIT_MS << self.failures.min(16)).min(WAIT_MAX_MS);
        self.failures += 1;
        self.not_before_ms = now_ms + wait_ms;
        wait_ms
    }
}

fn argon2() -> Result<Argon2<'static>, HashError> {
    let params = argon2::Params::new(HASH_KIB, HASH_PASSES, 1, None).map_err(|error| HashError(error.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn is_right(password: &str, hash: &str) -> bool {
    let Ok(hash) = PasswordHash::new(hash) else { return false };
    argon2().is_ok_and(|argon2| argon2.verify_password(password.as_bytes(), &hash).is_ok())
}

/// Starts looking at the passwords of this lap.
pub(super) fn ask(
    clock: Res<ServerClock>,
    recorder: Res<Recorder>,
    mut logins: MessageReader<Said<Login>>,
    mut lock: ResMut<Password>,
    mut wire: Wire,
) {
    let now_ms = clock.now_ms();
    for Said { conn, what: Login(password) } in logins.read() {
        let wait_ms = lock.not_before_ms.saturating_sub(now_ms);
        if wait_ms > 0 {
            let reason = format!("wrong passwords slow this down: try again in {} s", wait_ms.div_ceil(1_000));
            wire.send(*conn, &ServerMessage::HostDenied { reason, retry_after_ms: wait_ms });
        } else if lock.in_flight >= HASHES_AT_ONCE {
            let reason = "other passwords are being looked at: try again".to_owned();
            wire.send(*conn, &ServerMessage::HostDenied { reason, retry_after_ms: WAIT_MS });
        } else {
            lock.in_flight += 1;
            let (conn, password) = (*conn, password.clone());
            let (hash, verdict) = (Arc::clone(&lock.hash), lock.verdict.clone());
            recorder.runtime().spawn_blocking(move || {
                let short = password.reveal().chars().count() <= PASSWORD_CHARS_MAX;
                // The server is stopping: nobody waits for it.
                let _ = verdict.send((conn, short && is_right(password.reveal(), &hash)));
            });
        }
    }
}

/// Says what came of passwords looked at.
pub(super) fn answer(
    clock: Res<ServerClock>,
    grants: Res<Grants>,
    session: Res<Session>,
    mut recorder: ResMut<Recorder>,
    mut desk: ResMut<Desk>,
    mut lock: ResMut<Password>,
    mut wire: Wire,
) {
    let now_ms = clock.now_ms();
    while let Ok((conn, right)) = lock.verdicts.try_recv() {
        lock.in_flight -= 1;
        let row = EventRow::named("HOST_LOGIN", &serde_json::json!({ "right": right }), session.now_ms());
        recorder.note(row);
        if !right {
            let retry_after_ms = lock.failed(now_ms);
            let reason = format!("wrong password: try again in {} s", retry_after_ms.div_ceil(1_000));
            wire.send(conn, &ServerMessage::HostDenied { reason, retry_after_ms });
            continue;
        }
        let Ok(grant) = random_bytes().map(HostGrant) else { continue };
        lock.failures = 0;
        grants.add(grant);
        desk.refresh_sessions(&recorder);
        wire.links.set_host(conn);
        wire.send(conn, &ServerMessage::HostGranted { grant });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_password_is_right() {
        let lock = Password::new("corn and barley").unwrap();
        assert!(is_right("corn and barley", &lock.hash));
        for wrong in ["", "corn", "corn and barley ", "Corn and barley"] {
            assert!(!is_right(wrong, &lock.hash), "{wrong:?}");
        }
        assert!(Password::new("").is_err());
        assert!(Password::new(&"x".repeat(PASSWORD_CHARS_MAX + 1)).is_err());
    }

    #[test]
    fn each_wrong_try_doubles_the_wait() {
        let mut lock = Password::new("x").unwrap();
        let waits: Vec<u64> = (0..8).map(|_| lock.failed(0)).collect();
        assert_eq!(waits, [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 64_000, 64_000]);
    }
}
