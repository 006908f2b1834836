//! A server that cannot start says why in one sentence, and loses nothing.

use crate::floor::{Database, PASSWORD, Server, command, refuses, server_program};
use outcry_bots::Host;
use std::net::TcpListener;

#[test]
fn bad_starts_are_explained() {
    let Some(program) = server_program() else { return };
    let database = Database::sqlite();
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let taken = taken.local_addr().expect("an address").to_string();
    let file = |name: &str, text: &str| {
        let path = database.directory().join(name);
        std::fs::write(&path, text).expect("a file");
        path.display().to_string()
    };
    let config = file("config.json", r#"{"params": {"z": "0", "f": "7"}}"#);
    let broken = file("broken.json", "{");
    let settings = file("settings.toml", "lisen = 1");
    let cases: [(&[&str], &[&str]); 12] = [
        (&["--listen", "nowhere"], &["nowhere"]),
        (&["--listen", &taken], &[&taken]),
        (&["--preset", "parti"], &["parti"]),
        (&["--session-config", &config], &["z is 0", "f is 7"]),
        (&["--session-config", &broken], &["broken.json"]),
        (&["--session-config", "missing.json"], &["missing.json"]),
        (&["--config", &settings], &["lisen", "line 1"]),
        (&["--public-url", "https://floor.example.org/outcry"], &["https://floor.example.org would be right"]),
        (&["--tls-cert", "missing.pem", "--tls-key", "missing.key"], &["missing.pem cannot be read"]),
        (&["--log", "verbose"], &["verbose", "debug or trace would be right"]),
        (&["--web-dir", "nowhere"], &["nowhere", "cargo xtask web"]),
        (&["export", "--session", "77", "--out", "exported"], &["77"]),
    ];
    for (arguments, words) in cases {
        let listen: &[&str] = if arguments.contains(&"--listen") { &[] } else { &["--listen", "127.0.0.1:0"] };
        refuses(&program, &database, &[listen, arguments].concat(), words);
    }
}

/// What every setting is and where that was said, and no secret among it.
#[test]
fn settings_are_told_without_a_start() {
    let Some(program) = server_program() else { return };
    let database = Database::sqlite();
    let mut check = command(&program, &database);
    check
        .args(["check", "--public-url", "https://Floor.Example.org:443/"])
        .env("OUTCRY_DRAFT", "1")
        .env("OUTCRY_LISTEN", "");
    let output = check.output().expect("the server's program runs");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success() && !said.contains(PASSWORD), "{said}");
    for line in [
        ["listen", "127.0.0.1:7777", "default"],
        ["public_url", "https://floor.example.org", "--public-url"],
        ["database_url", database.url(), "--database-url"],
        ["admin_password", "(not shown)", "--admin-password"],
        ["draft", "yes", "OUTCRY_DRAFT"],
    ] {
        let told = said.lines().find(|told| told.split_whitespace().next() == Some(line[0])).expect(line[0]);
        assert!(told.contains(line[1]) && told.ends_with(line[2]), "{told}");
    }
}

fn second_server(database: &Database) {
    let Some(program) = server_program() else { return };
    let server = Server::start(&program, database);
    refuses(&program, database, &["--listen", "127.0.0.1:0"], &["another server"]);
    refuses(&program, database, &["purge", "--session", "1"], &["another server"]);
    let host = Host::login(server.address(), PASSWORD).expect("the first one goes on");
    drop(host);
    assert!(server.stop().success());
    // The lock has gone with its holder.
    assert!(Server::start(&program, database).stop().success());
    refuses(&program, database, &["purge"], &["--session"]);
    let purged = command(&program, database).args(["purge", "--session", "1"]).status().expect("the program runs");
    assert!(purged.success(), "nobody serves it");
    refuses(&program, database, &["purge", "--session", "1"], &["session 1 is not in this database"]);
}

#[test]
fn a_second_server_on_one_file_is_refused() {
    second_server(&Database::sqlite());
}

#[test]
fn a_second_server_on_one_postgresql_is_refused() {
    if let Some(database) = Database::postgres() {
        second_server(&database);
    }
}
