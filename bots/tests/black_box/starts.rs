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
    let cases: [(&[&str], &[&str]); 9] = [
        (&["--listen", "nowhere"], &["nowhere"]),
        (&["--listen", &taken], &[&taken]),
        (&["--preset", "parti"], &["parti"]),
        (&["--session-config", &config], &["z is 0", "f is 7"]),
        (&["--session-config", &broken], &["broken.json"]),
        (&["--session-config", "missing.json"], &["missing.json"]),
        (&["--config", &settings], &["lisen"]),
        (&["--web-dir", "nowhere"], &["nowhere", "cargo xtask web"]),
        (&["export", "--session", "77", "--out", "exported"], &["77"]),
    ];
    for (arguments, words) in cases {
        let listen: &[&str] = if arguments.contains(&"--listen") { &[] } else { &["--listen", "127.0.0.1:0"] };
        refuses(&program, &database, &[listen, arguments].concat(), words);
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
