//! People on their way: the names that browsers have asked for by the form and that nobody bears yet. A seat is made of
//! one when its browser is on the floor, so whoever never comes never has one. Nothing of this is stored.

use super::limits::DoorLimits;
use crate::peer::Peer;
use bevy::prelude::*;
use std::collections::BTreeMap;

/// How long a name is kept for somebody whom others need to make way, in ms.
const KEPT_MS: u64 = 120_000;
/// How long the host is told that newcomers were turned away, in ms.
const TOLD_MS: u64 = 60_000;

/// A name that a browser has asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Arrival {
    pub(super) name: String,
    pub(super) skeleton: String,
    peer: Peer,
    since_ms: u64,
}

impl Arrival {
    /// Somebody who asks now.
    pub(super) const fn new(name: String, skeleton: String, peer: Peer, now_ms: u64) -> Self {
        Self { name, skeleton, peer, since_ms: now_ms }
    }

    /// Whether it has had its time, and others need not wait for it.
    const fn makes_way(&self, now_ms: u64) -> bool {
        now_ms >= self.since_ms + KEPT_MS
    }
}

/// Everybody on the way, by the hash of the browser's key.
#[derive(Resource, Debug, Default)]
pub(crate) struct Arrivals {
    people: BTreeMap<[u8; 32], Arrival>,
    /// The last time that somebody was turned away by a limit, in ms, how often by now, and why.
    turned_away: Option<(u64, u32, String)>,
}

impl Arrivals {
    /// How many are on the way.
    pub(crate) fn len(&self) -> usize {
        self.people.len()
    }

    /// What the host is told, as long as it is news: how many were turned away, and why.
    pub(crate) fn turned_away(&self, now_ms: u64) -> Option<String> {
        let (_, count, why) = self.turned_away.as_ref().filter(|(at_ms, ..)| now_ms < at_ms + TOLD_MS)?;
        Some(format!("newcomers were turned away ({count} so far): {why}"))
    }

    /// A limit has bitten.
    pub(super) fn turn_away(&mut self, now_ms: u64, why: &str) {
        let count = self.turned_away.take().map_or(0, |(_, count, _)| count);
        self.turned_away = Some((now_ms, count.saturating_add(1), why.to_owned()));
    }

    /// Who has asked with this key.
    pub(super) fn get(&self, key: &[u8; 32]) -> Option<&Arrival> {
        self.people.get(key)
    }

    /// Somebody has come, or is not awaited any more.
    pub(super) fn remove(&mut self, key: &[u8; 32]) -> Option<Arrival> {
        self.people.remove(key)
    }

    /// Keeps a name for somebody, in place of another that this browser had asked for.
    pub(super) fn expect(&mut self, key: [u8; 32], arrival: Arrival) {
        self.people.insert(key, arrival);
    }

    /// Whether a name is kept for somebody else than the bearer of this key. One that was kept for long is free again.
    pub(super) fn keeps(&mut self, skeleton: &str, key: &[u8; 32], now_ms: u64) -> bool {
        self.people.retain(|_, arrival| arrival.skeleton != skeleton || !arrival.makes_way(now_ms));
        self.people.iter().any(|(owner, arrival)| owner != key && arrival.skeleton == skeleton)
    }

    /// Whether one more may be on the way from there; those that have had their time make way.
    pub(super) fn has_room(&mut self, peer: Peer, limits: DoorLimits, now_ms: u64) -> bool {
        let Some(network) = peer.counted() else { return true };
        let from_there =
            |arrivals: &Self| arrivals.people.values().filter(|arrival| arrival.peer.network() == network).count();
        if from_there(self) < limits.arriving {
            return true;
        }
        self.people.retain(|_, arrival| arrival.peer.network() != network || !arrival.makes_way(now_ms));
        from_there(self) < limits.arriving
    }

    /// Lets all go who have had their time: the floor is full.
    pub(super) fn make_way(&mut self, now_ms: u64) {
        self.people.retain(|_, arrival| !arrival.makes_way(now_ms));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::IpAddr;

    fn peer(address: &str) -> Peer {
        Peer::direct(address.parse::<IpAddr>().unwrap())
    }

    fn arrival(name: &str, from: &str, now_ms: u64) -> Arrival {
        Arrival::new(name.to_owned(), name.to_lowercase(), peer(from), now_ms)
    }

    #[test]
    fn a_name_is_kept_for_a_while_and_for_its_browser() {
        let mut arrivals = Arrivals::default();
        arrivals.expect([1; 32], arrival("Ada", "192.0.2.1", 0));
        assert!(arrivals.keeps("ada", &[2; 32], 1_000));
        assert!(!arrivals.keeps("ada", &[1; 32], 1_000), "its own");
        assert!(!arrivals.keeps("bob", &[2; 32], 1_000));
        assert!(arrivals.get(&[1; 32]).is_some(), "nobody needed the name");
        assert!(!arrivals.keeps("ada", &[2; 32], KEPT_MS));
        assert!(arrivals.get(&[1; 32]).is_none(), "it made way");
    }

    #[test]
    fn one_network_keeps_only_so_many_names() {
        let limits = DoorLimits { arriving: 3, ..DoorLimits::default() };
        let mut arrivals = Arrivals::default();
        for number in 0..3 {
            assert!(arrivals.has_room(peer("2001:db8::1"), limits, number));
            arrivals.expect([number as u8; 32], arrival(&number.to_string(), &format!("2001:db8::{number}"), number));
        }
        assert!(!arrivals.has_room(peer("2001:db8::9"), limits, 10), "of one site");
        assert!(arrivals.has_room(peer("2001:db8:0:1::9"), limits, 10));
        assert!(arrivals.has_room(peer("127.0.0.1"), limits, 10));
        assert!(arrivals.has_room(peer("2001:db8::9"), limits, KEPT_MS), "the oldest made way");
        assert_eq!(arrivals.len(), 2);
    }

    #[test]
    fn the_host_is_told_for_a_while() {
        let mut arrivals = Arrivals::default();
        assert_eq!(arrivals.turned_away(0), None);
        arrivals.turn_away(5, "too many");
        arrivals.turn_away(6, "too many");
        assert!(arrivals.turned_away(7).unwrap().contains("(2 so far): too many"));
        assert_eq!(arrivals.turned_away(6 + TOLD_MS), None);
    }
}
