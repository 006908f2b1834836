//! Connections: sockets on tokio's side, renet and the lap on Bevy's, bounded queues between. What
//! is said becomes messages; who may say it is for others to decide.

mod cookie;
mod guard;
mod outbox;
mod why;
mod link;
mod links;
mod grants;
mod front;
mod said;
mod aloud;
mod transport;
mod origins;
mod crowd;
mod endpoint;

pub use aloud::Aloud;
pub use cookie::{Cookies, Shown};
pub use crowd::Crowd;
pub use endpoint::{EndpointState, router};
pub use front::{Front, FrontRequest, Joined, SessionInfo, Unjoined};
pub use grants::Grants;
pub use link::{Closing, ConnId, LinkEvent, Opened};
pub use links::{Link, Links, Role};
pub use origins::Origins;
pub use outbox::{Outbox, OutboxEnd};
pub(crate) use said::{Gone, Login, Practised, Reached, Renewal, Said, Wish};
pub use transport::{Gate, Wire};
pub use why::Why;
pub(crate) use why::begin_counts;

use crate::lap::{Housekeep, Lap};
use bevy::prelude::*;

/// Where connections enter the lap, and where what is sent to them leaves it.
pub(super) fn plugin(app: &mut App) {
    said::plugin(app);
    app.init_resource::<Links>()
        .init_resource::<Aloud>()
        .add_message::<FrontRequest>()
        .insert_resource(bevy_renet::RenetServer::new(outcry_shared::link::connection_config()))
        .add_systems(Update, transport::receive.in_set(Lap::Receive))
        .add_systems(Update, (transport::tend, transport::flush).chain().in_set(Housekeep::Send));
}
