//! How the page that holds the canvas wants the client to start.

use crate::{app::Boot, frame::View, platform::Trust};
use outcry_desk::link::{Entry, Server};

/// What the page says in `window.outcryBoot.view`: "player", "host" or "floor". The server is
/// where the page came from. `None` outside of a page.
#[must_use]
pub fn boot() -> Option<Boot> {
    let window = web_sys::window()?;
    let server = Server::at(&window.location().origin().ok()?).ok()?;
    let options = js_sys::Reflect::get(&window, &"outcryBoot".into()).ok();
    let view = options.and_then(|options| js_sys::Reflect::get(&options, &"view".into()).ok()?.as_string());
    let (view, entry) = match view.as_deref() {
        Some("host") => (View::Host, Entry::Spectator),
        Some("floor") => (View::Floor, Entry::Spectator),
        _ => (View::Player, Entry::Cookie),
    };
    Some(Boot { server, trust: Trust, entry: Some(entry), view })
}
