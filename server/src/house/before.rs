//! Rooms as a data directory kept them before the database did: a directory each, `rooms/CODE`, or `rooms/closed-CODE` once
//! it was closed. They are taken over once; what is left there is the password that a host was given then. Nothing is
//! deleted but the note of a room's number, by which one that was not taken over yet is known.

use crate::{
    code::Code,
    vault::{VaultError, password_kept_in},
};
use std::{
    fs,
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

/// The directory of all rooms, in the data directory.
const ROOMS: &str = "rooms";
/// The file with a room's number, in its directory.
const NUMBER: &str = "number";
/// What the name of a closed room's directory begins with.
const CLOSED: &str = "closed-";

/// A room that was kept so.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Before {
    pub(super) code: Code,
    pub(super) number: u32,
    pub(super) is_open: bool,
    note: PathBuf,
}

impl Before {
    /// It is taken over.
    ///
    /// # Errors
    /// When the note of its number cannot be deleted.
    pub(super) fn forget(&self) -> io::Result<()> {
        fs::remove_file(&self.note)
    }
}

/// The rooms that nobody has taken over yet, by number.
///
/// # Errors
/// When they cannot be read.
pub(super) fn rooms(data_dir: &Path) -> io::Result<Vec<Before>> {
    let entries = match fs::read_dir(data_dir.join(ROOMS)) {
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut rooms = Vec::new();
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().into_string().unwrap_or_default();
        let (said, is_open) = name.strip_prefix(CLOSED).map_or((&*name, true), |code| (code, false));
        let Some(code) = Code::meant(said).filter(|code| code.as_str() == said) else { continue };
        let note = entry.path().join(NUMBER);
        if let Some(number) = fs::read_to_string(&note).ok().and_then(|text| text.trim().parse().ok()) {
            rooms.push(Before { code, number, is_open, note });
        }
    }
    rooms.sort_by(|one, other| (one.number, &one.code).cmp(&(other.number, &other.code)));
    Ok(rooms)
}

/// The password that the host of a room was given then.
///
/// # Errors
/// When it cannot be read.
pub(super) fn password(data_dir: &Path, code: &Code) -> Result<Option<String>, VaultError> {
    password_kept_in(&data_dir.join(ROOMS).join(code.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rooms_of_before_are_found_until_they_are_taken_over() {
        let data_dir = std::env::temp_dir().join(format!("outcry-before-{}", std::process::id()));
        assert_eq!(rooms(&data_dir).unwrap(), [], "nothing is there");
        let codes = [Code::fresh().unwrap(), Code::fresh().unwrap()];
        let names = [codes[0].to_string(), format!("{CLOSED}{}", codes[1]), "notes".to_owned()];
        for (number, name) in (1..).zip(&names) {
            fs::create_dir_all(data_dir.join(ROOMS).join(name)).unwrap();
            fs::write(data_dir.join(ROOMS).join(name).join(NUMBER), format!("{number}\n")).unwrap();
        }
        fs::write(data_dir.join(ROOMS).join(&names[0]).join("host-password"), "corn\n").unwrap();
        let found = rooms(&data_dir).unwrap();
        let seen: Vec<_> = found.iter().map(|room| (room.number, &room.code, room.is_open)).collect();
        assert_eq!(seen, [(1, &codes[0], true), (2, &codes[1], false)]);
        found.iter().for_each(|room| room.forget().unwrap());
        assert_eq!(rooms(&data_dir).unwrap(), [], "once");
        assert_eq!(password(&data_dir, &codes[0]).unwrap().as_deref(), Some("corn"), "printed sheets stay right");
        assert_eq!(password(&data_dir, &codes[1]).unwrap(), None);
        fs::remove_dir_all(data_dir).unwrap();
    }
}
