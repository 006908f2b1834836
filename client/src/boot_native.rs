//! The flags of the native client.

use crate::{
    app::{Boot, View},
    floor::Frames,
    net::{Entry, Server},
    stage::canvas::Level,
};
use bevy::{
    prelude::*,
    render::view::screenshot::{Screenshot, ScreenshotCaptured, save_to_disk},
};
use clap::{Parser, ValueEnum};
use std::path::PathBuf;

/// The trading floor.
#[derive(Parser, Clone, Debug)]
#[command(name = "outcry-client", version)]
pub struct Flags {
    /// Where the server is: the link that people join by.
    #[arg(long, env = "OUTCRY_URL", default_value = "http://127.0.0.1:7777", value_parser = Server::at)]
    url: Server,
    /// The name to join with; the same name resumes the same seat. Asked for when left out.
    #[arg(long)]
    name: Option<String>,
    /// Whose screen it is.
    #[arg(long, value_enum, default_value = "player")]
    view: ViewFlag,
    /// How much is drawn; chosen by how fast frames are when left out.
    #[arg(long, value_enum)]
    detail: Option<Level>,
    /// Writes a picture of the window to this PNG file and ends.
    #[arg(long, value_name = "FILE")]
    screenshot: Option<PathBuf>,
    /// When the picture is taken, in seconds after the start.
    #[arg(long, value_name = "SECONDS", default_value_t = 5.0)]
    after: f32,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum ViewFlag {
    /// A participant's: floor and panels.
    Player,
    /// A host's, without a seat.
    Host,
    /// A projector's: the floor alone.
    Floor,
}

impl Flags {
    /// What they mean.
    #[must_use]
    pub fn boot(&self) -> Boot {
        let view = match self.view {
            ViewFlag::Player => View::Player,
            ViewFlag::Host => View::Host,
            ViewFlag::Floor => View::Floor,
        };
        let entry = match view {
            View::Player => self.name.clone().map(Entry::Named),
            View::Host | View::Floor => Some(Entry::Spectator),
        };
        Boot { server: self.url.clone(), entry, view }
    }
}

/// A picture is taken after so many frames at the earliest: the first ones lack what is still
/// being compiled for the graphics card.
const FRAMES_BEFORE: u32 = 30;

/// Does to the app what the flags ask for besides how it starts: a fixed level of detail, and
/// a picture after which the program ends.
pub fn apply(app: &mut App, flags: &Flags) {
    if let Some(level) = flags.detail {
        app.insert_resource(Frames::fixed_at(level));
    }
    let Some(file) = flags.screenshot.clone() else { return };
    let after_s = flags.after;
    let mut taken = false;
    let mut drawn = 0;
    app.add_systems(Update, move |mut commands: Commands, time: Res<Time<Real>>, frames: Res<Frames>| {
        drawn += 1;
        if !taken && time.elapsed_secs() >= after_s && drawn > FRAMES_BEFORE {
            taken = true;
            info!("drawn with detail {:?}, {:.0} frames per second", frames.level, frames.per_s);
            let picture = Screenshot::primary_window();
            commands.spawn(picture).observe(save_to_disk(file.clone())).observe(end);
        }
    });
}

fn end(_: On<ScreenshotCaptured>, mut exit: MessageWriter<AppExit>) {
    exit.write(AppExit::Success);
}
