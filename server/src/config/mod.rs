//! What the operator sets: flags over environment over file over defaults. Read once at the start;
//! nothing is opened or changed here.

mod asked;
mod table;
mod values;
mod error;
mod file;
mod cli;
mod sources;
mod database;
mod session;
mod rooms;
mod reader;
mod fleet;

pub use asked::Asked;
pub use cli::{Cli, Command, Flags};
pub use error::ConfigError;
pub use fleet::Fleet;
pub use reader::Told;
pub use rooms::WantedRooms;
pub use session::read_session_config;
pub use sources::Source;

use crate::peer::Proxies;
use outcry_reach::Address;
use outcry_shared::config::SessionConfig;
use reader::Reader;
use sources::{Environment, Sources};
use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::PathBuf,
};

/// Everything the server needs to know before it starts.
#[derive(Clone)]
pub struct Settings {
    /// The address and port to listen on.
    pub listen: SocketAddr,
    /// The address people join by, when it was said.
    pub public_url: Option<Address>,
    /// Certificate and key; none is a port without encryption.
    pub tls: Option<(PathBuf, PathBuf)>,
    /// The database; none is the embedded one.
    pub database_url: Option<String>,
    /// The schema of its tables, in PostgreSQL.
    pub database_schema: Option<String>,
    /// Where the embedded database lives, and what is this server's own.
    pub data_dir: PathBuf,
    /// The host's password, when it was said.
    pub admin_password: Option<String>,
    /// The key that rights and cookies are sealed with, when it was said.
    pub seal_key_file: Option<PathBuf>,
    /// Rooms in this process, each with a code; without it there is one, which needs none.
    pub rooms: Option<WantedRooms>,
    /// The part in a fleet, whose processes share those rooms.
    pub fleet: Option<Fleet>,
    /// Seats that one address may have, when it was said.
    pub seats_per_address: Option<usize>,
    /// People of one address on their way to the floor, when it was said.
    pub arriving_per_address: Option<usize>,
    /// The web client's files; none are those inside the program.
    pub web_dir: Option<PathBuf>,
    /// The configuration of a new session, and whether it was asked for.
    pub session: (SessionConfig, bool),
    /// Whether a new session starts as a draft rather than in its lobby.
    pub draft: bool,
    /// Pages of other origins that may connect.
    pub allowed_origins: Vec<Address>,
    /// Proxies that are believed when they say who asks.
    pub proxies: Proxies,
    /// The address and port of the figures alone, if they have one.
    pub metrics_listen: Option<SocketAddr>,
    /// Whether other rules take the same orders beside the market. Unless it is said, in one room alone: they are work.
    pub shadow: bool,
    /// Whether logs are JSON.
    pub log_json: bool,
    /// What is logged, when it was said.
    pub log: Option<String>,
    /// Every setting, for `check`.
    pub told: Vec<Told>,
    /// What was said and is of no use: to be logged.
    pub notes: Vec<String>,
}

impl Settings {
    /// Puts flags, this process's environment, file and defaults together.
    ///
    /// # Errors
    /// One sentence: what is wrong and what would be right.
    pub fn new(flags: Flags) -> Result<Self, ConfigError> {
        Self::of(flags, sources::environment()?)
    }

    /// What is right, and maybe not meant: a sentence each, for `check`.
    #[must_use]
    pub fn doubts(&self) -> Vec<String> {
        let elsewhere = |url: &&Address| {
            let answers_itself = url.is_secure() == self.tls.is_some();
            let is_here = url.host().parse().is_ok_and(|address: IpAddr| address.is_loopback());
            !answers_itself || (self.listen.ip().is_loopback() && url.host() != "localhost" && !is_here)
        };
        let proxied = self.public_url.as_ref().filter(elsewhere).filter(|_| self.proxies.is_empty());
        let doubt = |url: &Address| {
            format!(
                "all players share one address: a proxy answers for {} and is not trusted, so no limit by address can tell \
                 them apart: --trusted-proxy with the proxy's address would be right (127.0.0.1 for one on this machine)",
                url.origin()
            )
        };
        proxied.map(doubt).into_iter().collect()
    }

    fn of(flags: Flags, environment: Environment) -> Result<Self, ConfigError> {
        let sources = Sources::new(flags, environment)?;
        let mut reader = Reader::new(&sources);
        reader.path("config")?;
        let listen = reader.one("listen", values::listen)?;
        let public_url = reader.one("public_url", values::pages)?;
        let tls = tls(&mut reader, public_url.as_ref())?;
        let database = reader.database()?;
        let session = session(&mut reader)?;
        let rooms = reader.rooms(&session.0)?;
        let seal_key_file = reader.path("seal_key_file")?;
        let said = fleet::Said {
            rooms: rooms.is_some(),
            database_url: database.as_ref().map(|it| it.url.as_str()),
            public_url: public_url.is_some(),
            seal_key_file: seal_key_file.is_some(),
        };
        let fleet = fleet::fleet(&mut reader, &said)?;
        Ok(Self {
            listen: listen.unwrap_or(SocketAddr::from((Ipv4Addr::LOCALHOST, 7777))),
            public_url,
            tls,
            database_schema: reader.one("database_schema", values::word)?,
            data_dir: reader.path("data_dir")?.unwrap_or_else(|| PathBuf::from("outcry-data")),
            admin_password: reader.secret("admin_password"),
            seal_key_file,
            shadow: reader.one("shadow", values::switch)?.unwrap_or(rooms.is_none()),
            rooms,
            fleet,
            seats_per_address: reader.one("seats_per_address", values::count)?,
            arriving_per_address: reader.one("arriving_per_address", values::count)?,
            web_dir: reader.path("web_dir")?,
            session,
            draft: draft(&mut reader)?,
            allowed_origins: reader.many("allowed_origins", values::pages)?,
            proxies: Proxies::new(reader.many("trusted_proxies", values::proxy)?),
            metrics_listen: reader.one("metrics_listen", values::listen)?,
            log_json: reader.one("log_json", values::switch)?.unwrap_or_default(),
            log: reader.one("log", values::word)?,
            notes: database.iter().flat_map(|it| it.notes.clone()).collect(),
            database_url: database.map(|it| it.url),
            told: reader.told(),
        })
    }
}

/// Certificate and key, which need each other and an address by https.
fn tls(reader: &mut Reader<'_>, public_url: Option<&Address>) -> Result<Option<(PathBuf, PathBuf)>, ConfigError> {
    let together = |sentence: String| Err(ConfigError::Together(sentence));
    match (reader.path("tls_cert")?, reader.path("tls_key")?) {
        (None, None) => Ok(None),
        (Some(cert), Some(key)) => match public_url.filter(|url| !url.is_secure()) {
            Some(url) => together(format!(
                "people would join by {}, but with a certificate the port speaks https: {} would be right",
                url.origin(),
                url.origin().replacen("http", "https", 1)
            )),
            None => Ok(Some((cert, key))),
        },
        (Some(cert), None) => together(format!("the certificate {} needs its key: --tls-key", cert.display())),
        (None, Some(key)) => together(format!("the key {} needs its certificate: --tls-cert", key.display())),
    }
}

/// What a new session starts from, and whether that was asked for at this start: what a file always says is not.
fn session(reader: &mut Reader<'_>) -> Result<(SessionConfig, bool), ConfigError> {
    let chosen = reader.either("session_config", "preset")?;
    let asked = chosen.as_ref().is_some_and(|(_, source)| !matches!(source, Source::File(..)));
    let file = if let Some(("session_config", _)) = chosen { reader.path("session_config")? } else { None };
    if let Some(file) = file {
        return Ok((read_session_config(&file)?, asked));
    }
    let name = reader.one("preset", values::word)?;
    let config = session::preset(name.as_deref()).map_err(|wrong| reader.fault("preset", wrong))?;
    Ok((config, asked))
}

fn draft(reader: &mut Reader<'_>) -> Result<bool, ConfigError> {
    match reader.either("open", "draft")? {
        Some(("open", _)) => Ok(reader.one("open", values::switch)? == Some(false)),
        _ => Ok(reader.one("draft", values::switch)?.unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests;
