//! A crowd that only watches, behind a stock cache: it sees the whole session, and each piece is asked of the server once.

use crate::{
    floor::{Database, PASSWORD, Server, server_program, watch},
    proxy::{Asker, Proxy},
};
use outcry_bots::{Address, Host};
use outcry_shared::{config::presets, message::HostAct, replica::Reader};
use std::{collections::BTreeMap, thread};

/// An address that they all have, as the proxy is told.
const OF: &str = "198.51.100.7";
/// Whoever watches.
const VIEWERS: usize = 40;
/// Whoever waits for the same piece: more than a cache counts to in ten bits.
const WAITING: usize = 1_030;
/// Ticks that they see at least.
const TICKS: u64 = 25;

/// A word of the answer that says where the pieces stand.
fn told<'a>(standing: &'a str, name: &str) -> &'a str {
    let (_, rest) = standing.split_once(&format!("\"{name}\":")).unwrap_or_else(|| panic!("{name} in {standing}"));
    rest.split([',', '}']).next().unwrap_or_default().trim_matches('"')
}

/// Where the pieces stand.
fn standing(asker: &mut Asker) -> String {
    let (status, standing) = asker.get("/live", OF);
    let standing = String::from_utf8(standing).expect("a text");
    assert_eq!(status, 200, "{standing}");
    standing
}

/// Follows a session to its end by pieces alone; the first and the last that were read, and the last state.
fn follow(address: &Address) -> (u64, u64, [u8; 32]) {
    let (mut asker, mut reader) = (Asker::new(address), Reader::default());
    let standing = standing(&mut asker);
    let first = told(&standing, "keyframe").parse().expect("a number");
    while reader.end().is_none() {
        let number = reader.next().unwrap_or(first);
        match asker.get(&format!("/live/{}/{number}", told(&standing, "code")), OF) {
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

#[test]
fn a_piece_that_a_crowd_waits_for_is_asked_of_the_server_once() {
    let Some(program) = server_program() else { return };
    let database = Database::sqlite();
    let server = Server::start_with(&program, &database, &["--trusted-proxy", "127.0.0.1"]);
    let Some(proxy) = Proxy::start(server.address(), database.directory()) else { return };
    let mut host = Host::login(server.address(), PASSWORD).expect("the password is right");
    let mut crowd: Vec<_> = (0..WAITING).map(|_| Asker::new(proxy.address())).collect();
    let standing = standing(&mut crowd[0]);
    let edge: u64 = told(&standing, "edge").parse().expect("a number");
    let next = format!("/live/{}/{}", told(&standing, "code"), edge + 1);
    crowd.iter_mut().for_each(|asker| asker.send(&next, OF));
    host.act(HostAct::Announce { text: "Drinks are on the house".to_owned() }).expect("is told");
    for asker in &mut crowd {
        let mut status = asker.answer().0;
        while status == 204 {
            status = asker.get(&next, OF).0;
        }
        assert_eq!(status, 200);
    }
    let asked = proxy.asked().into_iter().filter(|(path, status, asked)| *path == next && *status == 200 && *asked);
    assert_eq!(asked.count(), 1);
    assert!(server.stop().success());
}
