//! What the operator sets: flags over environment over file over defaults. Read once at the start;
//! nothing is opened or changed here.

mod cli;
mod session;

pub use cli::{Cli, Command, Flags};
pub use session::{ConfigError, read_session_config};

use crate::peer::{Prefix, Proxies};
use outcry_shared::config::SessionConfig;
use serde::Deserialize;
use std::{net::SocketAddr, path::PathBuf};

/// Everything the server needs to know before it starts.
#[derive(Clone)]
pub struct Settings {
    /// The address and port to listen on.
    pub listen: SocketAddr,
    /// The address people join by, without a slash at its end, when it was said.
    pub public_url: Option<String>,
    /// The database; none is the embedded one.
    pub database_url: Option<String>,
    /// Where the embedded database lives.
    pub data_dir: PathBuf,
    /// The host's password, and whether it was made up just now.
    pub admin_password: (String, bool),
    /// The web client's files.
    pub web_dir: PathBuf,
    /// The configuration of a new session, and whether it was asked for.
    pub session: (SessionConfig, bool),
    /// Whether a new session starts as a draft rather than in its lobby.
    pub draft: bool,
    /// Pages of other origins that may connect.
    pub allowed_origins: Vec<String>,
    /// Proxies that are believed when they say who asks.
    pub proxies: Proxies,
    /// The address and port of the figures alone, if they have one.
    pub metrics_listen: Option<SocketAddr>,
    /// Whether logs are JSON.
    pub log_json: bool,
}

/// The file of `--config`. Every field may be left out.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    listen: Option<SocketAddr>,
    public_url: Option<String>,
    database_url: Option<String>,
    data_dir: Option<PathBuf>,
    admin_password: Option<String>,
    web_dir: Option<PathBuf>,
    session_config: Option<PathBuf>,
    preset: Option<String>,
    draft: Option<bool>,
    allowed_origins: Option<Vec<String>>,
    trusted_proxies: Option<Vec<Prefix>>,
    metrics_listen: Option<SocketAddr>,
    log_json: Option<bool>,
}

impl Settings {
    /// Puts flags, environment (both in `flags`), file and defaults together.
    ///
    /// # Errors
    /// One sentence: what is wrong and what would be right.
    pub fn new(flags: Flags) -> Result<Self, ConfigError> {
        let file = flags.config.as_deref().map_or_else(|| Ok(File::default()), read_file)?;
        let listen = flags.listen.or(file.listen).unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 7777)));
        let public_url = flags.public_url.or(file.public_url).map(checked_url).transpose()?;
        let asked = flags.session_config.is_some() || flags.preset.is_some();
        let (path, preset) =
            if asked { (flags.session_config, flags.preset) } else { (file.session_config, file.preset) };
        let session = session::choose(path.as_deref(), preset.as_deref())?;
        let password = flags.admin_password.or(file.admin_password);
        let admin_password = match password {
            Some(password) => (password, false),
            None => (session::new_password()?, true),
        };
        let mut allowed_origins = flags.allowed_origins;
        allowed_origins.extend(file.allowed_origins.unwrap_or_default());
        let mut proxies = flags.trusted_proxies;
        proxies.extend(file.trusted_proxies.unwrap_or_default());
        Ok(Self {
            listen,
            public_url,
            database_url: flags.database_url.or(file.database_url),
            data_dir: flags.data_dir.or(file.data_dir).unwrap_or_else(|| PathBuf::from("outcry-data")),
            admin_password,
            web_dir: flags.web_dir.or(file.web_dir).unwrap_or_else(|| PathBuf::from("dist/web")),
            session: (session, asked),
            draft: !flags.open && (flags.draft || file.draft.unwrap_or_default()),
            allowed_origins,
            proxies: Proxies::new(proxies),
            metrics_listen: flags.metrics_listen.or(file.metrics_listen),
            log_json: flags.log_json || file.log_json.unwrap_or_default(),
        })
    }
}

fn read_file(path: &std::path::Path) -> Result<File, ConfigError> {
    let text = session::read(path)?;
    toml::from_str(&text).map_err(|error| {
        let place = error.span().map_or(0, |span| text[..span.start.min(text.len())].lines().count().max(1));
        ConfigError::File(path.display().to_string(), format!("line {place}: {}", error.message()))
    })
}

fn checked_url(url: String) -> Result<String, ConfigError> {
    let rest = url.strip_prefix("http://").or_else(|| url.strip_prefix("https://"));
    match rest {
        Some(host) if !host.is_empty() => Ok(url.trim_end_matches('/').to_owned()),
        _ => Err(ConfigError::PublicUrl(url)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_say_what_is_wrong() {
        let check = |text: &str, expected: &str| {
            let error = toml::from_str::<File>(text).unwrap_err();
            assert!(error.message().contains(expected), "{text}: {}", error.message());
        };
        check("listen = \"nowhere\"", "invalid socket address");
        check("colour = 3", "unknown field `colour`");
        check("draft = \"yes\"", "invalid type");
        check("trusted_proxies = [\"caddy\"]", "\"caddy\" is no address of a proxy");
    }

    #[test]
    fn a_public_address_has_an_origin() {
        let check = |url: &str, ok: bool| assert_eq!(checked_url(url.to_owned()).is_ok(), ok, "{url}");
        check("http://10.0.0.2:7777", true);
        check("https://floor.example.org/", true);
        check("floor.example.org", false);
        check("https://", false);
    }
}
