//! Sessions played by chance, from a seed: with hostile and repeated messages, lost connections,
//! a store that loses, delays and abandons writes, a database that restarts, and restarts at any lap. Whatever happens,
//! nothing acknowledged is lost or done twice, and the record proves itself.
//!
//! `OUTCRY_SIM_TICKS` sets how many ticks are played (in memory; a tenth of it on each database),
//! `OUTCRY_SIM_SEED` the first seed.
#![expect(clippy::print_stdout, reason = "how much was played, and what is left out, is said")]

mod chance;
mod hostile;
mod outage;
mod proof;

use crate::{
    faulty::{Fault, Place},
    guest::Guest,
    hall::{Hall, Host},
    trap::POINTS,
};
use chance::Dice;
use outcry_engine::{OrderId, UserId};
use outcry_server::{players::Roster, store::MemoryStore};
use outcry_shared::{
    ClientMessage, ServerMessage,
    message::{HostAct, HostRequest, NewOrder, Resolve},
    phase::Phase,
    secret::SeatToken,
};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use std::{
    collections::BTreeMap,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

/// Ticks of a run in memory.
const TICKS: u64 = 10_000;
/// Threads that play: sessions are independent of each other.
const THREADS: usize = 2;
const PLAYERS: usize = 5;
/// Laps of one session; beyond it nothing moves any more, which is a fault.
const LAPS_MAX: u32 = 20_000;

struct Player {
    guest: Guest,
    token: SeatToken,
    sent: Vec<NewOrder>,
    /// What was acknowledged: the client's number and the id.
    promised: BTreeMap<u64, OrderId>,
}

struct Play {
    hall: Hall,
    host: Host,
    dice: Dice,
    players: Vec<Player>,
    /// Those who were removed from the session: what they were promised holds.
    gone: Vec<Player>,
    /// Ticks of sessions that were left.
    left: u64,
    /// Ticks that someone was shown, with the hash they came with.
    shown: BTreeMap<u64, [u8; 32]>,
}

impl Play {
    fn begin(seed: u64, place: Place) -> Self {
        let mut dice = Dice::new(seed);
        let mut hall = Hall::on(place, dice.config());
        if dice.one_in(2) {
            hall.store.forget_snapshots();
        }
        let mut host = hall.host();
        let players = (0..PLAYERS).map(|nth| {
            let guest = hall.join(&format!("Player {nth}"));
            let token = guest.token();
            Player { guest, token, sent: Vec::new(), promised: BTreeMap::new() }
        });
        let players = players.collect();
        hall.act(&mut host, HostAct::Start).unwrap();
        Self { hall, host, dice, players, gone: Vec::new(), left: 0, shown: BTreeMap::new() }
    }

    /// Something happens, then a lap passes.
    fn lap(mut self) -> Self {
        for _ in 0..self.dice.below(4) {
            self.somebody_acts();
        }
        match self.dice.below(420) {
            400..404 => self.hall.store.fail_next(Fault::Late(1 + self.dice.below(9_000))),
            404..407 => self.away_for_a_while(),
            407..410 => self.hall.store.fail_snapshot(),
            410..414 => self.someone_comes(),
            414..416 => self.someone_is_removed(),
            416..419 => self.rename_two(),
            419 => self.begin_anew(),
            0..4 => self.hall.store.fail_next(Fault::Lost),
            4..8 => self.hall.store.fail_next(Fault::ReplyLost),
            8..14 => self.hall.store.fail_next(Fault::Abandoned(self.dice.below(12) as u32)),
            14..18 => self.hall.store.fail_next(Fault::Slow(50)),
            18..24 => self.intrude(),
            24..30 => self.reconnect(),
            30..33 => self = self.crash(),
            33..35 => self.meddle(),
            35..38 => self.lose_the_database(),
            _ => {}
        }
        self.hall.pass_ms(100);
        self.listen();
        assert_eq!(self.hall.fatal(), None);
        if self.dice.one_in(50) {
            proof::tables(&self.hall);
        }
        self
    }

    fn somebody_acts(&mut self) {
        let player = self.dice.index(self.players.len());
        match self.dice.below(100) {
            0..84 => {
                let next = self.players[player].sent.len() as u64 + 1;
                let order = NewOrder { session: self.hall.session().id().0, ..self.dice.order(next) };
                self.players[player].sent.push(order.clone());
                self.send(player, &ClientMessage::Order(order));
            }
            84..92 if !self.players[player].sent.is_empty() => {
                let nth = self.dice.index(self.players[player].sent.len());
                let order = self.players[player].sent[nth].clone();
                self.send(player, &ClientMessage::Order(order));
            }
            92..96 => self.send(player, &ClientMessage::CancelAll),
            _ => {
                let order = OrderId(self.dice.below(1 + self.hall.session().last_order().0));
                self.send(player, &ClientMessage::Cancel { order });
            }
        }
    }

    fn send(&mut self, player: usize, message: &ClientMessage) {
        self.hall.send(&mut self.players[player].guest, message);
    }

    fn reconnect(&mut self) {
        let player = self.dice.index(self.players.len());
        self.listen();
        if self.dice.one_in(2) {
            // The old connection has not noticed yet.
            self.players[player].guest = self.hall.resume(self.players[player].token);
            return;
        }
        let token = self.players[player].token;
        let old = std::mem::replace(&mut self.players[player].guest, self.hall.connect());
        self.hall.hang_up(old);
        self.players[player].guest = self.hall.resume(token);
    }

    fn crash(mut self) -> Self {
        self.listen();
        let forgetful = self.dice.one_in(2);
        let point = POINTS[self.dice.index(POINTS.len())];
        let fault = [None, Some(Fault::Lost), Some(Fault::ReplyLost), Some(Fault::Abandoned(1))][self.dice.index(4)];
        let mut hall = if self.dice.one_in(4) { self.hall.crash() } else { self.hall.killed(point, fault) };
        if forgetful {
            hall.store.forget_snapshots();
        }
        proof::tables(&hall);
        let mut host = hall.host();
        for player in &mut self.players {
            player.guest = hall.resume(player.token);
        }
        // Refused when nothing was running.
        let _ = hall.act(&mut host, HostAct::Resume);
        Self { hall, host, ..self }
    }

    /// Nothing is answered for up to ten seconds.
    fn away_for_a_while(&mut self) {
        self.hall.store.set_away(true);
        for _ in 0..self.dice.below(100) {
            self.somebody_acts();
            self.hall.pass_ms(100);
        }
        self.hall.store.set_away(false);
    }

    fn someone_comes(&mut self) {
        let name = format!("Guest {}", self.dice.below(1_000_000));
        if self.dice.one_in(4) {
            self.hall.store.fail_next([Fault::Lost, Fault::ReplyLost, Fault::Late(6_500)][self.dice.index(3)]);
        }
        let mut guest = self.hall.join(&name);
        for _ in 0..5 {
            guest.hear();
            let welcomed = guest.heard.iter().any(|message| matches!(message, ServerMessage::Welcome(_)));
            if welcomed && self.players.len() < 2 * PLAYERS {
                let token = guest.token();
                return self.players.push(Player { guest, token, sent: Vec::new(), promised: BTreeMap::new() });
            }
            self.hall.pass_ms(100);
        }
    }

    /// The host closes a newcomer's seat.
    fn someone_is_removed(&mut self) {
        if self.players.len() == PLAYERS {
            return;
        }
        self.listen();
        let player = self.players.pop().unwrap();
        let roster = self.hall.app.world().resource::<Roster>();
        let Some(user) = roster.by_token(player.token) else { return };
        self.gone.push(player);
        self.act(HostAct::Kick { user });
        self.listen();
    }

    /// Two get other names in one lap, maybe each other's.
    fn rename_two(&mut self) {
        let seats = self.players.len() as u64;
        for _ in 0..2 {
            let user = UserId(1 + self.dice.below(seats) as u32);
            let name = ["Player 0", "Player 1", "Zoe", "Yan"][self.dice.index(4)].to_owned();
            let request_id = self.host.next_request;
            self.host.next_request += 1;
            let request = HostRequest {
                grant: self.host.grant,
                request_id,
                session: self.hall.session().id().0,
                act: HostAct::Rename { user, name },
            };
            self.hall.send(&mut self.host.guest, &ClientMessage::Host(Box::new(request)));
        }
        self.hall.pass_ms(200);
    }

    /// The host leaves this session for another, with the same seats and maybe other rules.
    fn begin_anew(&mut self) {
        let old = self.hall.session().id();
        let fault = [Fault::Lost, Fault::ReplyLost, Fault::Late(6_500), Fault::Abandoned(self.dice.below(12) as u32)];
        if self.dice.one_in(2) {
            self.hall.store.fail_next(fault[self.dice.index(4)]);
        }
        self.act(HostAct::Reset);
        self.listen();
        if self.hall.session().id() == old {
            return;
        }
        self.left += proof::session_kept(self, old);
        if self.dice.one_in(2) {
            self.hall.store.fail_next(fault[self.dice.index(4)]);
            let config = self.dice.config();
            self.act(HostAct::Configure(Box::new(config)));
            self.listen();
        }
        self.gone.clear();
        self.shown.clear();
        for player in &mut self.players {
            player.sent.clear();
            player.promised.clear();
        }
        proof::tables(&self.hall);
        self.act(HostAct::Start);
    }

    /// Something the host does, refused or not.
    fn act(&mut self, act: HostAct) {
        let _ = self.hall.act(&mut self.host, act);
        self.host.guest.heard.clear();
    }

    fn meddle(&mut self) {
        let act = match self.dice.below(7) {
            0 | 1 => HostAct::Pause,
            2 => HostAct::Extend { by_s: 1 },
            3 => HostAct::Resolve(Resolve::Next(self.hall.session().market().rounds_held())),
            4 => HostAct::EndFreeze { resume_ms: self.hall.session().floor().resume_ms().unwrap_or_default() },
            5 => HostAct::SetDoor { open: self.dice.one_in(2) },
            _ => HostAct::Announce { text: "Any more for any more?".to_owned() },
        };
        let resumes = act == HostAct::Pause;
        // Refused where the phase does not allow it.
        let _ = self.hall.act(&mut self.host, act);
        if resumes {
            let _ = self.hall.act(&mut self.host, HostAct::Resume);
        }
        self.host.guest.heard.clear();
    }

    /// Notes what was promised and shown; the same order must always get the same promise.
    fn listen(&mut self) {
        for player in &mut self.players {
            player.guest.hear();
            for message in player.guest.heard.drain(..) {
                match message {
                    ServerMessage::OrderAck(ack) => {
                        let Ok((id, _)) = ack.result else { continue };
                        let before = *player.promised.entry(ack.client_order_id).or_insert(id);
                        assert_eq!(before, id, "one order, one answer");
                    }
                    ServerMessage::Tick(tick) => {
                        let before = *self.shown.entry(tick.tick).or_insert(tick.state_hash);
                        assert_eq!(before, tick.state_hash, "tick {} is one", tick.tick);
                    }
                    _ => {}
                }
            }
        }
        self.host.guest.hear();
        self.host.guest.heard.clear();
    }
}

/// Plays a session to its end and proves it. Returns how many ticks it had.
fn play(seed: u64, place: Place) -> u64 {
    let mut play = Play::begin(seed, place);
    for _ in 0..LAPS_MAX {
        if play.hall.session().phase() == Phase::Resolved {
            play.hall.pass_ms(1_000);
            play.listen();
            return play.left + proof::prove(&play);
        }
        play = play.lap();
    }
    panic!("the session does not end");
}

/// Plays sessions until so many ticks are played, and names the seed of one that fails.
fn simulate(ticks: u64, place: impl Fn(u64) -> Place + Sync) {
    let first = number("OUTCRY_SIM_SEED").unwrap_or_default();
    let (next, played) = (AtomicU64::new(first), AtomicU64::new(0));
    let worker = || {
        while played.load(Ordering::Relaxed) < ticks {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            let Ok(count) = catch_unwind(AssertUnwindSafe(|| play(seed, place(seed)))) else {
                played.store(u64::MAX, Ordering::Relaxed);
                panic!("again with OUTCRY_SIM_SEED={seed} OUTCRY_SIM_TICKS=1");
            };
            played.fetch_add(count, Ordering::Relaxed);
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(worker);
        }
    });
    println!("{} ticks in {} sessions", played.into_inner(), next.into_inner() - first);
}

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok().map(|text| text.parse().unwrap())
}

fn ticks() -> u64 {
    number("OUTCRY_SIM_TICKS").unwrap_or(TICKS)
}

#[test]
fn nothing_acknowledged_is_lost_or_done_twice() {
    simulate(ticks(), |_| Place::Memory(MemoryStore::default()));
}

#[test]
fn nor_is_it_on_sqlite() {
    let directory = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("sim-{}", std::process::id()));
    simulate(ticks() / 10, |seed| {
        Place::Database(format!("sqlite:{}", directory.join(format!("{seed}.db")).display()))
    });
    std::fs::remove_dir_all(directory).unwrap();
}

#[test]
fn nor_is_it_on_postgres() {
    let Ok(url) = std::env::var("TEST_DATABASE_URL") else {
        assert!(std::env::var_os("CI").is_none(), "TEST_DATABASE_URL is not set: PostgreSQL must be tested");
        return println!("TEST_DATABASE_URL is not set: PostgreSQL is left out");
    };
    let (server, _) = url.rsplit_once('/').unwrap();
    let database = |seed: u64| format!("outcry_sim_{}_{seed}", std::process::id());
    let run = |sql: String| {
        crate::recovery::wait(async {
            let mut connection = PgConnection::connect(&url).await.unwrap();
            sqlx::query(AssertSqlSafe(sql)).execute(&mut connection).await.unwrap();
        });
    };
    let made = Mutex::new(Vec::new());
    simulate(ticks() / 10, |seed| {
        run(format!("CREATE DATABASE {}", database(seed)));
        made.lock().unwrap().push(seed);
        Place::Database(format!("{server}/{}", database(seed)))
    });
    for seed in made.into_inner().unwrap() {
        run(format!("DROP DATABASE {} WITH (FORCE)", database(seed)));
    }
}
