//! The real server behind a real proxy, configured as the manual says: pages and sockets come through,
//! and people are told apart where the proxy is trusted.

use crate::floor::{Database, PASSWORD, Server, deadline, server_program};
use outcry_bots::{Action, Address, Bot, Host};
use outcry_engine::{Direction, OrderKind, OutcomeId, Rate, Side, Tokens};
use outcry_shared::message::HostAct;
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::Instant,
};

/// Where Debian puts them.
const NGINX: &str = "/usr/sbin/nginx";
const CADDY: &str = "/usr/bin/caddy";
/// The manual's configurations.
const CONFIGURATION: &str = include_str!("../../../deploy/nginx.conf");
const NGINX_FLEET: &str = include_str!("../../../deploy/kubernetes/nginx-fleet.conf");
const CADDY_FLEET: &str = include_str!("../../../deploy/Caddyfile-fleet");
/// Requests that an address may send at once.
const BURST: usize = 500;
/// More requests than an address may send at once.
const FLOOD: usize = 1_500;

/// A running proxy in front of servers. Dropped, it is killed.
pub(crate) struct Proxy {
    command: Command,
    child: Child,
    address: Address,
    log: PathBuf,
}

impl Proxy {
    /// Starts nginx in front of a server; `None` where there is none.
    pub(crate) fn start(server: &Address, directory: &Path) -> Option<Self> {
        Self::nginx(&CONFIGURATION.replace("127.0.0.1:7777", server.authority()), directory)
    }

    /// The same in front of a fleet's processes.
    pub(crate) fn nginx_fleet(servers: &[String], directory: &Path) -> Option<Self> {
        let named = |site: String, server| site.replacen("server outcry:7777", &format!("server {server}"), 1);
        Self::nginx(&servers.iter().fold(NGINX_FLEET.to_owned(), named), directory)
    }

    /// Caddy in front of them.
    pub(crate) fn caddy_fleet(servers: &[String], directory: &Path) -> Option<Self> {
        if !is_there(CADDY, "caddy") {
            return None;
        }
        let authority = format!("127.0.0.1:{}", free_port());
        let file = directory.join("Caddyfile");
        std::fs::write(&file, format!("{{\n\tadmin off\n}}\n\n{CADDY_FLEET}")).expect("a file");
        let mut caddy = Command::new(CADDY);
        caddy.args(["run", "--adapter", "caddyfile", "--config"]).arg(&file);
        caddy.env("FLOOR_DOMAIN", format!("http://{authority}")).env("FLOOR_SERVERS", servers.join(" "));
        caddy.env("XDG_DATA_HOME", directory).env("XDG_CONFIG_HOME", directory);
        Some(Self::run(caddy, &authority, directory.join("asked.log")))
    }

    fn nginx(site: &str, directory: &Path) -> Option<Self> {
        if !is_there(NGINX, "nginx-light") {
            return None;
        }
        let authority = format!("127.0.0.1:{}", free_port());
        let cache = directory.join("cache");
        std::fs::create_dir_all(&cache).expect("a directory");
        let site = site
            .replace("/var/cache/outcry", &cache.display().to_string())
            .replace("listen 80", &format!("listen {authority}"));
        let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
            .map(|kind| format!("{kind}_temp_path {};", directory.join(kind).display()))
            .concat();
        let (pid, log) = (directory.join("nginx.pid"), directory.join("asked.log"));
        let whole = format!(
            "daemon off; master_process off; pid {}; error_log stderr; events {{ worker_connections 4096; }} \
             http {{ log_format asked '$uri $status $upstream_addr'; access_log {} asked; keepalive_requests 100000; {temporary} {site} }}",
            pid.display(),
            log.display()
        );
        let file = directory.join("nginx.conf");
        std::fs::write(&file, whole).expect("a file");
        let mut nginx = Command::new(NGINX);
        nginx.arg("-p").arg(directory).arg("-e").arg("stderr").arg("-c").arg(&file);
        Some(Self::run(nginx, &authority, log))
    }

    fn run(mut command: Command, authority: &str, log: PathBuf) -> Self {
        let said = std::fs::File::create(log.with_file_name("said.log")).expect("a file");
        let child = command.stdin(Stdio::null()).stderr(said).spawn().expect("the proxy runs");
        let proxy = Self { command, child, address: authority.parse().expect("an address"), log };
        proxy.listens();
        proxy
    }

    fn listens(&self) {
        let deadline = deadline();
        while TcpStream::connect(self.address.authority()).is_err() {
            assert!(Instant::now() < deadline, "the proxy does not listen");
            thread::yield_now();
        }
    }

    /// Cuts every connection through it: it is killed, and started again at the same place.
    pub(crate) fn cut(&mut self) {
        self.child.kill().expect("the proxy runs");
        self.child.wait().expect("the proxy ends");
        self.child = self.command.spawn().expect("the proxy runs");
        self.listens();
    }

    /// Where it listens.
    pub(crate) const fn address(&self) -> &Address {
        &self.address
    }

    /// What was asked of it: path, status, and whether it had to ask the server.
    pub(crate) fn asked(&self) -> Vec<(String, u16, bool)> {
        let log = std::fs::read_to_string(&self.log).expect("a log");
        let line = |line: &str| {
            let mut words = line.split(' ');
            let (path, status) = (words.next()?.to_owned(), words.next()?.parse().ok()?);
            Some((path, status, words.next()? != "-"))
        };
        log.lines().map(|said| line(said).unwrap_or_else(|| panic!("{said}"))).collect()
    }
}

/// A port that was free a moment ago.
pub(crate) fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port").port()
}

fn is_there(program: &str, package: &str) -> bool {
    let is_there = Path::new(program).is_file();
    assert!(is_there || std::env::var_os("CI").is_none(), "{program} is not there: the package {package} brings it");
    is_there
}

impl Drop for Proxy {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// One socket that asks again and again.
pub(crate) struct Asker(BufReader<TcpStream>);

impl Asker {
    pub(crate) fn new(address: &Address) -> Self {
        Self(BufReader::new(TcpStream::connect(address.authority()).expect("it listens")))
    }

    /// The status of an answer, on behalf of someone behind another proxy before this one.
    fn ask(&mut self, path: &str, of: &str) -> u16 {
        self.get(path, of).0
    }

    /// Status and body of such an answer.
    pub(crate) fn get(&mut self, path: &str, of: &str) -> (u16, Vec<u8>) {
        self.send(path, of);
        self.answer()
    }

    pub(crate) fn send(&mut self, path: &str, of: &str) {
        let request = format!("GET {path} HTTP/1.1\r\nHost: floor\r\nX-Forwarded-For: {of}\r\n\r\n");
        self.0.get_mut().write_all(request.as_bytes()).expect("it asks");
    }

    /// Status and body of the answer to what was sent.
    pub(crate) fn answer(&mut self) -> (u16, Vec<u8>) {
        let (mut status, mut length, mut line) = (0, 0, String::new());
        while self.0.read_line(&mut line).expect("an answer") > 2 {
            let (name, value) = line.trim().split_once([':', ' ']).expect("a head");
            match name.to_ascii_lowercase().as_str() {
                "http/1.1" => status = value[..3].parse().expect("a status"),
                "content-length" => length = value.trim().parse().expect("a length"),
                _ => {}
            }
            line.clear();
        }
        let mut body = vec![0; length];
        self.0.read_exact(&mut body).expect("a body");
        (status, body)
    }

    /// How often someone may ask at once.
    fn asks(&mut self, of: &str) -> usize {
        (0..FLOOD).take_while(|_| self.ask("/healthz", of) == 200).count()
    }
}

fn plays(address: &Address) {
    let mut host = Host::login(address, PASSWORD).expect("the password is right");
    host.act(HostAct::Start).expect("starts");
    let mut bot = Bot::join(address, "Ada").expect("a seat");
    let order = Action::Order {
        outcome: OutcomeId(0),
        side: Side::Yes,
        direction: Direction::Buy,
        kind: OrderKind::Market { max_slippage: Rate(1_000_000_000) },
        size: Tokens::whole(10),
    };
    bot.act(&order).expect("it is sent");
    let heard = bot.pump_until("the order's tick", deadline(), |bot| bot.stats().fills > 0).expect("a fill");
    assert!(!heard.is_empty());
}

#[test]
fn a_floor_behind_a_proxy_is_played_and_tells_people_apart() {
    let Some(program) = server_program() else { return };
    for trusted in [&["--trusted-proxy", "127.0.0.1"][..], &[]] {
        let database = Database::sqlite();
        let server = Server::start_with(&program, &database, trusted);
        let Some(proxy) = Proxy::start(server.address(), database.directory()) else { return };
        plays(&proxy.address);
        let mut asker = Asker::new(&proxy.address);
        assert_eq!(asker.ask("/metrics", "198.51.100.7"), 401, "a stranger is not this machine");
        let (first, second) = (asker.asks("198.51.100.7"), asker.asks("198.51.100.8"));
        // Where nobody can be told apart, the first to ask would use up what all others have.
        assert_eq!(first < FLOOD, !trusted.is_empty(), "{trusted:?}: {first} by one");
        assert!(second >= BURST, "{trusted:?}: {first} by one, then {second} by another");
        assert!(server.stop().success());
    }
}
