//! A room of a fleet and those in it: they know its address, and come back there whatever happens.

use crate::floor::{Journal, News, PASSWORD, Place, play};
use outcry_bots::{Address, BotError, Host};
use outcry_shared::{message::HostAct, phase::Phase, replica::Reader};
use std::{
    collections::BTreeMap,
    io::{Read, Write},
    net::TcpStream,
    sync::{
        Condvar, Mutex, MutexGuard,
        atomic::{AtomicBool, AtomicU64, Ordering},
        mpsc::{Receiver, channel},
    },
    thread::{Scope, ScopedJoinHandle},
    time::{Duration, Instant},
};

/// Bots in a room.
const BOTS: usize = 2;
/// How long a host waits until a room that says nothing is looked for elsewhere.
const SILENCE: Duration = Duration::from_secs(3);
/// How long whoever has lost a connection waits before another try.
const PAUSE: Duration = Duration::from_millis(100);
/// How long somebody who watches waits for an answer: longer than one for the next piece takes.
const ANSWER: Duration = Duration::from_secs(7);
/// How long the whole may take.
const EVENING: Duration = Duration::from_secs(7_200);

/// Whether the whole is to end.
#[derive(Default)]
pub(super) struct Whole {
    is_over: AtomicBool,
    /// Whether it has failed: everybody goes home as they are.
    is_left: AtomicBool,
}

/// Sends everybody home when whoever leads the whole has failed.
pub(super) struct Ending<'a>(&'a Whole);

impl Drop for Ending<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.is_left.store(true, Ordering::Relaxed);
        }
    }
}

impl Whole {
    pub(super) const fn ending(&self) -> Ending<'_> {
        Ending(self)
    }

    /// Hosts end their sessions.
    pub(super) fn end(&self) {
        self.is_over.store(true, Ordering::Relaxed);
    }

    fn is_left(&self) -> bool {
        self.is_left.load(Ordering::Relaxed)
    }
}

/// A room.
pub(super) struct Room {
    code: String,
    address: Address,
    place: Place,
    session: AtomicU64,
    /// What whoever watches has seen: the state of the market at each tick.
    seen: Mutex<BTreeMap<u64, [u8; 32]>>,
    ticked: Condvar,
}

/// Those in a room.
pub(super) struct People<'scope> {
    players: Vec<ScopedJoinHandle<'scope, Journal>>,
    /// Has what the players tell: they tell it until they go.
    host: ScopedJoinHandle<'scope, Receiver<News>>,
    viewer: ScopedJoinHandle<'scope, ()>,
}

impl People<'_> {
    /// What the players were told, once everybody has gone home.
    pub(super) fn join(self) -> Vec<Journal> {
        let journals = self.players.into_iter().map(|player| player.join().expect("plays to the end")).collect();
        self.host.join().expect("leads to the end");
        self.viewer.join().expect("watches to the end");
        journals
    }
}

impl Room {
    pub(super) fn new(front: &Address, code: String) -> Self {
        let address: Address = format!("http://{}/r/{code}", front.authority()).parse().expect("an address");
        let (place, session) = (Place::steady(&address), AtomicU64::new(0));
        Self { code, address, place, session, seen: Mutex::default(), ticked: Condvar::new() }
    }

    pub(super) fn code(&self) -> &str {
        &self.code
    }

    /// Its session.
    pub(super) fn session(&self) -> u64 {
        self.session.load(Ordering::Relaxed)
    }

    /// The last tick that was seen by whoever only watches.
    pub(super) fn tick(&self) -> u64 {
        last(&self.seen())
    }

    /// What was seen by whoever only watches.
    pub(super) fn seen(&self) -> MutexGuard<'_, BTreeMap<u64, [u8; 32]>> {
        self.seen.lock().expect("nobody panics inside")
    }

    /// How long after `began` this tick was seen; `None` if it was not.
    pub(super) fn goes_on(&self, tick: u64, began: Instant, patience: Duration) -> Option<Duration> {
        let left = patience.saturating_sub(began.elapsed());
        let waited = self.ticked.wait_timeout_while(self.seen(), left, |seen| last(seen) < tick);
        let (seen, _) = waited.expect("nobody panics inside");
        (last(&seen) >= tick).then(|| began.elapsed())
    }

    /// Its host, its bots, and somebody who watches.
    pub(super) fn play<'scope, 'env>(
        &'scope self,
        scope: &'scope Scope<'scope, 'env>,
        whole: &'scope Whole,
    ) -> People<'scope> {
        let (tell, news) = channel();
        let until = Instant::now() + EVENING;
        let players = (0..BOTS).map(|index| {
            let tell = tell.clone();
            scope.spawn(move || play(&self.place, index, &tell, until))
        });
        let players = players.collect();
        let host = scope.spawn(move || {
            News::expect(&news, &News::Joined, BOTS);
            self.lead(whole);
            news
        });
        let viewer = scope.spawn(move || self.watch(whole));
        People { players, host, viewer }
    }

    /// As the host: begins, goes on after every pause, and ends when the whole does.
    fn lead(&self, whole: &Whole) {
        let mut host = self.login(whole);
        let mut heard = Instant::now();
        while let Some(there) = &mut host {
            if there.session().end().is_some() || whole.is_left() {
                break;
            }
            self.session.store(there.session().replica().number(), Ordering::Relaxed);
            let is_over = whole.is_over.load(Ordering::Relaxed);
            let done = match there.session().clock().phase {
                Phase::Lobby => there.act(HostAct::Start).map(drop),
                Phase::Paused => there.act(HostAct::Resume).map(drop),
                _ if is_over => there.end_now().map(drop),
                _ => there.pump(Instant::now() + PAUSE).map(|messages| {
                    if !messages.is_empty() {
                        heard = Instant::now();
                    }
                }),
            };
            let is_silent = heard.elapsed() > SILENCE;
            match done {
                Ok(()) if !is_silent => {}
                // Somebody has done it before.
                Err(BotError::Denied(_)) if !is_silent => _ = there.pump(Instant::now() + PAUSE),
                _ => {
                    host = self.login(whole);
                    heard = Instant::now();
                }
            }
        }
        if whole.is_left() {
            self.place.close();
        }
    }

    /// Comes in as the host, however long it takes.
    fn login(&self, whole: &Whole) -> Option<Host> {
        while !whole.is_left() {
            match Host::login(&self.address, PASSWORD) {
                Ok(host) => return Some(host),
                Err(_) => std::thread::park_timeout(PAUSE),
            }
        }
        None
    }

    /// As somebody who only watches: reads the room's public pieces to the end of the session, all of which follow from one
    /// another, whoever has written them.
    fn watch(&self, whole: &Whole) {
        let mut standing: Option<(String, u64)> = None;
        let mut reader = Reader::default();
        while reader.end().is_none() && !whole.is_left() {
            let path = match &standing {
                None => "/live".to_owned(),
                Some((code, keyframe)) => format!("/live/{code}/{}", reader.next().unwrap_or(*keyframe)),
            };
            match (self.ask(&path), &standing) {
                (Ok((200, body)), None) => {
                    let said: serde_json::Value = serde_json::from_slice(&body).expect("where the pieces stand");
                    let code = said["code"].as_str().expect("a code").to_owned();
                    standing = Some((code, said["keyframe"].as_u64().expect("a number")));
                    reader = Reader::default();
                }
                (Ok((200, body)), Some(_)) => {
                    reader.read(&body).unwrap_or_else(|error| panic!("a piece of room {}: {error}", self.code));
                    if let Some(replica) = reader.replica() {
                        self.saw(replica.tick(), replica.state_hash());
                    }
                }
                (Ok((204, _)), Some(_)) => {}
                // It is somewhere else, or nowhere yet.
                (_, _) => {
                    standing = None;
                    std::thread::park_timeout(PAUSE);
                }
            }
        }
    }

    /// Whoever begins again, begins with what was seen before: it has to be the same. Before the first tick it is not, while
    /// people come.
    fn saw(&self, tick: u64, hash: [u8; 32]) {
        if tick == 0 {
            return;
        }
        let before = self.seen().insert(tick, hash);
        assert!(before.is_none_or(|before| before == hash), "tick {tick} of room {} has two states", self.code);
        self.ticked.notify_all();
    }

    fn ask(&self, path: &str) -> std::io::Result<(u16, Vec<u8>)> {
        let mut stream = TcpStream::connect(self.address.authority())?;
        stream.set_read_timeout(Some(ANSWER))?;
        let (room, host) = (self.address.room(), self.address.authority());
        write!(stream, "GET {room}{path} HTTP/1.0\r\nHost: {host}\r\n\r\n")?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        let end = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n").ok_or(std::io::ErrorKind::UnexpectedEof)?;
        let head = String::from_utf8_lossy(&answer[..end]).into_owned();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
        let whole =
            head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse().ok());
        let body = answer.split_off(end + 4);
        match status {
            Some(status) if whole.is_none_or(|length: usize| length == body.len()) => Ok((status, body)),
            _ => Err(std::io::ErrorKind::UnexpectedEof.into()),
        }
    }
}

fn last(seen: &BTreeMap<u64, [u8; 32]>) -> u64 {
    seen.last_key_value().map_or(0, |(tick, _)| *tick)
}
