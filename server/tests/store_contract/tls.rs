//! A PostgreSQL that speaks TLS, by every `sslmode`.

use crate::bench::Bench;
use outcry_server::store;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

macro_rules! pair {
    ($name:literal) => {
        (
            include_str!(concat!("../../../reach/tests/certificates/", $name, ".pem")),
            include_str!(concat!("../../../reach/tests/certificates/", $name, ".key")),
        )
    };
}

/// How long the database may take to show another certificate.
const PATIENCE: Duration = Duration::from_secs(30);

/// The database under test, and files that name authorities.
struct Tls<'a> {
    url: &'a str,
    directory: PathBuf,
}

impl Tls<'_> {
    /// The database's URL with more parameters; `{authority}` and `{stranger}` are files.
    fn url(&self, parameters: &str) -> String {
        let file = |name: &str| self.directory.join(name).display().to_string();
        let parameters = parameters.replace("{authority}", &file("authority")).replace("{stranger}", &file("stranger"));
        format!("{}{}{parameters}", self.url, if self.url.contains('?') { '&' } else { '?' })
    }

    /// Whether a server opens it, or the sentence why not.
    async fn opens(&self, parameters: &str) -> Result<(), String> {
        let opened = store::open(Some(&self.url(parameters)), Path::new("")).await;
        opened.map_err(|error| error.to_string())?.close().await.map_err(|error| error.to_string())
    }

    /// Whether what is said on a connection is encrypted.
    async fn encrypts(&self, parameters: &str) -> Result<bool, sqlx::Error> {
        let mut connection = PgConnection::connect(&self.url(parameters)).await?;
        sqlx::query_scalar("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()").fetch_one(&mut connection).await
    }

    /// Has the database show this certificate from now on. Its own account writes the files, as nobody else's
    /// key would do.
    async fn show(&self, (cert, key): (&str, &str), name: &str) {
        let mut connection = PgConnection::connect(&self.url("sslmode=disable")).await.unwrap();
        for (end, text) in [("pem", cert), ("key", key)] {
            let write = format!(
                "COPY (SELECT unnest(string_to_array('{text}', E'\\n'))) TO PROGRAM 'umask 077 && cat > outcry-{name}.{end}'"
            );
            connection.execute(AssertSqlSafe(write)).await.unwrap();
        }
        for (setting, value) in [("ssl_cert_file", "pem"), ("ssl_key_file", "key")] {
            let set = format!("ALTER SYSTEM SET {setting} = 'outcry-{name}.{value}'");
            connection.execute(AssertSqlSafe(set)).await.unwrap();
        }
        connection.execute("ALTER SYSTEM SET ssl = on").await.unwrap();
        connection.execute("SELECT pg_reload_conf()").await.unwrap();
        let deadline = Instant::now() + PATIENCE;
        loop {
            let mut connection = PgConnection::connect(&self.url("sslmode=disable")).await.unwrap();
            let file: String = sqlx::query_scalar("SHOW ssl_cert_file").fetch_one(&mut connection).await.unwrap();
            if file.contains(name) && self.encrypts("sslmode=prefer").await.unwrap_or_default() {
                return;
            }
            assert!(Instant::now() < deadline, "the database does not show the certificate \"{name}\"");
            tokio::task::yield_now().await;
        }
    }

    /// Leaves the database as it was.
    async fn hide(&self) {
        let mut connection = PgConnection::connect(&self.url("sslmode=disable")).await.unwrap();
        for setting in ["ssl", "ssl_cert_file", "ssl_key_file"] {
            connection.execute(AssertSqlSafe(format!("ALTER SYSTEM RESET {setting}"))).await.unwrap();
        }
        connection.execute("SELECT pg_reload_conf()").await.unwrap();
    }

    #[track_caller]
    fn refused(opened: Result<(), String>, words: &str) {
        let sentence = opened.unwrap_err();
        assert!(sentence.starts_with("the database ") && sentence.contains(words), "{sentence}");
        assert!(!sentence.contains('\n'), "{sentence}");
    }
}

/// Which certificate is believed is up to `sslmode`, as everywhere with PostgreSQL.
pub(crate) async fn a_database_is_reached_by_every_sslmode(bench: Bench) {
    let Bench::Postgres(url) = &bench else { return };
    let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("tls-{}", std::process::id()));
    std::fs::create_dir_all(&directory).unwrap();
    for (name, text) in [
        ("authority", include_str!("../../../reach/tests/certificates/authority.pem")),
        ("stranger", include_str!("../../../reach/tests/certificates/stranger.pem")),
    ] {
        std::fs::write(directory.join(name), text).unwrap();
    }
    let tls = Tls { url, directory };

    if !tls.encrypts("sslmode=prefer").await.unwrap() {
        Tls::refused(tls.opens("sslmode=require").await, "does not support TLS");
    }
    tls.show(pair!("floor"), "floor").await;
    for (parameters, encrypted) in [
        ("sslmode=disable", false),
        ("sslmode=prefer", true),
        ("sslmode=require", true),
        ("sslmode=verify-ca&sslrootcert={authority}", true),
        ("sslmode=verify-full&sslrootcert={authority}", true),
    ] {
        tls.opens(parameters).await.unwrap();
        assert_eq!(tls.encrypts(parameters).await.unwrap(), encrypted, "{parameters}");
    }
    for parameters in [
        "sslmode=verify-ca&sslrootcert={stranger}",
        "sslmode=verify-full&sslrootcert={stranger}",
        "sslmode=verify-full",
    ] {
        Tls::refused(tls.opens(parameters).await, "signed by nobody who is trusted here");
    }
    tls.show(pair!("expired"), "expired").await;
    Tls::refused(tls.opens("sslmode=verify-full&sslrootcert={authority}").await, "has expired");
    Tls::refused(tls.opens("sslmode=verify-ca&sslrootcert={authority}").await, "has expired");
    tls.show(pair!("elsewhere"), "elsewhere").await;
    Tls::refused(tls.opens("sslmode=verify-full&sslrootcert={authority}").await, "is for elsewhere.example");
    tls.opens("sslmode=verify-ca&sslrootcert={authority}").await.unwrap();
    tls.hide().await;
    std::fs::remove_dir_all(&tls.directory).unwrap();
}
