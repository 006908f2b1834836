//! The browser's own oscillators: no mixer to download, no thread to stutter.

use super::wave::{ATTACK_S, Tone};
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{AudioContext, AudioContextState};

/// What counts as a gesture to a browser that lets nothing be heard before one.
const GESTURES: [&str; 4] = ["pointerup", "touchend", "click", "keydown"];

type Context = Rc<RefCell<Option<AudioContext>>>;

/// The browser's speaker. Browsers let it speak after a gesture, and some only if it is begun or woken within one, after
/// every call that came in between: so every gesture wakes it.
pub(super) struct Speaker {
    context: Context,
    _wakes: Closure<dyn FnMut()>,
}

impl Default for Speaker {
    fn default() -> Self {
        let context = Context::default();
        let shared = context.clone();
        let wakes = Closure::<dyn FnMut()>::new(move || wake(&mut shared.borrow_mut()));
        for gesture in GESTURES {
            if let Some(window) = web_sys::window() {
                // Before the page's own listeners, which may end the gesture.
                let listener = wakes.as_ref().unchecked_ref();
                let _ = window.add_event_listener_with_callback_and_bool(gesture, listener, true);
            }
        }
        Self { context, _wakes: wakes }
    }
}

fn wake(context: &mut Option<AudioContext>) {
    if context.is_none() {
        *context = AudioContext::new().ok();
    }
    if let Some(context) = context
        && context.state() != AudioContextState::Running
    {
        let _ = context.resume();
    }
}

impl Speaker {
    /// Plays tones now. What cannot be heard now is never heard: a speaker that is woken later would play all of it at
    /// once.
    pub(super) fn play(&mut self, tones: &[Tone]) {
        let context = self.context.borrow();
        let Some(context) = context.as_ref().filter(|context| context.state() == AudioContextState::Running) else {
            return;
        };
        for tone in tones {
            let _ = sound(context, tone);
        }
    }
}

fn sound(context: &AudioContext, tone: &Tone) -> Result<(), JsValue> {
    let start_s = context.current_time() + f64::from(tone.at_s);
    let end_s = start_s + f64::from(tone.long_s);
    let oscillator = context.create_oscillator()?;
    let gain = context.create_gain()?;
    oscillator.frequency().set_value(tone.hz);
    gain.gain().set_value_at_time(0.0, start_s)?;
    gain.gain().linear_ramp_to_value_at_time(tone.gain, start_s + f64::from(ATTACK_S))?;
    gain.gain().exponential_ramp_to_value_at_time(0.0005, end_s)?;
    oscillator.connect_with_audio_node(&gain)?;
    gain.connect_with_audio_node(&context.destination())?;
    oscillator.start_with_when(start_s)?;
    oscillator.stop_with_when(end_s)
}
