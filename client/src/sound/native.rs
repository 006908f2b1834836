//! The desktop's speaker: tones become a short recording in memory.

use super::{ATTACK_S, Tone};
use bevy::{
    audio::{AudioPlayer, AudioSource, PlaybackSettings},
    prelude::*,
};

/// Samples per second.
const RATE: u32 = 44_100;

/// What is to be played in this frame.
#[derive(Default)]
pub(super) struct Speaker(Option<&'static [Tone]>);

impl Speaker {
    /// Plays tones now.
    pub(super) fn play(&mut self, tones: &'static [Tone]) {
        self.0 = Some(tones);
    }
}

pub(super) fn play(mut speaker: NonSendMut<Speaker>, mut commands: Commands, mut sources: ResMut<Assets<AudioSource>>) {
    let Some(tones) = speaker.0.take() else { return };
    let source = sources.add(AudioSource { bytes: wav(tones).into() });
    commands.spawn((AudioPlayer(source), PlaybackSettings::DESPAWN));
}

/// The tones as a WAV file: one channel of 16 bits.
fn wav(tones: &[Tone]) -> Vec<u8> {
    let end_s = tones.iter().map(|tone| tone.at_s + tone.long_s).fold(0.0, f32::max);
    let count = (end_s * RATE as f32) as u32;
    let mut bytes = Vec::with_capacity(44 + count as usize * 2);
    bytes.extend(b"RIFF");
    bytes.extend((36 + count * 2).to_le_bytes());
    bytes.extend(b"WAVEfmt ");
    bytes.extend(16_u32.to_le_bytes());
    bytes.extend([1_u16, 1].map(u16::to_le_bytes).concat());
    bytes.extend([RATE, RATE * 2].map(u32::to_le_bytes).concat());
    bytes.extend([2_u16, 16].map(u16::to_le_bytes).concat());
    bytes.extend(b"data");
    bytes.extend((count * 2).to_le_bytes());
    for index in 0..count {
        let t = index as f32 / RATE as f32;
        let sum: f32 = tones.iter().map(|tone| sample(tone, t - tone.at_s)).sum();
        bytes.extend(((sum.clamp(-1.0, 1.0) * f32::from(i16::MAX)) as i16).to_le_bytes());
    }
    bytes
}

/// A tone at a time after its start, in s.
fn sample(tone: &Tone, t: f32) -> f32 {
    if !(0.0..tone.long_s).contains(&t) {
        return 0.0;
    }
    let rise = (t / ATTACK_S).min(1.0);
    let fall = (-5.0 * t / tone.long_s).exp() * (1.0 - t / tone.long_s);
    (t * tone.hz * std::f32::consts::TAU).sin() * tone.gain * rise * fall
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recording_is_as_long_as_its_header_says() {
        let bytes = wav(super::super::WIN);
        let length = u32::from_le_bytes([bytes[40], bytes[41], bytes[42], bytes[43]]);
        assert_eq!(bytes.len(), 44 + length as usize);
        assert!(bytes[44..].chunks_exact(2).any(|pair| i16::from_le_bytes([pair[0], pair[1]]) > 1_000));
    }
}
