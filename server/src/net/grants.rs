//! The host's right: given by the lap, asked for by the HTTP side as well. None is kept: each bears its end and a seal
//! made with the password, so it outlives a restart of the server and ends with another password.

use crate::{
    chance::{NoEntropy, random_bytes},
    clock::ServerClock,
    vault::SealKey,
};
use bevy::prelude::*;
use outcry_shared::secret::HostGrant;
use std::{
    fmt,
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};

/// How long a grant lasts, in s. Whoever comes back in time gets another.
const GRANT_S: u64 = 86_400;
/// What a grant is sealed for.
const PURPOSE: &str = "host";

/// Gives the host's right, and knows it again.
#[derive(Resource, Clone)]
pub struct Grants(Arc<Inner>);

struct Inner {
    key: SealKey,
    /// What grants are sealed for: another room's are not this one's.
    purpose: String,
    password: String,
    clock: ServerClock,
    /// The time of day when the clock stood at 0, in s since 1970.
    epoch_s: u64,
}

impl fmt::Debug for Grants {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Grants(…)")
    }
}

impl Grants {
    /// Grants of whoever knows the password.
    #[must_use]
    pub fn new(key: SealKey, password: &str, clock: ServerClock) -> Self {
        Self::sealed_for(PURPOSE.to_owned(), key, password, clock)
    }

    /// The same for one of several rooms: each has grants of its own, also under the same password.
    #[must_use]
    pub fn of_room(room: &str, key: SealKey, password: &str, clock: ServerClock) -> Self {
        Self::sealed_for(format!("{PURPOSE} of {room}"), key, password, clock)
    }

    fn sealed_for(purpose: String, key: SealKey, password: &str, clock: ServerClock) -> Self {
        let now_s = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        let epoch_s = now_s.saturating_sub(clock.now_ms() / 1_000);
        Self(Arc::new(Inner { key, purpose, password: password.to_owned(), clock, epoch_s }))
    }

    /// A new grant.
    ///
    /// # Errors
    /// When the system gives no random numbers.
    pub fn give(&self) -> Result<HostGrant, NoEntropy> {
        let ends_s = self.now_s() + GRANT_S;
        let mut grant = [0; 24];
        grant[..4].copy_from_slice(&u32::try_from(ends_s).unwrap_or(u32::MAX).to_le_bytes());
        grant[4..8].copy_from_slice(&random_bytes::<4>()?);
        let seal = self.seal(&grant[..8]);
        grant[8..].copy_from_slice(&seal);
        Ok(HostGrant(grant))
    }

    /// Until when a grant is the host's right, in ms of the server's clock; none when it is not, or no longer.
    #[must_use]
    pub fn until_ms(&self, grant: HostGrant) -> Option<u64> {
        let (said, seal) = grant.0.split_at(8);
        let ends_s = said.first_chunk().map(|ends_s| u64::from(u32::from_le_bytes(*ends_s)))?;
        let sealed = self.0.key.is_sealed(&self.0.purpose, &[self.0.password.as_bytes(), said], seal);
        (sealed && ends_s > self.now_s()).then(|| ends_s.saturating_sub(self.0.epoch_s) * 1_000)
    }

    /// Whether a grant is the host's right now.
    #[must_use]
    pub fn holds(&self, grant: HostGrant) -> bool {
        self.until_ms(grant).is_some()
    }

    fn seal(&self, said: &[u8]) -> [u8; 16] {
        self.0.key.seal(&self.0.purpose, &[self.0.password.as_bytes(), said])
    }

    /// The time of day, in s since 1970.
    fn now_s(&self) -> u64 {
        self.0.epoch_s + self.0.clock.now_ms() / 1_000
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grant_outlives_a_restart_and_ends_in_time_and_with_the_password() {
        let key = SealKey::fresh().unwrap();
        let (clock, time) = ServerClock::manual();
        let grants = Grants::new(key.clone(), "corn", clock);
        let grant = grants.give().unwrap();
        assert!(grants.holds(grant));
        let again = |key: &SealKey, password: &str| Grants::new(key.clone(), password, ServerClock::manual().0);
        assert!(again(&key, "corn").holds(grant), "after a restart");
        assert!(!again(&key, "barley").holds(grant), "another password");
        assert!(!again(&SealKey::fresh().unwrap(), "corn").holds(grant), "another server");
        time.advance_ms((GRANT_S - 2) * 1_000);
        assert!(grants.holds(grant));
        time.advance_ms(3_000);
        assert!(!grants.holds(grant), "too old");
        assert_ne!(grants.give().unwrap(), grants.give().unwrap());
    }

    #[test]
    fn nothing_of_a_grant_can_be_changed() {
        let grants = Grants::new(SealKey::fresh().unwrap(), "corn", ServerClock::manual().0);
        let HostGrant(bytes) = grants.give().unwrap();
        for bit in 0..bytes.len() * 8 {
            let mut forged = bytes;
            forged[bit / 8] ^= 1 << (bit % 8);
            assert!(!grants.holds(HostGrant(forged)), "bit {bit}");
        }
    }
}
