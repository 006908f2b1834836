//! Every connection as the lap knows it: changed by this folder, and by others only through the
//! methods of [`Links`].

use super::{
    guard,
    link::{Closing, ConnId, Opened},
    outbox::Outbox,
};
use crate::{
    bucket::Bucket,
    peer::{Network, Peer},
};
use axum::body::Bytes;
use bevy::prelude::*;
use outcry_engine::UserId;
use outcry_shared::secret::SeatToken;
use std::collections::{BTreeMap, BTreeSet};
use tokio::sync::oneshot;

/// Shortest time between two snapshots for one connection, in ms; asked for sooner, it waits.
const SNAPSHOT_MS: u64 = 500;

/// Who a connection is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// Has not sent its hello yet: nothing is published to it.
    #[default]
    New,
    /// Watches, and may not trade.
    Spectator,
    /// Holds the seat of this participant.
    Seat(UserId),
}

/// A frame for a connection.
#[derive(Clone, Debug)]
pub(super) enum Share {
    /// It says what a later snapshot will say as well: where there is no room it is dropped.
    Public(Bytes),
    /// Its own: where there is no room it waits.
    Own(Bytes),
}

impl Share {
    pub(super) const fn bytes(&self) -> &Bytes {
        let (Self::Public(bytes) | Self::Own(bytes)) = self;
        bytes
    }

    pub(super) fn into_bytes(self) -> Bytes {
        let (Self::Public(bytes) | Self::Own(bytes)) = self;
        bytes
    }
}

/// A connection as the lap knows it.
#[derive(Debug)]
pub struct Link {
    /// Whose seat it holds, if any.
    pub role: Role,
    /// The cookie it came with.
    pub cookie: Option<SeatToken>,
    /// Where it comes from.
    pub peer: Peer,
    /// Whether it has given a host's grant that was right: it is sent what the host sees.
    pub host: bool,
    /// Round trip, in ms.
    pub lag_ms: Option<u32>,
    pub(super) out: Outbox,
    /// What this lap has for it, in order.
    pub(super) lap: Vec<Share>,
    pub(super) close: Option<oneshot::Sender<Closing>>,
    pub(super) closing: Option<Closing>,
    pub(super) messages: Bucket,
    pub(super) frames: Bucket,
    pub(super) bad: u32,
    pub(super) opened_ms: u64,
    pub(super) hidden: bool,
    pub(super) behind_ms: Option<u64>,
    pub(super) wants_snapshot: bool,
    pub(super) snapshot_ms: Option<u64>,
    pub(super) dirty: bool,
    /// Whether it is among [`Links::stirred`].
    stirred: bool,
}

impl Link {
    pub(super) fn new(opened: Opened, now_ms: u64) -> Self {
        Self {
            role: Role::New,
            cookie: opened.cookie,
            peer: opened.peer,
            host: false,
            lag_ms: None,
            out: opened.out,
            lap: Vec::new(),
            close: Some(opened.close),
            closing: None,
            messages: guard::messages(now_ms),
            frames: guard::frames(now_ms),
            bad: 0,
            opened_ms: now_ms,
            hidden: false,
            behind_ms: None,
            wants_snapshot: false,
            snapshot_ms: None,
            dirty: false,
            stirred: false,
        }
    }

    /// Whether updates are sent to it now. One that is hidden, slow or waiting for a snapshot
    /// gets none: the snapshot will have everything.
    #[must_use]
    pub const fn follows(&self) -> bool {
        !matches!(self.role, Role::New) && !self.hidden && self.behind_ms.is_none() && !self.wants_snapshot
    }

    /// Whether a snapshot is due to it now.
    fn snapshot_is_due(&self, now_ms: u64) -> bool {
        let rested = self.snapshot_ms.is_none_or(|sent_ms| now_ms >= sent_ms + SNAPSHOT_MS);
        self.wants_snapshot && rested && !matches!(self.role, Role::New) && !self.hidden && self.behind_ms.is_none()
    }
}

/// Every connection from when it is accepted until it has ended.
#[derive(Resource, Debug, Default)]
pub struct Links {
    pub(super) links: BTreeMap<ConnId, Link>,
    pub(super) resyncs: u64,
    /// Those for which something is to be done at the end of the lap: of a thousand, most laps concern few.
    stirred: Vec<ConnId>,
    /// Those that have the host's right.
    hosts: BTreeSet<ConnId>,
}

/// What the transport does with them.
impl Links {
    /// A connection for which something is to be done at the end of the lap.
    pub(super) fn stir(&mut self, conn: ConnId) -> Option<&mut Link> {
        let link = self.links.get_mut(&conn)?;
        if !std::mem::replace(&mut link.stirred, true) {
            self.stirred.push(conn);
        }
        Some(link)
    }

    /// Those for which something is to be done now.
    pub(super) fn take_stirred(&mut self) -> Vec<ConnId> {
        let stirred = std::mem::take(&mut self.stirred);
        for conn in &stirred {
            if let Some(link) = self.links.get_mut(conn) {
                link.stirred = false;
            }
        }
        stirred
    }

    /// Ends a connection at the end of the lap; the first reason counts.
    pub(super) fn end(&mut self, conn: ConnId, closing: Closing) {
        if let Some(link) = self.stir(conn) {
            link.closing.get_or_insert(closing);
        }
    }

    /// Forgets a connection that has ended.
    pub(super) fn remove(&mut self, conn: ConnId) -> Option<Link> {
        self.hosts.remove(&conn);
        self.links.remove(&conn)
    }
}

impl Links {
    /// A connection; `None` once it has ended.
    #[must_use]
    pub fn get(&self, conn: ConnId) -> Option<&Link> {
        self.links.get(&conn)
    }

    /// The seat that a connection holds.
    #[must_use]
    pub fn seat(&self, conn: ConnId) -> Option<UserId> {
        match self.get(conn)?.role {
            Role::Seat(user) => Some(user),
            Role::New | Role::Spectator => None,
        }
    }

    /// Bytes that wait to be written, to all of them; what is the same for many counts for each.
    #[must_use]
    pub fn waiting_bytes(&self) -> usize {
        self.links.values().map(|link| link.out.waiting()).sum()
    }

    /// Updates replaced by snapshots for slow connections so far.
    #[must_use]
    pub const fn resyncs(&self) -> u64 {
        self.resyncs
    }

    /// Those that watch without a seat.
    #[must_use]
    pub fn spectators(&self) -> usize {
        self.links.values().filter(|link| link.role == Role::Spectator).count()
    }

    /// Whoever watches and makes room for a newcomer: the last of those who came from the network that has most of them,
    /// if that is another one and it has more than the newcomer's. Hosts stay.
    pub(crate) fn makes_room_for(&self, newcomer: ConnId) -> Option<ConnId> {
        let mut watching = BTreeMap::<Network, (usize, Option<ConnId>)>::new();
        for (conn, link) in self.links.iter().filter(|(_, link)| link.role == Role::Spectator) {
            let (count, last) = watching.entry(link.peer.network()).or_default();
            *count += 1;
            *last = Some(*conn).filter(|_| !link.host).or(*last);
        }
        let own = self.get(newcomer)?.peer.network();
        let own = watching.get(&own).map_or(0, |(count, _)| *count);
        let (most, last) = watching.into_values().max_by_key(|(count, _)| *count)?;
        last.filter(|_| most > own + 1)
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.links.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.links.is_empty()
    }

    /// Those to which updates are sent now.
    pub fn followers(&self) -> impl Iterator<Item = ConnId> {
        self.links.iter().filter(|(_, link)| link.follows()).map(|(conn, _)| *conn)
    }

    /// Those that have the host's right.
    pub fn hosts(&self) -> impl Iterator<Item = ConnId> {
        let follows = |conn: &&ConnId| self.get(**conn).is_some_and(Link::follows);
        self.hosts.iter().filter(follows).copied()
    }

    pub(crate) fn set_role(&mut self, conn: ConnId, role: Role) {
        if let Some(link) = self.links.get_mut(&conn) {
            link.role = role;
        }
    }

    pub(crate) fn set_host(&mut self, conn: ConnId) {
        if let Some(link) = self.links.get_mut(&conn) {
            link.host = true;
            self.hosts.insert(conn);
        }
    }

    /// Everyone starts anew from a snapshot.
    pub(crate) fn resync_all(&mut self) {
        for link in self.links.values_mut() {
            link.wants_snapshot = true;
            link.snapshot_ms = None;
        }
    }

    /// Those to which a snapshot is due; it counts as sent.
    pub(crate) fn take_snapshots_due(&mut self, now_ms: u64) -> Vec<ConnId> {
        let due = self.links.iter_mut().filter(|(_, link)| link.snapshot_is_due(now_ms));
        due.map(|(conn, link)| {
            link.wants_snapshot = false;
            link.snapshot_ms = Some(now_ms);
            *conn
        })
        .collect()
    }
}
