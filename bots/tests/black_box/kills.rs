//! The server is killed again and again at random points; nothing acknowledged is lost and
//! nothing happens twice.

use crate::floor::{
    Closing, Database, News, PASSWORD, Place, Recorded, Server, deadline, play, prove, server_program, watch_trading,
};
use outcry_bots::{Dice, Host};
use outcry_shared::{
    config::{SessionConfig, presets},
    message::HostAct,
};
use rand_chacha::{ChaCha8Rng, rand_core::SeedableRng};
use std::{
    path::Path,
    sync::mpsc::{Receiver, channel},
    thread,
    time::{Duration, Instant},
};

const PLAYERS: usize = 6;
/// Kills of one run; `OUTCRY_KILLS` sets another number.
const KILLS: u32 = 20;
/// Most frames that the host sees between a start and the next kill.
const FRAMES_MAX: f64 = 40.0;
/// Orders that the players send at least, however slow the machine.
const ORDERS_MIN: u64 = 51;
/// How long one kill, start and return may take.
const KILL_TIMEOUT: Duration = Duration::from_secs(30);

fn kills() -> u32 {
    std::env::var("OUTCRY_KILLS").map_or(KILLS, |text| text.parse().expect("OUTCRY_KILLS is a number"))
}

fn config() -> SessionConfig {
    let mut config = presets().swap_remove(0).config;
    config.params.batch_interval_ms = 50;
    config.params.total_duration = 86_400;
    config.params.rounds.clear();
    config.params.mr_enabled = false;
    config.script.eliminate.clear();
    config
}

/// Watches as the host for so many frames.
fn watch_frames(host: &mut Host, frames: u32) {
    for _ in 0..frames {
        host.pump(deadline()).expect("the server is there");
    }
}

fn killed_again_and_again(program: &Path, database: &Database, place: &Place, news: &Receiver<News>) -> Server {
    let mut rng = ChaCha8Rng::seed_from_u64(5);
    let mut server = Server::start(program, database);
    let mut host = Host::login(server.address(), PASSWORD).expect("the password is right");
    host.act(HostAct::Configure(Box::new(config()))).expect("a valid configuration");
    place.set(server.address());
    News::expect(news, &News::Joined, PLAYERS);
    host.act(HostAct::Start).expect("starts");
    for _ in 0..kills() {
        watch_frames(&mut host, rng.between(1.0, FRAMES_MAX) as u32);
        let shown = host.session().tick();
        server.kill();
        server = Server::start(program, database);
        host = Host::login(server.address(), PASSWORD).expect("the password is right");
        assert!(host.session().tick() >= shown, "tick {shown} was shown and is gone");
        place.set(server.address());
        News::expect(news, &News::Resumed, PLAYERS);
        host.act(HostAct::Resume).expect("goes on");
    }
    watch_trading(&mut host, ORDERS_MIN, 1);
    host.end_now().expect("ends");
    server
}

fn session(database: &Database) {
    let Some(program) = server_program() else { return };
    let (place, (tell, news)) = (Place::default(), channel());
    let until = Instant::now() + KILL_TIMEOUT * (kills() + 2);
    let journals: Vec<_> = thread::scope(|scope| {
        let player = |index| {
            let (place, tell) = (&place, tell.clone());
            scope.spawn(move || play(place, index, &tell, until))
        };
        let players: Vec<_> = (0..PLAYERS).map(player).collect();
        let _closing = Closing(&place);
        let server = killed_again_and_again(&program, database, &place, &news);
        let journals = players.into_iter().map(|player| player.join().expect("plays to the end")).collect();
        assert!(server.stop().success(), "a stop is no failure");
        journals
    });
    let recorded = Recorded::read(database);
    prove(&recorded, &config().params, &journals);
    assert!(journals.iter().all(|journal| journal.resumed == kills()));
    assert!(recorded.orders.len() as u64 >= ORDERS_MIN, "{} orders", recorded.orders.len());
}

#[test]
fn nothing_acknowledged_is_lost_on_sqlite() {
    session(&Database::sqlite());
}

#[test]
fn nothing_acknowledged_is_lost_on_postgresql() {
    if let Some(database) = Database::postgres() {
        session(&database);
    }
}
