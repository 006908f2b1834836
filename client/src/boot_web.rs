//! How the page that holds the canvas wants the client to start.

use crate::{app::Boot, frame::View, net::Way, platform::Trust};
use outcry_desk::{
    link::{Entry, Server},
    model::Opening,
    view::ticket::kept,
};

/// What the page says in `window.outcryBoot`: the `view` ("player", "host" or "floor"), the `name` that its form has
/// asked for, the order (`draft`) that was being typed on the light floor, and how the page was opened (`lead`, `named`,
/// in ms). The server is where the page came from.
/// `None` outside of a page.
#[must_use]
pub fn boot() -> Option<Boot> {
    let window = web_sys::window()?;
    let server = Server::at(&window.location().href().ok()?).ok()?;
    let options = js_sys::Reflect::get(&window, &"outcryBoot".into()).ok();
    let count = |name: &str| Some(js_sys::Reflect::get(options.as_ref()?, &name.into()).ok()?.as_f64()? as u32);
    let opening = Opening { lead_ms: count("lead").unwrap_or_default(), named_ms: count("named") };
    let said = |name: &str| js_sys::Reflect::get(options.as_ref()?, &name.into()).ok()?.as_string();
    let (view, draft) = (said("view"), said("draft"));
    let (view, way) = match view.as_deref() {
        Some("host") => (View::Host, Way::Socket(Some(Entry::Spectator))),
        Some("floor") => (View::Floor, Way::Pieces),
        _ => (View::Player, Way::Socket(Some(Entry::Cookie { name: said("name") }))),
    };
    let draft = draft.and_then(|line| kept(&line));
    Some(Boot { server, trust: Trust, way, view, draft, light_floor: view == View::Player, opening })
}
