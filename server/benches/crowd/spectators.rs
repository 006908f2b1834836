//! Spectators who follow the public pieces through nginx, which keeps them as `deploy/nginx.conf` says: figure P15.

use outcry_bots::Address;
use std::{
    collections::BTreeMap,
    fs,
    net::{TcpListener, TcpStream as Blocking},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
    thread,
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
    runtime::{Builder, Runtime},
};

/// Where Debian puts it.
const NGINX: &str = "/usr/sbin/nginx";
/// The manual's configuration.
const SITE: &str = include_str!("../../../deploy/nginx.conf");
/// Sockets of the cache, at most.
const SOCKETS: usize = 20_000;
/// Time in which all of them have come.
const ARRIVAL: Duration = Duration::from_secs(10);

/// A cache in front of a server; killed when dropped.
pub(crate) struct Cache {
    child: Child,
    address: Address,
    directory: PathBuf,
}

impl Cache {
    pub(crate) fn before(server: &Address) -> Self {
        let directory = std::env::temp_dir().join(format!("outcry-bench-cache-{}", std::process::id()));
        fs::create_dir_all(&directory).unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let authority = format!("127.0.0.1:{port}");
        let here = directory.display();
        let site = SITE
            .replace("127.0.0.1:7777", server.authority())
            .replace("/var/cache/outcry", &format!("{here}/cache"))
            .replace("listen 80", &format!("listen {authority} backlog=4096"));
        let file = directory.join("nginx.conf");
        let whole = format!(
            "daemon off; master_process off; pid {here}/pid; error_log stderr crit; worker_rlimit_nofile {SOCKETS}; \
             events {{ worker_connections {SOCKETS}; }} http {{ map $upstream_addr $is_asked {{ default 1; '' 0; }} \
             log_format asked '$uri $status'; access_log {here}/asked asked if=$is_asked; keepalive_requests 1000000; \
             client_body_temp_path {here}/body; proxy_temp_path {here}/proxy; fastcgi_temp_path {here}/fastcgi; \
             uwsgi_temp_path {here}/uwsgi; scgi_temp_path {here}/scgi; {site} }}"
        );
        fs::write(&file, whole).unwrap();
        let mut nginx = Command::new(NGINX);
        nginx.arg("-p").arg(&directory).args(["-e", "stderr", "-c"]).arg(&file).stdin(Stdio::null());
        let cache = Self { child: nginx.spawn().unwrap(), address: authority.parse().unwrap(), directory };
        while Blocking::connect(&authority).is_err() {
            thread::sleep(Duration::from_millis(10));
        }
        cache
    }

    pub(crate) const fn address(&self) -> &Address {
        &self.address
    }

    /// How often the server was asked for each piece that it had.
    pub(crate) fn asked(&self) -> BTreeMap<u64, u64> {
        let log = fs::read_to_string(self.directory.join("asked")).unwrap();
        let mut asked = BTreeMap::new();
        for line in log.lines().filter(|line| line.ends_with(" 200")) {
            let path = Path::new(line.split(' ').next().unwrap());
            if let Some(number) = path.file_name().and_then(|name| name.to_str()?.parse().ok()) {
                *asked.entry(number).or_default() += 1;
            }
        }
        asked
    }

    pub(crate) const fn process(&self) -> &Child {
        &self.child
    }
}

impl Drop for Cache {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.directory);
    }
}

/// When a piece was read first and last, and by how many.
#[derive(Clone, Copy)]
struct Read {
    first: Instant,
    last: Instant,
    by: usize,
}

/// A crowd that only watches; gone when dropped.
pub(crate) struct Spectators {
    _runtime: Runtime,
    reads: Arc<Mutex<BTreeMap<u64, Read>>>,
    bytes: Arc<AtomicU64>,
    count: usize,
}

impl Spectators {
    /// So many; returns when all of them follow.
    pub(crate) fn come(cache: &Address, count: usize) -> Self {
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let (reads, bytes): (Arc<Mutex<BTreeMap<_, Read>>>, Arc<AtomicU64>) = Default::default();
        for _ in 0..count {
            let (reads, bytes, authority) = (reads.clone(), bytes.clone(), cache.authority().to_owned());
            runtime.spawn(async move { follow(&authority, &reads, &bytes).await });
            thread::sleep(ARRIVAL / count as u32);
        }
        let crowd = Self { _runtime: runtime, reads, bytes, count };
        while crowd.reads.lock().unwrap().values().all(|read| read.by < count) {
            thread::sleep(Duration::from_millis(100));
        }
        crowd
    }

    /// Bytes that came, heads of answers included.
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    /// Of the pieces that everyone has read since: how many, and the longest and the median time from the first of the crowd
    /// to the last, in ms.
    pub(crate) fn spread(&self, since: Instant) -> (usize, f64, f64) {
        let reads = self.reads.lock().unwrap();
        let whole = reads.values().filter(|read| read.first > since && read.by == self.count);
        let mut spread: Vec<_> = whole.map(|read| (read.last - read.first).as_secs_f64() * 1e3).collect();
        spread.sort_by(f64::total_cmp);
        let at = |nth: usize| spread.get(nth).copied().unwrap_or(f64::NAN);
        (spread.len(), at(spread.len().wrapping_sub(1)), at(spread.len() / 2))
    }
}

/// One of them: the newest keyframe, and every piece from there.
async fn follow(authority: &str, reads: &Mutex<BTreeMap<u64, Read>>, bytes: &AtomicU64) {
    let mut socket = BufReader::with_capacity(2_048, TcpStream::connect(authority).await.unwrap());
    let (_, standing) = get(&mut socket, "/live", bytes).await;
    let standing: serde_json::Value = serde_json::from_slice(&standing).unwrap();
    let (code, mut number) = (standing["code"].as_str().unwrap(), standing["keyframe"].as_u64().unwrap());
    loop {
        let (status, _) = get(&mut socket, &format!("/live/{code}/{number}"), bytes).await;
        if status == 204 {
            tokio::time::sleep(Duration::from_secs(1)).await;
            continue;
        }
        assert_eq!(status, 200, "piece {number}");
        let now = Instant::now();
        let mut reads = reads.lock().unwrap();
        let read = reads.entry(number).or_insert(Read { first: now, last: now, by: 0 });
        (read.last, read.by) = (now, read.by + 1);
        number += 1;
    }
}

/// Status and body of an answer.
async fn get(socket: &mut BufReader<TcpStream>, path: &str, bytes: &AtomicU64) -> (u16, Vec<u8>) {
    let request = format!("GET {path} HTTP/1.1\r\nHost: floor\r\n\r\n");
    socket.get_mut().write_all(request.as_bytes()).await.unwrap();
    let (mut status, mut length, mut read, mut line) = (0, 0, 0, String::new());
    loop {
        line.clear();
        let in_line = socket.read_line(&mut line).await.unwrap();
        read += in_line;
        if in_line <= 2 {
            break;
        }
        let (name, value) = line.trim().split_once([':', ' ']).unwrap();
        match name.to_ascii_lowercase().as_str() {
            "http/1.1" => status = value[..3].parse().unwrap(),
            "content-length" => length = value.trim().parse().unwrap(),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    socket.read_exact(&mut body).await.unwrap();
    bytes.fetch_add((read + length) as u64, Ordering::Relaxed);
    (status, body)
}
