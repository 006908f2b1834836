//! Actions to messages. What is sent is noted first, so that a repetition sends nothing.

use super::state::Model;
use crate::action::Action;
use outcry_shared::{ClientMessage, limits::PASSWORD_CHARS_MAX, secret::Secret};

impl Model {
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
            Action::HostLogin(password) => {
                self.host.checking = true;
                self.host.denied = None;
                let password: String = password.reveal().chars().take(PASSWORD_CHARS_MAX).collect();
                Some(ClientMessage::HostLogin { password: Secret::new(password) })
            }
            Action::Host(act) => self.host.request(act).map(|request| ClientMessage::Host(Box::new(request))),
            Action::Join(_)
            | Action::Export(_)
            | Action::SaveConfig { .. }
            | Action::LoadConfig
            | Action::Copy(_)
            | Action::Reconnect
            | Action::Reload
            | Action::LightFloor
            | Action::SavePrefs(_)
            | Action::Announce(_) => None,
        }
    }
}
