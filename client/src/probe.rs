//! A read-only window into the state, so that browser tests can assert on it rather than on
//! pixels: `window.outcry.state()` is a JSON text. `window.outcry.detail = true` asks for pictures with every detail on
//! slow graphics. Only in builds for tests.

use crate::{floor::Frames, net::Known, platform, stage::canvas::Level, ui::UiState};
use bevy::{prelude::*, window::PrimaryWindow};
use bevy_egui::EguiContexts;
use outcry_desk::model::Connection;
use outcry_engine::Side;
use outcry_shared::replica::Replica;
use serde_json::{Value, json};
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::{JsValue, closure::Closure};

/// The state is written anew at most this often, in ms.
const EVERY_MS: u64 = 40;

/// What the page reads.
struct Probe {
    text: Rc<RefCell<String>>,
    object: js_sys::Object,
    _state: Closure<dyn Fn() -> String>,
}

impl Probe {
    /// Whether pictures are to have every detail, however long they take.
    fn wants_detail(&self) -> bool {
        js_sys::Reflect::get(&self.object, &"detail".into()).is_ok_and(|wish| wish.is_truthy())
    }
}

pub(crate) fn plugin(app: &mut App) {
    if let Some(probe) = expose() {
        app.insert_non_send(probe).add_systems(Last, write);
    }
}

fn expose() -> Option<Probe> {
    let text = Rc::new(RefCell::new("{}".to_owned()));
    let shown = text.clone();
    let state = Closure::<dyn Fn() -> String>::new(move || shown.borrow().clone());
    let object = js_sys::Object::new();
    let window: JsValue = web_sys::window()?.into();
    js_sys::Reflect::set(&object, &"state".into(), state.as_ref()).ok()?;
    js_sys::Reflect::set(&window, &"outcry".into(), &object).ok()?;
    Some(Probe { text, object, _state: state })
}

fn write(
    probe: NonSend<Probe>,
    (model, ui, mut frames): (Res<Known>, Res<UiState>, ResMut<Frames>),
    mut contexts: EguiContexts,
    window: Single<&Window, With<PrimaryWindow>>,
    mut written_ms: Local<u64>,
) -> Result {
    let now_ms = platform::now_ms();
    if now_ms < *written_ms + EVERY_MS {
        return Ok(());
    }
    *written_ms = now_ms;
    if probe.wants_detail() && !frames.is_fixed() {
        *frames = Frames::fixed_at(Level::High);
    }
    // Points of the panels against CSS pixels of the page.
    let css_per_point = contexts.ctx_mut()?.pixels_per_point() / window.scale_factor();
    let widgets = ui.widgets.iter().map(|(name, rect)| {
        let [x, y, w, h] = [rect.left(), rect.top(), rect.width(), rect.height()].map(|side| side * css_per_point);
        (name.to_owned(), json!({ "x": x, "y": y, "w": w, "h": h }))
    });
    let widgets: serde_json::Map<String, Value> = widgets.collect();
    let session = model.session();
    let state = json!({
        "phase": format!("{:?}", model.phase()),
        "session": session.map(|session| session.number()),
        "you": model.you().map(|you| you.name.clone()),
        "balance": model.own_view().map(|own| own.balance),
        "positions": model.own().map(|own| own.positions.clone()),
        "orders": model.own().map(|own| own.open_orders.clone()),
        "prices": session.map(prices),
        "outcomes": session.map(|session| session.fates()),
        "tick": session.map(|session| session.tick()),
        "state_hash": session.map(|session| session.state_hash().iter().map(|byte| format!("{byte:02x}")).collect::<String>()),
        "now_ms": model.session_ms(now_ms),
        "connection": connection(model.connection()),
        "lag_ms": model.time().lag_ms,
        "sent": model.orders().iter().map(|sent| format!("{:?}", sent.stage)).collect::<Vec<_>>(),
        "toasts": model.toasts().iter().map(|toast| toast.title.clone()).collect::<Vec<_>>(),
        "seats": session.map(|session| session.seats().len()),
        "end_ms": session.map(|session| session.clock().end_ms),
        "announcement": model.announcement().map(|(text, _)| text),
        "host": model.host().grant.is_some(),
        "denied": model.host().denied.as_ref().map(|(reason, _)| reason),
        "acts": model.host().state.as_ref().map(|host| host.acts.clone()),
        "ended": model.end().is_some(),
        "level": format!("{:?}", frames.level),
        "fps": frames.per_s,
        "widgets": widgets,
    });
    *probe.text.borrow_mut() = state.to_string();
    Ok(())
}

fn prices(session: &Replica) -> Vec<[f64; 2]> {
    session.ids().map(|outcome| Side::BOTH.map(|side| session.spot(outcome, side))).collect()
}

fn connection(connection: &Connection) -> &'static str {
    match connection {
        Connection::Connecting => "connecting",
        Connection::Live => "live",
        Connection::Reconnecting { .. } => "reconnecting",
        Connection::NeedsName { .. } => "needs name",
        Connection::Refused(_) => "refused",
        Connection::Closed(_) => "closed",
    }
}
