//! The rooms that a house keeps: which there are, one more, and those that were kept elsewhere. Only the database is changed.

use super::{before, opening::Common};
use crate::{
    code::Code,
    store::{KeptRoom, StoreError},
};
use outcry_shared::config::SessionConfig;

/// The house of rooms that belong to none: those of a backup.
const NOBODYS: &str = "";
/// Times that another code is drawn when one was given before.
const DRAWS: usize = 8;

/// Every room of this house, closed ones too, by number.
///
/// # Errors
/// One sentence: when the database fails.
pub(super) async fn all(common: &Common) -> Result<Vec<KeptRoom>, String> {
    common.building.rooms(&common.server).await.map_err(cannot)
}

/// Keeps another room, which is to be opened with this.
///
/// # Errors
/// One sentence: when the database fails, or every code that was drawn was given before.
pub(super) async fn another(common: &Common, config: &SessionConfig) -> Result<KeptRoom, String> {
    for _ in 0..DRAWS {
        let code = Code::fresh().map_err(|error| error.to_string())?;
        let number = next_number(&all(common).await?);
        let config = numbered(config.clone(), number);
        if common.building.add_room(&common.server, (&code, number), &config, true).await.map_err(cannot)? {
            return Ok(KeptRoom { code, number, config: Some(config), is_open: true });
        }
    }
    Err("every code that was drawn was given before: try again".to_owned())
}

/// Makes this house's own what the data directory kept before the database did, and what belongs to no house.
///
/// # Errors
/// One sentence: when directory or database fail, or another house has such a room.
pub(super) async fn take_over(common: &Common) -> Result<(), String> {
    let Common { building, server, data_dir, opening, .. } = common;
    building.adopt_rooms(server, NOBODYS).await.map_err(cannot)?;
    let unread = |error| format!("the rooms in {} cannot be taken over: {error}", data_dir.display());
    for room in before::rooms(data_dir).map_err(unread)? {
        let mut number = room.number.max(1);
        let config = numbered(opening.config.clone(), number);
        while !building.add_room(server, (&room.code, number), &config, room.is_open).await.map_err(cannot)? {
            let kept = all(common).await?;
            if kept.iter().any(|kept| kept.code == room.code) {
                break;
            }
            if kept.iter().all(|kept| kept.number != number) {
                return Err(format!("room {} is another server's in this database", room.code));
            }
            number = next_number(&kept);
        }
        tracing::info!(room = %room.code, number, "a room is taken over into the database");
        if let Err(error) = room.forget() {
            tracing::warn!(room = %room.code, %error, "a room will be looked at again at the next start");
        }
    }
    Ok(())
}

/// A configuration whose name tells this room from others, if there is space for it.
pub(super) fn numbered(config: SessionConfig, number: u32) -> SessionConfig {
    let named = SessionConfig { name: format!("{} · {number}", config.name), ..config.clone() };
    if named.validate().is_empty() { named } else { config }
}

fn next_number(kept: &[KeptRoom]) -> u32 {
    kept.iter().map(|room| room.number).max().unwrap_or_default() + 1
}

fn cannot(error: StoreError) -> String {
    format!("rooms cannot be kept: {error}")
}
