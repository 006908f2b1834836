//! Connections that break the rules, are slow, hidden or silent.

use crate::{guest::Guest, hall::Hall};
use outcry_shared::{
    ClientMessage, ServerMessage, codec,
    limits::{CLIENT_MESSAGE_BYTES_MAX, MESSAGES_BURST, PROTOCOL_VERSION},
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
