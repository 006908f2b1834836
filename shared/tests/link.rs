//! The message layer: frames there and back, and a client's packets through the guard.

mod samples;

use outcry_shared::{
    ClientMessage,
    codec::{decode, encode},
    limits::{CLIENT_FRAME_BYTES_MAX, CLIENT_MESSAGE_BYTES_MAX, SERVER_FRAME_BYTES_MAX},
    link::{
        BadFrame, CHANNEL, CLIENT_PACKET_KINDS, ClientLink, PIECE_BYTES_MAX, connection_config, pack, pieces, unpack,
    },
    secret::Secret,
};
use proptest::prelude::*;
use renet::RenetServer;
use samples::{client_messages, server_messages};
use std::time::Duration;

const CONNECTION: u64 = 1;

fn server() -> RenetServer {
    let mut server = RenetServer::new(connection_config());
    server.add_connection(CONNECTION);
    server
}

/// What the server sends now, as one frame.
fn frame_of(server: &mut RenetServer) -> Vec<u8> {
    pack(&server.get_packets_to_send(CONNECTION).expect("connected"))
}

/// Takes a client's frame as a server does.
fn take(server: &mut RenetServer, frame: &[u8]) -> Vec<ClientMessage> {
    assert!(frame.len() <= CLIENT_FRAME_BYTES_MAX);
    for packet in unpack(frame).expect("well-formed") {
        assert!(CLIENT_PACKET_KINDS.contains(&packet[0]), "kind {}", packet[0]);
        server.process_packet_from(packet, CONNECTION).expect("connected");
    }
    let messages = std::iter::from_fn(|| server.receive_message(CONNECTION, CHANNEL));
    messages.map(|bytes| decode(&bytes, CLIENT_MESSAGE_BYTES_MAX).expect("a message")).collect()
}

#[test]
fn every_client_message_arrives_in_packets_the_guard_lets_pass() {
    let (mut server, mut link) = (server(), ClientLink::new());
    for message in client_messages() {
        link.send(&message);
        let frame = link.take_frame().expect("something to send");
        assert_eq!(take(&mut server, &frame), [message]);
    }
    assert_eq!(link.take_frame(), None);
}

#[test]
fn the_largest_client_message_is_not_sliced() {
    let mut link = ClientLink::new();
    let mut password = "x".repeat(CLIENT_MESSAGE_BYTES_MAX);
    while encode(&ClientMessage::HostLogin { password: Secret::new(&password) }).len() > CLIENT_MESSAGE_BYTES_MAX {
        password.pop();
    }
    let message = ClientMessage::HostLogin { password: Secret::new(password) };
    assert_eq!(encode(&message).len(), CLIENT_MESSAGE_BYTES_MAX);
    link.send(&message);
    assert_eq!(take(&mut server(), &link.take_frame().expect("something to send")), [message]);
}

#[test]
fn messages_keep_their_order_in_both_directions() {
    let (mut server, mut link) = (server(), ClientLink::new());
    for round in 0..50 {
        let pings: Vec<_> = (0..10).map(|index| ClientMessage::Ping { sent_ms: round * 10 + index }).collect();
        pings.iter().for_each(|ping| link.send(ping));
        assert_eq!(take(&mut server, &link.take_frame().expect("something to send")), pings);

        let messages = server_messages();
        messages.iter().for_each(|message| server.send_message(CONNECTION, CHANNEL, encode(message)));
        assert_eq!(link.receive(&frame_of(&mut server)).as_ref(), Ok(&messages));
        link.advance(Duration::from_secs(1));
        server.update(Duration::from_secs(1));
    }
}

#[test]
fn a_message_of_many_slices_arrives_whole() {
    let (mut server, mut link) = (server(), ClientLink::new());
    let message = outcry_shared::ServerMessage::Announcement("Outcry! ".repeat(50_000));
    server.send_message(CONNECTION, CHANNEL, encode(&message));
    assert_eq!(link.receive(&frame_of(&mut server)), Ok(vec![message]));
}

#[test]
fn what_is_said_to_many_arrives_beside_the_packets_in_its_order() {
    let (mut server, mut link) = (server(), ClientLink::new());
    let say = |text: &str| outcry_shared::ServerMessage::Announcement(text.to_owned());
    let long = say(&"Outcry! ".repeat(50_000));
    for round in 0..3 {
        let (before, after) = (say("before"), say(&format!("after {round}")));
        server.send_message(CONNECTION, CHANNEL, encode(&before));
        let first = frame_of(&mut server);
        let beside: Vec<_> = pieces(&encode(&long)).collect();
        assert!(beside.len() > 10 && beside.iter().all(|piece| piece.len() <= PIECE_BYTES_MAX + 3));
        server.send_message(CONNECTION, CHANNEL, encode(&after));
        let last = frame_of(&mut server);
        let frames = [vec![first], beside, pieces(&encode(&before)).collect(), vec![last]].concat();
        let heard: Vec<_> = frames.iter().flat_map(|frame| link.receive(frame).expect("well-formed")).collect();
        assert_eq!(heard, [before.clone(), long.clone(), before, after]);
    }
}

#[test]
fn pieces_that_make_no_message_are_refused() {
    let mut link = ClientLink::new();
    let piece = [&[0, 0, 1][..], &[0; PIECE_BYTES_MAX]].concat();
    let taken = (0..10_000).take_while(|_| link.receive(&piece).is_ok()).count();
    assert!(taken * PIECE_BYTES_MAX <= SERVER_FRAME_BYTES_MAX, "a message without end is not kept");
    for frame in [&[0, 0][..], &[0, 0, 0], &[0, 0, 2, 1], &[0, 0, 0, 255, 255]] {
        assert_eq!(ClientLink::new().receive(frame), Err(BadFrame), "{frame:?}");
    }
}

#[test]
fn an_idle_minute_costs_next_to_nothing() {
    let (mut server, mut link) = (server(), ClientLink::new());
    let message = outcry_shared::ServerMessage::Announcement("x".repeat(5_000));
    let (mut sent, mut received) = (0, 0);
    for _ in 0..60 {
        server.send_message(CONNECTION, CHANNEL, encode(&message));
        sent += frame_of(&mut server).len();
        received += encode(&message).len();
        server.update(Duration::from_secs(1));
        link.advance(Duration::from_secs(1));
    }
    assert!(sent * 100 < received * 110, "{sent} bytes on the wire for {received}, though nothing was acknowledged");
}

#[test]
fn frames_are_sent_for_messages_and_never_for_acknowledgements() {
    let (mut server, mut link) = (server(), ClientLink::new());
    let (mut with_message, mut without) = (0, 0);
    // A minute of 60 frames a second, with something received in each and a ping every two seconds.
    for frame in 0..3_600_u64 {
        server.send_message(
            CONNECTION,
            CHANNEL,
            encode(&outcry_shared::ServerMessage::Announcement("tick".to_owned())),
        );
        link.receive(&frame_of(&mut server)).expect("well-formed");
        if frame % 120 == 0 {
            link.send(&ClientMessage::Ping { sent_ms: frame });
        }
        link.advance(Duration::from_micros(16_667));
        server.update(Duration::from_micros(16_667));
        let Some(frame) = link.take_frame() else { continue };
        if take(&mut server, &frame).is_empty() { without += 1 } else { with_message += 1 }
    }
    assert_eq!(with_message, 30, "a message leaves at once");
    assert_eq!(without, 0, "frames with nothing but acknowledgements");
}

#[test]
fn broken_frames_are_refused() {
    for frame in [&[1][..], &[0, 0], &[2, 0, 9], &[1, 0, 9, 1], &[255, 255]] {
        assert_eq!(unpack(frame), Err(BadFrame), "{frame:?}");
        assert_eq!(ClientLink::new().receive(frame), Err(BadFrame));
    }
    assert_eq!(unpack(&[]), Ok(vec![]));
}

#[test]
fn a_frame_with_something_else_than_a_message_is_refused() {
    let (mut server, mut link) = (server(), ClientLink::new());
    server.send_message(CONNECTION, CHANNEL, vec![255; 9]);
    assert_eq!(link.receive(&frame_of(&mut server)), Err(BadFrame));
}

proptest! {
    #[test]
    fn packed_packets_unpack(packets in prop::collection::vec(prop::collection::vec(any::<u8>(), 1..1_400), 0..8)) {
        let frame = pack(&packets);
        prop_assert_eq!(unpack(&frame).map(|list| list.iter().map(|packet| packet.to_vec()).collect()), Ok(packets));
        for end in 0..frame.len() {
            // Shorter by whole packets or malformed, never a panic.
            let _ = unpack(&frame[..end]);
        }
    }

    #[test]
    fn packets_the_guard_lets_pass_never_stop_a_server(
        kind in prop::sample::select(&CLIENT_PACKET_KINDS[..]), rest in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        let mut server = server();
        let packet = [&[kind], rest.as_slice()].concat();
        let _ = server.process_packet_from(&packet, CONNECTION);
        while let Some(bytes) = server.receive_message(CONNECTION, CHANNEL) {
            let _ = decode::<ClientMessage>(&bytes, CLIENT_MESSAGE_BYTES_MAX);
        }
        server.update(Duration::from_millis(100));
        let _ = server.get_packets_to_send(CONNECTION);
    }
}
