//! The flags of the native client.

use crate::{
    app::Boot,
    floor::Frames,
    frame::View,
    inspect::{self, Inspection},
    net::Way,
    platform::Trust,
    stage::canvas::Level,
};
use bevy::prelude::*;
use clap::{Parser, ValueEnum};
use outcry_desk::{
    link::{Entry, Server},
    model::Opening,
};
use outcry_reach::{Address, BadAddress};

/// Where the server is when nothing is said.
const URL: &str = "http://127.0.0.1:7777";

/// The trading floor.
#[derive(Parser, Clone, Debug)]
#[command(name = "outcry-client", version)]
pub struct Flags {
    /// Where the server is: the link that people join by.
    #[arg(long, env = "OUTCRY_URL", default_value = URL, value_parser = server)]
    url: Server,
    /// Certificates to believe besides those that this machine knows (PEM).
    #[arg(long, env = "OUTCRY_CA", value_name = "FILE", default_value = "", value_parser = trust, hide_default_value = true)]
    ca: Trust,
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

/// A server by its link, however that is written. An empty variable says nothing.
fn server(text: &str) -> Result<Server, String> {
    let text = if text.trim().is_empty() { URL } else { text };
    let address: Address = text.parse().map_err(|wrong: BadAddress| wrong.to_string())?;
    Server::at(&address.link()).map_err(|wrong| wrong.to_string())
}

fn trust(file: &str) -> Result<Trust, String> {
    if file.trim().is_empty() { Ok(Trust::default()) } else { Trust::with(file.as_ref()).map_err(|it| it.to_string()) }
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
        let way = match view {
            View::Player => Way::Socket(self.name.clone().map(Entry::Named)),
            View::Host => Way::Socket(Some(Entry::Spectator)),
            View::Floor => Way::Pieces,
        };
        Boot {
            server: self.url.clone(),
            trust: self.ca.clone(),
            way,
            view,
            draft: None,
            light_floor: false,
            opening: Opening::default(),
        }
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
