//! The public history in pieces: whoever follows by them alone sees what a spectator on a socket sees, and nothing more.

use crate::{
    guest::Guest,
    hall::{Hall, Host, TICK_MS, config},
    recovery::wait,
};
use outcry_engine::OutcomeId;
use outcry_server::live::{Found, Standing};
use outcry_shared::{
    ClientMessage, ServerMessage, codec,
    config::{Choice, SessionConfig},
    message::{EndReport, HostAct, NewOrder, SeatClaim},
    phase::Phase,
    piece::{KEYFRAME_EVERY, Piece},
    replica::{Applied, ReadError, Reader, Replica},
};
use std::time::Duration;

/// Laps within which what was printed is on the shelf, however slow the machine.
const LAPS_MAX: u32 = 20_000;

/// A piece that is there.
fn fetch(hall: &Hall, number: u64) -> Vec<u8> {
    let code = hall.shelf.standing().code;
    match wait(hall.shelf.find(&*hall.store, &code, number, Duration::ZERO)).unwrap() {
        Found::Piece(content) => content.to_vec(),
        missing => panic!("piece {number}: {missing:?}"),
    }
}

/// Lets what was printed come onto the shelf.
fn settle(hall: &mut Hall, is_there: impl Fn(&Standing) -> bool) {
    for _ in 0..LAPS_MAX {
        if is_there(&hall.shelf.standing()) {
            return;
        }
        hall.lap();
        std::thread::yield_now();
    }
    panic!("nothing comes after {:?}: tick {}", hall.shelf.standing(), hall.session().tick());
}

/// Somebody who follows by pieces alone.
#[derive(Default)]
struct Follower {
    reader: Reader,
}

impl Follower {
    /// Reads all there is, until the last tick is among it.
    fn catch_up(&mut self, hall: &mut Hall) {
        let tick = hall.session().tick();
        settle(hall, |standing| standing.keyframe > 0);
        while self.reader.replica().is_none_or(|replica| replica.tick() < tick) || self.is_behind(hall) {
            let number = self.reader.next().unwrap_or(hall.shelf.standing().keyframe);
            settle(hall, |standing| standing.edge >= number);
            let piece = fetch(hall, number);
            self.reader.read(&piece).unwrap();
        }
    }

    fn is_behind(&self, hall: &Hall) -> bool {
        self.reader.next().is_none_or(|next| hall.shelf.standing().edge >= next)
    }
}

/// A spectator on a socket.
struct Watcher {
    guest: Guest,
    replica: Replica,
    end: Option<EndReport>,
}

impl Watcher {
    fn of(hall: &mut Hall) -> Self {
        let mut guest = hall.claim(SeatClaim::Spectate);
        let replica = Replica::from(guest.welcome().snapshot.clone());
        guest.heard.clear();
        Self { guest, replica, end: None }
    }

    fn hear(&mut self) {
        self.guest.hear();
        for message in self.guest.heard.drain(..) {
            match message {
                ServerMessage::Tick(update) => assert_eq!(self.replica.apply(&update), Applied::Yes),
                ServerMessage::Clock(clock) => self.replica.set_clock(clock),
                ServerMessage::Seats(changes) => self.replica.change_seats(&changes),
                ServerMessage::Snapshot(snapshot) => self.replica = Replica::from(*snapshot),
                ServerMessage::End(report) => self.end = Some(*report),
                _ => {}
            }
        }
    }
}

/// What happens in the seconds of a session besides orders.
fn host_acts(hall: &mut Hall, host: &mut Host, second: u64, bob: &Guest) {
    let user = bob.welcome().you.as_ref().unwrap().user;
    match second {
        5 => _ = hall.act(host, HostAct::Announce { text: "half a minute to go".to_owned() }).unwrap(),
        7 => _ = hall.act(host, HostAct::Rename { user, name: "Bobby".to_owned() }).unwrap(),
        9 => {
            hall.act(host, HostAct::Pause).unwrap();
            hall.pass_ms(3_000);
            hall.act(host, HostAct::Resume).unwrap();
        }
        30 => _ = hall.act(host, HostAct::Kick { user }).unwrap(),
        _ => {}
    }
}

/// A whole session: joins, trades, acts of the host, eliminations, the end. `each` is asked after every second.
fn play(config: SessionConfig, mut each: impl FnMut(&mut Hall)) -> (Hall, [Guest; 2]) {
    let mut hall = Hall::with(config);
    let (mut host, mut ada, mut bob) = (hall.host(), hall.join("Ada"), hall.join("Bob"));
    hall.pass_ms(1_000);
    hall.act(&mut host, HostAct::Start).unwrap();
    for second in 0..70_u64 {
        let order = if second % 3 == 0 { ada.bids(1) } else { ada.buys(3) };
        let number = 0x5ec2_e700_0000_0000 + second;
        hall.say(&mut ada, ClientMessage::Order(NewOrder { client_order_id: number, ..order }));
        if second < 30 {
            let order = bob.buys(7);
            hall.say(&mut bob, ClientMessage::Order(order));
        }
        host_acts(&mut hall, &mut host, second, &bob);
        hall.pass_ms(TICK_MS);
        each(&mut hall);
    }
    (hall, [ada, bob])
}

#[test]
fn a_session_followed_by_pieces_alone_is_the_one_on_the_socket_at_every_tick() {
    let (mut watcher, mut follower, mut seconds) = (None, Follower::default(), 0);
    let (hall, _) = play(config(), |hall| {
        let watcher = watcher.get_or_insert_with(|| Watcher::of(hall));
        watcher.hear();
        follower.catch_up(hall);
        // What is told between two ticks waits for the next one, or for half a second.
        if hall.session().phase() == Phase::Running {
            assert_eq!(follower.reader.replica(), Some(&watcher.replica), "tick {}", hall.session().tick());
            seconds += 1;
        }
    });
    assert!(seconds > 40, "{seconds}");
    let watcher = watcher.unwrap();
    assert_eq!(hall.session().phase(), Phase::Resolved);
    assert!(watcher.end.is_some());
    assert_eq!(follower.reader.end(), watcher.end.as_ref());

    // Whoever comes late begins at any keyframe, and comes to the same.
    let edge = hall.shelf.standing().edge;
    let pieces: Vec<_> = (1..=edge).map(|number| fetch(&hall, number)).collect();
    let keyframes: Vec<_> = pieces.iter().map(|piece| Piece::decode(piece).unwrap().keyframe.is_some()).collect();
    for (first, _) in keyframes.iter().enumerate().filter(|(_, keyframe)| **keyframe) {
        let mut late = Reader::default();
        pieces[first..].iter().for_each(|piece| _ = late.read(piece).unwrap());
        let (late, seen) = (late.replica().unwrap(), follower.reader.replica().unwrap());
        assert_eq!((late.state_hash(), late.seats(), late.tape()), (seen.state_hash(), seen.seats(), seen.tape()));
        assert_eq!((late.market(), late.fates(), late.clock()), (seen.market(), seen.fates(), seen.clock()));
    }
    let apart = keyframes.split(|keyframe| *keyframe).map(<[bool]>::len).max().unwrap();
    assert!(apart < usize::try_from(KEYFRAME_EVERY).unwrap(), "{apart} pieces without a keyframe");
    assert_eq!(Reader::default().read(&pieces[1]), Err(ReadError::NoKeyframe(2)));
}

#[test]
fn what_is_given_out_survives_a_restart_and_goes_on() {
    let (mut hall, _host) = Hall::running();
    let mut ada = hall.join("Ada");
    let token = ada.token();
    let mut follower = Follower::default();
    for _ in 0..40 {
        let order = ada.buys(1);
        hall.say(&mut ada, ClientMessage::Order(order));
        hall.tick();
        follower.catch_up(&mut hall);
        if hall.session().phase() == Phase::Frozen {
            hall.pass_ms(5_000);
        }
    }
    let before = hall.shelf.standing();
    let given: Vec<_> = (1..=before.edge).map(|number| fetch(&hall, number)).collect();
    let mut hall = hall.crash();
    assert_eq!(hall.shelf.standing().code, before.code, "found at the same address");
    for (number, piece) in (1..).zip(&given) {
        assert_eq!(&fetch(&hall, number), piece, "{number}: the same bytes");
    }
    settle(&mut hall, |standing| standing.edge > before.edge);
    assert!(hall.shelf.standing().keyframe > before.edge, "everyone begins anew");
    follower.catch_up(&mut hall);
    assert_eq!(follower.reader.replica().unwrap().clock().phase, Phase::Paused, "whoever has followed is told");
    let mut host = hall.host();
    hall.act(&mut host, HostAct::Resume).unwrap();
    hall.resume(token);
    hall.tick();
    follower.catch_up(&mut hall);
    assert_eq!(follower.reader.replica().unwrap().tick(), hall.session().tick());
}

#[test]
fn another_session_has_another_code() {
    let (mut hall, mut host) = Hall::running();
    hall.tick();
    settle(&mut hall, |standing| standing.keyframe > 0);
    let before = hall.shelf.standing();
    hall.act(&mut host, HostAct::Reset).unwrap();
    settle(&mut hall, |standing| standing.session != before.session && standing.keyframe > 0);
    let now = hall.shelf.standing();
    assert_ne!(now.code, before.code);
    let mut late = Reader::default();
    late.read(&fetch(&hall, now.keyframe)).unwrap();
    assert_eq!(late.replica().unwrap().number(), now.session);
    let gone = wait(hall.shelf.find(&*hall.store, &before.code, 1, Duration::ZERO)).unwrap();
    assert_eq!(gone, Found::Nothing);
}

fn holds(piece: &[u8], part: &[u8]) -> bool {
    piece.windows(part.len()).any(|window| window == part)
}

/// Every part of what somebody was told alone, encoded as it would be in any message.
fn private_parts(guest: &Guest) -> Vec<(&'static str, Vec<u8>)> {
    let mut parts = vec![("key", guest.token().0.to_vec())];
    for message in &guest.heard {
        match message {
            ServerMessage::Private(state) => {
                // The starting balance is everyone's, and known.
                let traded = state.own.balance != config().params.starting_balance;
                parts.extend(traded.then(|| ("balance", codec::encode(&state.own.balance))));
                parts.push(("own", codec::encode(&state.own)));
                parts.push(("statement", codec::encode(&state.statement)));
                parts.push(("positions", codec::encode(&state.positions)));
                parts.extend(state.open_orders.iter().map(|order| ("open order", codec::encode(order))));
                parts.extend(state.receipts.iter().map(|receipt| ("receipt", codec::encode(receipt))));
                let numbers = state.receipts.iter().filter_map(|receipt| receipt.client_order_id);
                parts.extend(numbers.map(|number| ("a client's number", codec::encode(&number))));
            }
            ServerMessage::OrderAck(ack) => parts.push(("acknowledgement", codec::encode(ack))),
            _ => {}
        }
    }
    // What is short is among any bytes by chance.
    parts.retain(|(_, part)| part.len() >= 5);
    parts
}

#[test]
fn nothing_that_is_somebodys_alone_is_in_a_piece() {
    let (hall, [mut ada, mut bob]) = play(config(), |_| {});
    let pieces: Vec<_> = (1..=hall.shelf.standing().edge).map(|number| fetch(&hall, number)).collect();
    ada.hear();
    bob.hear();
    let parts: Vec<_> = [&ada, &bob].into_iter().flat_map(private_parts).collect();
    for kind in ["key", "balance", "own", "statement", "open order", "receipt", "a client's number"] {
        assert!(parts.iter().any(|(of, _)| *of == kind), "there is a {kind} to look for");
    }
    // What the search would find: everybody's prices are in the pieces.
    assert!(pieces.iter().any(|piece| holds(piece, &codec::encode(&hall.session().market().state_hash()))));
    for (number, piece) in pieces.iter().enumerate() {
        let ended = Piece::decode(piece).unwrap().told.iter().any(|told| matches!(told, ServerMessage::End(_)));
        for (kind, part) in &parts {
            // At the end everybody's balance is told to all.
            assert!(ended || !holds(piece, part), "piece {number} holds somebody's {kind}");
        }
    }
}

/// Until the first outcome leaves, pieces do not depend on who will: two sessions in which the same is done are the same,
/// byte for byte, whatever was drawn.
#[test]
fn the_script_is_in_no_piece() {
    let drawn = |winner, leaving: [u8; 2]| {
        let mut config = config();
        config.script.winner = Choice::Fixed(OutcomeId(winner));
        config.script.eliminate =
            leaving.map(|outcome| outcry_shared::config::Elimination::Fixed(vec![OutcomeId(outcome)])).to_vec();
        let mut before = Vec::new();
        let (hall, _) = play(config, |hall| {
            if before.is_empty() && hall.session().phase() == Phase::Frozen {
                before = (1..=hall.shelf.standing().edge).map(|number| fetch(hall, number)).collect();
            }
        });
        assert!(before.len() >= 20 && hall.session().phase() == Phase::Resolved);
        // The elimination itself is told.
        before.into_iter().take(20).collect::<Vec<_>>()
    };
    let (one, other) = (drawn(0, [3, 2]), drawn(1, [2, 0]));
    for (number, (one, other)) in one.iter().zip(&other).enumerate() {
        assert_eq!(Piece::decode(one), Piece::decode(other), "piece {number}");
        assert_eq!(one, other, "piece {number}");
    }
}

/// How many bytes pieces and keyframes have, and what a session leaves in the store:
/// `cargo test --package outcry-server --test lap pieces::sizes -- --nocapture`.
#[test]
#[expect(clippy::print_stdout, reason = "figures are for people")]
fn sizes() {
    for seats in [20_usize, 200] {
        let mut hall = Hall::open();
        let mut host = hall.host();
        let mut guests: Vec<_> = (0..seats).map(|number| hall.join(&format!("Player number {number}"))).collect();
        hall.act(&mut host, HostAct::Start).unwrap();
        for second in 0..45 {
            for (number, guest) in guests.iter_mut().enumerate().filter(|(number, _)| number % 3 == second % 3) {
                let order = if number % 2 == 0 { guest.buys(1) } else { guest.bids(1) };
                hall.say(guest, ClientMessage::Order(order));
            }
            hall.tick();
        }
        let pieces = (1..=hall.shelf.standing().edge).map(|number| fetch(&hall, number));
        let (mut ticks, mut keyframe) = (Vec::new(), 0);
        for piece in pieces {
            let read = Piece::decode(&piece).unwrap();
            if read.keyframe.is_some() {
                keyframe = piece.len();
            } else if read.told.iter().any(|told| matches!(told, ServerMessage::Tick(_))) {
                ticks.push(piece.len());
            }
        }
        let (mean, most) = (ticks.iter().sum::<usize>() / ticks.len(), ticks.iter().max().unwrap());
        println!("{seats} seats: a piece {mean} bytes ({most} at most), a keyframe {keyframe}");
        assert!(*most < 64 << 10 && keyframe < 256 << 10);
    }
}
