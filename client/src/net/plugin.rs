//! The link in Bevy's frame: what arrived goes to the model, what people did goes out.

#[cfg(target_arch = "wasm32")]
use super::visibility::Visibility;
use super::{
    device::ThisDevice,
    known::Known,
    line::{Line, Way},
};
use crate::platform::{self, Trust};
use bevy::{
    prelude::*,
    winit::{EventLoopProxyWrapper, WinitUserEvent},
};
use outcry_desk::{
    action::{Action, dedup},
    link::{Server, Sleep},
    model::{Notice, Opening},
};
use std::{cell::RefCell, rc::Rc};

/// The line to the server, shared with what listens to the window outside of Bevy's frame.
pub(crate) struct Net {
    line: Rc<RefCell<Line>>,
    server: Server,
    trust: Trust,
}

impl Net {
    /// Where the server is.
    pub(crate) fn server(&self) -> Server {
        self.server.clone()
    }

    /// Whom one believes that it is the one.
    pub(crate) fn trust(&self) -> Trust {
        self.trust.clone()
    }

    /// Tries again at once.
    pub(crate) fn reconnect(&self) {
        self.line.borrow_mut().reconnect();
    }
}

/// What a message meant, for the floor and the ear.
#[derive(Message, Clone, Debug)]
pub(crate) struct Heard(pub(crate) Notice);

/// What people asked for that is no message to the server.
#[derive(Message, Clone, Debug)]
pub(crate) struct Errand(pub(crate) Action);

/// What people did since the last frame. Panels may be drawn twice a frame: repetitions are
/// dropped before anything is sent.
#[derive(Resource, Default)]
pub(crate) struct Actions(Vec<Action>);

impl Actions {
    /// Keeps them for [`NetSystems::Send`].
    pub(crate) fn add(&mut self, actions: Vec<Action>) {
        self.0.extend(actions);
    }
}

/// Where the network stands in a frame.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum NetSystems {
    /// What arrived goes to the model; in `PreUpdate`.
    Receive,
    /// What people did goes out, or becomes an [`Errand`]; in `Update`.
    Send,
}

/// Runs a line to a server in the app's frames.
pub(crate) fn plugin(app: &mut App, server: Server, trust: Trust, way: Way, opening: Opening) {
    let mut known = Known::new();
    known.model().open(opening);
    let device = match app.world().get_resource::<EventLoopProxyWrapper>() {
        Some(proxy) => {
            let proxy = (**proxy).clone();
            ThisDevice::new(trust.clone(), move || {
                // Fails only when the window is gone.
                let _ = proxy.send_event(WinitUserEvent::WakeUp);
            })
        }
        None => ThisDevice::new(trust.clone(), || {}),
    };
    if matches!(way, Way::Socket(None)) {
        known.model().ask_name();
    }
    let line = Rc::new(RefCell::new(Line::new(server.clone(), device, way)));
    #[cfg(target_arch = "wasm32")]
    app.insert_non_send(Visibility::watch(line.clone()));
    app.insert_non_send(Net { line, server, trust })
        .insert_resource(known)
        .init_resource::<Actions>()
        .add_message::<Heard>()
        .add_message::<Errand>()
        .add_systems(PreUpdate, receive.in_set(NetSystems::Receive))
        .add_systems(Update, send.in_set(NetSystems::Send));
}

fn receive(net: NonSend<Net>, mut known: ResMut<Known>, mut heard: MessageWriter<Heard>, mut sleep: Local<Sleep>) {
    let now_ms = platform::now_ms();
    let mut line = net.line.borrow_mut();
    if sleep.slept(now_ms, platform::wall_us()) {
        line.wake();
    }
    let events = line.poll(now_ms);
    if !events.is_empty() || known.is_due(now_ms) {
        heard.write_batch(line.receive(known.model(), events, now_ms).into_iter().map(Heard));
    }
}

fn send(net: NonSend<Net>, mut actions: ResMut<Actions>, mut known: ResMut<Known>, mut errands: MessageWriter<Errand>) {
    if actions.0.is_empty() {
        return;
    }
    let mut actions = std::mem::take(&mut actions.0);
    dedup(&mut actions);
    let own = net.line.borrow_mut().send(known.model(), actions, platform::now_ms());
    errands.write_batch(own.into_iter().map(Errand));
}
