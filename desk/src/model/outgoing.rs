//! Actions to messages. What is sent is noted first, so that a repetition sends nothing.

use super::{
    connection::Connection,
    state::Model,
    toasts::ToastKind,
    visit::{Opening, Visit},
};
use crate::{
    action::Action,
    text::{host as words, toast},
};
use outcry_shared::{ClientMessage, limits::PASSWORD_CHARS_MAX, secret::Secret};

/// An order without an answer is sent again for so long, in ms; later it is asked about: prices have moved.
const RESEND_MS: u64 = 15_000;

impl Model {
    /// How the page was opened that this is the model of.
    pub fn open(&mut self, opening: Opening) {
        self.visit = Visit::new(opening);
    }

    /// The steps that were reached and not told yet: by those who have a seat, while there is a connection.
    pub(crate) fn steps(&mut self) -> Vec<ClientMessage> {
        if self.connection != Connection::Live || self.you.is_none() {
            return vec![];
        }
        let told = |(step, after_ms)| ClientMessage::Reached { step, after_ms };
        self.visit.take_untold().into_iter().map(told).collect()
    }

    /// What is said once the connection is back: the host's right, and what was not answered.
    pub(crate) fn on_return(&self, now_local_ms: u64) -> Vec<ClientMessage> {
        let right = self.host.grant.map(|grant| ClientMessage::HostResume { grant });
        let unanswered = self.orders.unanswered().map(|sent| {
            if now_local_ms < sent.sent_ms + RESEND_MS {
                ClientMessage::Order(sent.order.clone())
            } else {
                ClientMessage::Ask { client_order_id: sent.order.client_order_id }
            }
        });
        right.into_iter().chain(unanswered).collect()
    }

    /// The message that an action sends, noted as sent. `None` for actions that the owner of
    /// window and socket carries out itself, for a repetition, and for an act of the host
    /// without the right to it.
    pub fn outgoing(&mut self, action: &Action, now_local_ms: u64) -> Option<ClientMessage> {
        match action {
            Action::PlaceOrder(placement) => {
                self.orders.note(placement, now_local_ms).then(|| ClientMessage::Order(placement.order.clone()))
            }
            Action::Cancel(order) => Some(ClientMessage::Cancel { order: *order }),
            Action::CancelAll => Some(ClientMessage::CancelAll),
            Action::Reached(step) => {
                self.visit.reach(*step, now_local_ms);
                None
            }
            Action::Practised(missions) => Some(ClientMessage::Practised { missions: *missions }),
            Action::HostLogin(_) if self.connection != Connection::Live => {
                self.host.denied = Some((words::NOT_CONNECTED.to_owned(), now_local_ms));
                None
            }
            Action::HostLogin(password) => {
                self.host.checking = true;
                self.host.denied = None;
                let password: String = password.reveal().chars().take(PASSWORD_CHARS_MAX).collect();
                Some(ClientMessage::HostLogin { password: Secret::new(password) })
            }
            Action::Host(act) => {
                let live = self.connection == Connection::Live;
                let session = self.session.as_ref().map_or(0, |session| session.number());
                if !live && self.host.grant.is_some() {
                    self.toast(ToastKind::Bad, toast::host_refused(words::NOT_CONNECTED), now_local_ms);
                }
                self.host.request(act, session, live).map(|request| ClientMessage::Host(Box::new(request)))
            }
            Action::HideSeatCode => {
                self.host.seat_code = None;
                None
            }
            Action::Join(_)
            | Action::Export(_)
            | Action::SaveConfig { .. }
            | Action::LoadConfig
            | Action::Copy(_)
            | Action::Reconnect
            | Action::Reload
            | Action::Keep(_)
            | Action::LightFloor
            | Action::OpenProjector
            | Action::SavePrefs(_) => None,
        }
    }
}
