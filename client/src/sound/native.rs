//! The desktop's speaker: tones become a short recording in memory.

use super::wave::{Tone, wav};
use bevy::{
    audio::{AudioPlayer, AudioSource, PlaybackSettings},
    prelude::*,
};

/// What is to be played in this frame.
#[derive(Default)]
pub(super) struct Speaker(Option<&'static [Tone]>);

impl Speaker {
    /// Plays tones in this frame, instead of those asked for before in it.
    pub(super) fn play(&mut self, tones: &'static [Tone]) {
        self.0 = Some(tones);
    }
}

pub(super) fn play(mut speaker: NonSendMut<Speaker>, mut commands: Commands, mut sources: ResMut<Assets<AudioSource>>) {
    let Some(tones) = speaker.0.take() else { return };
    let source = sources.add(AudioSource { bytes: wav(tones).into() });
    commands.spawn((AudioPlayer(source), PlaybackSettings::DESPAWN));
}
