//! What connections ask for: a seat by its key, a new one, or none. A seat is given only once it is stored.

use super::{
    door::{Door, Newcomer, Refusal, STALLED, removed},
    roster::token_hash,
    seat::mark,
    seats::Holder,
};
use crate::{
    net::{Closing, ConnId, Role, Shown, Why, Wire},
    store::NewUser,
};
use outcry_shared::{
    limits::{PROTOCOL_VERSION, SPECTATORS_MAX},
    message::{ConnectRefusal, Hello, RefusalCode, SeatClaim, ServerMessage},
};

impl Door<'_, '_> {
    /// Gives a word to those who cannot be welcomed or answered: nothing is shown before it is stored. Their seats, and
    /// what is on its way into the store, wait.
    pub(super) fn send_home(&mut self) {
        if self.welcomes.is_empty() && self.joining.newcomers.is_empty() && self.joining.moving.is_empty() {
            return;
        }
        let Some(reason) = self.recorder.busy(self.clock.now_ms()) else { return };
        for conn in self.welcomes.take() {
            self.refuse(conn, (RefusalCode::Busy, reason.clone()));
        }
        for conn in self.joining.newcomers.iter_mut().filter_map(|newcomer| newcomer.conn.take()) {
            // There is no seat yet that it could hold.
            self.wire.links.set_role(conn, Role::New);
            refuse(&mut self.wire, conn, (RefusalCode::Busy, reason.clone()));
        }
        for asker in self.joining.moving.iter_mut().filter_map(|moving| moving.asker.take()) {
            asker.refuse(&reason);
        }
    }

    pub(super) fn hello(&mut self, conn: ConnId, hello: &Hello) {
        let Some(link) = self.wire.links.get(conn) else { return };
        if link.role != Role::New {
            return self.wire.close(conn, Closing::policy("a second hello on one connection"));
        }
        let cookie = link.cookie;
        if hello.protocol != PROTOCOL_VERSION {
            let reason = format!("this page speaks protocol {}, the server {PROTOCOL_VERSION}: reload", hello.protocol);
            return self.refuse(conn, (RefusalCode::Version, reason));
        }
        if let Some(reason) = self.recorder.busy(self.clock.now_ms()) {
            return self.refuse(conn, (RefusalCode::Busy, reason));
        }
        let entered = match &hello.seat {
            SeatClaim::Spectate => self.watch(conn),
            SeatClaim::Resume(token) => self.resume(conn, &token_hash(*token)),
            SeatClaim::Join { name, bot, token } => self.join(conn, name, *bot, token_hash(*token)),
            SeatClaim::Cookie { name, mark } => self.by_cookie(conn, cookie, name.as_deref(), *mark),
        };
        if let Err(refusal) = entered {
            self.refuse(conn, refusal);
        }
    }

    /// Lets someone watch without a seat, as long as there is a place. Whoever has too many of them makes room.
    fn watch(&mut self, conn: ConnId) -> Result<(), Refusal> {
        if self.wire.links.spectators() >= SPECTATORS_MAX {
            let Some(other) = self.wire.links.makes_room_for(conn) else {
                let reason = "every place to watch from is taken: join, or try again later".to_owned();
                return Err((RefusalCode::Busy, reason));
            };
            self.wire.links.set_role(other, Role::New);
            self.wire.close(other, Closing::policy("others want to watch as well").counted(Why::CrowdedOut));
        }
        self.wire.links.set_role(conn, Role::Spectator);
        self.welcomes.push(conn);
        Ok(())
    }

    /// The seat of the browser's key: never another than this window had before.
    fn by_cookie(
        &mut self,
        conn: ConnId,
        shown: Option<Shown>,
        name: Option<&str>,
        before: Option<u64>,
    ) -> Result<(), Refusal> {
        let key = shown.map(|shown| token_hash(shown.token));
        if let Some(before) = before {
            return match key.filter(|key| mark(key) == before) {
                Some(key) => self.resume(conn, &key),
                None => Err((RefusalCode::OtherSeat, other_seat(key.and_then(|key| self.awaited(&key)).as_deref()))),
            };
        }
        let Some((shown, key)) = shown.zip(key) else { return Err(unknown_seat()) };
        if !matches!(self.seats.holder(&key), Holder::Nobody) {
            return self.resume(conn, &key);
        }
        if let Some(arrival) = self.arrivals.remove(&key) {
            // Awaited: the door may have been closed since.
            return self.newcomer(conn, &arrival.name, false, key);
        }
        // The server was started again since the form was answered.
        let name = name.filter(|_| shown.is_ours).ok_or_else(unknown_seat)?;
        self.join(conn, name, false, key)
    }

    /// The seat of a key, or a new one.
    fn join(&mut self, conn: ConnId, name: &str, bot: bool, key: [u8; 32]) -> Result<(), Refusal> {
        if !matches!(self.seats.holder(&key), Holder::Nobody) {
            return self.resume(conn, &key);
        }
        // Asked again before it was stored: the newer connection gets it.
        if let Some(newcomer) = self.joining.newcomers.iter_mut().find(|newcomer| newcomer.row.token_hash == key) {
            self.wire.links.set_role(conn, Role::Seat(newcomer.row.user));
            if let Some(before) = newcomer.conn.replace(conn) {
                self.wire.links.set_role(before, Role::Spectator);
                self.wire.close(before, Closing::policy("the same was asked for over another connection"));
            }
            return Ok(());
        }
        if let Some(reason) = self.refuses_newcomers() {
            return Err((RefusalCode::Door, reason.to_owned()));
        }
        self.newcomer(conn, name, bot, key)
    }

    /// Gives a seat back to whom it belongs; another window that holds it loses it.
    fn resume(&mut self, conn: ConnId, key: &[u8; 32]) -> Result<(), Refusal> {
        let user = match self.seats.holder(key) {
            Holder::Seat(user, _) => user,
            Holder::Closed(name) => return Err(removed(&name)),
            Holder::Nobody => return Err(unknown_seat()),
        };
        let network = self.wire.links.get(conn).map(|link| link.peer.network());
        let before = network.and_then(|network| self.seats.hold(user, conn, network)).ok_or_else(unknown_seat)?;
        if let Some(before) = before {
            send_away(&mut self.wire, before, "this seat was opened in another window");
        }
        self.wire.links.set_role(conn, Role::Seat(user));
        self.welcomes.push(conn);
        Ok(())
    }

    /// A new seat, on its way into the store.
    fn newcomer(&mut self, conn: ConnId, name: &str, bot: bool, key: [u8; 32]) -> Result<(), Refusal> {
        let Some(peer) = self.wire.links.get(conn).map(|link| link.peer) else { return Ok(()) };
        if self.recorder.is_stalled() {
            return Err((RefusalCode::Busy, STALLED.to_owned()));
        }
        if let Some(reason) = self.closed_by_phase() {
            return Err((RefusalCode::Door, reason.to_owned()));
        }
        let (name, skeleton) = self.free_name(name, &key)?;
        self.has_room(peer)?;
        let row = NewUser {
            user: self.seats.next_user(),
            name,
            skeleton,
            token_hash: key,
            bot,
            deposit: self.session.market().params().starting_balance,
            seq: self.recorder.next_seq(),
        };
        self.wire.links.set_role(conn, Role::Seat(row.user));
        self.staged.seat(row.clone());
        self.joining.newcomers.push(Newcomer { row, conn: Some(conn), peer });
        Ok(())
    }

    fn refuse(&mut self, conn: ConnId, refusal: Refusal) {
        refuse(&mut self.wire, conn, refusal);
    }
}

/// Ends a connection that asked for something it cannot have.
fn refuse(wire: &mut Wire, conn: ConnId, (code, reason): Refusal) {
    wire.send(conn, &ServerMessage::Refused(ConnectRefusal { code, reason: reason.clone() }));
    wire.close(conn, Closing::policy(&reason));
}

fn unknown_seat() -> Refusal {
    (RefusalCode::UnknownSeat, "that seat is not in this session: join again".to_owned())
}

fn other_seat(now: Option<&str>) -> String {
    let has = now.map_or_else(|| "has left its seat".to_owned(), |name| format!("has the seat of {name} by now"));
    format!("this browser {has}: reload to go on with what it has")
}

/// Ends a connection that held a seat.
pub(super) fn send_away(wire: &mut Wire, conn: ConnId, reason: &str) {
    wire.links.set_role(conn, Role::Spectator);
    wire.send(conn, &ServerMessage::Bye { reason: reason.to_owned() });
    wire.close(conn, Closing::policy(reason));
}
