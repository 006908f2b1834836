//! What many rooms of one process cost when people trade in all of them.

use crate::{
    PLAYERS_PACE, SETTLE, TRADERS, WATCHED_TICK_MS, config, latency, numbers,
    process::{PASSWORD, Process, Spent},
    watchers::Watchers,
    window,
};
use outcry_bots::{Address, Host};
use outcry_shared::message::HostAct;
use std::{
    io::{Read, Write},
    net::TcpStream,
    thread,
    time::{Duration, Instant},
};

/// Rooms of a house.
const ROOMS: [usize; 2] = [50, 200];
/// After the last room has begun: what seats and first ticks take is over.
const CALM: Duration = Duration::from_secs(5);

/// Figures of houses of several sizes, each room with so many traders.
pub(crate) fn measure() {
    for rooms in numbers("OUTCRY_BENCH_ROOMS", &ROOMS) {
        house(rooms);
    }
}

fn house(count: usize) {
    let (house, addresses) = Process::house(count);
    assert_eq!(addresses.len(), count, "every room says its address");
    thread::sleep(SETTLE);
    let (idle_mb, _) = house.memory_mb();
    let sessions: Vec<_> = addresses.iter().map(begin).collect();
    let seated =
        addresses.iter().zip(&sessions).map(|(room, session)| Watchers::join(room, TRADERS).of_session(*session));
    let mut traders = seated.reduce(Watchers::with).unwrap();
    thread::sleep(CALM);
    let (done, spent) = (Done::by(&house), Spent::by(&house));
    let until = Instant::now() + window() * 3;
    let (_, acknowledged) = thread::scope(|scope| {
        let seen = scope.spawn(|| latency::seen_and_acknowledged(&addresses[count / 2], window() * 3));
        traders.trade(PLAYERS_PACE, until);
        seen.join().unwrap()
    });
    let (spent, done) = (Spent::by(&house) - spent, Done::by(&house).since(done));
    let ticks_due = spent.wall_s * 1e3 / f64::from(WATCHED_TICK_MS) * count as f64;
    let orders_sent = spent.wall_s / PLAYERS_PACE.as_secs_f64() * (count * TRADERS) as f64;
    let (mb, _) = house.memory_mb();
    println!(
        "{count} rooms of {TRADERS} traders, an order each every {} ms, a tick each {WATCHED_TICK_MS} ms: {:.0} % of a core, \
         {:.2} % a room · {mb} MB, {idle_mb} before anybody came · of the ticks {:.1} %, {} late, of the orders {:.1} % · \
         acknowledged in one of them: {acknowledged}",
        PLAYERS_PACE.as_millis(),
        spent.share(),
        spent.share() / count as f64,
        done.ticks / ticks_due * 100.0,
        done.late,
        done.orders / orders_sent * 100.0,
    );
}

/// What all rooms have done up to a moment.
#[derive(Clone, Copy)]
struct Done {
    ticks: f64,
    late: f64,
    orders: f64,
}

impl Done {
    /// From the figures that the house publishes.
    fn by(house: &Process) -> Self {
        let address = house.address();
        let mut stream = TcpStream::connect(address.authority()).unwrap();
        write!(stream, "GET /metrics HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", address.authority()).unwrap();
        let mut figures = String::new();
        stream.read_to_string(&mut figures).unwrap();
        let sum = |name: &str| {
            let of_room =
                |line: &str| line.strip_prefix(name)?.strip_prefix('{')?.rsplit_once(' ')?.1.parse::<f64>().ok();
            figures.lines().filter_map(of_room).sum()
        };
        Self { ticks: sum("outcry_ticks"), late: sum("outcry_ticks_late"), orders: sum("outcry_orders") }
    }

    fn since(self, before: Self) -> Self {
        Self { ticks: self.ticks - before.ticks, late: self.late - before.late, orders: self.orders - before.orders }
    }
}

/// Begins the session of a room, and says its number.
fn begin(room: &Address) -> u64 {
    let mut host = Host::login(room, PASSWORD).unwrap();
    host.act(HostAct::Configure(Box::new(config(WATCHED_TICK_MS)))).unwrap();
    host.act(HostAct::Start).unwrap();
    host.session().replica().number()
}
