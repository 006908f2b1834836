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
async fn all(common: &Common) -> Result<Vec<KeptRoom>, String> {
    common.building.rooms(&common.server).await.map_err(cannot)
}

/// The rooms of this house that are open, once there are so many. Others of a fleet may see to the same at the same time.
///
/// # Errors
/// One sentence: when data directory or database fail.
pub(super) async fn so_many(common: &Common, count: usize) -> Result<Vec<KeptRoom>, String> {
    take_over(common).await?;
    loop {
        let mut rooms = all(common).await?;
        let next = next_number(&rooms);
        rooms.retain(|room| room.is_open);
        if rooms.len() < count {
            // Whose number was taken at this moment looks again.
            add(common, next, &common.opening.config).await?;
            continue;
        }
        if rooms.len() > count {
            tracing::info!(kept = rooms.len(), asked = count, "every room that was open goes on");
        }
        for room in rooms.iter_mut().filter(|room| common.opening.asked || room.config.is_none()) {
            room.config = Some(numbered(common.opening.config.clone(), room.number));
        }
        return Ok(rooms);
    }
}

/// Keeps another room, which is to be opened with this.
///
/// # Errors
/// One sentence: when the database fails, or every code that was drawn was given before.
pub(super) async fn another(common: &Common, config: &SessionConfig) -> Result<KeptRoom, String> {
    for _ in 0..DRAWS {
        let number = next_number(&all(common).await?);
        if let Some(room) = add(common, number, config).await? {
            return Ok(room);
        }
    }
    Err("every code that was drawn was given before: try again".to_owned())
}

/// Keeps a room of this number, unless number or code were given before.
async fn add(common: &Common, number: u32, config: &SessionConfig) -> Result<Option<KeptRoom>, String> {
    let code = Code::fresh().map_err(|error| error.to_string())?;
    let config = numbered(config.clone(), number);
    let added = common.building.add_room(&common.server, (&code, number), &config, true).await.map_err(cannot)?;
    Ok(added.then_some(KeptRoom { code, number, config: Some(config), is_open: true }))
}

/// Makes this house's own what the data directory kept before the database did, and what belongs to no house.
///
/// # Errors
/// One sentence: when directory or database fail, or another house has such a room.
async fn take_over(common: &Common) -> Result<(), String> {
    let Common { building, server, data_dir, opening, .. } = common;
    for from in [Some(NOBODYS), common.alone.as_deref()].into_iter().flatten() {
        building.adopt_rooms(server, from).await.map_err(cannot)?;
    }
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
fn numbered(config: SessionConfig, number: u32) -> SessionConfig {
    let named = SessionConfig { name: format!("{} · {number}", config.name), ..config.clone() };
    if named.validate().is_empty() { named } else { config }
}

fn next_number(kept: &[KeptRoom]) -> u32 {
    kept.iter().map(|room| room.number).max().unwrap_or_default() + 1
}

fn cannot(error: StoreError) -> String {
    format!("rooms cannot be kept: {error}")
}
