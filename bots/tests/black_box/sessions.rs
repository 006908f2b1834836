//! Several servers on one PostgreSQL, each with a session of its own; and what the operator's commands say
//! and do while they run.

use crate::floor::{Browser, Database, PASSWORD, Server, command, server_program, watch};
use outcry_bots::{Bot, Host};
use outcry_shared::{message::HostAct, phase::Phase};
use std::{
    net::TcpListener,
    path::{Path, PathBuf},
    process::Output,
};

/// A server's place, the same at every start of it.
fn place() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("an address").to_string()
}

/// A floor with somebody on it, in play.
struct Floor {
    place: String,
    server: Server,
    bot: Bot,
    session: u64,
}

impl Floor {
    fn open(program: &Path, database: &Database, name: &str) -> Self {
        let place = place();
        let server = Server::start_at(program, database, &place);
        let bot = Bot::join(server.address(), name).expect("a seat");
        let mut host = Host::login(server.address(), PASSWORD).expect("the password is right");
        host.act(HostAct::Start).expect("starts");
        watch(&mut host, "a tick", |host| host.session().tick() > 0);
        let session = host.session().replica().number();
        Self { place, server, bot, session }
    }

    /// Ends it as a power cut would; what it was is kept.
    fn kill(self) -> (String, Bot, u64) {
        self.server.kill();
        (self.place, self.bot, self.session)
    }
}

/// The same line again: its own session, paused, with its own people.
fn comes_back(program: &Path, database: &Database, (place, mut bot, session): (String, Bot, u64)) -> Server {
    let server = Server::start_at(program, database, &place);
    bot.resume().expect("the seat is there");
    assert_eq!(bot.session().replica().number(), session, "{place} has its own session again");
    assert_eq!(bot.session().clock().phase, Phase::Paused);
    server
}

#[test]
fn two_servers_on_one_postgresql_come_back_to_their_own_sessions() {
    let (Some(program), Some(database)) = (server_program(), Database::postgres()) else { return };
    let first = Floor::open(&program, &database, "Ada");
    let second = Floor::open(&program, &database, "Bob");
    assert_ne!(first.session, second.session, "each has one of its own");
    let listed = said(&program, &database, &["sessions"]);
    assert_eq!(listed.lines().filter(|line| line.contains("(served now)")).count(), 2, "{listed}");

    let (first, second) = (first.kill(), second.kill());
    // The other way round, as a session is not found again by being the newest.
    let first = comes_back(&program, &database, first);
    let second = comes_back(&program, &database, second);
    assert!(first.stop().success() && second.stop().success());
}

/// A process dies, and another one, with a directory and an address of its own, goes on with its session: paused, with
/// everybody's seat and money, within seconds.
#[test]
fn another_process_goes_on_with_a_session() {
    let (Some(program), Some(database)) = (server_program(), Database::postgres()) else { return };
    let first = Floor::open(&program, &database, "Ada");
    let (address, mut laptop) = (first.server.address().clone(), Browser::default());
    laptop.visit(&address);
    assert_eq!(laptop.join(&address, "Bob").0, 201);
    let bob = laptop.open(&address, "Bob", None).expect("a seat").seat();
    let (place, mut ada, session) = first.kill();
    let (money, shown) = (ada.view().balance(), ada.session().tick());

    let elsewhere = Database::at(database.url());
    let number = session.to_string();
    let server = Server::start_with(&program, &elsewhere, &["serve", "--session", &number]);
    assert_ne!(server.address().authority(), place);
    ada.move_to(server.address());
    ada.resume().expect("the seat is there");
    assert_eq!((ada.session().replica().number(), ada.view().balance()), (session, money));
    assert_eq!(ada.session().clock().phase, Phase::Paused);
    assert!(ada.session().tick() >= shown, "what was shown is in it");
    // Cookies know the port: the browser finds another address by itself no better than its person does.
    laptop.move_to(&address, server.address());
    assert_eq!(laptop.open(server.address(), "Bob", Some(bob.2)).expect("the seat").seat(), bob);
    let mut host = Host::login(server.address(), PASSWORD).expect("the password is right");
    host.act(HostAct::Resume).expect("goes on");
    watch(&mut host, "another tick", |host| host.session().tick() > shown);
    // The first is started again: what it served is another's now.
    let refused = run(&program, &database, &["serve", "--session", &number, "--listen", "127.0.0.1:0"]);
    let why = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(!refused.status.success() && why.contains("is being served by another server"), "{why}");
    assert!(server.stop().success());
}

fn run(program: &Path, database: &Database, arguments: &[&str]) -> Output {
    command(program, database).args(arguments).output().expect("the server's program runs")
}

fn said(program: &Path, database: &Database, arguments: &[&str]) -> String {
    let output = run(program, database, arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// A backup of a server that runs is a database on which another starts; from it the first can be filled again.
fn backup(database: &Database, empty: &Database) {
    let Some(program) = server_program() else { return };
    let Floor { server, bot, session, .. } = Floor::open(&program, database, "Ada");
    let file: PathBuf = database.directory().join("evening.db");
    let path = file.display().to_string();
    said(&program, database, &["backup", "--out", &path]);
    let refused = run(&program, database, &["backup", "--out", &path]);
    assert!(!refused.status.success(), "nothing is overwritten");
    let shown = bot.session().tick();
    server.kill();

    said(&program, empty, &["restore", "--from", &path]);
    for again in [&Database::at(&format!("sqlite:{path}")), empty] {
        let server = Server::start(&program, again);
        let host = Host::login(server.address(), PASSWORD).expect("the password is right");
        assert_eq!(host.session().replica().number(), session);
        assert!(host.session().tick() >= shown, "what was shown before the backup is in it");
        assert_eq!(host.session().replica().seats().len(), 1);
        assert!(server.stop().success());
    }
    let listed = said(&program, empty, &["sessions"]);
    assert!(listed.contains("paused") && listed.contains("1 session in the database"), "{listed}");
}

#[test]
fn a_backup_on_sqlite_starts_again() {
    backup(&Database::sqlite(), &Database::sqlite());
}

#[test]
fn a_backup_on_postgresql_starts_again() {
    if let (Some(database), Some(empty)) = (Database::postgres(), Database::postgres()) {
        backup(&database, &empty);
    }
}

/// `serve --session` names one, or asks for a new one.
#[test]
fn a_session_can_be_asked_for() {
    let Some(program) = server_program() else { return };
    let database = Database::sqlite();
    let number = |arguments: &[&str]| {
        let server = Server::start_with(&program, &database, &[&["serve"], arguments].concat());
        let host = Host::login(server.address(), PASSWORD).expect("the password is right");
        let number = host.session().replica().number();
        assert!(server.stop().success());
        number
    };
    let asked: Vec<u64> =
        [&[][..], &["--session", "new"], &["--session", "1"], &["--session", "new"], &[]].map(number).to_vec();
    assert_eq!(asked, [1, 2, 1, 3, 3]);
    let refused = run(&program, &database, &["serve", "--session", "9", "--listen", "127.0.0.1:0"]);
    let why = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(!refused.status.success() && why.contains("session 9 is not in this database"), "{why}");
}
