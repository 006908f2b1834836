//! Both proxies before a fleet, as the manual has them: what is asked under a room reaches whoever holds it and nobody else,
//! and who is gone is passed over. The processes are stubs that say what they were asked.

use crate::{
    floor::deadline,
    proxy::{Proxy, free_port},
};
use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Instant,
};

/// Who holds which room; nobody at the moment.
type Table = Arc<Mutex<BTreeMap<&'static str, Option<String>>>>;

/// Something that answers as a process of a fleet does. Dropped, it is gone.
struct Process {
    address: String,
    is_gone: Arc<AtomicBool>,
}

impl Process {
    fn start(table: &Table) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address").to_string();
        let is_gone = Arc::new(AtomicBool::new(false));
        let (table, own, gone) = (Arc::clone(table), address.clone(), Arc::clone(&is_gone));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if gone.load(Ordering::Relaxed) {
                    return;
                }
                let (table, own) = (Arc::clone(&table), own.clone());
                thread::spawn(move || answer(stream, &own, &table));
            }
        });
        Self { address, is_gone }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.is_gone.store(true, Ordering::Relaxed);
        // Wakes whoever listens.
        let _ = TcpStream::connect(&self.address);
    }
}

/// A request's or an answer's head, with names in small letters.
struct Head {
    first: String,
    fields: BTreeMap<String, String>,
}

impl Head {
    fn read(stream: &mut impl BufRead) -> Option<Self> {
        let (mut lines, mut line) = (Vec::new(), String::new());
        while stream.read_line(&mut line).ok()? > 2 {
            lines.push(line.trim_end().to_owned());
            line.clear();
        }
        let fields = lines.iter().skip(1).filter_map(|line| line.split_once(": "));
        let fields = fields.map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned())).collect();
        Some(Self { first: lines.first()?.clone(), fields })
    }

    fn word(&self, place: usize) -> &str {
        self.first.split(' ').nth(place).unwrap_or_default()
    }

    fn field(&self, name: &str) -> Option<&str> {
        self.fields.get(name).map(String::as_str)
    }
}

/// Answers one request; over an upgraded connection, the first words.
fn answer(stream: TcpStream, own: &str, table: &Table) {
    let mut reader = BufReader::new(stream);
    let Some(head) = Head::read(&mut reader) else { return };
    let mut body = vec![0; head.field("content-length").and_then(|length| length.parse().ok()).unwrap_or(0)];
    if reader.read_exact(&mut body).is_err() {
        return;
    }
    let said = if head.word(1) == "/where" {
        let asked = head.field("x-original-uri").or_else(|| head.field("x-forwarded-uri")).unwrap_or_default();
        let code = asked.split('/').nth(2).unwrap_or_default();
        let holder = table.lock().expect("nobody panics inside").get(code).cloned();
        match holder.unwrap_or_else(|| Some(own.to_owned())) {
            Some(holder) => format!(
                "204 No Content\r\nX-Outcry-Room: {holder}\r\nCache-Control: max-age=1\r\nConnection: close\r\n\r\n"
            ),
            None => {
                "503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_owned()
            }
        }
    } else if head.field("upgrade").is_some() {
        let switched = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n";
        let mut words = [0; 64];
        let _ = reader.get_mut().write_all(switched.as_bytes());
        let read = reader.read(&mut words).unwrap_or(0);
        let _ = write!(reader.get_mut(), "{own} heard {}", String::from_utf8_lossy(&words[..read]));
        return;
    } else {
        let said = format!("{own} {} {} {}", head.word(0), head.word(1), String::from_utf8_lossy(&body));
        format!("200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{said}", said.len())
    };
    // The proxy may have gone.
    let _ = write!(reader.get_mut(), "HTTP/1.1 {said}");
}

/// Status, head and body of an answer.
fn ask(proxy: &Proxy, request: &str, body: &str) -> (u16, Head, String) {
    let mut stream = TcpStream::connect(proxy.address().authority()).expect("it listens");
    let length = if body.is_empty() { String::new() } else { format!("Content-Length: {}\r\n", body.len()) };
    let head = format!("Host: {}\r\nX-Outcry-Room: 127.0.0.1:9\r\n{length}", proxy.address().authority());
    write!(stream, "{request} HTTP/1.0\r\n{head}\r\n{body}").expect("asks");
    let mut reader = BufReader::new(stream);
    let head = Head::read(&mut reader).expect("a head");
    let mut said = String::new();
    reader.read_to_string(&mut said).expect("a body");
    (head.word(1).parse().expect("a status"), head, said)
}

fn get(proxy: &Proxy, path: &str) -> (u16, String) {
    let (status, _, said) = ask(proxy, &format!("GET {path}"), "");
    (status, said)
}

fn directory(name: &str) -> PathBuf {
    let directory = std::env::temp_dir().join(format!("outcry-fronts-{}-{name}", std::process::id()));
    std::fs::create_dir_all(&directory).expect("a directory");
    directory
}

fn stands_before_a_fleet(name: &str, start: impl Fn(&[String], &Path) -> Option<Proxy>) {
    let table = Table::default();
    let [first, second, hidden] = [(); 3].map(|()| Process::start(&table));
    let hold = |code, holder: Option<&str>| {
        table.lock().expect("nobody panics inside").insert(code, holder.map(ToOwned::to_owned));
    };
    let dead = format!("127.0.0.1:{}", free_port());
    let directory = directory(name);
    let Some(mut proxy) = start(&[dead.clone(), first.address.clone(), second.address.clone()], &directory) else {
        return;
    };
    // The third is known by what the others say alone.
    hold("BCDFG", Some(&hidden.address));
    hold("GHJKL", None);
    hold("MNPQR", Some(&dead));

    for _ in 0..6 {
        let (status, said) = get(&proxy, "/rooms?x=1");
        assert!(status == 200 && said.contains("GET /rooms?x=1"), "whoever is gone is passed over: {status} {said}");
        assert_eq!(get(&proxy, "/r/BCDFG/session?x=1"), (200, format!("{} GET /r/BCDFG/session?x=1 ", hidden.address)));
        assert_eq!(get(&proxy, "/r/BCDFG/live").1, format!("{} GET /r/BCDFG/live ", hidden.address));
    }
    let (status, _, said) = ask(&proxy, "POST /r/BCDFG/seat", "a name");
    assert_eq!((status, said), (200, format!("{} POST /r/BCDFG/seat a name", hidden.address)));
    let mut socket = TcpStream::connect(proxy.address().authority()).expect("it listens");
    let upgrade = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
    let host = proxy.address().authority();
    write!(socket, "GET /r/BCDFG/socket HTTP/1.1\r\nHost: {host}\r\n{upgrade}\r\n\r\n").expect("asks");
    let mut reader = BufReader::new(socket.try_clone().expect("a socket"));
    assert_eq!(Head::read(&mut reader).expect("a head").word(1), "101");
    socket.write_all(b"ping").expect("speaks");
    let mut heard = String::new();
    reader.read_to_string(&mut heard).expect("hears");
    assert_eq!(heard, format!("{} heard ping", hidden.address));

    for (code, why) in [("GHJKL", "nobody holds it"), ("MNPQR", "whoever held it is gone")] {
        let (status, head, said) = ask(&proxy, &format!("GET /r/{code}/session"), "");
        assert_eq!((status, head.field("retry-after")), (503, Some("1")), "{why}: {said}");
    }
    // The proxy keeps nothing that counts.
    proxy.cut();
    assert_eq!(get(&proxy, "/r/BCDFG/live").1, format!("{} GET /r/BCDFG/live ", hidden.address));
    // Somebody takes it up: within a second or so everybody gets there.
    hold("MNPQR", Some(&first.address));
    let deadline = deadline();
    while get(&proxy, "/r/MNPQR/session") != (200, format!("{} GET /r/MNPQR/session ", first.address)) {
        assert!(Instant::now() < deadline, "the way to the new holder");
        thread::yield_now();
    }
    drop(proxy);
    // What cannot be deleted is left to the system's own cleaning.
    let _ = std::fs::remove_dir_all(&directory);
}

#[test]
fn nginx_brings_people_to_whoever_holds_their_room() {
    stands_before_a_fleet("nginx", Proxy::nginx_fleet);
}

#[test]
fn caddy_brings_people_to_whoever_holds_their_room() {
    stands_before_a_fleet("caddy", Proxy::caddy_fleet);
}
