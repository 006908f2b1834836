//! Connections that break the rules, are slow, hidden or silent.

use crate::{guest::Guest, hall::Hall};
use outcry_shared::{
    ClientMessage, ServerMessage, codec,
    limits::{
        CLIENT_MESSAGE_BYTES_MAX, MESSAGES_BURST, OUT_QUEUE_BYTES, PROTOCOL_VERSION, SPECTATORS_MAX, TAPE_TRADES,
    },
    link,
    message::{Hello, SeatClaim},
    secret::Secret,
};

/// One of renet's packets of small unreliable messages.
fn packet(messages: &[Vec<u8>]) -> Vec<u8> {
    let mut client = renet::RenetClient::new(link::connection_config());
    client.set_connected();
    for message in messages {
        client.send_message(link::CHANNEL, message.clone());
    }
    link::pack(&client.get_packets_to_send())
}

fn newcomer(hall: &mut Hall) -> Guest {
    hall.claim(SeatClaim::Spectate)
}

fn still_serves(hall: &mut Hall) {
    let mut other = newcomer(hall);
    hall.say(&mut other, ClientMessage::Ping { sent_ms: 5 });
    assert!(other.heard.iter().any(|message| matches!(message, ServerMessage::Pong { sent_ms: 5, .. })));
}

#[test]
fn frames_that_no_client_sends_close_the_connection() {
    let mut hall = Hall::open();
    let sliced = |kind: u8| {
        let mut packet = vec![kind];
        packet.extend([0xff; 1_200]);
        link::pack(&[packet])
    };
    let good = packet(&[codec::encode(&ClientMessage::Resync)]);
    let mut frames = vec![sliced(2), sliced(3), sliced(255), vec![1], vec![0, 0], vec![9, 0, 1], vec![2, 0, 4, 255]];
    frames.extend((1..good.len()).map(|length| good[..length].to_vec()));
    for frame in frames {
        let mut guest = newcomer(&mut hall);
        hall.frame(&mut guest, frame.clone());
        hall.lap();
        assert!(guest.closing().is_some(), "{frame:?}");
    }
    still_serves(&mut hall);
}

#[test]
fn no_bit_flipped_in_a_frame_stops_the_server() {
    let mut hall = Hall::open();
    let good = packet(&[codec::encode(&ClientMessage::HostLogin { password: Secret::new("x") })]);
    for bit in 0..good.len() * 8 {
        let mut guest = newcomer(&mut hall);
        let mut frame = good.clone();
        frame[bit / 8] ^= 1 << (bit % 8);
        hall.frame(&mut guest, frame);
        hall.hang_up(guest);
    }
    still_serves(&mut hall);
}

#[test]
fn three_messages_that_cannot_be_read_close_the_connection() {
    let mut trailing = codec::encode(&ClientMessage::Resync);
    trailing.push(0);
    let long = codec::encode(&ClientMessage::HostLogin { password: Secret::new("x".repeat(CLIENT_MESSAGE_BYTES_MAX)) });
    let hello = codec::encode(&ClientMessage::Hello(Hello {
        protocol: PROTOCOL_VERSION,
        build: "test".to_owned(),
        seat: SeatClaim::Join { name: "Ada".to_owned(), bot: false },
    }));
    let cut = hello[..hello.len() - 1].to_vec();
    for bad in [trailing, long, cut, vec![255; 20]] {
        let mut hall = Hall::open();
        let mut guest = newcomer(&mut hall);
        for nth in 1..=3 {
            hall.frame(&mut guest, packet(std::slice::from_ref(&bad)));
            assert_eq!(
                guest.closing().is_some(),
                nth == 3 && bad.len() < 1_200 || bad.len() >= 1_200,
                "{nth}: {bad:?}"
            );
            if bad.len() >= 1_200 {
                break; // a message so long would be sliced: its packets are refused at once
            }
        }
        still_serves(&mut hall);
    }
}

#[test]
fn a_flood_closes_its_connection_alone() {
    let mut hall = Hall::open();
    let mut flood = newcomer(&mut hall);
    let mut ada = hall.join("Ada");
    let ping = codec::encode(&ClientMessage::Ping { sent_ms: 0 });
    hall.frame(&mut flood, packet(&vec![ping; MESSAGES_BURST as usize + 1]));
    assert_eq!(flood.closing().map(|closing| closing.code), Some(1008));
    hall.say(&mut ada, ClientMessage::Ping { sent_ms: 0 });
    assert!(ada.closing().is_none());
}

#[test]
fn another_protocol_is_told_to_reload() {
    let mut hall = Hall::open();
    let mut guest = hall.connect();
    let hello = Hello { protocol: PROTOCOL_VERSION + 1, build: String::new(), seat: SeatClaim::Spectate };
    hall.say(&mut guest, ClientMessage::Hello(hello));
    assert!(guest.refusal().unwrap().contains("reload"));
    assert!(guest.closing().is_some());
}

#[test]
fn who_says_no_hello_is_closed() {
    let mut hall = Hall::open();
    let mut silent = hall.connect();
    hall.pass_ms(11_000);
    assert!(silent.closing().is_some());
    let mut twice = newcomer(&mut hall);
    let hello = Hello { protocol: PROTOCOL_VERSION, build: String::new(), seat: SeatClaim::Spectate };
    hall.say(&mut twice, ClientMessage::Hello(hello));
    assert!(twice.closing().is_some());
}

#[test]
fn who_has_no_seat_cannot_trade() {
    let (mut hall, _host) = Hall::running();
    let mut guest = newcomer(&mut hall);
    let order = guest.buys(1);
    hall.say(&mut guest, ClientMessage::Order(order));
    let reason = guest.acks()[0].result.clone().unwrap_err().reason;
    assert!(reason.contains("join to trade"), "{reason}");
}

#[test]
fn a_slow_connection_gets_a_snapshot_instead_of_the_backlog() {
    let (mut hall, _host) = Hall::running();
    let mut ada = hall.join_slowly("Ada");
    hall.pass_ms(8_000);
    ada.heard.clear();
    ada.hear();
    assert_eq!(ada.ticks().len(), 4, "more had no room");
    assert!(ada.snapshot().is_none());
    ada.heard.clear();
    hall.pass_ms(100);
    ada.hear();
    hall.pass_ms(2_000);
    ada.hear();
    assert!(ada.closing().is_none());
    let shown = ada.snapshot().expect("a snapshot").tick;
    let after: Vec<u64> = ada.ticks().iter().map(|tick| tick.tick).filter(|tick| *tick > shown).collect();
    assert_eq!(after.first(), Some(&(shown + 1)), "the updates go on where the snapshot ends");
}

#[test]
fn what_waits_for_a_connection_is_bounded_by_its_bytes() {
    let (mut hall, _host) = Hall::running();
    let mut greedy = newcomer(&mut hall);
    for _ in 0..4_000 {
        hall.send(&mut greedy, &ClientMessage::Resync);
        hall.pass_ms(100);
        if greedy.closing().is_some() {
            greedy.hear();
            assert!(greedy.wire.len() <= OUT_QUEUE_BYTES, "{} bytes waited", greedy.wire.len());
            return still_serves(&mut hall);
        }
    }
    panic!("whoever asks for everything and reads nothing is closed");
}

#[test]
fn what_all_are_told_is_once_in_memory() {
    let (mut hall, _host) = Hall::running();
    let mut guests = ["Ada", "Bob", "Cyd"].map(|name| hall.join(name));
    guests.iter_mut().for_each(Guest::hear);
    let order = guests[0].buys(10);
    hall.send(&mut guests[0], &ClientMessage::Order(order));
    hall.tick();
    let ticks = guests.each_mut().map(|guest| {
        let frames = std::iter::from_fn(|| guest.frames.try_take()).flatten();
        let ticks = frames.filter(|frame| frame.starts_with(&[0, 0, 0, 3])).map(|frame| frame.as_ptr());
        ticks.collect::<Vec<_>>()
    });
    assert_eq!(ticks[0].len(), 1);
    assert!(ticks.iter().all(|of_one| *of_one == ticks[0]), "{ticks:?}");
}

#[test]
fn whoever_is_overtaken_hears_the_rank_and_nothing_else() {
    let (mut hall, _host) = Hall::running();
    let (mut ada, mut bob) = (hall.join("Ada"), hall.join("Bob"));
    let order = ada.buys(10);
    hall.say(&mut ada, ClientMessage::Order(order));
    hall.tick();
    ada.hear();
    assert_eq!(ada.private().rank, 2, "fee and gas cost more than the price has risen");
    ada.heard.clear();
    let order = bob.buys(10);
    hall.say(&mut bob, ClientMessage::Order(order));
    hall.tick();
    ada.hear();
    let of_her_own = |message: &&ServerMessage| !matches!(message, ServerMessage::Tick(_));
    let heard: Vec<_> = ada.heard.iter().filter(of_her_own).collect();
    assert_eq!(heard, [&ServerMessage::Rank(1)], "Bob's order has made her tokens dearer");
}

#[test]
fn a_large_tick_tells_its_last_trades() {
    let (mut hall, _host) = Hall::running();
    let mut guests: Vec<_> = ('a'..='h').map(|name| hall.join(&format!("Guest {name}"))).collect();
    for guest in &mut guests {
        for _ in 0..20 {
            let order = guest.buys(1);
            hall.send(guest, &ClientMessage::Order(order));
        }
    }
    hall.tick();
    let ada = &mut guests[0];
    ada.hear();
    let tick = ada.ticks().into_iter().find(|tick| tick.orders > 0).expect("a tick with orders");
    let last = tick.trades.last().expect("trades").trade_id;
    assert_eq!((tick.orders, tick.trades.len(), last), (160, TAPE_TRADES, 160));
}

#[test]
fn nobody_fills_all_places_to_watch_from() {
    let mut hall = Hall::open();
    let mut ada = hall.join("Ada");
    let mut crowd: Vec<_> = (0..SPECTATORS_MAX).map(|_| hall.watch_from([192, 0, 2, 1].into())).collect();
    assert!(crowd.iter_mut().all(|guest| guest.closing().is_none()));
    let mut one_more = hall.watch_from([192, 0, 2, 1].into());
    assert!(one_more.refusal().is_some_and(|reason| reason.contains("join")), "{:?}", one_more.refusal());
    assert!(one_more.closing().is_some());
    let mut elsewhere = hall.watch_from([192, 0, 2, 2].into());
    assert!(elsewhere.closing().is_none() && elsewhere.refusal().is_none());
    let made_room = crowd.iter_mut().filter_map(|guest| guest.closing()).count();
    assert_eq!(made_room, 1, "of those who have most");
    let mut bob = hall.join("Bob");
    assert!(ada.closing().is_none() && bob.closing().is_none());
    assert!(bob.refusal().is_none(), "a seat has its place");
}

#[test]
fn a_connection_that_never_reads_is_closed() {
    let (mut hall, _host) = Hall::running();
    let mut stuck = hall.join_slowly("Ada");
    hall.pass_ms(16_000);
    assert_eq!(stuck.closing().map(|closing| closing.code), Some(1013));
    still_serves(&mut hall);
}

#[test]
fn a_hidden_window_gets_nothing_and_then_a_snapshot() {
    let (mut hall, _host) = Hall::running();
    let mut ada = hall.join("Ada");
    let order = ada.buys(10);
    hall.say(&mut ada, ClientMessage::Order(order));
    hall.say(&mut ada, ClientMessage::Hidden);
    ada.heard.clear();
    hall.pass_ms(5_000);
    ada.hear();
    assert!(ada.heard.is_empty(), "{:?}", ada.heard);
    hall.say(&mut ada, ClientMessage::Visible);
    hall.lap();
    ada.hear();
    assert_eq!(ada.snapshot().unwrap().tick, 5);
    assert_eq!(ada.private().receipts.len(), 1, "what happened meanwhile is told");
}
