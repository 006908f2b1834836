//! Acts that concern the room and the people in it: configuration, seats, door, announcements.

use super::{
    desk::Effect,
    stage::Stage,
    words::{phase_name, sentence},
};
use crate::{
    market::close_seats,
    net::{Closing, ConnId},
    players::VALID_MS,
};
use outcry_engine::UserId;
use outcry_shared::{
    config::SessionConfig,
    limits::ANNOUNCEMENT_CHARS_MAX,
    message::{ServerMessage, Whom},
    phase::Phase,
};

/// Seats closed in one lap: the market looks at every account for each of them.
const CLOSED_PER_LAP: usize = 50;

impl Stage<'_, '_> {
    pub(super) fn configure(&mut self, config: &SessionConfig) -> Effect {
        if !matches!(self.session.phase(), Phase::Draft | Phase::Lobby) {
            return Err(format!(
                "the session is {}: it can be configured before the start",
                phase_name(self.session.phase())
            ));
        }
        let violations = config.validate();
        if !violations.is_empty() {
            return Err(sentence(&violations));
        }
        if config.params != self.session.config().params && !self.seats.is_empty() {
            // Joins are in the record with the old deposit: a new record begins.
            return self.reconfigure(config).map(|()| String::new());
        }
        self.session.configure(config.clone()).map_err(|violations| sentence(&violations))?;
        self.keep_session();
        self.notices.all();
        Ok("configured".to_owned())
    }

    /// Rehearses a configuration beside the session, in whatever phase that is.
    pub(super) fn rehearse(&mut self, config: &SessionConfig) -> Effect {
        let violations = config.validate();
        if !violations.is_empty() {
            return Err(sentence(&violations));
        }
        self.rehearsals.begin(config)?;
        Ok("the rehearsal has begun".to_owned())
    }

    pub(super) fn kick(&mut self, user: UserId) -> Effect {
        let name = self.close(user)?;
        if self.session.phase() != Phase::Resolved {
            close_seats(&mut self.session, &mut self.beat, &[user]);
        }
        Ok(format!("the seat of {name} is closed, and stays so in this session"))
    }

    /// Closes a seat but for its account, and sends its owner away. Returns the name on it.
    fn close(&mut self, user: UserId) -> Result<String, String> {
        let closed = self.seats.close(user)?;
        if self.session.phase() == Phase::Resolved {
            // No tick will say it any more.
            self.recorder.update_seat(closed.seat.update());
        }
        if let Some(conn) = closed.conn {
            let reason = "the host has closed your seat".to_owned();
            self.wire.send(conn, &ServerMessage::Bye { reason: reason.clone() });
            self.wire.close(conn, Closing::policy(&reason));
        }
        Ok(closed.seat.name().to_owned())
    }

    /// Closes many seats, some in each lap; none while some are left.
    pub(super) fn empty(&mut self, whom: Whom, last: UserId) -> Option<Effect> {
        let meant = self.seats.up_to(last, whom == Whom::Away);
        let now = &meant[..meant.len().min(CLOSED_PER_LAP)];
        for user in now {
            // Open, as was just seen.
            let _ = self.close(*user);
        }
        if self.session.phase() != Phase::Resolved && !now.is_empty() {
            close_seats(&mut self.session, &mut self.beat, now);
        }
        let done = match whom {
            Whom::Away => "the seats of all who were away are closed",
            Whom::Everyone => "the seats of all who were here are closed",
        };
        (now.len() == meant.len()).then(|| Ok(done.to_owned()))
    }

    /// Makes a code for a seat, and tells it to whoever asked alone.
    pub(super) fn give_back(&mut self, conn: ConnId, user: UserId) -> Effect {
        let seat = self.seats.get(user).filter(|seat| seat.open());
        let seat = seat.ok_or_else(|| format!("participant {} has no open seat", user.0))?;
        let name = seat.name().to_owned();
        let code = self.codes.make(user, self.clock.now_ms()).map_err(|error| error.to_string())?;
        self.wire.send(conn, &ServerMessage::SeatCode { user, code, valid_ms: VALID_MS });
        Ok(format!("a link gives the seat of {name} to another device, once within {} min", VALID_MS / 60_000))
    }

    pub(super) fn rename(&mut self, user: UserId, name: &str) -> Effect {
        let (rename, before) = self.seats.rename(user, name)?;
        let now = rename.name.clone();
        self.recorder.rename(rename);
        Ok(format!("{before} is now {now}"))
    }

    pub(super) fn set_door(&mut self, open: bool) -> Effect {
        self.session.set_door(open);
        self.keep_session();
        Ok(if open { "newcomers are let in" } else { "newcomers are not let in" }.to_owned())
    }

    pub(super) fn announce(&mut self, text: &str) -> Effect {
        let text: String = text.trim().chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let chars = text.chars().count();
        if chars == 0 || chars > ANNOUNCEMENT_CHARS_MAX {
            return Err(format!("the message has {chars} characters, 1 to {ANNOUNCEMENT_CHARS_MAX} are allowed"));
        }
        self.notices.announce(text);
        Ok("told everyone".to_owned())
    }
}
