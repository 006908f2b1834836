//! What everyone and each is told, made of what has been committed and of nothing else. It changes
//! neither session nor market.

mod standings;
mod splice;
mod end;
mod private;
mod update;
mod notices;
mod snapshot;
mod pieces;

pub use notices::Notices;
pub use snapshot::Address;
pub use standings::Standings;

use crate::{lap::Publish, market::Beat, record::Done};
use bevy::prelude::*;

/// Ticks to all, private parts to each, snapshots to newcomers.
pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Notices>()
        .init_resource::<Standings>()
        .init_resource::<update::Shown>()
        .init_resource::<Address>()
        .add_systems(
            Update,
            (
                standings::rank,
                update::tell_tick,
                update::note_receipts,
                notices::tell_interruption,
                notices::tell_notices,
                snapshot::send_snapshots,
                snapshot::welcome,
                private::tell_privately,
                end::tell_end,
                pieces::print,
                wipe,
            )
                .chain()
                .in_set(Publish::Floor),
        );
}

/// What was committed has been told: the next lap begins with an empty beat.
fn wipe(done: Res<Done>, mut beat: ResMut<Beat>) {
    if done.beat() {
        beat.wipe();
    }
}
