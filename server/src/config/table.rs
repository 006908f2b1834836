//! Every setting: its name in the file, its variable, and what `--help` says. Its flag is its name with dashes. One table,
//! so that no setting can be said in one place and not in another.

/// How a setting is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// By a value.
    One,
    /// By a value that nobody else may read: taken letter by letter, shown to nobody.
    Secret,
    /// By values, with commas between them or as a list.
    Many,
    /// By yes or no; its flag alone says yes.
    Switch,
}

/// A setting.
#[derive(Debug)]
pub(super) struct Setting {
    /// In the file.
    pub(super) name: &'static str,
    /// In the environment.
    pub(super) variable: &'static str,
    pub(super) kind: Kind,
    /// What stands for its value in `--help`.
    pub(super) value: &'static str,
    /// What it is when nobody says anything; empty for nothing.
    pub(super) default: &'static str,
    pub(super) help: &'static str,
}

impl Setting {
    /// The flag without its dashes. That of a list is of one of its values.
    pub(super) fn flag(&self) -> String {
        let name = self.name.replace('_', "-");
        match (self.kind, name.strip_suffix("ies")) {
            (Kind::Many, Some(stem)) => format!("{stem}y"),
            (Kind::Many, None) => name.trim_end_matches('s').to_owned(),
            _ => name,
        }
    }
}

/// The setting of this name.
pub(super) fn setting(name: &str) -> Option<&'static Setting> {
    SETTINGS.iter().find(|setting| setting.name == name)
}

const fn one(
    name: &'static str,
    variable: &'static str,
    value: &'static str,
    default: &'static str,
    help: &'static str,
) -> Setting {
    Setting { name, variable, kind: Kind::One, value, default, help }
}

const fn switch(name: &'static str, variable: &'static str, default: &'static str, help: &'static str) -> Setting {
    Setting { name, variable, kind: Kind::Switch, value: "YES|NO", default, help }
}

const fn secret(
    name: &'static str,
    variable: &'static str,
    value: &'static str,
    default: &'static str,
    help: &'static str,
) -> Setting {
    Setting { name, variable, kind: Kind::Secret, value, default, help }
}

const fn many(name: &'static str, variable: &'static str, value: &'static str, help: &'static str) -> Setting {
    Setting { name, variable, kind: Kind::Many, value, default: "", help }
}

/// All of them, in the order of `--help`.
pub(super) const SETTINGS: [Setting; 26] = [
    one("listen", "OUTCRY_LISTEN", "ADDRESS:PORT", "127.0.0.1:7777", "Address and port to listen on"),
    one(
        "public_url",
        "OUTCRY_PUBLIC_URL",
        "URL",
        "where it listens",
        "Address people join by, shown as link and QR code",
    ),
    one("tls_cert", "OUTCRY_TLS_CERT", "FILE", "", "Certificate with its chain (PEM): the port then speaks https"),
    one("tls_key", "OUTCRY_TLS_KEY", "FILE", "", "Private key of the certificate (PEM)"),
    many(
        "allowed_origins",
        "OUTCRY_ALLOWED_ORIGINS",
        "URL",
        "A page's origin that may connect besides the server's own; can be repeated",
    ),
    many(
        "trusted_proxies",
        "OUTCRY_TRUSTED_PROXIES",
        "PREFIX",
        "A proxy in front, as an address or a prefix: who asks is whom it names; can be repeated",
    ),
    one(
        "metrics_listen",
        "OUTCRY_METRICS_LISTEN",
        "ADDRESS:PORT",
        "",
        "Address and port of the figures alone, for monitoring: whoever reaches it may read them",
    ),
    secret(
        "database_url",
        "DATABASE_URL",
        "URL",
        "a file in the data directory",
        "Database: postgres://… or sqlite:FILE",
    ),
    one(
        "database_schema",
        "OUTCRY_DATABASE_SCHEMA",
        "NAME",
        "the connection's first, public",
        "Schema of the tables in PostgreSQL, made when missing",
    ),
    one(
        "data_dir",
        "OUTCRY_DATA_DIR",
        "DIR",
        "outcry-data",
        "Directory of the embedded database, and of what is this server's own",
    ),
    secret(
        "admin_password",
        "ADMIN_PASSWORD",
        "PASSWORD",
        "one is made up, printed and kept in the data directory",
        "The host's password",
    ),
    one(
        "seal_key_file",
        "OUTCRY_SEAL_KEY_FILE",
        "FILE",
        "one is made up and kept in the data directory",
        "Key that rights and cookies are sealed with (64 hexadecimal digits), where several servers share one",
    ),
    one("web_dir", "OUTCRY_WEB_DIR", "DIR", "those inside the program", "Directory of the web client's files"),
    one("config", "OUTCRY_CONFIG", "FILE", "", "File with these settings (TOML)"),
    one(
        "session_config",
        "OUTCRY_SESSION_CONFIG",
        "FILE",
        "",
        "Configuration of a new session (JSON, as the host's overlay saves it)",
    ),
    one("preset", "OUTCRY_PRESET", "NAME", "party", "Preset of a new session"),
    switch("open", "OUTCRY_OPEN", "yes", "Start a new session in its lobby, so that people can join at once"),
    switch("draft", "OUTCRY_DRAFT", "no", "Start a new session as a draft: the host opens the lobby"),
    one(
        "rooms",
        "OUTCRY_ROOMS",
        "NUMBER|FILE",
        "one, without a code",
        "Rooms in this process, each with a code and a host's password of its own: so many, or those of a file (TOML)",
    ),
    one(
        "fleet",
        "OUTCRY_FLEET",
        "none|table|agones",
        "none",
        "Whether several processes share the rooms of one PostgreSQL; with agones its sidecar is told how this one stands",
    ),
    one(
        "fleet_address",
        "OUTCRY_FLEET_ADDRESS",
        "HOST:PORT",
        "where it listens",
        "Where the proxy and the others of the fleet reach this process",
    ),
    one(
        "seats_per_address",
        "OUTCRY_SEATS_PER_ADDRESS",
        "NUMBER",
        "40",
        "Seats that one address may have; this machine has no bound",
    ),
    one(
        "arriving_per_address",
        "OUTCRY_ARRIVING_PER_ADDRESS",
        "NUMBER",
        "8",
        "People of one address who have asked for a name and are not on the floor yet",
    ),
    switch(
        "shadow",
        "OUTCRY_SHADOW",
        "yes",
        "Let other rules take the same orders beside the market, for the host to watch",
    ),
    switch("log_json", "OUTCRY_LOG_JSON", "no", "Write logs as JSON"),
    one("log", "OUTCRY_LOG", "LEVEL", "info", "What is logged: error, warn, info, debug or trace"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_two_settings_share_a_name() {
        let unique = |of: fn(&Setting) -> String| SETTINGS.iter().map(of).collect::<BTreeSet<_>>().len();
        assert_eq!(unique(|it| it.name.to_owned()), SETTINGS.len());
        assert_eq!(unique(|it| it.variable.to_owned()), SETTINGS.len());
        assert_eq!(unique(Setting::flag), SETTINGS.len());
    }

    /// The manual and the example know every setting.
    #[test]
    fn no_setting_is_left_out_of_the_manual() {
        let manual = include_str!("../../../docs/operating.md");
        let example = include_str!("../../../outcry.example.toml");
        for it in &SETTINGS {
            assert!(manual.contains(&format!("`--{}`", it.flag())), "--{} in docs/operating.md", it.flag());
            assert!(manual.contains(&format!("`{}`", it.variable)), "{} in docs/operating.md", it.variable);
            let in_file =
                example.lines().any(|line| line.trim_start_matches("# ").starts_with(&format!("{} =", it.name)));
            assert!(in_file || it.name == "config", "{} in outcry.example.toml", it.name);
        }
    }
}
