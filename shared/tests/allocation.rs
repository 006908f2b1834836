//! Decoding a client's bytes allocates little, whatever lengths they claim.

#[path = "samples/client.rs"]
mod samples;

use outcry_shared::{
    ClientMessage,
    codec::{decode, encode},
    limits::CLIENT_MESSAGE_BYTES_MAX,
};
use std::{
    alloc::{GlobalAlloc, Layout, System},
    cell::Cell,
};

/// Most bytes that one decode may ever hold at once: a few times the largest message, since
/// a list of texts takes more room in memory than on the wire.
const DECODE_BYTES_MAX: usize = 48 << 10;

thread_local! {
    static LARGEST: Cell<usize> = const { Cell::new(0) };
}

/// The system's allocator, remembering the largest request of each thread.
struct Counting;

#[expect(unsafe_code, reason = "the only way to see what is allocated is to be the allocator")]
// SAFETY: every call goes to the system's allocator unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let _ = LARGEST.try_with(|largest| largest.set(largest.get().max(layout.size())));
        unsafe { System.alloc(layout) }
    }
    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn largest_allocation(bytes: &[u8]) -> usize {
    LARGEST.set(0);
    let decoded = decode::<ClientMessage>(bytes, CLIENT_MESSAGE_BYTES_MAX);
    drop(decoded);
    LARGEST.get()
}

/// Every place of every message that may be a length, claiming to be enormous.
#[test]
fn claimed_lengths_are_not_believed() {
    for message in samples::client_messages() {
        let bytes = encode(&message);
        for place in 0..bytes.len() {
            for claim in [u64::MAX, 1 << 40, 1 << 20, 100_000, 1_000] {
                let mut bomb = bytes[..place].to_vec();
                bomb.extend(varint(claim));
                bomb.extend(&bytes[place + 1..]);
                bomb.resize(CLIENT_MESSAGE_BYTES_MAX, 0);
                let allocated = largest_allocation(&bomb);
                assert!(allocated <= DECODE_BYTES_MAX, "{allocated} bytes for {claim} at {place} of {message:?}");
            }
        }
    }
}

fn varint(mut value: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while value >= 128 {
        bytes.push((value % 128) as u8 | 128);
        value /= 128;
    }
    bytes.push(value as u8);
    bytes
}
