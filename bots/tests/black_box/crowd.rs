//! A crowd plays a session to its end on the real server, through a power cut.

use crate::floor::{Database, PASSWORD, Recorded, Server, server_program, traded, watch, watch_trading};
use outcry_bots::{Action, Bot, Host, Kind, crowd::Crowd, seats::Seats};
use outcry_engine::{Direction, OutcomeId, Side};
use outcry_shared::{
    config::{SessionConfig, presets},
    message::{HostAct, Resolve},
};
use std::{thread, time::Duration};

const BOTS: usize = 12;
/// Orders and fills that the host sees before the power cut, and as many again after it.
const ORDERS: u64 = 51;
const FILLS: u64 = 21;

fn config() -> SessionConfig {
    let mut config = presets().swap_remove(0).config;
    config.params.batch_interval_ms = 100;
    config
}

#[test]
fn a_crowd_plays_through_a_power_cut() {
    let Some(program) = server_program() else { return };
    let database = Database::sqlite();
    let server = Server::start(&program, &database);
    let mut host = Host::login(server.address(), PASSWORD).expect("the password is right");
    host.act(HostAct::Configure(Box::new(config()))).expect("a valid configuration");
    let crowd = Crowd {
        address: server.address().clone(),
        count: BOTS,
        seed: 11,
        kind: Kind::Mix,
        pace_ms: 400,
        duration: None,
        stay: false,
        seats: None,
    };
    let outcome = thread::scope(|scope| {
        let playing = scope.spawn(|| crowd.play());
        watch(&mut host, "the crowd", |host| host.bots_connected() == BOTS);
        host.act(HostAct::Start).expect("starts");
        watch_trading(&mut host, ORDERS, FILLS);
        let place = server.address().authority().to_owned();
        server.kill();
        let server = Server::start_at(&program, &database, &place);
        let mut host = Host::login(server.address(), PASSWORD).expect("the password is right");
        watch(&mut host, "the crowd's return", |host| host.bots_connected() == BOTS);
        let (orders, fills) = traded(&host);
        host.act(HostAct::Resume).expect("goes on");
        watch_trading(&mut host, orders + ORDERS, fills + FILLS);
        host.act(HostAct::Resolve(Resolve::Final)).expect("ends");
        let outcome = playing.join().expect("the crowd plays");
        assert!(server.stop().success());
        outcome
    });
    assert_eq!(outcome.failures, []);
    let stats = outcome.stats;
    assert_eq!(stats.reconnects, BOTS as u64);
    assert!(stats.orders >= 2 * ORDERS && stats.fills >= FILLS, "{stats}");
    assert!(stats.accepted + stats.refused <= stats.orders, "{stats}");
    assert_eq!(Recorded::read(&database).orders.len() as u64, stats.accepted, "{stats}");
}

#[test]
fn a_crowd_that_is_started_again_comes_back_to_its_seats() {
    let Some(program) = server_program() else { return };
    let database = Database::sqlite();
    let server = Server::start(&program, &database);
    let mut host = Host::login(server.address(), PASSWORD).expect("the password is right");
    let seats = Seats::open(database.directory().join("bots")).expect("a directory");
    let crowd = |seats: Option<&Seats>| Crowd {
        address: server.address().clone(),
        count: BOTS,
        seed: 11,
        kind: Kind::Mix,
        pace_ms: 400,
        // They take their seats and go.
        duration: Some(Duration::ZERO),
        stay: false,
        seats: seats.cloned(),
    };
    let seated = |host: &Host, count: usize| host.state().is_some_and(|state| state.seats.len() == count);
    for start in 1..=3 {
        assert_eq!(crowd(Some(&seats)).play().failures, [], "start {start}");
        watch(&mut host, "the crowd's seats", |host| seated(host, BOTS));
    }
    // A crowd without a memory is another one.
    assert_eq!(crowd(None).play().failures, []);
    watch(&mut host, "the other crowd's seats", |host| seated(host, 2 * BOTS));
    assert!(server.stop().success());
}

#[test]
fn a_bot_that_is_started_again_sends_orders_of_its_own() {
    let Some(program) = server_program() else { return };
    let database = Database::sqlite();
    let server = Server::start(&program, &database);
    let mut host = Host::login(server.address(), PASSWORD).expect("the password is right");
    let mut bot = Bot::join(server.address(), "Ada").expect("a seat");
    host.act(HostAct::Start).expect("starts");
    let mut buy = |bot: &mut Bot, orders: u64| {
        let order = Action::market(OutcomeId(0), Side::Yes, Direction::Buy, 10.0, 50).expect("an order");
        bot.act(&order).expect("sent");
        watch(&mut host, "the order", |host| traded(host).0 == orders);
    };
    buy(&mut bot, 1);
    let token = bot.token().expect("a seat's token");
    drop(bot);
    let mut bot = Bot::come_back(server.address(), token, 1_000).expect("the seat");
    assert_eq!(bot.name(), "Ada");
    buy(&mut bot, 2);
    assert!(server.stop().success());
}
