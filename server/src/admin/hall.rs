//! Acts that concern the room and the people in it: configuration, seats, door, announcements.

use super::{
    desk::Effect,
    stage::Stage,
    words::{phase_name, sentence},
};
use crate::{market::close_seat, net::Closing};
use outcry_engine::UserId;
use outcry_shared::{config::SessionConfig, limits::ANNOUNCEMENT_CHARS_MAX, message::ServerMessage, phase::Phase};

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

    pub(super) fn kick(&mut self, user: UserId) -> Effect {
        let closed = self.seats.close(user)?;
        if self.session.phase() != Phase::Resolved {
            close_seat(&mut self.session, &mut self.beat, user);
        }
        if let Some(conn) = closed.conn {
            let reason = "the host has closed your seat".to_owned();
            self.wire.send(conn, &ServerMessage::Bye { reason: reason.clone() });
            self.wire.close(conn, Closing::policy(&reason));
        }
        Ok(format!("the seat of {} is closed", closed.name))
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
