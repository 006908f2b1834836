use super::*;
use crate::{
    codec,
    message::{SeatChange, Snapshot, TickUpdate},
    phase::{Clock, Phase},
    piece::encode,
    replica::samples::{seat, snapshot, update},
};

/// A piece of the sample session after a tick.
fn piece(number: u64, tick: u64, messages: &[ServerMessage]) -> Vec<u8> {
    let messages: Vec<_> = messages.iter().map(codec::encode).collect();
    let state_hash = if tick == snapshot().tick { snapshot().state_hash } else { [tick as u8; 32] };
    encode(&Head { session: 1, number, tick, state_hash, anew: false }, &messages)
}

fn tick(number: u64) -> ServerMessage {
    ServerMessage::Tick(Box::new(update(number)))
}

fn whole(tick: u64) -> ServerMessage {
    let state_hash = if tick == snapshot().tick { snapshot().state_hash } else { [tick as u8; 32] };
    ServerMessage::Snapshot(Box::new(Snapshot { tick, state_hash, ..snapshot() }))
}

#[test]
fn following_begins_with_a_keyframe_and_goes_on_piece_by_piece() {
    let mut reader = Reader::default();
    assert_eq!(reader.read(&piece(3, 7, &[])), Err(ReadError::NoKeyframe(3)));
    // What is told before a keyframe is in it.
    assert_eq!(reader.read(&piece(4, 7, &[tick(7), whole(7)])).unwrap(), [whole(7)]);
    assert_eq!((reader.next(), reader.replica().unwrap().tick()), (Some(5), 7));
    let came = ServerMessage::Seats(vec![SeatChange::Set(seat(2, "Bob"))]);
    let paused = ServerMessage::Clock(Clock { phase: Phase::Paused, ..Clock::default() });
    let messages = [came, tick(8), paused];
    assert_eq!(reader.read(&piece(5, 8, &messages)).unwrap(), messages);
    let replica = reader.replica().unwrap();
    assert_eq!((replica.tick(), replica.seats().len(), replica.clock().phase), (8, 2, Phase::Paused));
    // Whoever follows does not begin again with a keyframe on the way.
    assert_eq!(reader.read(&piece(6, 9, &[tick(9), whole(9)])).unwrap(), [tick(9)]);
    assert_eq!(reader.replica().unwrap().seats().len(), 2);
    // After a restart everyone does.
    let head = Head { session: 1, number: 7, tick: 9, state_hash: [9; 32], anew: true };
    assert_eq!(reader.read(&encode(&head, &[codec::encode(&whole(9))])).unwrap(), [whole(9)]);
    assert_eq!(reader.replica().unwrap().seats().len(), 1);
    assert_eq!(reader.clone().read(&encode(&Head { number: 8, ..head }, &[])), Err(ReadError::NoKeyframe(8)));
}

#[test]
fn what_does_not_follow_is_named_and_changes_nothing() {
    let mut reader = Reader::default();
    reader.read(&piece(4, 7, &[whole(7)])).unwrap();
    let check = |bytes: &[u8], expected: ReadError| {
        let mut tried = reader.clone();
        assert_eq!(tried.read(bytes), Err(expected));
        assert_eq!((tried.next(), tried.replica()), (reader.next(), reader.replica()));
    };
    check(&piece(6, 8, &[tick(8)]), ReadError::Gap { expected: 5, found: 6 });
    check(&piece(4, 7, &[whole(7)]), ReadError::Gap { expected: 5, found: 4 });
    check(&piece(5, 8, &[]), ReadError::Hash(5));
    check(&piece(5, 9, &[tick(9)]), ReadError::Hash(5));
    let other_state = TickUpdate { state_hash: [9; 32], ..update(8) };
    check(&piece(5, 8, &[ServerMessage::Tick(Box::new(other_state))]), ReadError::Hash(5));
    let elsewhere = encode(&Head { session: 2, number: 5, tick: 7, state_hash: [0; 32], anew: false }, &[]);
    check(&elsewhere, ReadError::Session { expected: 1, found: 2 });
    check(&[9, 0, 0], ReadError::Piece(PieceError::Version(9, 0)));
    check(&piece(5, 7, &[ServerMessage::Rank(1)]), ReadError::Piece(PieceError::Private));
    let mut begun = Reader::default();
    assert_eq!(begun.read(&piece(4, 8, &[whole(7)])), Err(ReadError::Hash(4)), "a keyframe of another state");
}
