//! The rooms that a house keeps: a directory each, named by its code, with what is that room's own. Closing a room renames
//! its directory; nothing is ever deleted here.

use crate::code::Code;
use std::{
    fs,
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

/// The directory of all rooms, in the data directory.
const ROOMS: &str = "rooms";
/// The file with a room's number, in its directory: rooms are told apart by it where their names are the same.
const NUMBER: &str = "number";
/// What the name of a closed room's directory begins with.
const CLOSED: &str = "closed-";

/// A room that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Kept {
    pub(super) code: Code,
    pub(super) number: u32,
    pub(super) directory: PathBuf,
}

/// The rooms of a data directory, by number.
///
/// # Errors
/// When they cannot be read.
pub(super) fn all(data_dir: &Path) -> io::Result<Vec<Kept>> {
    let entries = match fs::read_dir(data_dir.join(ROOMS)) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut rooms = Vec::new();
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().into_string().unwrap_or_default();
        let Some(code) = Code::meant(&name).filter(|code| code.as_str() == name) else { continue };
        let number = fs::read_to_string(entry.path().join(NUMBER)).ok().and_then(|text| text.trim().parse().ok());
        rooms.push(Kept { code, number: number.unwrap_or_default(), directory: entry.path() });
    }
    rooms.sort_by(|one, other| (one.number, &one.code).cmp(&(other.number, &other.code)));
    Ok(rooms)
}

/// Keeps another room.
///
/// # Errors
/// When its directory cannot be made, also because there is one of this code, open or closed.
pub(super) fn another(data_dir: &Path, code: Code, number: u32) -> io::Result<Kept> {
    let rooms = data_dir.join(ROOMS);
    fs::create_dir_all(&rooms)?;
    if rooms.join(format!("{CLOSED}{code}")).exists() {
        return Err(io::Error::new(ErrorKind::AlreadyExists, format!("there was a room {code}")));
    }
    let directory = rooms.join(code.as_str());
    fs::create_dir(&directory)?;
    fs::write(directory.join(NUMBER), format!("{number}\n"))?;
    Ok(Kept { code, number, directory })
}

/// Keeps a room no longer: the next start does not open it.
///
/// # Errors
/// When its directory cannot be renamed.
pub(super) fn no_longer(data_dir: &Path, code: &Code) -> io::Result<()> {
    let rooms = data_dir.join(ROOMS);
    fs::rename(rooms.join(code.as_str()), rooms.join(format!("{CLOSED}{code}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rooms_are_kept_until_they_are_closed() {
        let directory = std::env::temp_dir().join(format!("outcry-kept-{}", std::process::id()));
        assert_eq!(all(&directory).unwrap(), [], "nothing is there");
        let codes = [Code::fresh().unwrap(), Code::fresh().unwrap(), Code::fresh().unwrap()];
        for (number, code) in (1..).zip(&codes) {
            another(&directory, code.clone(), number).unwrap();
        }
        assert!(another(&directory, codes[0].clone(), 9).is_err(), "there is one");
        fs::create_dir(directory.join(ROOMS).join("notes")).unwrap();
        no_longer(&directory, &codes[1]).unwrap();
        let kept: Vec<_> = all(&directory).unwrap().into_iter().map(|room| (room.number, room.code)).collect();
        assert_eq!(kept, [(1, codes[0].clone()), (3, codes[2].clone())]);
        assert!(another(&directory, codes[1].clone(), 2).is_err(), "its link would lead to others");
        fs::remove_dir_all(directory).unwrap();
    }
}
