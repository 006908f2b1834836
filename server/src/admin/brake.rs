//! The brake on passwords: so many a second from one network, and whoever was wrong waits. A try waits its turn rather
//! than be refused, those who were wrong least first: so others' guesses never keep the right one out for more than a
//! few seconds, and guessing stays slow. It knows no password.

use crate::{bucket::Bucket, net::ConnId, peer::Network};
use outcry_shared::secret::Secret;
use std::collections::{BTreeMap, HashMap};

/// Passwords of one network that are looked at in a second; beyond the burst they wait their turn.
const TRIES_PER_S: u32 = 1;
/// Passwords of one network that are looked at at once.
const TRIES_BURST: u32 = 5;
/// Passwords of one network that wait; beyond it the one of whoever was wrong most is refused.
const WAITING_MAX: usize = 4;
/// How long a connection waits after its first wrong password, in ms. It doubles with each.
const WAIT_MS: u64 = 1_000;
/// The longest such wait, in ms.
const WAIT_MAX_MS: u64 = 4_000;
/// Networks remembered; when there are more, those at rest are forgotten.
const NETWORKS_MAX: usize = 10_000;

/// Passwords that wait to be looked at, and who was wrong.
#[derive(Debug, Default)]
pub(super) struct Brake {
    lines: BTreeMap<Network, Line>,
    wrong: HashMap<ConnId, Wrong>,
}

/// The passwords of one network.
#[derive(Debug)]
struct Line {
    budget: Bucket,
    /// Oldest first, one of each connection at most.
    waiting: Vec<(ConnId, Secret)>,
}

/// How often a connection was wrong, and until when it waits.
#[derive(Clone, Copy, Debug, Default)]
struct Wrong {
    times: u32,
    until_ms: u64,
}

/// A password that is not looked at: whose, and in how many ms another will be.
pub(super) type Refused = (ConnId, u64);

impl Brake {
    /// A password is to be looked at. Returns those that will not be.
    pub(super) fn ask(&mut self, conn: ConnId, network: Network, password: Secret, now_ms: u64) -> Option<Refused> {
        let wait_ms = self.wrong.get(&conn).map_or(0, |wrong| wrong.until_ms.saturating_sub(now_ms));
        if wait_ms > 0 {
            return Some((conn, wait_ms));
        }
        if self.lines.len() >= NETWORKS_MAX {
            self.lines.retain(|_, line| !line.waiting.is_empty() || !line.budget.is_full(now_ms));
        }
        let times = |conn: ConnId| self.wrong.get(&conn).map_or(0, |wrong| wrong.times);
        let full = || Line { budget: Bucket::full(TRIES_PER_S, TRIES_BURST, now_ms), waiting: Vec::new() };
        let line = self.lines.entry(network).or_insert_with(full);
        if let Some(before) = line.waiting.iter_mut().find(|(waiting, _)| *waiting == conn) {
            before.1 = password;
            return None;
        }
        line.waiting.push((conn, password));
        if line.waiting.len() <= WAITING_MAX {
            return None;
        }
        // Of those who were wrong equally often, the newest.
        let worst = line.waiting.iter().enumerate().max_by_key(|(index, (conn, _))| (times(*conn), *index));
        let (conn, _) = line.waiting.remove(worst.map_or(0, |(index, _)| index));
        Some((conn, WAIT_MS))
    }

    /// The passwords whose turn it is, with whence they come.
    pub(super) fn take(&mut self, now_ms: u64) -> Vec<(ConnId, Network, Secret)> {
        let mut turn = Vec::new();
        for (network, line) in &mut self.lines {
            while !line.waiting.is_empty() && line.budget.take(now_ms) {
                let times = |conn: &ConnId| self.wrong.get(conn).map_or(0, |wrong| wrong.times);
                let best = line.waiting.iter().enumerate().min_by_key(|(index, (conn, _))| (times(conn), *index));
                let (conn, password) = line.waiting.remove(best.map_or(0, |(index, _)| index));
                turn.push((conn, *network, password));
            }
        }
        turn
    }

    /// A connection was wrong; returns how long it waits now, in ms.
    pub(super) fn wrong(&mut self, conn: ConnId, now_ms: u64) -> u64 {
        let wrong = self.wrong.entry(conn).or_default();
        let wait_ms = (WAIT_MS << wrong.times.min(16)).min(WAIT_MAX_MS);
        *wrong = Wrong { times: wrong.times + 1, until_ms: now_ms + wait_ms };
        wait_ms
    }

    /// A connection was right: it costs its network nothing.
    pub(super) fn right(&mut self, conn: ConnId, network: Network) {
        if let Some(line) = self.lines.get_mut(&network) {
            line.budget.put_back();
        }
        self.forget(conn);
    }

    /// A connection is gone.
    pub(super) fn forget(&mut self, conn: ConnId) {
        self.wrong.remove(&conn);
        for line in self.lines.values_mut() {
            line.waiting.retain(|(waiting, _)| *waiting != conn);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::IpAddr;

    fn network(address: &str) -> Network {
        Network::of(address.parse::<IpAddr>().unwrap())
    }

    fn secret(text: &str) -> Secret {
        Secret::new(text)
    }

    #[test]
    fn each_wrong_password_doubles_the_wait_up_to_a_few_seconds() {
        let mut brake = Brake::default();
        let waits: Vec<u64> = (0..5).map(|_| brake.wrong(ConnId(1), 0)).collect();
        assert_eq!(waits, [1_000, 2_000, 4_000, 4_000, 4_000]);
        let home = network("192.0.2.1");
        assert_eq!(brake.ask(ConnId(1), home, secret("x"), 1_000), Some((ConnId(1), 3_000)));
        assert_eq!(brake.ask(ConnId(1), home, secret("x"), 4_000), None);
        brake.forget(ConnId(1));
        assert_eq!(brake.wrong(ConnId(1), 5_000), 1_000);
    }

    #[test]
    fn a_network_has_so_many_tries_a_second() {
        let mut brake = Brake::default();
        let (noisy, quiet) = (network("2001:db8::1"), network("192.0.2.1"));
        let mut looked_at = 0;
        let mut next = 0;
        for now_ms in (0..60_000).step_by(100) {
            for _ in 0..20 {
                next += 1;
                // A new connection for every guess, and another address of the same site.
                let _ = brake.ask(ConnId(next), network(&format!("2001:db8::{}", next % 9_999)), secret("x"), now_ms);
            }
            looked_at += brake.take(now_ms).len();
        }
        assert_eq!(looked_at, 5 + 59, "in a minute");
        assert_eq!(brake.lines.len(), 1, "{noisy}");
        assert_eq!(brake.ask(ConnId(0), quiet, secret("right"), 60_000), None);
        assert!(brake.take(60_000).iter().any(|(conn, ..)| *conn == ConnId(0)), "another network at once");
    }

    #[test]
    fn whoever_was_wrong_least_is_next_in_a_network() {
        let mut brake = Brake::default();
        let home = network("192.0.2.1");
        for guesser in 1..=9 {
            brake.wrong(ConnId(guesser), 0);
        }
        let mut now_ms = 10_000;
        // The burst is used up, and the line is full of guesses.
        for guesser in 1..=9 {
            let _ = brake.ask(ConnId(guesser), home, secret("x"), now_ms);
            if guesser <= 5 {
                assert_eq!(brake.take(now_ms).len(), 1);
            }
        }
        assert_eq!(brake.take(now_ms).len(), 0);
        let refused = brake.ask(ConnId(100), home, secret("right"), now_ms).unwrap();
        assert_eq!(refused, (ConnId(9), 1_000), "the host is let into the line");
        now_ms += 1_000;
        assert_eq!(brake.take(now_ms), [(ConnId(100), home, secret("right"))]);
        brake.right(ConnId(100), home);
        for _ in 0..100 {
            assert_eq!(brake.ask(ConnId(100), home, secret("right"), now_ms), None);
            assert_eq!(brake.take(now_ms), [(ConnId(100), home, secret("right"))], "the right one costs nothing");
            brake.right(ConnId(100), home);
        }
    }
}
