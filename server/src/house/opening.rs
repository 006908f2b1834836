//! Opens a room: its session goes on, or begins. Nothing of it is put up here.

use super::before;
use crate::{
    code::Code,
    config::Asked,
    market::{Opening, RecoverError, Recovered, open_session_of},
    room::{self, Ground, Inside, Outside, Plan},
    rooms::Room,
    store::{Building, KeptRoom, Store, StoreError},
    vault::VaultError,
};
use std::{path::PathBuf, sync::Arc};

/// What the rooms of a house have in common.
#[derive(Clone)]
pub(crate) struct Common {
    pub(crate) ground: Ground,
    pub(crate) building: Arc<Building>,
    /// The house's name in the database.
    pub(crate) server: String,
    /// In a fleet, this server's name where it is alone.
    pub(crate) alone: Option<String>,
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

/// Why a room was not opened.
pub(super) struct Failed {
    /// One sentence.
    pub(super) why: String,
    /// Whether it may succeed another time, or elsewhere.
    pub(super) may_pass: bool,
}

impl Failed {
    pub(super) fn for_good(why: impl ToString) -> Self {
        Self { why: why.to_string(), may_pass: false }
    }
}

impl From<RecoverError> for Failed {
    fn from(error: RecoverError) -> Self {
        let may_pass = match &error {
            RecoverError::Store(error) => {
                error.is_transient() || matches!(error, StoreError::Superseded(_) | StoreError::Locked(_))
            }
            _ => false,
        };
        Self { why: error.to_string(), may_pass }
    }
}

/// Opens a room. One that is warm was another process's a moment ago.
///
/// # Errors
/// Why it cannot go on.
pub(super) async fn open(common: &Common, kept: KeptRoom, is_warm: bool) -> Result<Opened, Failed> {
    let code = &kept.code;
    let password = password(common, code).map_err(Failed::for_good)?;
    let store = common.building.room(code.as_str());
    let opened = recover(common, &kept, &*store).await.and_then(|mut recovered| {
        if is_warm {
            recovered.take_over();
        }
        let (link, password): (Arc<str>, Arc<str>) = (format!("{}/r/{code}", common.origin).into(), password.into());
        let plan = Plan {
            code: Some(code.clone()),
            link: Arc::clone(&link),
            password: Arc::clone(&password),
            master: Some(Arc::clone(&common.master)),
            store: Arc::clone(&store),
            recovered,
        };
        let (outside, inside) = room::furnish(&common.ground, plan).map_err(Failed::for_good)?;
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

/// The password of a room's host. A data directory may have one of before; the processes of a fleet have none in common.
fn password(common: &Common, code: &Code) -> Result<String, VaultError> {
    let kept = if common.alone.is_none() { before::password(&common.data_dir, code)? } else { None };
    Ok(kept.unwrap_or_else(|| common.ground.key.password(code.as_str())))
}

async fn recover(common: &Common, kept: &KeptRoom, store: &dyn Store) -> Result<Recovered, Failed> {
    let mut opening = common.opening.clone();
    if let Some(config) = &kept.config {
        opening.config = config.clone();
    }
    let server = format!("{}/{}", common.server, kept.code);
    Ok(open_session_of(&server, Asked::Own, store, &opening).await?)
}
