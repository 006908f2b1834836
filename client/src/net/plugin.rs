//! The session in Bevy's frame: what arrived goes to the model, what people did goes out.

use super::{Session, SessionEvent};
use crate::{
    action::{Action, dedup},
    errands,
    model::{Connection, Model, Notice},
    platform::{self, Outcomes},
};
use bevy::prelude::*;
use outcry_shared::{ClientMessage, ServerMessage};
use std::{cell::RefCell, rc::Rc};

/// The session, shared with what listens to the window outside of Bevy's frame.
pub(crate) struct Net(pub(crate) Rc<RefCell<Session>>);

/// What a message meant, for the floor and the ear.
#[derive(Message, Clone, Debug)]
pub(crate) struct Heard(pub(crate) Notice);

/// What people did since the last frame. Panels may be drawn twice a frame: repetitions are
/// dropped before anything is sent.
#[derive(Resource, Default)]
pub(crate) struct Actions(pub(crate) Vec<Action>);

/// Where the network stands in a frame.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum NetSystems {
    /// What arrived goes to the model; in `PreUpdate`.
    Receive,
    /// What people did goes out; in `Update`.
    Send,
}

/// Runs the session in the app's frames. Needs [`Net`], [`Outcomes`] and [`Model`].
pub(crate) fn plugin(app: &mut App) {
    app.init_resource::<Actions>()
        .add_message::<Heard>()
        .add_systems(PreUpdate, receive.in_set(NetSystems::Receive))
        .add_systems(Update, send.in_set(NetSystems::Send));
}

fn receive(
    net: NonSend<Net>,
    mut model: ResMut<Model>,
    mut heard: MessageWriter<Heard>,
    mut asked_resync: Local<bool>,
) {
    let now_ms = platform::now_ms();
    let mut session = net.0.borrow_mut();
    let events = session.poll(now_ms);
    if events.is_empty() {
        return;
    }
    for event in events {
        match event {
            SessionEvent::Lost(attempt) => {
                model.connection = Connection::Reconnecting { attempt };
                model.time.reconnect();
            }
            SessionEvent::Message(message) => {
                let welcome = matches!(*message, ServerMessage::Welcome(_));
                for notice in model.apply(*message, now_ms) {
                    heard.write(Heard(notice));
                }
                if welcome {
                    // The same number has one effect, however often it is sent.
                    model.orders.unanswered().for_each(|order| session.send(&ClientMessage::Order(order.clone())));
                }
            }
        }
    }
    if model.needs_resync && !*asked_resync {
        session.send(&ClientMessage::Resync);
    }
    *asked_resync = model.needs_resync;
}

fn send(net: NonSend<Net>, outcomes: NonSend<Outcomes>, mut actions: ResMut<Actions>, mut model: ResMut<Model>) {
    if actions.0.is_empty() {
        return;
    }
    let mut actions = std::mem::take(&mut actions.0);
    dedup(&mut actions);
    let now_ms = platform::now_ms();
    let mut session = net.0.borrow_mut();
    for action in actions {
        match model.outgoing(&action, now_ms) {
            Some(message) => session.send(&message),
            None => errands::run(action, &mut session, &mut model, &outcomes),
        }
    }
    // At once: on a slow machine the next frame is a while away.
    session.flush();
}
