//! The browser's own oscillators: no mixer to download, no thread to stutter.

use super::wave::{ATTACK_S, Tone};
use wasm_bindgen::JsValue;
use web_sys::{AudioContext, AudioContextState};

/// The browser's speaker; made at the first sound, since it needs a gesture before it.
#[derive(Default)]
pub(super) struct Speaker(Option<AudioContext>);

impl Speaker {
    /// Plays tones now. Without a speaker nothing is heard, and nothing else changes.
    pub(super) fn play(&mut self, tones: &[Tone]) {
        if self.0.is_none() {
            self.0 = AudioContext::new().ok();
        }
        let Some(context) = &self.0 else { return };
        if context.state() == AudioContextState::Suspended {
            let _ = context.resume();
        }
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
