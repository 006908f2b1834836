//! A process with Agones' sidecar beside it: what it hears while people come, go, and play when the process is told to end.

use crate::floor::{Database, Server, deadline, server_program};
use outcry_bots::{Address, Bot};
use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::mpsc::{Receiver, Sender, channel},
    thread,
    time::Instant,
};

/// Says yes to everything, and tells what it was.
fn sidecar() -> (u16, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let (port, (tell, heard)) = (listener.local_addr().expect("an address").port(), channel());
    // It ends with the test's process.
    thread::spawn(move || listener.incoming().flatten().for_each(|stream| _ = answer(&stream, &tell)));
    (port, heard)
}

fn answer(stream: &TcpStream, tell: &Sender<String>) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream);
    let (mut lines, mut line) = (Vec::new(), String::new());
    while reader.read_line(&mut line)? > 2 {
        lines.push(line.trim().to_ascii_lowercase());
        line.clear();
    }
    let length = lines.iter().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body)?;
    let asked = lines.first().and_then(|first| first.rsplit_once(' ')).map_or("", |(asked, _)| asked);
    // The test may be over.
    let _ = tell.send(format!("{asked} {}", String::from_utf8_lossy(&body)));
    let mut stream = stream;
    stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}")
}

/// Waits until it has heard this.
fn hears(heard: &Receiver<String>, expected: &str) {
    loop {
        let left = deadline().saturating_duration_since(Instant::now());
        if heard.recv_timeout(left).unwrap_or_else(|_| panic!("the sidecar waits for {expected}")) == expected {
            return;
        }
    }
}

#[test]
fn agones_hears_how_a_process_stands() {
    let Some(program) = server_program() else { return };
    let Some(database) = Database::postgres() else { return };
    let (port, heard) = sidecar();
    let key = database.directory().join("seal-key");
    fs::write(&key, "5ea1".repeat(16)).expect("a file");
    let key = key.display().to_string();
    let arguments =
        ["--fleet", "agones", "--rooms", "1", "--listen", "127.0.0.1:0", "--public-url", "http://floor.example"];
    let arguments: Vec<_> = arguments.into_iter().chain(["--seal-key-file", &key]).collect();
    let server = Server::start_in(&program, &database, &[("AGONES_SDK_HTTP_PORT", port.to_string())], &arguments);
    hears(&heard, "post /health {}");
    hears(&heard, r#"put /metadata/label {"key":"rooms","value":"1"}"#);
    let codes = database.pairs("SELECT code, code FROM rooms WHERE holder IS NOT NULL");
    let address: Address = format!("http://{}/r/{}", server.address().authority(), codes[0].0).parse().expect("a room");
    let bot = Bot::join(&address, "Ada").expect("a seat");
    hears(&heard, "post /allocate {}");
    drop(bot);
    hears(&heard, "post /ready {}");
    let _playing = Bot::join(&address, "Bob").expect("a seat");
    hears(&heard, "post /allocate {}");
    assert!(server.stop().success(), "people in it keep no process");
    hears(&heard, "post /shutdown {}");
}
