//! Twenty people play a session on the real server, which is killed in the middle.

use crate::floor::{
    Closing, Database, Journal, News, PASSWORD, Place, Recorded, Server, play, prove, prove_exports, server_program,
    traded, watch,
};
use outcry_bots::Host;
use outcry_engine::{Rate, Round, Usdc};
use outcry_shared::{
    config::{Elimination, SessionConfig, presets},
    message::HostAct,
    phase::Phase,
};
use std::{
    path::Path,
    sync::mpsc::{Receiver, channel},
    thread,
    time::{Duration, Instant},
};

const PLAYERS: usize = 20;
/// Orders and fills of the whole session at least.
const ORDERS: u64 = 201;
const FILLS: u64 = 101;
/// Fills between the first elimination and the power cut.
const FILLS_OF_FOUR: u64 = 10;
/// Session time before a round or the end in which the host still can put it off, in ms.
const MARGIN_MS: u64 = 2_000;
/// By how much the host puts it off, in s.
const EXTENSION_S: u32 = 10;
/// How long the whole session may take.
const SESSION: Duration = Duration::from_secs(600);

fn config() -> SessionConfig {
    let mut config = presets().swap_remove(0).config;
    config.name = "Black box".to_owned();
    config.params.batch_interval_ms = 100;
    config.params.total_duration = 18;
    config.params.rounds = vec![Round { at_s: 5, freeze_s: 1 }, Round { at_s: 11, freeze_s: 1 }];
    config.params.gas_fee = Usdc(10_000);
    config.params.kappa_end = Rate(50_000);
    config.script.eliminate = vec![Elimination::Random(1); 2];
    config
}

/// Session clock of the next round, or of the end.
fn next_ms(host: &Host) -> u64 {
    let clock = host.session().clock();
    clock.next_freeze_ms.unwrap_or(clock.end_ms)
}

/// Watches as the host until `done`. On a slow machine the host puts the next round off rather
/// than let it come before.
fn watch_before_the_next(host: &mut Host, waiting_for: &str, done: impl Fn(&Host) -> bool) {
    loop {
        let next = next_ms(host);
        let is_near = |host: &Host| host.session().clock().now_ms + MARGIN_MS >= next;
        watch(host, waiting_for, |host| done(host) || is_near(host));
        if done(host) {
            return;
        }
        host.act(HostAct::Extend { by_s: EXTENSION_S }).expect("an extension");
        watch(host, "the extension", |host| next_ms(host) > next);
    }
}

/// The host's way through the session.
fn host_session(program: &Path, database: &Database, place: &Place, news: &Receiver<News>) -> Server {
    let server = Server::start(program, database);
    let mut host = Host::login(server.address(), PASSWORD).expect("the password is right");
    host.act(HostAct::Configure(Box::new(config()))).expect("a valid configuration");
    place.set(server.address());
    News::expect(news, &News::Joined, PLAYERS);
    host.act(HostAct::Start).expect("starts");
    watch(&mut host, "the first elimination", |host| host.session().view().active().len() == 4);
    let (_, fills) = traded(&host);
    watch_before_the_next(&mut host, "trades of four outcomes", |host| {
        host.session().is_open() && traded(host).1 >= fills + FILLS_OF_FOUR
    });
    let shown = host.session().tick();
    server.kill();

    let server = Server::start(program, database);
    let mut host = Host::login(server.address(), PASSWORD).expect("the password is right");
    assert_eq!(host.session().clock().phase, Phase::Paused, "a session that ran goes on when the host says so");
    assert!(host.session().tick() >= shown, "tick {shown} was shown and is gone");
    place.set(server.address());
    News::expect(news, &News::Resumed, PLAYERS);
    host.act(HostAct::Resume).expect("goes on");
    watch_before_the_next(&mut host, "a lively session", |host| {
        let (orders, fills) = traded(host);
        orders >= ORDERS && fills >= FILLS
    });
    watch(&mut host, "the second elimination", |host| host.session().view().active().len() == 3);
    watch(&mut host, "the end", |host| host.session().end().is_some());
    assert_eq!(host.session().clock().phase, Phase::Resolved);
    server
}

fn session(database: &Database) {
    let Some(program) = server_program() else { return };
    let (place, (tell, news)) = (Place::default(), channel());
    let until = Instant::now() + SESSION;
    let journals: Vec<Journal> = thread::scope(|scope| {
        let player = |index| {
            let (place, tell) = (&place, tell.clone());
            scope.spawn(move || play(place, index, &tell, until))
        };
        let players: Vec<_> = (0..PLAYERS).map(player).collect();
        let _closing = Closing(&place);
        let server = host_session(&program, database, &place, &news);
        let journals = players.into_iter().map(|player| player.join().expect("plays to the end")).collect();
        assert!(server.stop().success(), "a stop is no failure");
        journals
    });
    let recorded = Recorded::read(database);
    prove(&recorded, &config().params, &journals);
    assert!(journals.iter().all(|journal| journal.resumed == 1));
    let repeated = journals.iter().flat_map(|journal| journal.acks.values()).filter(|answers| answers.len() > 1);
    assert!(repeated.count() > 0, "some orders were sent twice");
    assert!(recorded.orders.iter().any(|row| row.status == "REJECTED"), "some traded against the freeze");
    let (orders, fills) = (recorded.orders.len() as u64, recorded.trades.len() as u64);
    assert!(orders >= ORDERS && fills >= FILLS, "{orders} orders, {fills} fills");

    // A start proves the record once more, and shows the end.
    let server = Server::start(&program, database);
    let host = Host::login(server.address(), PASSWORD).expect("the password is right");
    assert_eq!(host.session().end(), journals[0].end.as_ref().map(without_statement).as_ref());
    prove_exports(server.address(), host.grant(), &recorded);
    server.kill();
}

fn without_statement(end: &outcry_shared::message::EndReport) -> outcry_shared::message::EndReport {
    outcry_shared::message::EndReport { statement: None, ..end.clone() }
}

#[test]
fn twenty_people_and_a_power_cut_on_sqlite() {
    session(&Database::sqlite());
}

#[test]
fn twenty_people_and_a_power_cut_on_postgresql() {
    if let Some(database) = Database::postgres() {
        session(&database);
    }
}
