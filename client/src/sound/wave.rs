//! Tones, and the recording that they become where nothing else plays them. Made of sines in
//! code.

const RATE: u32 = 44_100;
/// How long a tone takes to its full loudness, in s: without it, it would click.
pub const ATTACK_S: f32 = 0.012;

/// A tone with a soft start and a long end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tone {
    /// When it begins, in s.
    pub at_s: f32,
    /// How long it is heard, in s.
    pub long_s: f32,
    /// Frequency, in Hz.
    pub hz: f32,
    /// Loudness at its height, 0 to 1.
    pub gain: f32,
}

const fn tone(at_s: f32, long_s: f32, hz: f32, gain: f32) -> Tone {
    Tone { at_s, long_s, hz, gain }
}

/// Someone takes a seat.
pub const JOIN: &[Tone] = &[tone(0.0, 0.25, 523.25, 0.08), tone(0.07, 0.35, 783.99, 0.07)];
/// An own order was filled.
pub const FILL: &[Tone] = &[tone(0.0, 0.16, 880.0, 0.12), tone(0.05, 0.30, 1_318.51, 0.10)];
/// An own order was rejected.
pub const REJECTED: &[Tone] = &[tone(0.0, 0.18, 233.08, 0.14), tone(0.10, 0.26, 196.0, 0.14)];
/// Each of the last seconds before a freeze.
pub const COUNT: &[Tone] = &[tone(0.0, 0.12, 660.0, 0.12)];
/// A round begins: trading stops.
pub const FREEZE: &[Tone] = &[tone(0.0, 0.9, 329.63, 0.12), tone(0.0, 0.9, 220.0, 0.12)];
/// An outcome is eliminated.
pub const ELIMINATION: &[Tone] =
    &[tone(0.0, 0.7, 196.0, 0.18), tone(0.18, 0.8, 155.56, 0.18), tone(0.36, 1.4, 98.0, 0.22)];
/// The market is settled.
pub const WIN: &[Tone] = &[
    tone(0.0, 0.5, 523.25, 0.13),
    tone(0.14, 0.5, 659.25, 0.13),
    tone(0.28, 0.5, 783.99, 0.13),
    tone(0.42, 1.6, 1_046.5, 0.16),
    tone(0.42, 1.6, 659.25, 0.10),
];

/// The tones as a WAV file: one channel of 16 bits.
#[must_use]
pub fn wav(tones: &[Tone]) -> Vec<u8> {
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
        let sum = mixed(tones, index as f32 / RATE as f32);
        bytes.extend(((sum.clamp(-1.0, 1.0) * f32::from(i16::MAX)) as i16).to_le_bytes());
    }
    bytes
}

/// All tones at a time after the start, in s. Beyond 1 it would be cut off.
fn mixed(tones: &[Tone], t: f32) -> f32 {
    tones.iter().map(|tone| sample(tone, t - tone.at_s)).sum()
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

    const ALL: [(&str, &[Tone]); 7] = [
        ("join", JOIN),
        ("fill", FILL),
        ("rejected", REJECTED),
        ("count", COUNT),
        ("freeze", FREEZE),
        ("elimination", ELIMINATION),
        ("win", WIN),
    ];

    fn samples(tones: &[Tone]) -> Vec<f32> {
        let bytes = wav(tones);
        let pairs = bytes[44..].chunks_exact(2).map(|pair| i16::from_le_bytes([pair[0], pair[1]]));
        pairs.map(|sample| f32::from(sample) / f32::from(i16::MAX)).collect()
    }

    #[test]
    fn every_sound_is_heard_and_none_is_cut_off_or_clicks() {
        for (name, tones) in ALL {
            let samples = samples(tones);
            let peak = samples.iter().fold(0.0_f32, |peak, sample| peak.max(sample.abs()));
            assert!((0.04..0.5).contains(&peak), "{name} peaks at {peak}");
            let steepest = samples.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(0.0, f32::max);
            assert!(steepest < 0.05, "{name} jumps by {steepest}");
            let ends = [samples[0], samples[samples.len() - 1]].map(f32::abs);
            assert!(ends.iter().all(|end| *end < 0.002), "{name} begins and ends with {ends:?}");
            let seconds = samples.len() as f32 / RATE as f32;
            assert!((0.1..3.0).contains(&seconds), "{name} is {seconds} s long");
        }
    }

    #[test]
    fn a_recording_is_as_long_as_its_header_says() {
        for (name, tones) in ALL {
            let bytes = wav(tones);
            let word = |at: usize| u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
            assert_eq!(bytes.len(), 44 + word(40) as usize, "{name}");
            assert_eq!(bytes.len(), 8 + word(4) as usize, "{name}");
        }
    }
}
