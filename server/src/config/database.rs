//! The database's URL as people write it, for PostgreSQL and SQLite. Nothing here repeats a URL: it may hold a password.

use super::values;
use outcry_reach::pem;
use percent_encoding::percent_decode_str;
use std::path::Path;
use url::Url;

/// What sqlx understands of a PostgreSQL URL; it would log the value of anything else.
const KNOWN: [&str; 18] = [
    "sslmode",
    "ssl-mode",
    "sslrootcert",
    "ssl-root-cert",
    "ssl-ca",
    "sslcert",
    "ssl-cert",
    "sslkey",
    "ssl-key",
    "statement-cache-capacity",
    "host",
    "hostaddr",
    "port",
    "dbname",
    "user",
    "password",
    "application_name",
    "options",
];
const MODES: &str = "disable, prefer, require, verify-ca or verify-full";
const SPECIAL: &str = "in a name or password write @ as %40, : as %3A, / as %2F, ? as %3F, # as %23 and % as %25";
const KINDS: &str = "postgres://user:password@host/database or sqlite:FILE would be right";

/// A database as the store opens it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Database {
    /// `postgres://…` or `sqlite:FILE`.
    pub(super) url: String,
    /// The same without a password.
    pub(super) shown: String,
    /// What was left out of it.
    pub(super) notes: Vec<String>,
}

/// Reads a database's URL.
///
/// # Errors
/// What is wrong, and what would be right.
pub(super) fn read(text: &str, home: Option<&Path>) -> Result<Database, String> {
    let text = values::meant(text);
    let (scheme, rest) = text.split_once(':').ok_or_else(|| format!("it names no kind of database: {KINDS}"))?;
    match scheme.to_lowercase().as_str() {
        "postgres" | "postgresql" => postgres(&format!("postgres:{rest}"), home),
        "sqlite" => sqlite(rest, home),
        _ => Err(format!("\"{scheme}\" is no kind of database that is known: {KINDS}")),
    }
}

fn sqlite(rest: &str, home: Option<&Path>) -> Result<Database, String> {
    let (file, query) = rest.split_once('?').unwrap_or((rest, ""));
    let file = percent_decode_str(file.strip_prefix("//").unwrap_or(file)).decode_utf8_lossy();
    let is_memory = file.trim_matches(':') == "memory" && file.contains(':') || query.contains("mode=memory");
    if is_memory {
        return Err("a record in memory would be gone with the server: sqlite:FILE would be right".to_owned());
    }
    if let Some(other) = query.split('&').find(|part| !matches!(*part, "" | "mode=rwc" | "mode=rw")) {
        return Err(format!(
            "\"?{other}\" cannot be had, the server writes the file and is alone with it: sqlite:FILE would be right"
        ));
    }
    if file.is_empty() {
        return Err("it names no file: sqlite:FILE would be right".to_owned());
    }
    let url = format!("sqlite:{}", values::path(&file, home)?.display());
    Ok(Database { shown: url.clone(), url, notes: Vec::new() })
}

fn postgres(text: &str, home: Option<&Path>) -> Result<Database, String> {
    let mut url = Url::parse(text).map_err(|error| format!("it cannot be read ({error}): {SPECIAL}"))?;
    // What a password was cut by lies where none belongs.
    let cut = url.fragment().is_some() || url.path().contains('@') || url.query().is_some_and(|it| it.contains('@'));
    if cut {
        return Err(format!("a password seems to be cut: {SPECIAL}"));
    }
    if url.cannot_be_a_base() {
        return Err(format!("it has no // after its kind: {KINDS}"));
    }
    let mut notes = Vec::new();
    let mut kept = Vec::new();
    for (key, value) in url.query_pairs() {
        match (&*key, &*value) {
            ("ssl", _) => return Err(format!("there is no \"ssl\": sslmode={MODES} would be right")),
            // The authorities that the system knows are believed anyway; it is meant to be looked at.
            ("sslrootcert", "system") => kept.push(("sslmode".to_owned(), "verify-full".to_owned())),
            // sqlx would not even try.
            ("sslmode" | "ssl-mode", "allow") => kept.push((key.into_owned(), "prefer".to_owned())),
            ("sslmode" | "ssl-mode", "disable" | "prefer" | "require" | "verify-ca" | "verify-full") => {
                kept.push((key.into_owned(), value.into_owned()));
            }
            ("sslmode" | "ssl-mode", other) => return Err(format!("sslmode is \"{other}\": {MODES} would be right")),
            ("sslrootcert" | "ssl-root-cert" | "ssl-ca", file) => {
                let file = values::path(file, home)?;
                pem::certificates(&file).map_err(|error| error.to_string())?;
                kept.push((key.into_owned(), file.display().to_string()));
            }
            (key, value) if KNOWN.contains(&key) || key.starts_with("options[") => {
                kept.push((key.to_owned(), value.to_owned()));
            }
            (key, _) => notes.push(format!("\"{key}\" of the database's URL is not known here and was left out")),
        }
    }
    url.set_query(None);
    if !kept.is_empty() {
        url.query_pairs_mut().extend_pairs(kept);
    }
    Ok(Database { shown: without_password(&url), url: url.to_string(), notes })
}

fn without_password(url: &Url) -> String {
    let mut shown = url.clone();
    if shown.password().is_some() {
        // It has a host, or it could have no password.
        let _ = shown.set_password(Some("…"));
    }
    if shown.query_pairs().any(|(key, _)| key == "password") {
        shown.set_query(Some("…"));
    }
    percent_decode_str(shown.as_str()).decode_utf8_lossy().into_owned()
}
