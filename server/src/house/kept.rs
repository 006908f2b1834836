//! The rooms that a house keeps: which there are, one more, and those that were kept elsewhere. Only the database is changed.

use super::{before, opening::Common};
use crate::{
    code::Code,
    config::WantedRooms,
    market::Opening,
    rooms::ClosedRoom,
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

/// What a room is to be called.
#[derive(Clone, Copy)]
pub(super) enum Called {
    /// As its configuration says.
    AsSaid,
    /// So, and the room's number.
    WithNumber,
}

/// What a room is to be opened with that is wanted and not there, and how it is to be called.
fn missing<'a>(
    rooms: &[KeptRoom],
    wanted: &'a WantedRooms,
    usual: &'a SessionConfig,
) -> Option<(&'a SessionConfig, Called)> {
    match wanted {
        WantedRooms::Many(many) => (rooms.len() < *many).then_some((usual, Called::WithNumber)),
        WantedRooms::Listed(configs) => {
            let is_there = |name: &str| rooms.iter().any(|room| room.config.as_ref().is_some_and(|it| it.name == name));
            configs.iter().find(|config| !is_there(&config.name)).map(|config| (config, Called::AsSaid))
        }
    }
}

/// What the next session of a room is to be opened with, as it is said now: by the file, or else for every room.
fn say_anew(room: &mut KeptRoom, wanted: &WantedRooms, opening: &Opening) {
    let listed = match wanted {
        WantedRooms::Listed(configs) => &configs[..],
        WantedRooms::Many(_) => &[],
    };
    let of_room = |said: &&SessionConfig| room.config.as_ref().is_some_and(|config| config.name == said.name);
    if let Some(said) = listed.iter().find(of_room) {
        room.config = Some(said.clone());
    } else if opening.asked || room.config.is_none() {
        room.config = Some(numbered(opening.config.clone(), room.number));
    }
}

/// The rooms of this house that are open, once all are there that are wanted. Others of a fleet may see to the same at the
/// same time.
///
/// # Errors
/// One sentence: when data directory or database fail.
pub(super) async fn all_of(common: &Common, wanted: &WantedRooms) -> Result<Vec<KeptRoom>, String> {
    take_over(common).await?;
    loop {
        let mut rooms = all(common).await?;
        let next = next_number(&rooms);
        rooms.retain(|room| room.is_open);
        if let Some((config, called)) = missing(&rooms, wanted, &common.opening.config) {
            // Whose number was taken at this moment looks again.
            add(common, next, config, called).await?;
            continue;
        }
        for room in &mut rooms {
            say_anew(room, wanted, &common.opening);
        }
        return Ok(rooms);
    }
}

/// Keeps another room, which is to be opened with this.
///
/// # Errors
/// One sentence: when the database fails, or every code that was drawn was given before.
pub(super) async fn another(common: &Common, config: &SessionConfig, called: Called) -> Result<KeptRoom, String> {
    for _ in 0..DRAWS {
        let number = next_number(&all(common).await?);
        if let Some(room) = add(common, number, config, called).await? {
            return Ok(room);
        }
    }
    Err("every code that was drawn was given before: try again".to_owned())
}

/// Keeps a room of this number, unless number or code were given before.
async fn add(common: &Common, number: u32, config: &SessionConfig, called: Called) -> Result<Option<KeptRoom>, String> {
    let code = Code::fresh().map_err(|error| error.to_string())?;
    let config = match called {
        Called::AsSaid => config.clone(),
        Called::WithNumber => numbered(config.clone(), number),
    };
    let added = common.building.add_room(&common.server, (&code, number), &config, true).await.map_err(cannot)?;
    Ok(added.then_some(KeptRoom { code, number, config: Some(config), is_open: true }))
}

/// The rooms of this house that are closed.
///
/// # Errors
/// One sentence: when the database fails.
pub(super) async fn closed(common: &Common) -> Result<Vec<ClosedRoom>, String> {
    let named =
        |KeptRoom { code, config, .. }| ClosedRoom { code, name: config.map_or_else(String::new, |it| it.name) };
    Ok(all(common).await?.into_iter().filter(|room| !room.is_open).map(named).collect())
}

/// Whether the room of a code is open.
///
/// # Errors
/// One sentence: when the database fails, or this house has none of this code.
pub(super) async fn is_open(common: &Common, code: &Code) -> Result<bool, String> {
    own(common, code).await.map(|room| room.is_open)
}

/// The room of a code, which is open from here on.
///
/// # Errors
/// One sentence: when the database fails, or this house has none of this code.
pub(super) async fn open_again(common: &Common, code: &Code) -> Result<KeptRoom, String> {
    let room = own(common, code).await?;
    if !room.is_open {
        common.building.reopen_room(code).await.map_err(cannot)?;
    }
    Ok(KeptRoom { is_open: true, ..room })
}

/// Deletes a closed room, and all that was recorded in it.
///
/// # Errors
/// One sentence: when the database fails, the room is open, or this house has none of this code.
pub(super) async fn purge(common: &Common, code: &Code) -> Result<(), String> {
    if own(common, code).await?.is_open {
        return Err(format!("room {code} is open: close it first"));
    }
    let cannot = |error: StoreError| format!("the record of room {code} cannot be deleted: {error}");
    let store = common.building.room(code.as_str());
    for session in store.sessions().await.map_err(cannot)? {
        store.purge(session.id).await.map_err(cannot)?;
    }
    store.close().await.map_err(cannot)?;
    common.building.forget_room(code).await.map_err(cannot)?;
    Ok(())
}

async fn own(common: &Common, code: &Code) -> Result<KeptRoom, String> {
    let room = all(common).await?.into_iter().find(|room| room.code == *code);
    room.ok_or_else(|| format!("there is no room {code}"))
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
