//! What is refused before renet or a decoder sees it.

use crate::bucket::Bucket;
use outcry_shared::{
    limits::{MESSAGES_BURST, MESSAGES_PER_S},
    link::{self, CLIENT_PACKET_KINDS},
};

/// Sustained frames per second of one connection. A browser sends an acknowledgement with
/// every picture it draws, so this is far above the messages; beyond the burst it is closed.
const FRAMES_PER_S: u32 = 500;
/// Frames a connection may send at once.
const FRAMES_BURST: u32 = 1_000;
/// Packets in one frame; a frame with more is malformed.
const FRAME_PACKETS_MAX: usize = 64;

/// The packets of a client's frame, when every one is of a kind that clients send.
pub(super) fn packets(frame: &[u8]) -> Option<Vec<&[u8]>> {
    let packets = link::unpack(frame).ok()?;
    let known = |packet: &&[u8]| packet.first().is_some_and(|kind| CLIENT_PACKET_KINDS.contains(kind));
    (packets.len() <= FRAME_PACKETS_MAX && packets.iter().all(known)).then_some(packets)
}

/// For messages of one connection.
pub(super) const fn messages(now_ms: u64) -> Bucket {
    Bucket::full(MESSAGES_PER_S, MESSAGES_BURST, now_ms)
}

/// For frames of one connection.
pub(super) const fn frames(now_ms: u64) -> Bucket {
    Bucket::full(FRAMES_PER_S, FRAMES_BURST, now_ms)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_client_packets_pass() {
        let check = |frame: &[u8], passes: bool| assert_eq!(packets(frame).is_some(), passes, "{frame:?}");
        check(&[], true);
        check(&[1, 0, 1], true);
        check(&[1, 0, 4, 2, 0, 0, 9], true);
        check(&[1, 0, 2], false);
        check(&[1, 0, 3], false);
        check(&[1, 0, 255], false);
        check(&[0, 0], false);
        check(&[2, 0, 1], false);
        check(&[1], false);
        check(&[1, 0, 1].repeat(FRAME_PACKETS_MAX + 1), false);
    }

    #[test]
    fn messages_come_in_a_burst_and_then_at_their_rate() {
        let mut bucket = messages(0);
        let taken = (0..100).filter(|_| bucket.take(0)).count();
        assert_eq!(taken, MESSAGES_BURST as usize);
        let taken = (1..=1_000).filter(|ms| bucket.take(*ms)).count();
        assert_eq!(taken, MESSAGES_PER_S as usize);
    }
}
