//! Opens a room: its session goes on, or begins. Nothing of it is put up here.

use super::before;
use crate::{
    config::Asked,
    market::{Opening, Recovered, open_session_of},
    room::{self, Ground, Inside, Outside, Plan},
    rooms::Room,
    store::{Building, KeptRoom, Store},
};
use std::{path::PathBuf, sync::Arc};

/// What the rooms of a house have in common.
#[derive(Clone)]
pub(crate) struct Common {
    pub(crate) ground: Ground,
    pub(crate) building: Arc<Building>,
    /// The server's name in the database.
    pub(crate) server: String,
    pub(crate) data_dir: PathBuf,
    /// The address of the house.
    pub(crate) origin: Arc<str>,
    /// The operator's password.
    pub(crate) master: Arc<str>,
    /// What new rooms are opened with.
    pub(crate) opening: Opening,
}

/// A room for the door, for its end, and for the thread that runs its laps.
pub(super) type Opened = (Room, Outside, Inside);

/// Opens a room.
///
/// # Errors
/// One sentence: why it cannot go on.
pub(super) async fn open(common: &Common, kept: KeptRoom) -> Result<Opened, String> {
    let code = &kept.code;
    let password = match before::password(&common.data_dir, code).map_err(|error| error.to_string())? {
        Some(password) => password,
        None => common.ground.key.password(code.as_str()),
    };
    let store = common.building.room(code.as_str());
    let opened = recover(common, &kept, &*store).await.and_then(|recovered| {
        let (link, password): (Arc<str>, Arc<str>) = (format!("{}/r/{code}", common.origin).into(), password.into());
        let plan = Plan {
            code: Some(code.clone()),
            link: Arc::clone(&link),
            password: Arc::clone(&password),
            master: Some(Arc::clone(&common.master)),
            store: Arc::clone(&store),
            recovered,
        };
        let (outside, inside) = room::furnish(&common.ground, plan)?;
        let room = Room {
            number: kept.number,
            router: outside.router.clone(),
            health: outside.health.clone(),
            board: outside.board.clone(),
            stop: outside.stop.clone(),
            link,
            password,
        };
        Ok((room, outside, inside))
    });
    if opened.is_err() {
        // Why it failed is what counts.
        let _ = store.close().await;
    }
    opened
}

async fn recover(common: &Common, kept: &KeptRoom, store: &dyn Store) -> Result<Recovered, String> {
    let mut opening = common.opening.clone();
    if let Some(config) = &kept.config {
        opening.config = config.clone();
    }
    let server = format!("{}/{}", common.server, kept.code);
    open_session_of(&server, Asked::Own, store, &opening).await.map_err(|error| error.to_string())
}
