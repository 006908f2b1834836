//! Codes that give a seat to another device: each works once, for a while. Kept in memory alone; a restart ends them.

use crate::chance::{NoEntropy, random_bytes};
use bevy::prelude::*;
use outcry_engine::UserId;
use outcry_shared::secret::SeatCode;
use std::collections::BTreeMap;

/// How long a code can be used, in ms.
pub(crate) const VALID_MS: u64 = 600_000;

/// The codes that the host has given, one for each seat at most.
#[derive(Resource, Debug, Default)]
pub(crate) struct Codes {
    by_user: BTreeMap<UserId, Given>,
}

#[derive(Debug)]
struct Given {
    hash: [u8; 32],
    until_ms: u64,
    /// Hash of the key to which it has given the seat.
    used_by: Option<[u8; 32]>,
}

impl Codes {
    /// A new code for a seat; the one before is worth nothing any more.
    ///
    /// # Errors
    /// When the system gives no random numbers.
    pub(crate) fn make(&mut self, user: UserId, now_ms: u64) -> Result<SeatCode, NoEntropy> {
        let code = SeatCode(random_bytes()?);
        self.by_user.insert(user, Given { hash: hash(code), until_ms: now_ms + VALID_MS, used_by: None });
        Ok(code)
    }

    /// The seat that a code gives to the browser of this key: again the same, should its answer be lost. None when it is
    /// used up, too old, or none at all.
    pub(super) fn seat(&self, code: SeatCode, key: &[u8; 32], now_ms: u64) -> Option<UserId> {
        // What is compared are hashes, so its time tells nothing of the code.
        let given = self.by_user.iter().find(|(_, given)| given.hash == hash(code));
        let usable = |given: &Given| given.used_by.map_or(now_ms < given.until_ms, |owner| owner == *key);
        given.filter(|(_, given)| usable(given)).map(|(user, _)| *user)
    }

    /// The code of a seat has given it to the browser of this key.
    pub(super) fn used(&mut self, user: UserId, key: [u8; 32]) {
        if let Some(given) = self.by_user.get_mut(&user) {
            given.used_by = Some(key);
        }
    }
}

fn hash(code: SeatCode) -> [u8; 32] {
    *blake3::hash(&code.0).as_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PHONE: [u8; 32] = [1; 32];
    const THIEF: [u8; 32] = [2; 32];

    #[test]
    fn a_code_works_once_and_for_a_while() {
        let mut codes = Codes::default();
        let (ada, bob) = (UserId(1), UserId(2));
        let first = codes.make(ada, 0).unwrap();
        let code = codes.make(ada, 0).unwrap();
        let other = codes.make(bob, 0).unwrap();
        assert_eq!(codes.seat(first, &PHONE, 1), None, "there is a newer one");
        assert_eq!(codes.seat(code, &PHONE, VALID_MS - 1), Some(ada));
        assert_eq!(codes.seat(code, &PHONE, VALID_MS), None, "too late");
        codes.used(ada, PHONE);
        assert_eq!(codes.seat(code, &PHONE, VALID_MS), Some(ada), "the answer was lost");
        assert_eq!(codes.seat(code, &THIEF, 1), None, "used up");
        assert_eq!(codes.seat(other, &THIEF, 1), Some(bob));
        assert_eq!(codes.seat(SeatCode([0; 16]), &PHONE, 1), None);
    }
}
