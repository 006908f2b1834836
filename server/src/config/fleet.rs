//! Whether this process is one of a fleet, which shares the rooms of one database, and how the others reach it.

use super::{error::ConfigError, reader::Reader, values};

/// A process's part in a fleet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fleet {
    /// Where the proxy and the others reach this process, when it was said.
    pub address: Option<String>,
    /// Whether Agones is told how it stands.
    pub agones: bool,
}

/// What else was said, as far as a fleet needs it.
pub(super) struct Said<'a> {
    pub(super) rooms: bool,
    pub(super) database_url: Option<&'a str>,
    pub(super) public_url: bool,
    pub(super) seal_key_file: bool,
}

/// The part in a fleet, if there is one.
///
/// # Errors
/// When it is no kind of fleet, or something is missing that its processes have to share.
pub(super) fn fleet(reader: &mut Reader<'_>, said: &Said<'_>) -> Result<Option<Fleet>, ConfigError> {
    let address = reader.one("fleet_address", values::place)?;
    let kind = reader.one("fleet", values::word)?.unwrap_or_else(|| "none".to_owned()).to_lowercase();
    let agones = match &*kind {
        "none" => return Ok(None),
        "table" => false,
        "agones" => true,
        _ => return Err(reader.fault("fleet", format!("\"{kind}\" is no fleet: none, table or agones would be right"))),
    };
    let is_postgres = said.database_url.is_some_and(|url| url.starts_with("postgres"));
    let needs = [
        (said.rooms, "rooms that its processes share: --rooms with how many there are in all"),
        (is_postgres, "a database that its processes share: --database-url postgres://…"),
        (said.public_url, "the one address that people join by, whichever process has their room: --public-url"),
        (
            said.seal_key_file,
            "a key that its processes share, or rights and seats would end with each move: --seal-key-file",
        ),
    ];
    match needs.iter().find(|(is_there, _)| !is_there) {
        Some((_, missing)) => Err(ConfigError::Together(format!("a fleet needs {missing} would be right"))),
        None => Ok(Some(Fleet { address, agones })),
    }
}
