//! The door: what welcoming anybody looks at, and the bounds that hold for everybody. What is asked for is answered by
//! those who know how it was asked.

use super::{arrivals::Arrivals, codes::Codes, limits::DoorLimits, seats::Seats, visits::Visits, welcomes::Welcomes};
use crate::{
    clock::ServerClock,
    market::Session,
    net::{ConnId, Joined, Unjoined, Wire},
    peer::Peer,
    record::{Recorder, Staged},
    store::NewUser,
};
use bevy::{ecs::system::SystemParam, prelude::*};
use outcry_engine::{UserId, amount::AMOUNT_MAX};
use outcry_shared::{
    limits::SEATS_MAX,
    message::RefusalCode,
    names::{self, NameError},
    phase::Phase,
};
use tokio::sync::oneshot;

/// Seats of a session, closed ones included; beyond it nobody comes any more. Every one has an account in the market.
const ACCOUNTS_MAX: usize = 4 * SEATS_MAX;

/// Why nothing can be admitted while the store does not answer.
pub(super) const STALLED: &str = "the record cannot be written at the moment: try again in a few seconds";

/// What is on its way into the store.
#[derive(Resource, Debug, Default)]
pub(super) struct Joining {
    pub(super) newcomers: Vec<Newcomer>,
    pub(super) moving: Vec<Moving>,
}

/// Someone whose seat is on its way into the store.
#[derive(Debug)]
pub(super) struct Newcomer {
    pub(super) row: NewUser,
    /// Who waits for it; none who was told to come again.
    pub(super) conn: Option<ConnId>,
    pub(super) peer: Peer,
}

/// A seat that will belong to another key.
#[derive(Debug)]
pub(super) struct Moving {
    pub(super) user: UserId,
    pub(super) key: [u8; 32],
    /// What whoever held it is told.
    pub(super) why: &'static str,
    /// Who waits for it; none who was told to come again.
    pub(super) asker: Option<Asker>,
}

/// Who asked over HTTP for a seat to move, and may have gone away since.
#[derive(Debug)]
pub(super) enum Asker {
    /// Its browser gives it up.
    Leaves(oneshot::Sender<Result<(), String>>),
    /// Another device is given it, with its name.
    Takes(oneshot::Sender<Result<Joined, Unjoined>>, String),
}

impl Asker {
    /// It is done.
    pub(super) fn agree(self) {
        match self {
            Self::Leaves(reply) => _ = reply.send(Ok(())),
            Self::Takes(reply, name) => _ = reply.send(Ok(Joined { name, before: false })),
        }
    }

    /// It is not known to be done.
    pub(super) fn refuse(self, reason: &str) {
        match self {
            Self::Leaves(reply) => _ = reply.send(Err(reason.to_owned())),
            Self::Takes(reply, _) => _ = reply.send(Err(Unjoined::Because(reason.to_owned()))),
        }
    }
}

/// A refusal: for programs, and one sentence for people.
pub(super) type Refusal = (RefusalCode, String);

/// Everything that welcoming someone looks at.
#[derive(SystemParam)]
pub(super) struct Door<'w, 's> {
    pub(super) clock: Res<'w, ServerClock>,
    pub(super) session: Res<'w, Session>,
    pub(super) visits: ResMut<'w, Visits>,
    pub(super) limits: Res<'w, DoorLimits>,
    pub(super) recorder: ResMut<'w, Recorder>,
    pub(super) staged: ResMut<'w, Staged>,
    pub(super) joining: ResMut<'w, Joining>,
    pub(super) arrivals: ResMut<'w, Arrivals>,
    pub(super) codes: ResMut<'w, Codes>,
    pub(super) seats: Seats<'w, 's>,
    pub(super) welcomes: ResMut<'w, Welcomes>,
    pub(super) wire: Wire<'w>,
}

impl Door<'_, '_> {
    /// The name as it will be shown, and its skeleton, if the bearer of this key can have it.
    pub(super) fn free_name(&mut self, name: &str, key: &[u8; 32]) -> Result<(String, String), Refusal> {
        let by_name = |error: NameError| (RefusalCode::Name, error.to_string());
        let name = names::normalise(name).map_err(by_name)?;
        let skeleton = names::skeleton(&name);
        let staged = self.joining.newcomers.iter().any(|newcomer| newcomer.row.skeleton == skeleton);
        let taken = staged
            || self.seats.roster().by_skeleton(&skeleton).is_some()
            || self.arrivals.keeps(&skeleton, key, self.clock.now_ms());
        if taken { Err(by_name(NameError::Taken(name))) } else { Ok((name, skeleton)) }
    }

    /// Whether one more from there may have a seat.
    pub(super) fn has_room(&mut self, peer: Peer) -> Result<(), Refusal> {
        let Some(network) = peer.counted() else { return Ok(()) };
        let there = self.seats.count(Some(network));
        let staged = self.joining.newcomers.iter().filter(|newcomer| newcomer.peer.network() == network).count();
        if there + staged < self.limits.seats {
            return Ok(());
        }
        let why = format!("{} seats are taken from {network}, and one address may have no more", self.limits.seats);
        self.arrivals.turn_away(self.clock.now_ms(), &why);
        Err((RefusalCode::Door, format!("{why}: ask the host")))
    }

    /// Why newcomers are not let in, if they are not.
    pub(super) fn refuses_newcomers(&mut self) -> Option<&'static str> {
        if let Some(reason) = self.closed_by_phase() {
            return Some(reason);
        }
        if !self.session.door_open() {
            return Some("the host has closed the door to newcomers");
        }
        if self.is_full() {
            self.arrivals.make_way(self.clock.now_ms());
        }
        self.is_full().then_some("every seat is taken")
    }

    /// Why nobody can get a seat now, awaited or not.
    pub(super) fn closed_by_phase(&self) -> Option<&'static str> {
        match self.session.phase() {
            Phase::Draft => Some("the session is not open yet: try again in a moment"),
            Phase::Resolved => Some("the session is over: ask the host for a new one"),
            Phase::Lobby | Phase::Running | Phase::Frozen | Phase::Paused => None,
        }
    }

    fn is_full(&self) -> bool {
        let deposit = self.session.market().params().starting_balance.0;
        let coming = self.joining.newcomers.len() + self.arrivals.len();
        let accounts = self.seats.roster().len() + coming;
        let deposits = i64::try_from(accounts + 1).unwrap_or(i64::MAX).saturating_mul(deposit);
        self.seats.count(None) + coming >= SEATS_MAX || accounts >= ACCOUNTS_MAX || deposits > AMOUNT_MAX
    }
}

/// Whoever was removed stays out of the session.
pub(super) fn removed(name: &str) -> Refusal {
    (RefusalCode::Removed, format!("the host has closed the seat of {name}: for this session it stays closed"))
}
