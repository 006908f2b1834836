//! A fleet on one machine: three processes, one PostgreSQL, a proxy in front, and in every room a host, bots and somebody who
//! only watches. Processes are killed and hung, connections cut, PostgreSQL stopped without a word: every room goes on
//! somewhere, nothing acknowledged is lost, and nobody writes beside another.
//!
//! `OUTCRY_FLEET_ROOMS`, `OUTCRY_FLEET_KILLS`, `OUTCRY_FLEET_SEED` and `OUTCRY_FLEET_PROXY` set how much of it, and behind
//! what: `cargo xtask fleet` does so.
#![expect(clippy::print_stdout, reason = "what was measured is said")]

mod members;
mod room;
mod sidecar;

use crate::{
    floor::{Database, Journal, Plug, Recorded, prove, server_program},
    proxy::{Proxy, free_port},
};
use members::{MEMBERS, Members};
use outcry_bots::{Address, Dice};
use outcry_shared::config::{SessionConfig, presets};
use rand_chacha::{ChaCha8Rng, rand_core::SeedableRng};
use room::{Room, Whole};
use std::{
    collections::BTreeMap,
    thread,
    time::{Duration, Instant},
};

/// Ticks that a room has to show after a trouble: one may have been on its way when it came.
const TICKS_AFTER: u64 = 2;
/// How long a room may take to go on before the proof is given up; far more than it should.
const PATIENCE: Duration = Duration::from_secs(60);

fn number(variable: &str, otherwise: u64) -> u64 {
    std::env::var(variable).map_or(otherwise, |text| text.parse().expect("a number"))
}

/// No rounds: what is measured is whether rooms go on.
fn config() -> SessionConfig {
    let mut config = presets().swap_remove(0).config;
    config.params.batch_interval_ms = 500;
    config.params.total_duration = 86_400;
    config.params.rounds.clear();
    config.params.mr_enabled = false;
    config.script.eliminate.clear();
    config
}

/// What befalls the fleet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trouble {
    /// A process is gone without a word.
    Kill,
    /// A process stands still for longer than the others believe in it, and then goes on as if nothing had been.
    Hang,
    /// A process is told to end, and hands on its rooms.
    Drain,
    /// The proxy is gone, and comes back at once.
    Cut,
    /// The database is gone, and comes back at once.
    Database,
}

/// So many kills, with the other troubles between them.
fn troubles(kills: usize, rng: &mut ChaCha8Rng) -> Vec<Trouble> {
    let others = [Trouble::Hang, Trouble::Drain, Trouble::Cut, Trouble::Database];
    let mut left: Vec<_> = others.into_iter().cycle().take(kills.max(others.len())).collect();
    left.extend(vec![Trouble::Kill; kills]);
    let mut order = Vec::new();
    while !left.is_empty() {
        order.push(left.swap_remove(rng.between(0.0, left.len() as f64) as usize));
    }
    order
}

/// Everything that is there.
struct Fleet<'a> {
    database: &'a Database,
    plug: Plug,
    proxy: Proxy,
    members: Members<'a>,
    rooms: &'a [Room],
    rng: ChaCha8Rng,
    /// How long each room took to go on, by trouble.
    waits: Vec<(Trouble, Duration)>,
}

impl Fleet<'_> {
    /// Something happens, and every room goes on.
    fn suffer(&mut self, trouble: Trouble) {
        let pause = Duration::from_secs_f64(self.rng.between(0.0, 2.0));
        thread::park_timeout(pause);
        let (before, epochs) = (self.ticks(), self.epochs());
        let holders = self.members.holders();
        let began = Instant::now();
        let struck = match trouble {
            Trouble::Kill => Some(self.members.kill_any(&holders, &mut self.rng)),
            Trouble::Hang => Some(self.members.signal_any("-STOP", &holders, &mut self.rng)),
            Trouble::Drain => Some(self.members.signal_any("-TERM", &holders, &mut self.rng)),
            Trouble::Cut => {
                self.proxy.cut();
                None
            }
            Trouble::Database => {
                let server = self.members.first();
                self.plug.pull(server);
                self.plug.give_back(server);
                None
            }
        };
        for (room, before) in self.rooms.iter().zip(before) {
            let wait = room.goes_on(before + TICKS_AFTER, began, PATIENCE);
            let wait = wait.unwrap_or_else(|| panic!("room {} does not go on after {trouble:?}", room.code()));
            let is_struck = struck.is_none_or(|index| holders.get(room.code()) == Some(self.members.authority(index)));
            if is_struck {
                self.waits.push((trouble, wait));
            }
        }
        if let Some(index) = struck {
            self.members.mend(index, trouble == Trouble::Hang);
            let authority = self.members.authority(index);
            for (room, (before, after)) in self.rooms.iter().zip(epochs.iter().zip(self.epochs())) {
                let was_there = holders.get(room.code()) == Some(authority);
                assert!(after > *before || !was_there, "room {} has gone on without a new writer", room.code());
            }
        }
    }

    fn ticks(&self) -> Vec<u64> {
        self.rooms.iter().map(Room::tick).collect()
    }

    /// How often each room's session has had another writer.
    fn epochs(&self) -> Vec<i64> {
        let query = "SELECT CAST(session_id AS TEXT), CAST(epoch AS TEXT) FROM sessions";
        let epochs: BTreeMap<_, _> = self.database.pairs(query).into_iter().collect();
        let epoch = |room: &Room| epochs.get(&room.session().to_string()).and_then(|epoch| epoch.parse().ok());
        self.rooms.iter().map(|room| epoch(room).expect("its session is recorded")).collect()
    }
}

#[test]
fn rooms_go_on_whatever_becomes_of_processes_proxy_and_database() {
    let Some(program) = server_program() else { return };
    let Some((plug, database)) = Plug::cluster() else { return };
    let count = number("OUTCRY_FLEET_ROOMS", 4) as usize;
    let (kills, seed) = (number("OUTCRY_FLEET_KILLS", 1) as usize, number("OUTCRY_FLEET_SEED", 1));
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let places: Vec<_> = (0..MEMBERS).map(|_| format!("127.0.0.1:{}", free_port())).collect();
    let start = match std::env::var("OUTCRY_FLEET_PROXY").as_deref() {
        Ok("caddy") => Proxy::caddy_fleet,
        _ => Proxy::nginx_fleet,
    };
    let Some(proxy) = start(&places, database.directory()) else { return };
    let front = proxy.address().clone();
    let members = Members::start(&program, &database, places, &front, count, &config());
    let rooms: Vec<_> = members.codes(count).into_iter().map(|code| Room::new(&front, code)).collect();
    let whole = Whole::default();
    let order = troubles(kills, &mut rng);
    let (journals, waits) = thread::scope(|scope| {
        let people: Vec<_> = rooms.iter().map(|room| room.play(scope, &whole)).collect();
        let mut fleet = Fleet { database: &database, plug, proxy, members, rooms: &rooms, rng, waits: Vec::new() };
        let _ending = whole.ending();
        for room in &rooms {
            assert!(room.goes_on(1, Instant::now(), PATIENCE).is_some(), "room {} begins", room.code());
        }
        order.iter().for_each(|trouble| fleet.suffer(*trouble));
        whole.end();
        let journals: Vec<_> = people.into_iter().map(room::People::join).collect();
        fleet.members.stop();
        (journals, fleet.waits)
    });
    let proven: Vec<_> =
        rooms.iter().zip(&journals).map(|(room, journals)| proven(&database, room, journals)).collect();
    say(seed, &front, &rooms, &order, &waits, &proven);
}

/// Compares everything that was acknowledged in a room with its record; how many orders and ticks it was.
fn proven(database: &Database, room: &Room, journals: &[Journal]) -> (usize, usize) {
    let recorded = Recorded::read_session(database, room.session());
    prove(&recorded, &config().params, journals);
    let hashes: BTreeMap<_, _> = recorded.hashes.iter().map(|(tick, hash)| (*tick, hash.as_slice())).collect();
    for (tick, hash) in room.seen().iter() {
        assert_eq!(hashes.get(tick), Some(&hash.as_slice()), "tick {tick} of room {} was shown otherwise", room.code());
    }
    let acknowledged = journals.iter().flat_map(|journal| journal.acks.values()).filter(|answers| answers[0].is_ok());
    (acknowledged.count(), recorded.hashes.len())
}

fn say(
    seed: u64,
    front: &Address,
    rooms: &[Room],
    order: &[Trouble],
    waits: &[(Trouble, Duration)],
    proven: &[(usize, usize)],
) {
    println!(
        "fleet {seed}: {MEMBERS} processes behind {}, {} rooms, {} troubles",
        front.authority(),
        rooms.len(),
        order.len()
    );
    for trouble in [Trouble::Kill, Trouble::Hang, Trouble::Drain, Trouble::Cut, Trouble::Database] {
        let mut times: Vec<_> =
            waits.iter().filter(|(of, _)| *of == trouble).map(|(_, wait)| wait.as_secs_f64()).collect();
        times.sort_by(f64::total_cmp);
        let count = order.iter().filter(|of| **of == trouble).count();
        if let (Some(worst), Some(median)) = (times.last(), times.get(times.len() / 2)) {
            println!(
                "  {count} × {trouble:?}: {} rooms went on, median {median:.1} s, worst {worst:.1} s",
                times.len()
            );
        }
    }
    let (orders, ticks) = proven.iter().fold((0, 0), |sum, of| (sum.0 + of.0, sum.1 + of.1));
    println!("  {orders} orders acknowledged, all of them recorded once; {ticks} ticks, each written once");
}
