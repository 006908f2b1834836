//! Several rooms in one process: each is a floor of its own, to people, hosts, bots and whoever watches; and what becomes of
//! one is no other's business.

use crate::floor::{Browser, Database, PASSWORD, Server, command, deadline, get, post, refuses, server_program, watch};
use outcry_bots::{Address, Bot, BotError, Host};
use outcry_shared::{message::HostAct, phase::Phase, secret::HostGrant};
use std::{fs, path::Path, time::Instant};

/// A room of a house: its address, and its host's password.
struct Room {
    address: Address,
    code: String,
    password: String,
}

fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).expect("JSON")
}

/// The organiser's right.
fn organiser(server: &Server) -> Option<HostGrant> {
    let (status, body) = post(server.address(), "/rooms/login", None, &format!(r#"{{"password":"{PASSWORD}"}}"#));
    assert_eq!(status, 200, "{body}");
    json(&body)["grant"].as_str().and_then(HostGrant::from_hex)
}

/// The rooms of a house by number, as its organiser sees them.
fn rooms(server: &Server) -> Vec<Room> {
    let (status, body) = said(server.address(), "/rooms/list", organiser(server));
    assert_eq!(status, 200, "{body}");
    let text = |row: &serde_json::Value, part: &str| row[part].as_str().expect("a word").to_owned();
    let room = |row: &serde_json::Value| {
        let code = text(row, "code");
        let address = format!("http://{}/r/{code}", server.address().authority()).parse().expect("an address");
        Room { address, code, password: text(row, "password") }
    };
    json(&body)["rooms"].as_array().expect("rooms").iter().map(room).collect()
}

fn house(program: &Path, database: &Database, rooms: &str) -> Server {
    Server::start_with(program, database, &["--rooms", rooms])
}

fn said(address: &Address, path: &str, grant: Option<HostGrant>) -> (u16, String) {
    let (status, body) = get(address, path, grant);
    (status, String::from_utf8_lossy(&body).into_owned())
}

/// One browser has a seat in each of two rooms, whose hosts, sessions, exports and pieces are their own; a kill later both
/// are back under the same links.
fn two_rooms(database: &Database) {
    let Some(program) = server_program() else { return };
    let server = house(&program, database, "2");
    let [first, second] = &rooms(&server)[..] else { panic!("two rooms") };

    let mut laptop = Browser::default();
    let seats = [first, second].map(|room| {
        laptop.visit(&room.address);
        assert_eq!(laptop.join(&room.address, "Ada").0, 201, "a seat in {}", room.code);
        laptop.open(&room.address, "Ada", None).expect("a seat").seat()
    });
    assert_ne!(seats[0].2, seats[1].2, "a key for each");
    let mut bob = Bot::join(&second.address, "Bob").expect("a bot knows its room");

    let mut host = Host::login(&first.address, &first.password).expect("the room's password");
    assert!(matches!(Host::login(&second.address, &first.password), Err(BotError::Denied(_))), "not the other's");
    let mut other = Host::login(&second.address, PASSWORD).expect("the organiser's opens every room");
    host.act(HostAct::Start).expect("starts");
    watch(&mut host, "a tick", |host| host.session().tick() > 0);
    watch(&mut other, "what the host sees", |host| host.state().is_some());
    assert_eq!(other.session().clock().phase, Phase::Lobby, "the other room waits");
    let numbers = [&host, &other].map(|host| host.session().replica().number());
    let listed = other.state().map(|state| state.sessions.iter().map(|(number, _)| *number).collect::<Vec<_>>());
    assert_eq!(listed, Some(vec![numbers[1]]), "a host sees the room's own sessions");

    let export = |room: &Room, session: &str, grant: HostGrant| {
        get(&room.address, &format!("/export/{session}/orders.csv"), Some(grant)).0
    };
    assert_eq!(export(first, "current", host.grant()), 200);
    assert_eq!(export(first, &numbers[0].to_string(), host.grant()), 200);
    assert_eq!(export(first, &numbers[1].to_string(), host.grant()), 404, "another room's");
    assert_eq!(export(second, "current", host.grant()), 403, "a right is for one room");
    let live = [first, second].map(|room| said(&room.address, "/live", None));
    assert!(live.iter().all(|(status, _)| *status == 200) && live[0].1 != live[1].1, "{live:?}");
    assert!(said(&first.address, "/qr.svg", None).1.starts_with("<svg"));

    let nowhere: Address = format!("http://{}/r/CCCCC", server.address().authority()).parse().expect("an address");
    let (status, why) = said(&nowhere, "/session", None);
    assert!(status == 404 && why.contains("There is no room CCCCC"), "{status} {why}");
    let figures = said(server.address(), "/metrics", None).1;
    for room in [first, second] {
        let line = format!("outcry_connections{{room=\"{}\"}}", room.code);
        assert!(figures.contains(&line), "{line} in {figures}");
    }
    let shown = host.session().tick();
    server.kill();

    let server = house(&program, database, "2");
    let again = rooms(&server);
    assert_eq!(again.iter().map(|room| &room.code).collect::<Vec<_>>(), [&first.code, &second.code]);
    let moved = [&again[0], &again[1]].map(|room| room.address.clone());
    laptop.move_to(&first.address, &moved[0]);
    for (address, seat) in moved.iter().zip(&seats) {
        assert_eq!(&laptop.open(address, "Ada", Some(seat.2)).expect("the seat").seat(), seat);
    }
    bob.move_to(&moved[1]);
    bob.resume().expect("the seat is there");
    let host = Host::login(&moved[0], &first.password).expect("the same password");
    assert_eq!((host.session().replica().number(), host.session().clock().phase), (numbers[0], Phase::Paused));
    assert!(host.session().tick() >= shown, "what was shown is in it");
    assert!(server.stop().success());
}

#[test]
fn two_rooms_on_sqlite_are_two_floors() {
    two_rooms(&Database::sqlite());
}

#[test]
fn two_rooms_on_postgresql_are_two_floors() {
    if let Some(database) = Database::postgres() {
        two_rooms(&database);
    }
}

/// Waits for an answer over HTTP.
fn until(what: &str, mut answer: impl FnMut() -> bool) {
    let deadline = deadline();
    while !answer() {
        assert!(Instant::now() < deadline, "waits for {what}");
        std::thread::yield_now();
    }
}

/// A room whose record was taken over ends alone, and goes on when its organiser tries again.
fn one_fails(database: &Database) {
    let Some(program) = server_program() else { return };
    let server = house(&program, database, "2");
    let [first, second] = &rooms(&server)[..] else { panic!("two rooms") };
    assert_eq!(said(server.address(), "/readyz", None).0, 200);
    let mut host = Host::login(&first.address, &first.password).expect("the password is right");
    let mut other = Host::login(&second.address, &second.password).expect("the password is right");
    let number = host.session().replica().number();
    database.run(format!("UPDATE sessions SET epoch = epoch + 1 WHERE session_id = {number}"));
    // Whatever it wants to store is refused, and it is told to stop.
    let _ = host.act(HostAct::Start);
    until("the room's end", || said(server.address(), "/readyz", None).0 == 503);
    let (_, why) = said(server.address(), "/readyz", None);
    assert!(why.contains("1 of 2 rooms"), "{why}");
    assert_eq!(said(&first.address, "/session", None).0, 503);
    other.act(HostAct::Start).expect("the other room goes on");
    watch(&mut other, "a tick", |host| host.session().tick() > 0);

    let (grant, code) = (organiser(&server), format!(r#"{{"code":"{}"}}"#, first.code));
    assert_eq!(post(server.address(), "/rooms/again", None, &code).0, 401);
    assert_eq!(post(server.address(), "/rooms/again", grant, &code), (200, "open\n".to_owned()));
    let (status, why) = post(server.address(), "/rooms/again", grant, &code);
    assert!(status == 409 && why.contains("is open"), "{status} {why}");
    assert_eq!(said(server.address(), "/readyz", None).0, 200);
    let host = Host::login(&first.address, &first.password).expect("the same password");
    assert_eq!(host.session().replica().number(), number, "its session goes on");
    assert!(server.stop().success());
}

#[test]
fn a_room_that_fails_takes_no_other_with_it() {
    one_fails(&Database::sqlite());
    if let Some(database) = Database::postgres() {
        one_fails(&database);
    }
}

/// The organiser sees the rooms, opens one and closes one; whoever does not know the password sees nothing.
#[test]
fn rooms_are_opened_and_closed_while_others_play() {
    let Some(program) = server_program() else { return };
    let database = Database::sqlite();
    // As an earlier version kept rooms.
    let before = database.directory().join("outcry-data/rooms/CDFGH");
    fs::create_dir_all(&before).expect("a room of before");
    for (file, text) in [("number", "4\n"), ("host-password", "a sheet on the wall\n")] {
        fs::write(before.join(file), text).expect("a file of the room");
    }
    let server = house(&program, &database, "1");
    let address = server.address();
    let [first] = &rooms(&server)[..] else { panic!("a room") };
    assert_eq!((&*first.code, &*first.password), ("CDFGH", "a sheet on the wall"), "printed sheets stay right");
    let mut ada = Bot::join(&first.address, "Ada").expect("a seat");

    assert_eq!(post(address, "/rooms/login", None, r#"{"password":"guess"}"#).0, 403);
    assert_eq!(said(address, "/rooms/list", None).0, 401);
    assert_eq!(post(address, "/rooms/open", None, r#"{"preset":"party"}"#).0, 401);
    let room_host = Host::login(&first.address, &first.password).expect("the password is right");
    assert_eq!(said(address, "/rooms/list", Some(room_host.grant())).0, 403, "a room's host is not the organiser");
    let grant = organiser(&server);
    assert!(grant.is_some());

    assert_eq!(post(address, "/rooms/open", grant, r#"{"preset":"nothing"}"#).0, 400);
    let (status, body) = post(address, "/rooms/open", grant, r#"{"preset":"demo"}"#);
    assert_eq!(status, 201, "{body}");
    let code = json(&body)["code"].as_str().expect("a code").to_owned();
    let second: Address = format!("http://{}/r/{code}", address.authority()).parse().expect("an address");
    let _bob = Bot::join(&second, "Bob").expect("a seat in the new room");
    let rows = || json(&said(address, "/rooms/list", grant).1)["rooms"].as_array().expect("rooms").clone();
    let row = |code: &str| rows().into_iter().find(|row| row["code"] == code);
    until("both on the board", || {
        let seats = |code: &str| row(code).and_then(|row| row["seats"].as_u64());
        seats(&code) == Some(1) && seats(&first.code) == Some(1)
    });
    let row = row(&first.code).expect("the first room");
    assert_eq!((row["phase"].as_str(), row["trouble"].as_str()), (Some("Lobby"), None), "{row}");
    assert_eq!(row["password"].as_str(), Some(first.password.as_str()));

    let closing = format!(r#"{{"code":"{}"}}"#, first.code);
    assert_eq!(post(address, "/rooms/close", None, &closing).0, 401);
    assert_eq!(post(address, "/rooms/close", grant, &closing).0, 200);
    let listed = json(&said(address, "/rooms/list", grant).1);
    let named = |list: &str| listed[list].as_array().expect("rooms").iter().any(|room| room["code"] == *first.code);
    assert_ne!(named("rooms"), named("closed"), "it is in one of the lists: {listed}");
    let gone = ada.pump_until("the end of the room", deadline(), |_| false);
    let why = gone.expect_err("it is closed").to_string();
    assert!(why.contains("this room is closed"), "{why}");
    until("the table", || rows().len() == 1);
    assert_eq!(said(&first.address, "/session", None).0, 404);

    // Open again it is as it was; deleted it is gone.
    let past = || json(&said(address, "/rooms/list", grant).1)["closed"].clone();
    assert_eq!(past(), serde_json::json!([{ "code": first.code, "name": row["name"] }]));
    assert_eq!(post(address, "/rooms/again", grant, &closing).0, 200);
    assert_eq!((rows().len(), past()), (2, serde_json::json!([])));
    ada.resume().expect("the seat is there");
    let (status, why) = post(address, "/rooms/purge", grant, &closing);
    assert!(status == 409 && why.contains("has not ended"), "{status} {why}");
    assert_eq!(post(address, "/rooms/close", grant, &closing).0, 200);
    until("the table", || rows().len() == 1);
    assert_eq!(post(address, "/rooms/purge", None, &closing).0, 401);
    assert_eq!(post(address, "/rooms/purge", grant, &closing).0, 200);
    assert_eq!(past(), serde_json::json!([]));
    let (status, why) = post(address, "/rooms/again", grant, &closing);
    assert!(status == 409 && why.contains("there is no room"), "{status} {why}");
    assert!(server.stop().success());

    let server = house(&program, &database, "1");
    let codes: Vec<_> = rooms(&server).into_iter().map(|room| room.code).collect();
    assert_eq!(codes, [code], "what was closed stays closed, and what was opened is open");
    assert!(server.stop().success());
    let sessions = command(&program, &database).arg("sessions").output().expect("runs");
    let sessions = String::from_utf8_lossy(&sessions.stdout).into_owned();
    assert!(sessions.contains("1 session in the database"), "{sessions}");
}

#[test]
fn a_file_says_which_rooms_there_are() {
    let Some(program) = server_program() else { return };
    let database = Database::sqlite();
    let file = database.directory().join("groups.toml");
    let names = |server: &Server| -> Vec<String> {
        let list = json(&said(server.address(), "/rooms/list", organiser(server)).1);
        let rows = list["rooms"].as_array().expect("rooms");
        rows.iter().map(|row| row["name"].as_str().expect("a name").to_owned()).collect()
    };
    let mut text = String::new();
    for (name, all) in [("Ash", &["Ash"][..]), ("Birch", &["Ash", "Birch"])] {
        text += &format!("[[room]]\nname = \"{name}\"\nquestion = \"Whose tree?\"\n");
        fs::write(&file, &text).expect("a file of rooms");
        let server = house(&program, &database, "groups.toml");
        until("those of before, and what is new", || names(&server) == all);
        assert!(server.stop().success());
    }
}

#[test]
fn what_cannot_be_a_house_is_refused_with_a_sentence() {
    let Some(program) = server_program() else { return };
    let database = Database::sqlite();
    let refuses = |arguments: &[&str], words: &[&str]| refuses(&program, &database, arguments, words);
    refuses(&["--rooms", "0"], &["--rooms", "1 to 200, or a file of rooms would be right"]);
    refuses(&["--rooms", "many"], &["many: there is no such file"]);
    refuses(&["serve", "--session", "3", "--rooms", "2", "--listen", "127.0.0.1:0"], &["--session", "without --rooms"]);
    refuses(
        &["--rooms", "2", "--listen", "127.0.0.1:0", "--seal-key-file", "nowhere"],
        &["nowhere", "64 hexadecimal digits would be right"],
    );
}
