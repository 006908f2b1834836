//! The flags of the native client.

use crate::{
    app::Boot,
    floor::Frames,
    frame::View,
    inspect::{self, Inspection},
    stage::canvas::Level,
};
use bevy::prelude::*;
use clap::{Parser, ValueEnum};
use outcry_desk::link::{Entry, Server};

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
    #[command(flatten)]
    inspection: Inspection,
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
    /// How the app starts by them. Only a player enters by a name; other screens watch.
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
        Boot { server: self.url.clone(), entry, view, draft: None, light_floor: false }
    }
}

/// Does to the app what the flags ask for besides how it starts: a fixed level of detail, and
/// what is for those who work on it.
pub fn apply(app: &mut App, flags: &Flags) {
    if let Some(level) = flags.detail {
        app.insert_resource(Frames::fixed_at(level));
    }
    inspect::apply(app, &flags.inspection);
}
