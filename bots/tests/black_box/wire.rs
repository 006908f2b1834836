//! Bytes that no browser sends, on the server's real socket: each is refused with its answer, and
//! the server goes on.

use crate::floor::{Database, PASSWORD, Server, server_program, watch};
use outcry_bots::{Address, Host};
use std::{
    io::{ErrorKind, Read, Write},
    net::TcpStream,
    time::Duration,
};

/// How long an answer, or the end of a socket, may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// Sockets that ask for the program and never read it.
const SLOW_READERS: usize = 300;
/// A program that no socket holds on its way.
const PROGRAM: &str = "outcry-0123abcd_bg.wasm";
const PROGRAM_BYTES: usize = 24 << 20;
/// The server's largest frame of a client, in bytes.
const FRAME_BYTES_MAX: usize = 8 << 10;

fn connect(address: &Address) -> TcpStream {
    let stream = TcpStream::connect(address.authority()).expect("the server is there");
    stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
    stream
}

/// Everything that comes until the server ends the connection.
#[track_caller]
fn rest(mut stream: TcpStream) -> Vec<u8> {
    let mut bytes = Vec::new();
    match stream.read_to_end(&mut bytes) {
        Ok(_) => {}
        Err(error) if error.kind() == ErrorKind::ConnectionReset => {}
        Err(error) => panic!("the server does not end it: {error}"),
    }
    bytes
}

/// The head of an answer, up to its empty line.
fn head(stream: &mut TcpStream) -> String {
    let (mut head, mut byte) = (Vec::new(), [0]);
    while !head.ends_with(b"\r\n\r\n") && stream.read_exact(&mut byte).is_ok() {
        head.push(byte[0]);
    }
    String::from_utf8_lossy(&head).into_owned()
}

/// The status of an answer to a request with more headers.
fn ask(address: &Address, request: &str, headers: &str) -> String {
    let mut stream = connect(address);
    // The server may answer before it has read all of it.
    let _ = write!(stream, "{request} HTTP/1.1\r\nHost: {}\r\n{headers}\r\n", address.authority());
    head(&mut stream).lines().next().unwrap_or_default().split(' ').nth(1).unwrap_or_default().to_owned()
}

const UPGRADE: &str = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

/// A connection after its handshake.
fn socket(address: &Address) -> TcpStream {
    let mut stream = connect(address);
    let offer = "Sec-WebSocket-Extensions: permessage-deflate\r\n";
    write!(stream, "GET /ws HTTP/1.1\r\nHost: {}\r\n{UPGRADE}{offer}\r\n", address.authority()).expect("asks");
    let answer = head(&mut stream).to_lowercase();
    assert!(answer.starts_with("http/1.1 101"), "{answer}");
    assert!(!answer.contains("extensions"), "nothing is unpacked: {answer}");
    stream
}

/// A frame as a client's: masked, with a mask of zeros.
fn frame(first: u8, length: u64, payload: &[u8]) -> Vec<u8> {
    let mut frame = vec![first, 0x80 | 127];
    frame.extend(length.to_be_bytes());
    frame.extend([0; 4]);
    frame.extend(payload);
    frame
}

/// Sends bytes on a socket; the server has to end it, with `code` if it says one. Of a flood it
/// leaves some unread, and then its last word may be lost on the way.
#[track_caller]
fn ended(address: &Address, what: &str, bytes: &[u8], code: Option<u16>) {
    let mut stream = socket(address);
    // The server may end it before all is written.
    let _ = stream.write_all(bytes);
    let answer = rest(stream);
    let Some(code) = code else { return };
    let close = answer.windows(4).any(|at| at[0] == 0x88 && at[2..] == code.to_be_bytes());
    assert!(close || answer.is_empty(), "{what}: {answer:?}");
}

fn frames(address: &Address) {
    let hello = |first| frame(first, 3, b"abc");
    let unmasked = [0x82, 3, 1, 2, 3];
    for (what, bytes, code) in [
        ("text", hello(0x81), Some(1003)),
        ("text that is none", frame(0x81, 2, &[0xc3, 0x28]), None),
        ("one byte too long", frame(0x82, FRAME_BYTES_MAX as u64 + 1, &vec![0; FRAME_BYTES_MAX + 1]), None),
        ("16 MiB", frame(0x82, 16 << 20, &[0; 100]), None),
        ("as long as can be said", frame(0x82, u64::MAX >> 1, &[0; 100]), None),
        ("longer than can be said", frame(0x82, u64::MAX, &[0; 100]), None),
        ("not masked", unmasked.to_vec(), None),
        ("reserved bits", hello(0xf2), None),
        ("an unknown kind", hello(0x83), None),
        ("a middle without a begin", hello(0x80), None),
        ("a begin within a message", [hello(0x02), hello(0x02)].concat(), None),
        (
            "parts that are too long together",
            [frame(0x02, 5_000, &[0; 5_000]), frame(0x80, 5_000, &[0; 5_000])].concat(),
            None,
        ),
        ("a close that says too much", frame(0x88, 126, &[b'x'; 126]), None),
        ("a flood of pings", frame(0x89, 1, b"x").repeat(10_000), None),
        ("no frame of the protocol", frame(0x82, 3, &[0xff; 3]), Some(1008)),
        ("a flood of frames", frame(0x82, 3, &[1, 0, 1]).repeat(10_000), None),
    ] {
        ended(address, what, &bytes, code);
    }
}

fn requests(address: &Address) {
    for origin in
        ["https://evil.example", "null", "http://127.0.0.1.evil.example", "https://127.0.0.1", "http://127.0.0.1:1"]
    {
        assert_eq!(ask(address, "GET /ws", &format!("{UPGRADE}Origin: {origin}\r\n")), "403", "{origin}");
    }
    let own = format!("{UPGRADE}Origin: http://{}\r\n", address.authority());
    assert_eq!(ask(address, "GET /ws", &own), "101");
    let long = format!("X-Long: {}\r\n", "x".repeat(20 << 20));
    assert!(["431", "400", ""].contains(&ask(address, "GET /", &long).as_str()), "a head of 20 MB");
    for path in ["/../Cargo.toml", "/%2e%2e%2fCargo.toml", "//etc/passwd", "/.env", "/%00", "/..%5cx"] {
        let status = ask(address, &format!("GET {path}"), "");
        assert!(["400", "404"].contains(&status.as_str()), "{path}: {status}");
    }
    let packed = "Content-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\n\x1fab";
    assert!(ask(address, "POST /join", packed).starts_with('4'), "a packed body is not unpacked");
}

/// Nothing, half a head, or half a body: the sockets do not stay open.
fn slow_writers(address: &Address) -> Vec<TcpStream> {
    let begins = [
        "",
        "GET / HTTP/1.1\r\nHost: ",
        "POST /join HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n\
        Content-Length: 100\r\n\r\n{",
    ];
    begins
        .map(|begin| {
            let mut slow = connect(address);
            slow.write_all(begin.as_bytes()).expect("writes");
            slow
        })
        .into()
}

/// Sockets that ask for the program and never read.
fn slow_readers(address: &Address) -> Vec<TcpStream> {
    let ask = |_| {
        let mut slow = connect(address);
        write!(slow, "GET /{PROGRAM} HTTP/1.1\r\nHost: {}\r\n\r\n", address.authority()).expect("asks");
        slow
    };
    (0..SLOW_READERS).map(ask).collect()
}

#[test]
fn bytes_that_no_browser_sends_are_refused() {
    let Some(program) = server_program() else { return };
    let database = Database::sqlite();
    let pages = database.directory().join("pages");
    std::fs::create_dir_all(&pages).expect("a directory");
    std::fs::write(pages.join(PROGRAM), vec![0; PROGRAM_BYTES]).expect("a file");
    let server = Server::start_with(&program, &database, &["--web-dir", &pages.to_string_lossy()]);
    let (writers, mut readers) = (slow_writers(server.address()), slow_readers(server.address()));
    requests(server.address());
    frames(server.address());
    writers.into_iter().for_each(|slow| drop(rest(slow)));
    let mut host = Host::login(server.address(), PASSWORD).expect("the server goes on");
    watch(&mut host, "the end of those who do not read", |_| {
        readers.retain(|slow| !matches!(slow.take_error(), Ok(Some(_))));
        readers.is_empty()
    });
    assert!(server.stop().success());
}
