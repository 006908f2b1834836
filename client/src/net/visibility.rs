//! A hidden window has no frames: what it tells the server is sent from the page's event.

use super::line::Line;
use crate::platform;
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Document, VisibilityState};

/// Listens to the page for as long as it lives.
pub(super) struct Visibility {
    page: Option<Document>,
    on_change: Closure<dyn FnMut()>,
}

impl Visibility {
    /// Tells the line whenever the page is hidden or seen again.
    pub(super) fn watch(line: Rc<RefCell<Line>>) -> Self {
        let page = web_sys::window().and_then(|window| window.document());
        let seen = page.clone();
        let on_change = Closure::<dyn FnMut()>::new(move || {
            let hidden = seen.as_ref().is_some_and(|page| page.visibility_state() == VisibilityState::Hidden);
            line.borrow_mut().set_hidden(hidden, platform::now_ms());
        });
        if let Some(page) = &page {
            let _ = page.add_event_listener_with_callback("visibilitychange", on_change.as_ref().unchecked_ref());
        }
        Self { page, on_change }
    }
}

impl Drop for Visibility {
    fn drop(&mut self) {
        if let Some(page) = &self.page {
            let on_change = self.on_change.as_ref().unchecked_ref();
            let _ = page.remove_event_listener_with_callback("visibilitychange", on_change);
        }
    }
}
