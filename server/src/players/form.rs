//! What browsers ask for by the form, over HTTP. It keeps a name for a browser until it is on the floor; a seat that the
//! browser has already it gets back, whatever became of the first answer.

use super::{
    arrivals::Arrival,
    door::{Asker, Door, Moving, Refusal, STALLED, removed},
    roster::token_hash,
    seats::Holder,
};
use crate::{
    chance::random_bytes,
    net::{FrontRequest, Joined, SessionInfo, Shown, Unjoined},
    peer::Peer,
    store::SeatUpdate,
};
use outcry_engine::UserId;
use outcry_shared::secret::SeatCode;
use tokio::sync::oneshot;

/// Whoever asks may have gone away when the answer comes.
impl Door<'_, '_> {
    pub(super) fn request(&mut self, request: FrontRequest) {
        match request {
            FrontRequest::Join { name, key, peer, reply } => _ = reply.send(self.await_arrival(&name, key, peer)),
            FrontRequest::Session { key, opened, reply } => {
                let you = key.and_then(|key| self.awaited(&token_hash(key.token)));
                if opened && you.is_none() {
                    self.visits.open();
                }
                let info = SessionInfo {
                    session: self.session.id().0,
                    name: self.session.config().name.clone(),
                    question: self.session.config().question.clone(),
                    phase: self.session.phase(),
                    you,
                    open: self.refuses_newcomers().is_none(),
                };
                let _ = reply.send(info);
            }
            FrontRequest::Leave { key, reply } => self.leave(&token_hash(key.token), reply),
            FrontRequest::Claim { code, key, reply } => self.claim(code, key, reply),
        }
    }

    /// The name under which a browser would come onto the floor.
    pub(super) fn awaited(&self, key: &[u8; 32]) -> Option<String> {
        match self.seats.holder(key) {
            Holder::Seat(_, name) => Some(name),
            Holder::Closed(_) => None,
            Holder::Nobody => self.arrivals.get(key).map(|arrival| arrival.name.clone()),
        }
    }

    /// Keeps a name for a browser until it is on the floor. One that has a seat comes back to it, whatever it typed.
    fn await_arrival(&mut self, name: &str, shown: Shown, peer: Peer) -> Result<Joined, Unjoined> {
        let key = token_hash(shown.token);
        match self.seats.holder(&key) {
            Holder::Seat(_, name) => return Ok(Joined { name, before: true }),
            Holder::Closed(name) => return Err(Unjoined::Because(removed(&name).1)),
            Holder::Nobody if !shown.is_ours => return Err(Unjoined::Key),
            Holder::Nobody => {}
        }
        let now_ms = self.clock.now_ms();
        let because = |(_, reason): Refusal| Unjoined::Because(reason);
        let (name, skeleton) = self.free_name(name, &key).map_err(because)?;
        if self.arrivals.get(&key).is_some_and(|before| before.skeleton == skeleton) {
            return Ok(Joined { name, before: true });
        }
        if let Some(reason) = self.refuses_newcomers() {
            return Err(Unjoined::Because(reason.to_owned()));
        }
        self.has_room(peer).map_err(because)?;
        if self.arrivals.get(&key).is_none() && !self.arrivals.has_room(peer, *self.limits, now_ms) {
            let limit = self.limits.arriving;
            let why = format!("{limit} people from {} have asked for a name and are not here yet", peer.network());
            self.arrivals.turn_away(now_ms, &why);
            return Err(Unjoined::Because(format!("{why}: wait until they are, or ask the host")));
        }
        self.arrivals.expect(key, Arrival::new(name.clone(), skeleton, peer, now_ms));
        Ok(Joined { name, before: false })
    }

    /// A browser gives its seat up: it stays, and belongs to nobody until the host gives it to somebody.
    fn leave(&mut self, key: &[u8; 32], reply: oneshot::Sender<Result<(), String>>) {
        self.arrivals.remove(key);
        match (self.seats.holder(key), random_bytes()) {
            (Holder::Seat(..), _) if self.recorder.is_stalled() => _ = reply.send(Err(STALLED.to_owned())),
            (Holder::Seat(..), Err(error)) => _ = reply.send(Err(error.to_string())),
            (Holder::Seat(user, _), Ok(nobody)) => {
                self.rebind(user, nobody, "this seat was left in another window of this browser", Asker::Leaves(reply));
            }
            (Holder::Closed(_) | Holder::Nobody, _) => _ = reply.send(Ok(())),
        }
    }

    /// A browser shows a code of the host's.
    fn claim(&mut self, code: SeatCode, shown: Shown, reply: oneshot::Sender<Result<Joined, Unjoined>>) {
        let key = token_hash(shown.token);
        match self.claimed(code, shown.is_ours, &key) {
            Ok((_, joined)) if joined.before => _ = reply.send(Ok(joined)),
            Ok((user, joined)) => {
                self.codes.used(user, key);
                self.arrivals.remove(&key);
                let asker = Asker::Takes(reply, joined.name);
                self.rebind(user, key, "the host has given this seat to another device", asker);
            }
            Err(unjoined) => _ = reply.send(Err(unjoined)),
        }
    }

    /// The seat that a code gives to the browser of a key.
    fn claimed(&self, code: SeatCode, is_ours: bool, key: &[u8; 32]) -> Result<(UserId, Joined), Unjoined> {
        let because = |reason: &str| Err(Unjoined::Because(reason.to_owned()));
        let user = self.codes.seat(code, key, self.clock.now_ms());
        let Some(seat) = user.and_then(|user| self.seats.get(user)).filter(|seat| seat.open()) else {
            return because("this link was used already, or is too old: ask the host for another one");
        };
        let joined = |before| Ok((seat.user(), Joined { name: seat.name().to_owned(), before }));
        match self.seats.holder(key) {
            Holder::Seat(owner, _) if owner == seat.user() => joined(true),
            Holder::Seat(_, name) => because(&format!(
                "this browser has the seat of {name}: leave that one first, or open the link on another device"
            )),
            Holder::Closed(_) | Holder::Nobody if !is_ours => Err(Unjoined::Key),
            Holder::Closed(_) | Holder::Nobody if self.recorder.is_stalled() => because(STALLED),
            Holder::Closed(_) | Holder::Nobody => joined(false),
        }
    }

    fn rebind(&mut self, user: UserId, key: [u8; 32], why: &'static str, asker: Asker) {
        self.staged.update_seat(SeatUpdate { user, token_hash: key, open: true });
        self.joining.moving.push(Moving { user, key, why, asker: Some(asker) });
    }
}
