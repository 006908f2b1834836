//! A crowd plays a session to its end on the real server, through a power cut.

use crate::floor::{Database, PASSWORD, Recorded, Server, server_program, traded, watch, watch_trading};
use outcry_bots::{Host, Kind, crowd::Crowd};
use outcry_shared::{
    config::{SessionConfig, presets},
    message::HostAct,
};
use std::thread;

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
        host.end_now().expect("ends");
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
