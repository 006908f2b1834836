//! A crowd that only watches, behind a stock cache: it sees the whole session, and each piece is asked of the server once.

use crate::{
    floor::{Database, PASSWORD, Server, server_program, watch},
    proxy::{Asker, Proxy},
};
use outcry_bots::{Address, Host};
use outcry_shared::{config::presets, message::HostAct, replica::Reader};
use std::{collections::BTreeMap, thread};

/// Whoever watches.
const VIEWERS: usize = 40;
/// Ticks that they see at least.
const TICKS: u64 = 25;

/// A word of the answer that says where the pieces stand.
fn told<'a>(standing: &'a str, name: &str) -> &'a str {
    let (_, rest) = standing.split_once(&format!("\"{name}\":")).unwrap_or_else(|| panic!("{name} in {standing}"));
    rest.split([',', '}']).next().unwrap_or_default().trim_matches('"')
}

/// Follows a session to its end by pieces alone; the first and the last that were read, and the last state.
fn follow(address: &Address) -> (u64, u64, [u8; 32]) {
    let (mut asker, mut reader) = (Asker::new(address), Reader::default());
    let (status, standing) = asker.get("/live", "198.51.100.7");
    let standing = String::from_utf8(standing).expect("a text");
    assert_eq!(status, 200, "{standing}");
    let first = told(&standing, "keyframe").parse().expect("a number");
    while reader.end().is_none() {
        let number = reader.next().unwrap_or(first);
        match asker.get(&format!("/live/{}/{number}", told(&standing, "code")), "198.51.100.7") {
            (200, piece) => _ = reader.read(&piece).expect("the piece that follows"),
            (204, _) => {}
            (status, _) => panic!("piece {number}: {status}"),
        }
    }
    let replica = reader.replica().expect("a session");
    assert!(replica.tick() >= TICKS);
    (first, reader.next().expect("a session") - 1, replica.state_hash())
}

#[test]
#[expect(clippy::print_stdout, reason = "figures are for people")]
fn each_piece_is_asked_of_the_server_once_however_many_watch() {
    let Some(program) = server_program() else { return };
    let database = Database::sqlite();
    let server = Server::start_with(&program, &database, &["--trusted-proxy", "127.0.0.1"]);
    let Some(proxy) = Proxy::start(server.address(), database.directory()) else { return };
    let mut host = Host::login(server.address(), PASSWORD).expect("the password is right");
    let mut config = presets().swap_remove(0).config;
    config.params.batch_interval_ms = 200;
    host.act(HostAct::Configure(Box::new(config))).expect("a valid configuration");
    host.act(HostAct::Start).expect("starts");
    watch(&mut host, "a tick", |host| host.session().tick() > 0);
    let seen: Vec<_> = thread::scope(|scope| {
        let viewers: Vec<_> = (0..VIEWERS).map(|_| scope.spawn(|| follow(proxy.address()))).collect();
        watch(&mut host, "some ticks", |host| host.session().tick() >= TICKS);
        host.end_now().expect("ends");
        viewers.into_iter().map(|viewer| viewer.join().expect("sees the end")).collect()
    });
    assert!(seen.iter().all(|(_, last, hash)| (*last, *hash) == (seen[0].1, seen[0].2)), "all see the same end");

    let (mut origin, mut answers) = (BTreeMap::<String, u32>::new(), 0);
    for (path, status, forwarded) in proxy.asked() {
        if status == 200 && path.starts_with("/live/") {
            answers += 1;
            *origin.entry(path).or_default() += u32::from(forwarded);
        }
    }
    let pieces = origin.len() as u64;
    println!(
        "{VIEWERS} viewers got {answers} pieces; the server was asked {} times for {pieces}",
        origin.values().sum::<u32>()
    );
    assert!(pieces >= seen[0].1 - seen[0].0 && answers >= pieces as usize * VIEWERS / 2);
    assert!(origin.values().all(|asked| *asked <= 1), "{origin:?}");
    assert!(server.stop().success());
}
