//! An evening: a host, ten players, two games, and whatever can be taken away from a server is, at the worst
//! moments: the database (a full disk, a PostgreSQL stopped without a word) and the power. Nothing
//! acknowledged is lost, everyone has a word, and where the server lives, play goes on without a restart.
//!
//! `OUTCRY_EVENINGS` sets how many are played, `OUTCRY_EVENING_SEED` the first one's seed: each has its own
//! moments. `cargo xtask evening` does so.
#![expect(clippy::print_stdout, reason = "what was played is said")]

use crate::floor::{
    Closing, Database, Journal, News, PASSWORD, Place, Plug, Recorded, Server, command, deadline, is_ready, play,
    prove, prove_left, refuses, server_program, traded, watch, watch_trading,
};
use outcry_bots::{Action, Bot, BotError, Dice, Host};
use outcry_engine::{Direction, OutcomeId, Round, Side};
use outcry_shared::{
    config::{Elimination, SessionConfig, presets},
    message::{HostAct, RefusalCode, Resolve},
    phase::Phase,
};
use rand_chacha::{ChaCha8Rng, rand_core::SeedableRng};
use std::{
    path::Path,
    sync::mpsc::{Receiver, channel},
    thread,
    time::{Duration, Instant},
};

const PLAYERS: usize = 10;
/// Orders that the host sees before each trouble.
const ORDERS: u64 = 40;
/// Most frames that the host sees between what it does and the trouble.
const FRAMES_MAX: f64 = 6.0;
/// How long one evening may take.
const EVENING: Duration = Duration::from_secs(300);

fn number(variable: &str, otherwise: u64) -> u64 {
    std::env::var(variable).map_or(otherwise, |text| text.parse().expect("a number"))
}

/// Rounds are held when the host says so.
fn config() -> SessionConfig {
    let mut config = presets().swap_remove(0).config;
    config.params.batch_interval_ms = 100;
    config.params.total_duration = 3_600;
    config.params.rounds = vec![Round { at_s: 3_000, freeze_s: 2 }, Round { at_s: 3_300, freeze_s: 2 }];
    config.script.eliminate = vec![Elimination::Random(1); 2];
    config
}

/// What is taken away.
#[derive(Clone, Copy, Debug)]
enum Trouble {
    Power,
    Database,
}

/// The server and those on it.
struct Evening<'a> {
    program: &'a Path,
    database: &'a Database,
    place: &'a Place,
    news: &'a Receiver<News>,
    plug: &'a mut Plug,
    rng: ChaCha8Rng,
    server: Option<Server>,
    host: Host,
    /// Someone who trades when it cannot work.
    witness: Bot,
    power_cuts: u32,
    pulls: u32,
}

impl Evening<'_> {
    fn server(&self) -> &Server {
        self.server.as_ref().expect("it runs")
    }

    fn session(&self) -> u64 {
        self.host.session().replica().number()
    }

    /// Until so much is traded that there is something to lose.
    fn trade(&mut self) {
        let (orders, fills) = traded(&self.host);
        watch_trading(&mut self.host, orders + ORDERS, fills + 1);
    }

    /// Does something, and in the middle of it something is taken away.
    fn suffer(&mut self, trouble: Trouble, act: Option<HostAct>) {
        for _ in 0..self.rng.between(0.0, FRAMES_MAX) as u32 {
            self.host.pump(deadline()).expect("the server is there");
        }
        match trouble {
            Trouble::Power => self.cut_the_power(act),
            Trouble::Database => self.pull_the_plug(act),
        }
    }

    /// The server ends as it stands, and starts again: what was shown is there, and everyone comes back.
    fn cut_the_power(&mut self, act: Option<HostAct>) {
        if let Some(act) = &act {
            self.host.ask(act.clone()).expect("the server is there");
        }
        let (session, tick) = (self.session(), self.host.session().tick());
        self.server.take().expect("it runs").kill();
        let server = Server::start(self.program, self.database);
        self.host = Host::login(server.address(), PASSWORD).expect("the password is right");
        assert!(self.session() != session || self.host.session().tick() >= tick, "tick {tick} was shown and is gone");
        self.place.set(server.address());
        self.witness.move_to(server.address());
        self.server = Some(server);
        if !matches!(act, Some(HostAct::Resolve(Resolve::Final))) {
            // Of the end some may have heard, and have gone home.
            News::expect(self.news, &News::Resumed, PLAYERS);
        }
        self.power_cuts += 1;
        if self.host.session().clock().phase == Phase::Paused {
            self.host.act(HostAct::Resume).expect("goes on");
        }
    }

    /// The database is away for a while: the server says so to everyone, and goes on by itself.
    fn pull_the_plug(&mut self, act: Option<HostAct>) {
        // It has listened to nothing for a while.
        self.witness.resume().expect("the witness has a seat");
        self.plug.pull(self.server.as_ref().expect("it runs"));
        let asked = act.clone().map(|act| self.host.ask(act).expect("the server is there"));
        // Longer than a sign of life is fresh.
        watch(&mut self.host, "word of the trouble", |host| told_s(host) >= 3);
        assert!(!is_ready(self.server()), "it does not say that it is ready");
        self.turns_people_away();
        self.pulls += 1;
        if act == Some(HostAct::Reset) {
            self.plug.give_back(self.server.as_ref().expect("it runs"));
        } else {
            self.somebody_else_is_there_first();
            self.is_not_given_away();
        }
        if let Some(asked) = asked {
            self.host.answer(asked).expect("done once the database is back");
        }
        watch(&mut self.host, "the end of the trouble", |host| told(host).is_none());
        let until = deadline();
        while !is_ready(self.server()) {
            assert!(Instant::now() < until, "it says that it is ready again");
            self.host.pump(until).expect("the server is there");
        }
        if act != Some(HostAct::Reset) {
            self.plug.wait_for_lock(self.database, self.session());
        }
    }

    /// Whoever trades or comes while nothing can be stored has a word.
    fn turns_people_away(&mut self) {
        let order = Action::market(OutcomeId(0), Side::Yes, Direction::Buy, 1.0, 100).expect("an order");
        let number = self.witness.act(&order).expect("the server is there").expect("an order's number");
        let refused = self.witness.stats().refused;
        let answered = |bot: &Bot| bot.unanswered().all(|waiting| waiting != number);
        self.witness.pump_until("an answer", deadline(), answered).expect("an answer");
        assert_eq!(self.witness.stats().refused, refused + 1, "an order that cannot be stored is refused");
        match Bot::join(self.server().address(), "Late Comer") {
            Err(BotError::Refused(refusal)) => {
                assert!(refusal.code == RefusalCode::Busy && refusal.reason.contains("try again"), "{refusal:?}");
            }
            other => panic!("a newcomer is turned away: {:?}", other.map(|_| "welcome")),
        }
    }

    /// The database comes back, and a second server finds it before the first one has: that lives, and is
    /// respected.
    fn somebody_else_is_there_first(&mut self) {
        let (program, database, session) = (self.program, self.database, self.session());
        let server = self.server.as_ref().expect("it runs");
        server.signal("-STOP");
        self.plug.give_back(server);
        thread::scope(|scope| {
            scope.spawn(|| refuses(program, database, &["--listen", "127.0.0.1:0"], &["another server"]));
            self.plug.wait_for_lock(database, session);
            server.signal("-CONT");
        });
    }

    /// Nobody deletes a session whose server lives; whoever wants can have its record.
    fn is_not_given_away(&self) {
        let session = self.session().to_string();
        let out = self.database.directory().join(format!("export-{}", self.pulls)).display().to_string();
        refuses(self.program, self.database, &["purge", "--session", &session], &["another server"]);
        let export = ["export", "--session", &session, "--out", &out];
        let exported = command(self.program, self.database).args(export).output().expect("the program runs");
        assert!(exported.status.success(), "{}", String::from_utf8_lossy(&exported.stderr));
    }

    /// Freezes trading by a round.
    fn freeze(&mut self) {
        self.host.act(HostAct::Resolve(Resolve::Next)).expect("a round");
        watch(&mut self.host, "the freeze", |host| host.session().clock().phase == Phase::Frozen);
    }

    /// The first game is left for another, in which the same people play.
    fn first_game(&mut self, [tick, freeze, reset]: [Trouble; 3]) {
        self.host.act(HostAct::Start).expect("starts");
        self.trade();
        self.suffer(tick, None);
        self.trade();
        self.freeze();
        self.suffer(freeze, None);
        self.trade();
        let first = self.session();
        self.suffer(reset, Some(HostAct::Reset));
        if self.session() == first && matches!(reset, Trouble::Power) {
            self.host.act(HostAct::Reset).expect("another game");
        }
        watch(&mut self.host, "another game", |host| host.session().replica().number() != first);
    }

    /// The second game is played to its end.
    fn second_game(&mut self, [tick, freeze, end]: [Trouble; 3]) {
        self.host.act(HostAct::Start).expect("starts");
        self.trade();
        self.suffer(tick, None);
        self.trade();
        self.freeze();
        self.suffer(freeze, None);
        self.trade();
        self.suffer(end, Some(HostAct::Resolve(Resolve::Final)));
        if self.host.session().clock().phase != Phase::Resolved && matches!(end, Trouble::Power) {
            self.host.act(HostAct::Resolve(Resolve::Final)).expect("ends");
        }
        watch(&mut self.host, "the end", |host| host.session().end().is_some());
    }
}

/// What the host is told of the trouble.
fn told(host: &Host) -> Option<&str> {
    host.state().and_then(|state| state.watch.trouble.as_deref())
}

/// For how long nothing could be stored, as the host is told, in s.
fn told_s(host: &Host) -> u64 {
    let words = told(host).and_then(|told| told.strip_prefix("nothing is stored for "));
    words.and_then(|rest| rest.split(' ').next()?.parse().ok()).unwrap_or_default()
}

/// Which of the two it is, in each of the moments of an evening.
fn troubles(seed: u64) -> ([Trouble; 3], [Trouble; 3]) {
    let nth = |bit: u32| if (seed >> bit) & 1 == 0 { Trouble::Power } else { Trouble::Database };
    ([nth(0), nth(1), nth(2)], [nth(3), nth(4), nth(5)])
}

fn evening(program: &Path, database: &Database, plug: &mut Plug, seed: u64) {
    let began = Instant::now();
    let (place, (tell, news)) = (Place::default(), channel());
    let until = began + EVENING;
    let (journals, said) = thread::scope(|scope| {
        let player = |index| {
            let (place, tell) = (&place, tell.clone());
            scope.spawn(move || play(place, index, &tell, until))
        };
        let players: Vec<_> = (0..PLAYERS).map(player).collect();
        let _closing = Closing(&place);
        let server = Server::start(program, database);
        let mut host = Host::login(server.address(), PASSWORD).expect("the password is right");
        host.act(HostAct::Configure(Box::new(config()))).expect("a valid configuration");
        let witness = Bot::join(server.address(), "Witness").expect("a seat");
        place.set(server.address());
        News::expect(&news, &News::Joined, PLAYERS);
        let (rng, server) = (ChaCha8Rng::seed_from_u64(seed), Some(server));
        let (place, news) = (&place, &news);
        let mut evening =
            Evening { program, database, place, news, plug, rng, server, host, witness, power_cuts: 0, pulls: 0 };
        let (first, second) = troubles(seed);
        evening.first_game(first);
        evening.second_game(second);
        let journals: Vec<_> = players.into_iter().map(|player| player.join().expect("plays to the end")).collect();
        let said = format!("{} power cuts, database away {} times", evening.power_cuts, evening.pulls);
        assert!(evening.server.take().expect("it runs").stop().success(), "a stop is no failure");
        (journals, said)
    });
    let summary = proven(database, &journals);
    println!("evening {seed}: {said}, {summary}, {:.0} s", began.elapsed().as_secs_f64());
}

/// Compares everything that was acknowledged with the record, and says how much it was.
fn proven(database: &Database, journals: &[Journal]) -> String {
    let last = Recorded::read(database);
    prove(&last, &config().params, journals);
    let left = journals[0].before.last().expect("a game was left").session;
    let before: Vec<&Journal> = journals.iter().flat_map(|journal| &journal.before).collect();
    let first = Recorded::read_session(database, left);
    prove_left(&first, &config().params, before.iter().copied());
    let answers = || journals.iter().chain(before.iter().copied()).flat_map(|journal| journal.acks.values());
    let acknowledged = answers().filter(|answers| answers[0].is_ok()).count();
    let recorded = first.orders.len() + last.orders.len();
    assert!(recorded >= acknowledged, "{recorded} orders are recorded, {acknowledged} were acknowledged");
    format!(
        "{acknowledged} orders acknowledged, {recorded} recorded, {} refused, {} ticks",
        answers().count() - acknowledged,
        first.hashes.len() + last.hashes.len()
    )
}

/// What is in no moment of the one database's first evening is in that moment of the other's.
fn evenings(first: u64, database: impl Fn() -> Option<(Plug, Database)>) {
    let Some(program) = server_program() else { return };
    let first = number("OUTCRY_EVENING_SEED", first);
    for seed in first..first + number("OUTCRY_EVENINGS", 1) {
        let Some((mut plug, database)) = database() else { return };
        evening(&program, &database, &mut plug, seed);
    }
}

#[test]
fn an_evening_with_a_full_disk() {
    evenings(0b010_101, || Some((Plug::Disk, Database::sqlite())));
}

#[test]
fn an_evening_with_a_postgresql_that_crashes() {
    evenings(0b101_010, Plug::cluster);
}
