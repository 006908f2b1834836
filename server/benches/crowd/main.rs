//! A server's cost of its crowd, and how long an order takes to be seen, also beside spectators: figures P5, P6, P15.
//!
//! The real program on an embedded database, 20 traders and so many more who hold a seat and
//! watch. What those cost is what the server spends beyond what it spends on the traders alone,
//! per head and tick, beside a bare WebSocket fan-out of as many bytes in the same run.
//!
//! `OUTCRY_BENCH_CLIENTS` ("20,200") sets other numbers of watchers (none: a thousand players alone), `OUTCRY_BENCH_WINDOW_S` the
//! length of a measurement, `OUTCRY_BENCH_SPECTATORS` ("1000,10000") other crowds behind a cache, `OUTCRY_BENCH_ROOMS` ("50,200")
//! other houses (with either, nothing else is measured).
#![expect(clippy::print_stdout, reason = "a benchmark prints")]
#![expect(clippy::unwrap_used, reason = "a benchmark may stop")]

mod bare;
mod latency;
mod process;
mod rooms;
mod spectators;
mod watchers;

use outcry_bots::{Host, Kind, crowd::Crowd};
use outcry_engine::Usdc;
use outcry_shared::{
    config::{SessionConfig, presets},
    message::HostAct,
};
use process::{Process, Spent};
use spectators::{Cache, Spectators};
use std::{
    hint::black_box,
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant},
};
use watchers::Watchers;

const TRADERS: usize = 20;
/// Time between two orders of a trader, in ms: what they cost varies, and hides what a small crowd does.
const PACE_MS: u64 = 1_000;
const CLIENTS: [usize; 3] = [20, 200, 1_000];
const WINDOW_S: u64 = 8;
/// Time between two ticks, in ms.
const TICK_MS: u32 = 250;
/// Watchers in the room while the latency is measured.
const CLIENTS_FOR_LATENCY: usize = 200;
/// Players who all trade.
const PLAYERS: usize = 1_000;
/// Time between two orders of each.
const PLAYERS_PACE: Duration = Duration::from_millis(1_500);
/// Crowds that only watch, through a cache.
const SPECTATORS: [usize; 2] = [1_000, 10_000];
/// Time between two ticks that spectators see, in ms: the first preset's.
const WATCHED_TICK_MS: u32 = 1_000;
/// What a server does at once after its watchers have come or gone.
const SETTLE: Duration = Duration::from_millis(1_500);

fn number(variable: &str, default: u64) -> u64 {
    std::env::var(variable).map_or(default, |text| text.parse().unwrap())
}

fn window() -> Duration {
    Duration::from_secs(number("OUTCRY_BENCH_WINDOW_S", WINDOW_S))
}

fn numbers(variable: &str, default: &[usize]) -> Vec<usize> {
    let read = |text: String| {
        text.split(',').filter(|number| !number.is_empty()).map(|number| number.parse().unwrap()).collect()
    };
    std::env::var(variable).map_or(default.to_vec(), read)
}

fn clients() -> Vec<usize> {
    numbers("OUTCRY_BENCH_CLIENTS", &CLIENTS)
}

fn config(tick_ms: u32) -> SessionConfig {
    let mut config = presets()[0].config.clone();
    config.params.batch_interval_ms = tick_ms;
    config.params.total_duration = 86_400;
    config.params.starting_balance = Usdc(100_000_000_000);
    config.params.rounds.clear();
    config.params.mr_enabled = false;
    config.script.eliminate.clear();
    config
}

/// CPU per tick of a process in the next window, in µs, and the bytes that came per watcher and
/// tick.
fn spend(process: &Process, watchers: Option<&Watchers>) -> (f64, f64) {
    thread::sleep(SETTLE);
    let bytes = || watchers.map_or(0, Watchers::bytes);
    let (before, bytes_before) = (Spent::by(process), bytes());
    thread::sleep(window());
    let spent = Spent::by(process) - before;
    let ticks = spent.wall_s * 1e3 / f64::from(TICK_MS);
    let heads = watchers.map_or(1, Watchers::len) as f64;
    (spent.cpu_us / ticks, (bytes() - bytes_before) as f64 / ticks / heads)
}

/// Heads that are enough to be told from what the traders happen to do; fewer come and go several times.
const HEADS_TO_TELL: usize = 100;

/// Cost of a head and tick in the server, in µs, and the bytes of it.
fn cost(server: &Process, alone_us: &mut f64, count: usize) -> (f64, f64) {
    let turns = HEADS_TO_TELL.div_ceil(count);
    let (mut us, mut bytes) = (0.0, 0.0);
    for _ in 0..turns {
        let watchers = Watchers::join(&server.address(), count);
        let (together_us, bytes_of_turn) = spend(server, Some(&watchers));
        drop(watchers);
        let (alone_after_us, _) = spend(server, None);
        let alone = (*alone_us + alone_after_us) / 2.0;
        *alone_us = alone_after_us;
        us += (together_us - alone) / count as f64 / turns as f64;
        bytes += bytes_of_turn / turns as f64;
    }
    (us, bytes)
}

/// Cost of a head and tick in a bare fan-out of as many bytes, in µs.
fn bare_cost(count: usize, bytes: f64) -> f64 {
    let bare = Process::bare(bytes as usize);
    let (alone_us, _) = spend(&bare, None);
    let watchers = Watchers::listen(&bare.address(), count);
    let (together_us, _) = spend(&bare, Some(&watchers));
    (together_us - alone_us) / count as f64
}

fn main() {
    let arguments: Vec<_> = std::env::args().collect();
    if let [_, role, bytes] = &arguments[..]
        && role == "bare"
    {
        return bare::serve(bytes.parse().unwrap());
    }
    if std::env::var_os("OUTCRY_BENCH_ROOMS").is_some() {
        return rooms::measure();
    }
    spectators();
    if std::env::var_os("OUTCRY_BENCH_SPECTATORS").is_some() {
        return;
    }
    rooms::measure();
    if !clients().is_empty() {
        crowds();
    }
    for busy in [0, 2 * thread::available_parallelism().unwrap().get()] {
        thousand(busy);
    }
}

/// A server on which trading has begun.
fn open(tick_ms: u32) -> Process {
    let server = Process::server();
    let mut host = Host::login(&server.address(), process::PASSWORD).unwrap();
    host.act(HostAct::Configure(Box::new(config(tick_ms)))).unwrap();
    host.act(HostAct::Start).unwrap();
    server
}

/// What crowds of several sizes cost, and how long an order takes to be seen in one of them.
fn crowds() {
    let server = open(TICK_MS);
    let address = server.address();
    let crowd = Crowd {
        address: address.clone(),
        count: TRADERS,
        seed: 5,
        kind: Kind::Mix,
        pace_ms: PACE_MS,
        duration: Some(Duration::from_secs(3_600)),
        stay: false,
        seats: None,
    };
    // They end with the process.
    thread::spawn(move || crowd.play());
    let (mut alone_us, _) = spend(&server, None);
    println!(
        "P5 {TRADERS} traders alone: {:.2} ms of CPU a tick ({TICK_MS} ms, an order each every {PACE_MS} ms)",
        alone_us / 1e3
    );
    let mut ratios = Vec::new();
    for count in clients() {
        let (us, bytes) = cost(&server, &mut alone_us, count);
        let bare_us = bare_cost(count, bytes);
        let ratio = us / bare_us;
        ratios.push(ratio);
        println!(
            "P5 {count:>5} clients: {us:.1} µs per client and tick of {bytes:.0} bytes · bare fan-out {bare_us:.1} µs · \
             ratio {ratio:.2} (bar 2.5)"
        );
    }
    let (low, high) = ratios.iter().fold((f64::MAX, 0.0_f64), |(low, high), ratio| (low.min(*ratio), high.max(*ratio)));
    println!("P5 highest ÷ lowest ratio: {:.2} (bar 1.5)", high / low);
    let _watchers = Watchers::join(&address, CLIENTS_FOR_LATENCY);
    let seen = latency::measure(&address, window() * 2);
    println!("P6 seen by another, less the wait for the tick, {CLIENTS_FOR_LATENCY} clients: {seen} (bar 50)");
}

/// How long an order takes to be seen, without spectators behind a cache and beside them, and what they cost whom.
fn spectators() {
    let server = open(WATCHED_TICK_MS);
    let _watchers = Watchers::join(&server.address(), CLIENTS_FOR_LATENCY);
    thread::sleep(SETTLE);
    let alone = Spent::by(&server);
    let seen = latency::measure(&server.address(), window() * 3);
    let alone = Spent::by(&server) - alone;
    println!("P15 without spectators, {CLIENTS_FOR_LATENCY} clients: {seen}, {:.1} % of a core", alone.share());
    for count in numbers("OUTCRY_BENCH_SPECTATORS", &SPECTATORS) {
        let cache = Cache::before(&server.address());
        let crowd = Spectators::come(cache.address(), count);
        let before = (Instant::now(), Spent::by(&server), Spent::by_child(cache.process()), crowd.bytes());
        let seen = latency::measure(&server.address(), window() * 3);
        let server_spent = Spent::by(&server) - before.1;
        let cache_spent = Spent::by_child(cache.process()) - before.2;
        let kb = (crowd.bytes() - before.3) as f64 / 1e3 / cache_spent.wall_s;
        let (pieces, longest_ms, median_ms) = crowd.spread(before.0);
        let asked = cache.asked();
        println!(
            "P15 {count} spectators: {seen}, server {:.1} % of a core, cache {:.1} %, {kb:.0} kB/s · {pieces} pieces at all of them \
             {median_ms:.0} ms after the first of them had it (median; most {longest_ms:.0}) · asked {} times for {} pieces (bar 1)",
            server_spent.share(),
            cache_spent.share(),
            asked.values().sum::<u64>(),
            asked.len(),
        );
    }
}

/// Figures of a thousand players who all trade, beside so many threads that take all the processor they get.
fn thousand(busy: usize) {
    let server = &open(TICK_MS);
    let (before_mb, _) = server.memory_mb();
    let mut players = Watchers::join(&server.address(), PLAYERS);
    thread::sleep(SETTLE);
    let (spent, bytes) = (Spent::by(server), players.bytes());
    let idle = AtomicBool::new(false);
    let seen = thread::scope(|scope| {
        for _ in 0..busy {
            scope.spawn(|| {
                while !black_box(&idle).load(Ordering::Relaxed) {
                    black_box(0_u64);
                }
            });
        }
        let until = Instant::now() + window() * 2;
        let seen = scope.spawn(|| latency::measure(&server.address(), window() * 2));
        players.trade(PLAYERS_PACE, until);
        let seen = seen.join().unwrap();
        idle.store(true, Ordering::Relaxed);
        seen
    });
    let spent = Spent::by(server) - spent;
    let per_minute = |amount: f64| amount / PLAYERS as f64 / spent.wall_s * 60.0;
    let (during_mb, peak_mb) = server.memory_mb();
    let (bytes, cpu_s) = (per_minute((players.bytes() - bytes) as f64), per_minute(spent.cpu_us / 1e6));
    drop(players);
    thread::sleep(SETTLE * 2);
    let (after_mb, _) = server.memory_mb();
    println!(
        "P6 {PLAYERS} players, an order each every {} ms, beside {busy} busy threads: {seen} (goal 150) · {:.0} kB and \
         {cpu_s:.3} s of CPU a player and minute · {before_mb} MB before, {during_mb} at the end, {peak_mb} at most, \
         {after_mb} after they have left",
        PLAYERS_PACE.as_millis(),
        bytes / 1e3
    );
}
