//! Connections: sockets on tokio's side, renet and the lap on Bevy's, bounded queues between.

mod endpoint;
mod front;
mod guard;
mod link;
mod links;
mod transport;

pub use endpoint::{Crowd, EndpointState, Origins, router};
pub use front::{Front, FrontRequest, Grants, Joined, SessionInfo};
pub use link::{Closing, ConnId, LinkEvent, Opened};
pub use links::{Link, Links, Role};
pub use transport::{Gate, Inbox, Wire};

use crate::lap::Lap;
use bevy::prelude::*;

/// Where connections enter the lap.
pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Inbox>()
        .init_resource::<Links>()
        .insert_resource(bevy_renet::RenetServer::new(outcry_shared::link::connection_config()))
        .add_systems(Update, transport::receive.in_set(Lap::Receive))
        .add_systems(
            Update,
            (transport::tend, transport::flush).chain().in_set(Lap::Housekeep).after(crate::telemetry::Figures),
        );
}
