//! How the page that holds the canvas wants the client to start.

use crate::{app::Boot, frame::View, platform::Trust};
use outcry_desk::link::{Entry, Server};

/// What the page says in `window.outcryBoot`: the `view` ("player", "host" or "floor"), and the `name` that its form has
/// asked for. The server is where the page came from. `None` outside of a page.
#[must_use]
pub fn boot() -> Option<Boot> {
    let window = web_sys::window()?;
    let server = Server::at(&window.location().origin().ok()?).ok()?;
    let options = js_sys::Reflect::get(&window, &"outcryBoot".into()).ok();
    let said = |key: &str| js_sys::Reflect::get(options.as_ref()?, &key.into()).ok()?.as_string();
    let (view, entry) = match said("view").as_deref() {
        Some("host") => (View::Host, Entry::Spectator),
        Some("floor") => (View::Floor, Entry::Spectator),
        _ => (View::Player, Entry::Cookie { name: said("name") }),
    };
    Some(Boot { server, trust: Trust, entry: Some(entry), view })
}
