//! A browser as the server sees one: a jar of cookies, the requests of the page, and windows with a socket each.

use super::deadline;
use outcry_bots::Address;
use outcry_shared::{
    ClientMessage, ServerMessage,
    limits::PROTOCOL_VERSION,
    link::ClientLink,
    message::{ConnectRefusal, Hello, SeatClaim, Welcome},
};
use std::{
    collections::BTreeMap,
    io::{Read, Write},
    net::TcpStream,
    time::{Duration, Instant},
};
use tungstenite::{Message, WebSocket, client::IntoClientRequest, http::HeaderValue};

/// How long a request or a word of the server may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// A browser. Cookies do not know ports: one jar for the whole host.
#[derive(Default)]
pub(crate) struct Browser {
    cookies: BTreeMap<String, String>,
}

impl Browser {
    /// Opens the page: it asks where the session stands.
    pub(crate) fn visit(&mut self, address: &Address) -> String {
        self.request(address, "GET", "/session", "").1
    }

    /// Sends the form; status and body of the answer.
    pub(crate) fn join(&mut self, address: &Address, name: &str) -> (u16, String) {
        self.request(address, "POST", "/join", &format!("{{\"name\":\"{name}\"}}"))
    }

    /// Shows a code that the host has given.
    pub(crate) fn claim(&mut self, address: &Address, code: &str) -> (u16, String) {
        self.request(address, "POST", "/claim", &format!("{{\"code\":\"{code}\"}}"))
    }

    /// Sends the form and hangs up before the answer.
    pub(crate) fn join_and_hang_up(&self, address: &Address, name: &str) {
        let mut stream = connect(address);
        let body = format!("{{\"name\":\"{name}\"}}");
        stream.write_all(self.head(address, "POST", "/join", &body).as_bytes()).expect("asks");
    }

    /// Opens the floor in a window, which may have had a seat before.
    pub(crate) fn open(&self, address: &Address, name: &str, mark: Option<u64>) -> Result<Window, ConnectRefusal> {
        let mut request = address.socket_url().into_client_request().expect("an address");
        let cookie = HeaderValue::from_str(&self.jar()).expect("cookies");
        request.headers_mut().insert("cookie", cookie);
        let (socket, _) = tungstenite::client(request, connect(address)).expect("a socket");
        let mut window = Window { socket, link: ClientLink::new(), heard: Vec::new() };
        let seat = SeatClaim::Cookie { name: Some(name.to_owned()), mark };
        let hello = Hello { protocol: PROTOCOL_VERSION, build: "test".to_owned(), seat };
        window.say(&ClientMessage::Hello(hello));
        window.until(|message| match message {
            ServerMessage::Welcome(_) => Some(Ok(())),
            ServerMessage::Refused(refusal) => Some(Err(refusal.clone())),
            _ => None,
        })?;
        Ok(window)
    }

    /// What it had for one floor it has for another one, as if that were there now.
    pub(crate) fn move_to(&mut self, from: &Address, to: &Address) {
        let port = |address: &Address| address.authority().rsplit_once(':').expect("a port").1.to_owned();
        let (from, to) = (format!("_{}", port(from)), format!("_{}", port(to)));
        self.cookies = self.cookies.iter().map(|(name, value)| (name.replace(&from, &to), value.clone())).collect();
    }

    fn jar(&self) -> String {
        self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    fn head(&self, address: &Address, method: &str, path: &str, body: &str) -> String {
        let (authority, jar, length) = (address.authority(), self.jar(), body.len());
        format!(
            "{method} {}{path} HTTP/1.0\r\nHost: {authority}\r\nCookie: {jar}\r\nContent-Type: application/json\r\n\
             Content-Length: {length}\r\n\r\n{body}",
            address.room()
        )
    }

    fn request(&mut self, address: &Address, method: &str, path: &str, body: &str) -> (u16, String) {
        let mut stream = connect(address);
        stream.write_all(self.head(address, method, path, body).as_bytes()).expect("asks");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        let (head, body) = answer.split_once("\r\n\r\n").expect("headers");
        for line in head.lines() {
            let Some((name, value)) = line.split_once(": ") else { continue };
            if !name.eq_ignore_ascii_case("set-cookie") {
                continue;
            }
            let pair = value.split(';').next().and_then(|pair| pair.split_once('=')).expect("a cookie");
            self.cookies.insert(pair.0.to_owned(), pair.1.to_owned());
        }
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        (status, body.to_owned())
    }
}

fn connect(address: &Address) -> TcpStream {
    let stream = TcpStream::connect(address.authority()).expect("the server is there");
    stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
    stream
}

/// A window on the floor.
pub(crate) struct Window {
    socket: WebSocket<TcpStream>,
    link: ClientLink,
    heard: Vec<ServerMessage>,
}

impl Window {
    /// How it was welcomed.
    pub(crate) fn welcome(&self) -> &Welcome {
        let welcome = self.heard.iter().find_map(|message| match message {
            ServerMessage::Welcome(welcome) => Some(welcome),
            _ => None,
        });
        welcome.expect("a welcome")
    }

    /// Name and money of the seat, and what tells it from others.
    pub(crate) fn seat(&self) -> (String, outcry_engine::Usdc, u64) {
        let (you, own) = (self.welcome().you.as_ref(), self.welcome().private.as_ref());
        let (you, own) = you.zip(own).expect("a seat");
        (you.name.clone(), own.own.balance, you.mark)
    }

    /// Waits until it is sent away, and says why.
    pub(crate) fn sent_away(mut self) -> String {
        self.until(|message| match message {
            ServerMessage::Bye { reason } => Some(reason.clone()),
            _ => None,
        })
    }

    fn say(&mut self, message: &ClientMessage) {
        self.link.send(message);
        if let Some(frame) = self.link.take_frame() {
            self.socket.send(Message::binary(frame)).expect("the server is there");
        }
    }

    fn until<T>(&mut self, pick: impl Fn(&ServerMessage) -> Option<T>) -> T {
        let deadline = deadline();
        loop {
            assert!(Instant::now() < deadline, "the server says nothing");
            let Message::Binary(frame) = self.socket.read().expect("the server is there") else { continue };
            let messages = self.link.receive(&frame).expect("a frame of the protocol");
            let picked = messages.iter().find_map(&pick);
            self.heard.extend(messages);
            if let Some(picked) = picked {
                return picked;
            }
        }
    }
}
