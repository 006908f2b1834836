//! What waits to be written to one connection: bounded by laps and by bytes. The lap puts in, the link's
//! task takes out; what is the same for many is there once in memory.

use axum::body::Bytes;
use outcry_shared::limits::{OUT_BYTES_MAX, OUT_QUEUE_BYTES, OUT_QUEUE_LAPS};
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};
use tokio::sync::mpsc;

/// What a lap has for a connection: frames, in order.
pub(super) type Parcel = Vec<Bytes>;

/// The lap's end.
#[derive(Debug)]
pub struct Outbox {
    parcels: mpsc::Sender<Parcel>,
    waiting: Arc<AtomicUsize>,
}

/// The link task's end.
#[derive(Debug)]
pub struct OutboxEnd {
    parcels: mpsc::Receiver<Parcel>,
    waiting: Arc<AtomicUsize>,
}

impl Outbox {
    /// Both ends of an empty one.
    #[must_use]
    pub fn new() -> (Self, OutboxEnd) {
        Self::of(OUT_QUEUE_LAPS)
    }

    /// The same, for so many laps.
    #[must_use]
    pub fn of(laps: usize) -> (Self, OutboxEnd) {
        let (sender, receiver) = mpsc::channel(laps);
        let waiting = Arc::<AtomicUsize>::default();
        (Self { parcels: sender, waiting: Arc::clone(&waiting) }, OutboxEnd { parcels: receiver, waiting })
    }

    /// Bytes that may wait for each of so many connections.
    pub(super) fn share(connections: usize) -> usize {
        (OUT_BYTES_MAX / connections.max(1)).min(OUT_QUEUE_BYTES)
    }

    /// Bytes that have not been written yet.
    pub(super) fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }

    /// Whether everything has been written.
    pub(super) fn is_empty(&self) -> bool {
        self.waiting() == 0
    }

    /// Whether another lap of so many bytes may wait where `bytes_max` may. Something longer may when
    /// nothing else waits.
    pub(super) fn has_room(&self, bytes: usize, bytes_max: usize) -> bool {
        let waiting = self.waiting();
        self.parcels.capacity() > 0 && (waiting == 0 || waiting + bytes <= bytes_max)
    }

    /// Puts in what a lap has.
    pub(super) fn put(&self, parcel: Parcel) {
        if parcel.is_empty() {
            return;
        }
        let bytes = bytes_of(&parcel);
        self.waiting.fetch_add(bytes, Ordering::Relaxed);
        if self.parcels.try_send(parcel).is_err() {
            // The task is gone: so is the connection.
            self.waiting.fetch_sub(bytes, Ordering::Relaxed);
        }
    }
}

impl OutboxEnd {
    /// The next lap's; none once the lap has let go of its end.
    pub(super) async fn take(&mut self) -> Option<Parcel> {
        self.parcels.recv().await
    }

    /// The next lap's, if there is one now.
    pub fn try_take(&mut self) -> Option<Vec<Bytes>> {
        self.parcels.try_recv().ok()
    }

    /// So many bytes have been written.
    pub fn written(&self, bytes: usize) {
        self.waiting.fetch_sub(bytes, Ordering::Relaxed);
    }
}

pub(super) fn bytes_of(parcel: &[Bytes]) -> usize {
    parcel.iter().map(Bytes::len).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(bytes: usize) -> Parcel {
        vec![Bytes::from(vec![0; bytes])]
    }

    #[test]
    fn what_waits_is_bounded_by_laps_and_by_bytes() {
        let (outbox, mut end) = Outbox::of(3);
        assert!(outbox.is_empty() && outbox.has_room(5_000, 100), "alone it may be long");
        outbox.put(frame(60));
        assert!(outbox.has_room(40, 100) && !outbox.has_room(41, 100));
        outbox.put(frame(1));
        outbox.put(frame(1));
        assert!(!outbox.has_room(0, 100), "three laps wait");
        let parcel = end.try_take().unwrap();
        assert!(outbox.has_room(38, 100) && !outbox.has_room(39, 100), "it is not written yet");
        end.written(bytes_of(&parcel));
        assert!(outbox.has_room(98, 100));
        while let Some(parcel) = end.try_take() {
            end.written(bytes_of(&parcel));
        }
        assert!(outbox.is_empty());
    }

    #[test]
    fn many_connections_share_what_may_wait() {
        assert_eq!(Outbox::share(0), OUT_QUEUE_BYTES);
        assert_eq!(Outbox::share(20), OUT_QUEUE_BYTES);
        for connections in [1_000, 2_500] {
            assert!(Outbox::share(connections) * connections <= OUT_BYTES_MAX);
        }
    }
}
