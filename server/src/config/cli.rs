//! The command line: what can be said there. What it comes to is for
//! [`Settings`](super::Settings).

use super::{
    asked::Asked,
    table::{Kind, SETTINGS},
};
use clap::{Arg, ArgAction, ArgMatches, Args, Error, FromArgMatches, Parser, Subcommand};
use std::{collections::BTreeMap, path::PathBuf};

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
    /// Serve a session: this server's own, the one of `--session`, or a new one
    Serve {
        /// Number of the session to go on with, or `new` [default: this server's last]
        #[arg(long, value_name = "N|new")]
        session: Option<Asked>,
    },
    /// List the sessions of the database
    Sessions,
    /// Write a copy of the whole database into a file, at any time
    Backup {
        /// The file, which must not exist; it is a database that a server can be started on
        #[arg(long)]
        out: PathBuf,
    },
    /// Fill an empty database from a backup
    Restore {
        /// The file that `backup` has written
        #[arg(long)]
        from: PathBuf,
    },
    /// Say what every setting is and where that was said; of a session's configuration, everything that is wrong or
    /// costs the maker
    Check {
        /// A session's configuration (JSON)
        file: Option<PathBuf>,
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

/// What was said by flags, by the setting's name. Each can be said in the environment, and in the file of `--config`.
/// It can hold secrets, and so does not print itself.
#[derive(Clone, Default)]
pub struct Flags(pub(super) BTreeMap<&'static str, Vec<String>>);

impl Args for Flags {
    fn augment_args(command: clap::Command) -> clap::Command {
        SETTINGS.iter().fold(command, |command, setting| {
            let default = if setting.default.is_empty() { "" } else { &format!(" [default: {}]", setting.default) };
            let flag = Arg::new(setting.name)
                .long(setting.flag())
                .value_name(setting.value)
                .help(format!("{}{default} [env: {}]", setting.help, setting.variable))
                .global(true);
            command.arg(match setting.kind {
                Kind::One | Kind::Secret => flag,
                Kind::Many => flag.action(ArgAction::Append),
                Kind::Switch => flag.num_args(0..=1).require_equals(true).default_missing_value("yes"),
            })
        })
    }

    fn augment_args_for_update(command: clap::Command) -> clap::Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Flags {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let mut flags = Self::default();
        flags.update_from_arg_matches(matches)?;
        Ok(flags)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        for setting in &SETTINGS {
            if let Some(said) = matches.get_many::<String>(setting.name) {
                self.0.insert(setting.name, said.cloned().collect());
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn flags_stand_before_and_after_the_command() {
        for line in [
            "outcry-server --draft serve --listen a --log-json=no",
            "outcry-server serve --log-json=no --listen a --draft",
        ] {
            let cli = Cli::try_parse_from(line.split(' ')).unwrap();
            let said: Vec<_> = cli.flags.0.iter().map(|(name, said)| (*name, said[0].as_str())).collect();
            assert_eq!(said, [("draft", "yes"), ("listen", "a"), ("log_json", "no")], "{line}");
        }
    }
}
