//! Alerts and dashboard ask for figures that the server gives.

use crate::floor::{Database, PASSWORD, Server, deadline, server_program, watch, watch_trading};
use outcry_bots::{Address, Host, Kind, crowd::Crowd};
use outcry_shared::message::{HostAct, Resolve};
use std::{
    collections::BTreeSet,
    fs,
    io::{Read, Write},
    net::TcpStream,
    path::Path,
    thread,
    time::Instant,
};

const BOTS: usize = 4;
/// How our figures begin; the service and the certificates' place are called so too.
const PREFIX: &str = "outcry_";

/// The names of figures in a text.
fn figures(text: &str) -> BTreeSet<&str> {
    let words = text.split(|character: char| !character.is_ascii_alphanumeric() && character != '_');
    words.filter(|word| word.starts_with(PREFIX)).collect()
}

fn metrics(address: &Address) -> String {
    let mut stream = TcpStream::connect(address.authority()).expect("the server is there");
    let head = format!("GET /metrics HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", address.authority());
    stream.write_all(head.as_bytes()).expect("asks");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("answers");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    answer
}

#[test]
fn alerts_and_dashboard_ask_for_what_there_is() {
    let Some(program) = server_program() else { return };
    let database = Database::sqlite();
    let server = Server::start(&program, &database);
    let mut host = Host::login(server.address(), PASSWORD).expect("the password is right");
    let crowd = Crowd {
        address: server.address().clone(),
        count: BOTS,
        seed: 5,
        kind: Kind::Mix,
        pace_ms: 400,
        duration: None,
        stay: false,
        seats: None,
    };
    let answer = thread::scope(|scope| {
        let playing = scope.spawn(|| crowd.play());
        watch(&mut host, "the crowd", |host| host.bots_connected() == BOTS);
        host.act(HostAct::Start).expect("starts");
        watch_trading(&mut host, 1, 0);
        // Whoever leaves is counted.
        drop(Host::login(server.address(), PASSWORD).expect("the password is right"));
        let deadline = deadline();
        let mut answer = metrics(server.address());
        while !answer.contains("outcry_closed") {
            assert!(Instant::now() < deadline, "nobody has left: {answer}");
            answer = metrics(server.address());
        }
        host.act(HostAct::Resolve(Resolve::Final)).expect("ends");
        playing.join().expect("the crowd plays");
        answer
    });
    let given = figures(&answer);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../deploy");
    for file in ["alerts.yml", "dashboard.json"] {
        let text = fs::read_to_string(folder.join(file)).expect(file);
        let asked = figures(&text);
        assert!(asked.len() > 3, "{file} asks for {asked:?}");
        let missing: Vec<_> = asked.difference(&given).collect();
        assert!(missing.is_empty(), "{file} asks for {missing:?}; the server gives {given:?}");
    }
    let documented = fs::read_to_string(folder.join("../docs/operating.md")).expect("the guide");
    let missing: Vec<_> = figures(&documented).into_iter().filter(|figure| !given.contains(figure)).collect();
    assert!(missing.is_empty(), "the operating guide names {missing:?}; the server gives {given:?}");
}
