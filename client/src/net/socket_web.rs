//! The browser's WebSocket. Its callbacks are owned here and taken off when it is dropped.

use crate::platform::Trust;
use outcry_desk::link::{Inbox, Wire, WireEvent};
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{BinaryType, MessageEvent, WebSocket};

/// A connection, or an attempt at one. Dropped, it closes.
pub(crate) struct Socket {
    socket: Option<WebSocket>,
    inbox: Rc<RefCell<Inbox>>,
    _on_event: Closure<dyn FnMut(web_sys::Event)>,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
}

impl Socket {
    /// Starts to connect. `wake` is called when something arrived.
    pub(super) fn connect(url: &str, _trust: &Trust, wake: impl Fn() + 'static) -> Self {
        let inbox = Rc::new(RefCell::new(Inbox::default()));
        let wake = Rc::new(wake);
        let on_event = {
            let (inbox, wake) = (inbox.clone(), wake.clone());
            Closure::<dyn FnMut(web_sys::Event)>::new(move |event: web_sys::Event| {
                let what = if event.type_() == "open" { WireEvent::Open } else { WireEvent::Closed(None) };
                inbox.borrow_mut().put(what);
                wake();
            })
        };
        let on_message = {
            let inbox = inbox.clone();
            Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
                // Text frames are not of this protocol.
                let Ok(buffer) = event.data().dyn_into::<js_sys::ArrayBuffer>() else { return };
                inbox.borrow_mut().put_frame(js_sys::Uint8Array::new(&buffer).to_vec());
                wake();
            })
        };
        let socket = WebSocket::new(url).ok();
        match &socket {
            Some(socket) => {
                socket.set_binary_type(BinaryType::Arraybuffer);
                socket.set_onopen(Some(on_event.as_ref().unchecked_ref()));
                socket.set_onclose(Some(on_event.as_ref().unchecked_ref()));
                socket.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
            }
            None => inbox.borrow_mut().put(WireEvent::Closed(None)),
        }
        Self { socket, inbox, _on_event: on_event, _on_message: on_message }
    }
}

impl Wire for Socket {
    fn try_recv(&mut self) -> Option<WireEvent> {
        self.inbox.borrow_mut().take()
    }

    fn send(&mut self, frame: Vec<u8>) {
        if let Some(socket) = &self.socket {
            // Fails only while connecting; a session sends nothing before `Open`.
            let _ = socket.send_with_u8_array(&frame);
        }
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        let Some(socket) = self.socket.take() else { return };
        socket.set_onopen(None);
        socket.set_onclose(None);
        socket.set_onmessage(None);
        let _ = socket.close();
    }
}
