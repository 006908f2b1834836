//! Every message survives the wire, and nothing else is taken for one.

mod samples;

use outcry_shared::{
    ClientMessage, ServerMessage,
    codec::{DecodeError, decode, encode},
    limits::{CLIENT_MESSAGE_BYTES_MAX, SERVER_FRAME_BYTES_MAX},
};
use proptest::prelude::*;
use samples::{client_messages, server_messages};
use serde::{Serialize, de::DeserializeOwned};
use std::fmt::Debug;

fn survives<M: Serialize + DeserializeOwned + PartialEq + Debug>(messages: Vec<M>, limit: usize) {
    for message in messages {
        let bytes = encode(&message);
        assert!((1..=limit).contains(&bytes.len()), "{} bytes: {message:?}", bytes.len());
        assert_eq!(decode::<M>(&bytes, limit).as_ref(), Ok(&message));
    }
}

#[test]
fn every_message_survives() {
    survives(client_messages(), CLIENT_MESSAGE_BYTES_MAX);
    survives(server_messages(), SERVER_FRAME_BYTES_MAX);
}

fn damaged<M: Serialize + DeserializeOwned + PartialEq + Debug>(messages: Vec<M>, limit: usize) {
    for message in messages {
        let bytes = encode(&message);
        for end in 0..bytes.len() {
            assert_eq!(decode::<M>(&bytes[..end], limit), Err(DecodeError::Malformed), "{end} bytes of {message:?}");
        }
        for extra in [0, 1, 255] {
            let longer = [bytes.as_slice(), &[extra]].concat();
            assert_eq!(decode::<M>(&longer, limit), Err(DecodeError::Trailing(1)));
        }
        for bit in 0..bytes.len() * 8 {
            let mut flipped = bytes.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            // Another message or an error; the point is that it ends.
            let _ = decode::<M>(&flipped, limit);
        }
    }
}

#[test]
fn truncated_lengthened_and_flipped_messages_are_no_surprise() {
    damaged(client_messages(), CLIENT_MESSAGE_BYTES_MAX);
    damaged(server_messages(), SERVER_FRAME_BYTES_MAX);
}

#[test]
fn longer_than_allowed_is_not_even_looked_at() {
    let bytes = vec![0; CLIENT_MESSAGE_BYTES_MAX + 1];
    let error = decode::<ClientMessage>(&bytes, CLIENT_MESSAGE_BYTES_MAX);
    assert_eq!(error, Err(DecodeError::TooLong(CLIENT_MESSAGE_BYTES_MAX + 1, CLIENT_MESSAGE_BYTES_MAX)));
}

#[test]
fn unknown_kinds_are_malformed() {
    for kind in 12..=255_u8 {
        assert_eq!(decode::<ClientMessage>(&[kind], CLIENT_MESSAGE_BYTES_MAX), Err(DecodeError::Malformed));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn what_decodes_encodes_to_a_message_again(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        if let Ok(message) = decode::<ClientMessage>(&bytes, CLIENT_MESSAGE_BYTES_MAX) {
            prop_assert_eq!(decode::<ClientMessage>(&encode(&message), CLIENT_MESSAGE_BYTES_MAX), Ok(message));
        }
        // Floating-point numbers make equality too much to ask: not a number is not itself.
        let _ = decode::<ServerMessage>(&bytes, SERVER_FRAME_BYTES_MAX);
    }

    #[test]
    fn spliced_messages_never_panic(cut in any::<prop::sample::Index>(), picks in any::<[prop::sample::Index; 2]>()) {
        let messages = client_messages();
        let [head, tail] = picks.map(|pick| encode(pick.get(&messages)));
        let spliced = [&head[..cut.index(head.len())], &tail[..]].concat();
        let _ = decode::<ClientMessage>(&spliced, CLIENT_MESSAGE_BYTES_MAX);
    }
}
