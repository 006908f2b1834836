//! The real server with a certificate: programs reach it over TLS, everybody else is told where to go.

use crate::floor::{Database, PASSWORD, Server, deadline, server_program};
use outcry_bots::{Action, Address, Bot, BotError, Host, Trust};
use outcry_engine::{Direction, OutcomeId, Side};
use outcry_reach::open;
use outcry_shared::message::HostAct;
use std::{
    fs,
    io::{Read, Write},
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(30);

const AUTHORITY: &str = include_str!("../../../reach/tests/certificates/authority.pem");
const STRANGER: &str = include_str!("../../../reach/tests/certificates/stranger.pem");
type Pair = (&'static str, &'static str);
const FLOOR: Pair = (
    include_str!("../../../reach/tests/certificates/floor.pem"),
    include_str!("../../../reach/tests/certificates/floor.key"),
);
const EXPIRED: Pair = (
    include_str!("../../../reach/tests/certificates/expired.pem"),
    include_str!("../../../reach/tests/certificates/expired.key"),
);
const RENEWED: Pair = (
    include_str!("../../../reach/tests/certificates/renewed.pem"),
    include_str!("../../../reach/tests/certificates/renewed.key"),
);

/// Where the server's certificate lies.
struct Files {
    directory: PathBuf,
    writes: u64,
}

impl Files {
    fn path(&self, name: &str) -> String {
        self.directory.join(name).display().to_string()
    }

    /// Writes certificate and key, each time later than before.
    fn show(&mut self, (cert, key): Pair) {
        self.writes += 1;
        let later = SystemTime::now() + Duration::from_secs(self.writes);
        for (name, text) in [("floor.pem", cert), ("floor.key", key)] {
            let path = self.directory.join(name);
            fs::write(&path, text).expect("a file");
            let file = fs::File::options().append(true).open(&path).expect("a file");
            file.set_modified(later).expect("a time");
        }
    }

    fn trust(&self, pem: &str) -> Trust {
        let path = self.directory.join("trusted.pem");
        fs::write(&path, pem).expect("a file");
        Trust::with(&path).expect("a certificate")
    }
}

/// A server with a certificate, its address by https, and its files.
fn start(program: &Path, database: &Database) -> (Server, String, Files) {
    let mut files = Files { directory: database.directory().to_owned(), writes: 0 };
    files.show(FLOOR);
    let (cert, key) = (files.path("floor.pem"), files.path("floor.key"));
    let server = Server::start_with(program, database, &["--tls-cert", &cert, "--tls-key", &key]);
    let url = format!("https://{}", server.address().authority());
    (server, url, files)
}

fn address(url: &str, trust: &Trust) -> Address {
    url.parse::<Address>().expect("an address").trusting(trust.clone())
}

/// Everything that is answered to a request.
fn ask(url: &str, trust: &Trust, request: &str, body: &str) -> String {
    let place: outcry_reach::Address = url.parse().expect("an address");
    let mut stream = open(&place, trust, PATIENCE).expect("the server is there");
    let json = "Content-Type: application/json\r\nConnection: close\r\n";
    let host = place.authority();
    write!(stream, "{request} HTTP/1.1\r\nHost: {host}\r\n{json}Content-Length: {}\r\n\r\n{body}", body.len())
        .expect("asks");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("an answer");
    String::from_utf8_lossy(&answer).into_owned()
}

fn refusal(url: &str, trust: &Trust) -> String {
    match Host::login(&address(url, trust), PASSWORD) {
        Err(BotError::Unreachable(sentence)) => sentence,
        Err(other) => panic!("{url}: {other}"),
        Ok(_) => panic!("{url}: it is reached"),
    }
}

#[test]
fn a_room_with_a_certificate_is_reached_over_tls_and_by_nothing_else() {
    let Some(program) = server_program() else { return };
    let database = Database::sqlite();
    let (server, url, mut files) = start(&program, &database);
    let trust = files.trust(AUTHORITY);

    // Pages: the cookie travels by https alone.
    let joined = ask(&url, &trust, "POST /join", "{\"name\": \"Bob\"}");
    assert!(joined.starts_with("HTTP/1.1 200") && joined.contains("set-cookie: __Host-outcry_seat="), "{joined}");
    assert!(joined.contains("; Secure"), "{joined}");
    assert!(!joined.to_lowercase().contains("strict-transport"), "a room may be without a certificate tomorrow");

    // People and their orders.
    let floor = address(&url, &trust);
    let mut host = Host::login(&floor, PASSWORD).expect("the password is right");
    let mut bot = Bot::join(&floor, "Ada").expect("a seat");
    host.act(HostAct::Start).expect("starts");
    bot.pump_until("the start", deadline(), |bot| bot.session().is_open()).expect("it starts");
    let order = Action::market(OutcomeId(0), Side::Yes, Direction::Buy, 10.0, 50).expect("an order");
    bot.act(&order).expect("sent");
    bot.pump_until("the answer", deadline(), |bot| bot.stats().accepted == 1).expect("it is acknowledged");

    // Whoever comes without encryption is told where to go, and gets nothing.
    let plain = url.replacen("https", "http", 1);
    let sent = ask(&plain, &trust, "GET /?host", "");
    assert!(sent.starts_with("HTTP/1.1 307") && sent.contains(&format!("location: {url}/?host\r\n")), "{sent}");
    let refused = ask(&plain, &trust, "POST /join", "{\"name\": \"Eve\"}");
    assert!(refused.starts_with("HTTP/1.1 400") && refused.contains(&format!("open {url}")), "{refused}");
    assert!(refusal(&plain, &trust).ends_with(&format!("it is reached by {url}")));

    // Whoever believes somebody else goes away.
    for trust in [Trust::default(), files.trust(STRANGER)] {
        assert!(refusal(&url, &trust).contains("its certificate is signed by nobody who is trusted here"));
    }

    // Another certificate is shown without a restart; one that is not right is not.
    files.show(EXPIRED);
    assert!(refusal(&url, &trust).contains("its certificate has expired"));
    files.show((RENEWED.0, "half a key"));
    assert!(refusal(&url, &trust).contains("its certificate has expired"));
    files.show((RENEWED.0, FLOOR.1));
    assert!(refusal(&url, &trust).contains("its certificate has expired"));
    files.show(RENEWED);
    Host::login(&floor, PASSWORD).expect("it is reached again");
    // Whoever was there has noticed nothing.
    bot.act(&order).expect("sent");
    bot.pump_until("the answer", deadline(), |bot| bot.stats().accepted == 2).expect("it is acknowledged");
    assert!(server.stop().success());
}
