//! A lost answer, a wrong tab, a dead phone, a restart, another password: everybody is back on the own seat at once.

use crate::floor::{Browser, Database, PASSWORD, Server, server_program, watch};
use outcry_bots::{BotError, Host};
use outcry_shared::{
    message::{HostAct, RefusalCode},
    phase::Phase,
};
use std::{thread, time::Duration};

#[test]
fn everybody_comes_back_to_the_own_seat() {
    let Some(program) = server_program() else { return };
    let database = Database::sqlite();
    let server = Server::start(&program, &database);
    let (address, place) = (server.address().clone(), server.address().authority().to_owned());
    let (mut phone, mut laptop) = (Browser::default(), Browser::default());

    // A link preview takes no seat, and a browser without a key gets none.
    assert_eq!(Browser::default().join(&address, "Ada").0, 428);
    phone.visit(&address);
    phone.join_and_hang_up(&address, "Ada");
    let (status, body) = phone.join(&address, "Ada");
    assert!(matches!(status, 200 | 201), "the answer was lost: {status} {body}");
    laptop.visit(&address);
    assert_eq!(laptop.join(&address, "ada").0, 409, "the name is Ada's");
    assert_eq!(laptop.join(&address, "Bob").0, 201);
    let ada = phone.open(&address, "Ada", None).expect("a seat");
    let bob = laptop.open(&address, "Bob", None).expect("a seat");
    let (ada_seat, bob_seat) = (ada.seat(), bob.seat());
    let mut host = Host::login(&address, PASSWORD).expect("the password is right");
    host.act(HostAct::Start).expect("starts");

    // The wrong tab is closed.
    let tab = phone.open(&address, "Ada", None).expect("a second tab");
    assert!(ada.sent_away().contains("another window"));
    drop(tab);
    let ada = phone.open(&address, "Ada", Some(ada_seat.2)).expect("the first tab again");
    assert_eq!(ada.seat(), ada_seat);

    // The phone dies.
    let user = ada.welcome().you.as_ref().expect("a seat").user;
    host.act(HostAct::GiveBack { user }).expect("a code");
    let (whose, code) = host.seat_code().expect("told to the host");
    assert_eq!(whose, user);
    let mut tablet = Browser::default();
    tablet.visit(&address);
    assert_eq!(tablet.claim(&address, &code.to_hex()).0, 201);
    assert!(ada.sent_away().contains("another device"));
    let on_tablet = tablet.open(&address, "", None).expect("the seat");
    let seat = on_tablet.seat();
    assert_eq!((&seat.0, seat.1), (&ada_seat.0, ada_seat.1), "the same person with the same money");
    assert_eq!(phone.claim(&address, &code.to_hex()).0, 409, "the code is used up");
    let refused = phone.open(&address, "Ada", Some(ada_seat.2)).err().expect("the old phone");
    assert_eq!(refused.code, RefusalCode::UnknownSeat);

    // A power cut.
    let grant = host.grant();
    drop((on_tablet, bob, host));
    server.kill();
    let server = Server::start_at(&program, &database, &place);
    assert_eq!(tablet.open(&address, "", Some(seat.2)).expect("the seat").seat(), seat);
    assert_eq!(laptop.open(&address, "Bob", Some(bob_seat.2)).expect("the seat").seat(), bob_seat);
    let mut host = Host::resume(&address, grant).expect("the right outlives the server");
    watch(&mut host, "what the host sees, by itself", |host| host.state().is_some());
    assert_eq!(host.session().clock().phase, Phase::Paused);
    host.act(HostAct::Resume).expect("goes on");

    // Another password.
    let grant = host.grant();
    drop(host);
    assert!(server.stop().success());
    let server = Server::start_as(&program, &database, &place, Some("another password"));
    assert_eq!(tablet.open(&address, "", Some(seat.2)).expect("the seat").seat(), seat);
    assert!(matches!(Host::resume(&address, grant), Err(BotError::Denied(_))), "the right ends with the password");
    Host::login(&address, "another password").expect("the new one is right").act(HostAct::Resume).expect("goes on");

    // A second floor on the same host: one jar of cookies, two seats.
    let neighbour = Database::sqlite();
    let second = Server::start(&program, &neighbour);
    tablet.visit(second.address());
    assert_eq!(tablet.join(second.address(), "Somebody else").0, 201);
    let elsewhere = tablet.open(second.address(), "Somebody else", None).expect("a seat");
    assert!(tablet.visit(&address).contains("\"you\":\"Ada\""));
    assert_eq!(tablet.open(&address, "", Some(seat.2)).expect("the seat").seat(), seat);
    assert_eq!(elsewhere.seat().0, "Somebody else");
    assert!(server.stop().success() && second.stop().success());
}

#[test]
fn a_password_that_was_made_up_stays() {
    let Some(program) = server_program() else { return };
    let database = Database::sqlite();
    let started = || {
        let server = Server::start_as(&program, &database, "127.0.0.1:0", None);
        let password = printed_password(&server);
        Host::login(server.address(), &password).expect("it is right");
        assert!(server.stop().success());
        password
    };
    assert_eq!(started(), started());
    #[cfg(unix)]
    for file in ["host-password", "seal-key"] {
        use std::os::unix::fs::PermissionsExt;
        let file = database.directory().join("outcry-data").join(file);
        assert_eq!(std::fs::metadata(file).expect("it is kept").permissions().mode() & 0o777, 0o600);
    }
}

/// The address is printed first: the password may be a moment later.
fn printed_password(server: &Server) -> String {
    for _ in 0..200 {
        let said = server.said();
        if let Some(line) = said.lines().find(|line| line.contains("password, made up")) {
            return line.rsplit(' ').next().expect("a word").to_owned();
        }
        thread::sleep(Duration::from_millis(50));
    }
    panic!("the password is printed: {}", server.said());
}
