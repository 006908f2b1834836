//! Who comes: by a hello over a connection, or by the form over HTTP. A seat is given only once it is
//! stored.

use super::{roster::token_hash, seat::Connection, seats::Seats, welcomes::Welcomes};
use crate::{
    chance::random_bytes,
    clock::ServerClock,
    market::Session,
    net::{Closing, ConnId, FrontRequest, Gone, Joined, Role, Said, SessionInfo, Wire},
    record::{Recorder, Staged, Stored},
    store::{NewUser, UserRow},
};
use bevy::{ecs::system::SystemParam, prelude::*};
use outcry_engine::amount::AMOUNT_MAX;
use outcry_shared::{
    limits::{PROTOCOL_VERSION, SEATS_MAX, SPECTATORS_MAX},
    message::{ConnectRefusal, Hello, RefusalCode, SeatClaim, ServerMessage},
    names::{self, NameError},
    phase::Phase,
    secret::SeatToken,
};
use tokio::sync::oneshot;

/// Seats on their way into the store.
#[derive(Resource, Debug, Default)]
pub(super) struct Joining(Vec<Newcomer>);

/// Someone whose seat is on its way into the store.
#[derive(Debug)]
struct Newcomer {
    row: NewUser,
    token: SeatToken,
    via: Via,
}

/// How someone asked to join.
#[derive(Debug)]
enum Via {
    Connection(ConnId),
    Form(oneshot::Sender<Result<Joined, String>>),
}

/// Everything that welcoming someone looks at.
#[derive(SystemParam)]
pub(super) struct Door<'w, 's> {
    clock: Res<'w, ServerClock>,
    session: Res<'w, Session>,
    recorder: ResMut<'w, Recorder>,
    staged: ResMut<'w, Staged>,
    joining: ResMut<'w, Joining>,
    seats: Seats<'w, 's>,
    welcomes: ResMut<'w, Welcomes>,
    wire: Wire<'w>,
}

/// Reads who is gone and who comes.
pub(super) fn hear(
    mut gone: MessageReader<Gone>,
    mut requests: ResMut<Messages<FrontRequest>>,
    mut hellos: MessageReader<Said<Hello>>,
    mut door: Door,
) {
    door.send_away();
    for gone in gone.read() {
        if let Role::Seat(user) = gone.role {
            door.seats.leave(user, gone.conn);
        }
    }
    for request in requests.drain() {
        door.request(request);
    }
    for Said { conn, what } in hellos.read() {
        door.hello(*conn, what);
    }
}

impl Door<'_, '_> {
    /// Gives a word to those who cannot be welcomed: nothing is shown before it is stored. Their seats wait.
    fn send_away(&mut self) {
        if self.welcomes.is_empty() {
            return;
        }
        let Some(reason) = self.recorder.busy(self.clock.now_ms()) else { return };
        for (conn, _) in self.welcomes.take() {
            self.refuse(conn, RefusalCode::Busy, reason.clone());
        }
    }

    fn request(&mut self, request: FrontRequest) {
        match request {
            FrontRequest::Join { name, reply } => self.join(&name, false, Via::Form(reply)),
            FrontRequest::Session { cookie, reply } => {
                let user = cookie.and_then(|token| self.seats.roster().by_token(token));
                let info = SessionInfo {
                    session: self.session.id().0,
                    name: self.session.config().name.clone(),
                    phase: self.session.phase(),
                    you: user.and_then(|user| self.seats.name(user)),
                    open: self.refuses_newcomers().is_none(),
                };
                // The asker may have gone away.
                let _ = reply.send(info);
            }
        }
    }

    fn hello(&mut self, conn: ConnId, hello: &Hello) {
        let Some(link) = self.wire.links.get(conn) else { return };
        if link.role != Role::New {
            return self.wire.close(conn, Closing::policy("a second hello on one connection"));
        }
        let cookie = link.cookie;
        if hello.protocol != PROTOCOL_VERSION {
            let reason = format!("this page speaks protocol {}, the server {PROTOCOL_VERSION}: reload", hello.protocol);
            return self.refuse(conn, RefusalCode::Version, reason);
        }
        if let Some(reason) = self.recorder.busy(self.clock.now_ms()) {
            return self.refuse(conn, RefusalCode::Busy, reason);
        }
        match &hello.seat {
            SeatClaim::Spectate => self.watch(conn),
            SeatClaim::Join { name, bot } => self.join(name, *bot, Via::Connection(conn)),
            SeatClaim::Resume(token) => self.resume(conn, Some(*token)),
            SeatClaim::Cookie => self.resume(conn, cookie),
        }
    }

    /// Lets someone watch without a seat, as long as there is a place. Whoever has too many of them makes room.
    fn watch(&mut self, conn: ConnId) {
        if self.wire.links.spectators() >= SPECTATORS_MAX {
            let Some(other) = self.wire.links.makes_room_for(conn) else {
                let reason = "every place to watch from is taken: join, or try again later".to_owned();
                return self.refuse(conn, RefusalCode::Busy, reason);
            };
            self.wire.links.set_role(other, Role::New);
            self.wire.close(other, Closing::policy("others want to watch as well").counted("crowded_out"));
        }
        self.wire.links.set_role(conn, Role::Spectator);
        self.welcomes.push(conn, None);
    }

    /// Gives a seat back to who has its token; another window that holds it loses it.
    fn resume(&mut self, conn: ConnId, token: Option<SeatToken>) {
        let user = token.and_then(|token| self.seats.roster().by_token(token));
        let Some((user, before)) = user.and_then(|user| Some((user, self.seats.hold(user, conn)?))) else {
            let reason = "that seat is not in this session: join again".to_owned();
            return self.refuse(conn, RefusalCode::UnknownSeat, reason);
        };
        if let Some(before) = before {
            self.wire.links.set_role(before, Role::Spectator);
            let reason = "this seat was opened in another window".to_owned();
            self.wire.send(before, &ServerMessage::Bye { reason: reason.clone() });
            self.wire.close(before, Closing::policy(&reason));
        }
        self.wire.links.set_role(conn, Role::Seat(user));
        self.welcomes.push(conn, None);
    }

    fn join(&mut self, name: &str, bot: bool, via: Via) {
        let (row, token) = match self.new_seat(name, bot) {
            Ok(seat) => seat,
            Err((code, reason)) => return self.turn_away(via, code, reason),
        };
        if let Via::Connection(conn) = &via {
            self.wire.links.set_role(*conn, Role::Seat(row.user));
        }
        self.staged.seat(row.clone());
        self.joining.0.push(Newcomer { row, token, via });
    }

    fn new_seat(&mut self, name: &str, bot: bool) -> Result<(NewUser, SeatToken), (RefusalCode, String)> {
        if let Some(reason) = self.refuses_newcomers() {
            return Err((RefusalCode::Door, reason));
        }
        if self.recorder.is_stalled() {
            return Err((RefusalCode::Busy, "the record cannot be written at the moment: try again".to_owned()));
        }
        let by_name = |error: NameError| (RefusalCode::Name, error.to_string());
        let name = names::normalise(name).map_err(by_name)?;
        let skeleton = names::skeleton(&name);
        let staged = self.joining.0.iter().any(|newcomer| newcomer.row.skeleton == skeleton);
        if staged || self.seats.roster().by_skeleton(&skeleton).is_some() {
            return Err(by_name(NameError::Taken(name)));
        }
        let token = random_bytes().map(SeatToken).map_err(|error| (RefusalCode::Busy, error.to_string()))?;
        let row = NewUser {
            user: self.seats.next_user(),
            name,
            skeleton,
            token_hash: token_hash(token),
            bot,
            deposit: self.session.market().params().starting_balance,
            seq: self.recorder.next_seq(),
        };
        Ok((row, token))
    }

    /// Why newcomers are not let in, if they are not.
    fn refuses_newcomers(&self) -> Option<String> {
        let session = &self.session;
        let deposit = session.market().params().starting_balance.0;
        let seats = self.seats.roster().len() + self.joining.0.len();
        let deposits = i64::try_from(seats + 1).unwrap_or(i64::MAX).saturating_mul(deposit);
        let reason = match session.phase() {
            Phase::Draft => "the session is not open yet: try again in a moment",
            Phase::Resolved => "the session is over: ask the host for a new one",
            _ if !session.door_open() => "the host has closed the door to newcomers",
            _ if seats >= SEATS_MAX || deposits > AMOUNT_MAX => "every seat is taken",
            _ => return None,
        };
        Some(reason.to_owned())
    }

    fn turn_away(&mut self, via: Via, code: RefusalCode, reason: String) {
        match via {
            Via::Connection(conn) => self.refuse(conn, code, reason),
            Via::Form(reply) => {
                // The asker may have gone away.
                let _ = reply.send(Err(reason));
            }
        }
    }

    fn refuse(&mut self, conn: ConnId, code: RefusalCode, reason: String) {
        self.wire.send(conn, &ServerMessage::Refused(ConnectRefusal { code, reason: reason.clone() }));
        self.wire.close(conn, Closing::policy(&reason));
    }
}

/// Gives their seats to those whose seats are stored.
pub(super) fn seat(
    mut stored: MessageReader<Stored>,
    mut joining: ResMut<Joining>,
    mut session: ResMut<Session>,
    mut seats: Seats,
    mut welcomes: ResMut<Welcomes>,
    wire: Wire,
) {
    if stored.is_empty() {
        return;
    }
    stored.clear();
    for Newcomer { row, token, via } in joining.0.drain(..) {
        session.seat(row.user, row.deposit);
        let connection = match via {
            Via::Connection(conn) if wire.links.get(conn).is_some() => {
                welcomes.push(conn, Some(token));
                Connection::new(Some(conn))
            }
            Via::Connection(_) => Connection::default(),
            Via::Form(reply) => {
                // Gone already: the seat is there all the same, and its name is taken.
                let _ = reply.send(Ok(Joined { user: row.user, name: row.name.clone(), token }));
                Connection::default()
            }
        };
        seats.enter(&UserRow::fresh(&row), connection);
    }
}
