//! The command line: what can be said and where else it can be set. What it comes to is for
//! [`Settings`](super::Settings).

use crate::peer::Prefix;
use clap::{Args, Parser, Subcommand};
use std::{net::SocketAddr, path::PathBuf};

/// Runs a trading floor: one server, one session, one port.
#[derive(Clone, Parser)]
#[command(
    name = "outcry-server",
    version,
    about = "Runs a trading floor: one server, one session, one port",
    max_term_width = 100
)]
pub struct Cli {
    /// What to do; `serve` when nothing is said
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Flags of `serve`, also without naming it; the database's are for every command.
    #[command(flatten)]
    pub flags: Flags,
}

/// What to do.
#[derive(Clone, Subcommand)]
pub enum Command {
    /// Serve a session: the newest of the database, or a new one
    Serve,
    /// Check a session's configuration file and say everything that is wrong or costs the maker
    Check {
        /// The file (JSON)
        file: PathBuf,
    },
    /// Write the record of a session as CSV files and charts
    Export {
        /// Number of the session
        #[arg(long)]
        session: u64,
        /// Directory to write to; made when missing
        #[arg(long)]
        out: PathBuf,
    },
    /// Delete a session and everything recorded of it
    Purge {
        /// Number of the session
        #[arg(long)]
        session: u64,
    },
}

/// Flags; each can be set in the environment, and in the file of `--config`.
#[derive(Clone, Args)]
pub struct Flags {
    /// Address and port to listen on [default: 127.0.0.1:7777]
    #[arg(long, env = "OUTCRY_LISTEN", global = true)]
    pub listen: Option<SocketAddr>,
    /// Address people join by, shown as link and QR code [default: where it listens]
    #[arg(long, env = "OUTCRY_PUBLIC_URL", global = true)]
    pub public_url: Option<String>,
    /// Database: postgres://… or sqlite:FILE [default: a file in the data directory]
    #[arg(long, env = "DATABASE_URL", hide_env_values = true, global = true)]
    pub database_url: Option<String>,
    /// Directory of the embedded database [default: outcry-data]
    #[arg(long, env = "OUTCRY_DATA_DIR", global = true)]
    pub data_dir: Option<PathBuf>,
    /// The host's password [default: one is made up and printed at the start]
    #[arg(long, env = "ADMIN_PASSWORD", hide_env_values = true, global = true)]
    pub admin_password: Option<String>,
    /// Directory of the web client's files [default: dist/web]
    #[arg(long, env = "OUTCRY_WEB_DIR", global = true)]
    pub web_dir: Option<PathBuf>,
    /// File with these settings (TOML)
    #[arg(long, env = "OUTCRY_CONFIG", global = true)]
    pub config: Option<PathBuf>,
    /// Configuration of a new session (JSON, as the host's overlay saves it)
    #[arg(long, env = "OUTCRY_SESSION_CONFIG", conflicts_with = "preset", global = true)]
    pub session_config: Option<PathBuf>,
    /// Preset of a new session [default: party]
    #[arg(long, env = "OUTCRY_PRESET", global = true)]
    pub preset: Option<String>,
    /// Start a new session in its lobby, so that people can join at once (the default)
    #[arg(long, conflicts_with = "draft", global = true)]
    pub open: bool,
    /// Start a new session as a draft: the host opens the lobby
    #[arg(long, env = "OUTCRY_DRAFT", global = true)]
    pub draft: bool,
    /// A page's origin that may connect besides the server's own; can be repeated
    #[arg(long = "allowed-origin", env = "OUTCRY_ALLOWED_ORIGINS", value_delimiter = ',', global = true)]
    pub allowed_origins: Vec<String>,
    /// A proxy in front, as an address or a prefix: who asks is whom it names; can be repeated
    #[arg(long = "trusted-proxy", env = "OUTCRY_TRUSTED_PROXIES", value_delimiter = ',', global = true)]
    pub trusted_proxies: Vec<Prefix>,
    /// Address and port of the figures alone, for monitoring: whoever reaches it may read them
    #[arg(long, env = "OUTCRY_METRICS_LISTEN", global = true)]
    pub metrics_listen: Option<SocketAddr>,
    /// Write logs as JSON
    #[arg(long, env = "OUTCRY_LOG_JSON", global = true)]
    pub log_json: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }
}
