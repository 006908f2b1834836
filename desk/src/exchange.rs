//! A turn of the desk: what arrived goes to the model, what people did goes out. Nothing else takes the model and the
//! link in hand at once.

use crate::{
    action::Action,
    link::{Device, Entry, Link, LinkEvent},
    model::{Model, Notice},
};
use outcry_shared::ClientMessage;

/// Takes in what a link told, and says what it meant. Once welcomed, orders without an answer are sent again, which has
/// one effect however often it is done; those of a while ago are asked about instead. The host's right is shown again.
pub fn receive<D: Device>(
    model: &mut Model,
    link: &mut Link<D>,
    events: Vec<LinkEvent>,
    now_local_ms: u64,
) -> Vec<Notice> {
    let mut notices = model.reveal(now_local_ms);
    for event in events {
        notices.extend(take(model, event, now_local_ms));
    }
    if notices.contains(&Notice::Welcome) {
        model.on_return(now_local_ms).iter().for_each(|message| link.send(message));
    }
    model.steps().iter().for_each(|message| link.send(message));
    if model.asks_resync() {
        link.send(&ClientMessage::Resync);
    }
    notices
}

/// Takes in what a follower told, and says what it meant: who only watches has nothing to say.
pub fn watch(model: &mut Model, events: Vec<LinkEvent>, now_local_ms: u64) -> Vec<Notice> {
    let mut notices = model.reveal(now_local_ms);
    notices.extend(events.into_iter().flat_map(|event| take(model, event, now_local_ms)));
    notices
}

fn take(model: &mut Model, event: LinkEvent, now_local_ms: u64) -> Vec<Notice> {
    match event {
        LinkEvent::Message(message) => model.apply(*message, now_local_ms),
        LinkEvent::Lost(attempt, why) => {
            model.lose(attempt, why);
            Vec::new()
        }
    }
}

/// Sends what people asked for, at once, and returns what is the device's to do: files, clipboard, preferences.
pub fn send<D: Device>(model: &mut Model, link: &mut Link<D>, actions: Vec<Action>, now_local_ms: u64) -> Vec<Action> {
    let mut errands = Vec::new();
    for action in actions {
        if let Some(message) = model.outgoing(&action, now_local_ms) {
            link.send(&message);
            continue;
        }
        match action {
            Action::Join(name) => {
                model.enter();
                link.enter(Entry::Named(name));
            }
            Action::Reconnect => link.reconnect(),
            // Messages that were sent before, or that one has no right to.
            Action::PlaceOrder(_)
            | Action::Cancel(_)
            | Action::CancelAll
            | Action::Practised(_)
            | Action::Reached(_)
            | Action::HostLogin(_)
            | Action::Host(_)
            | Action::HideSeatCode => {}
            errand => errands.push(errand),
        }
    }
    model.steps().iter().for_each(|message| link.send(message));
    // On a slow machine the next frame is a while away.
    link.flush();
    errands
}
