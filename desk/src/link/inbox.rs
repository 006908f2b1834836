//! What has arrived and is not yet read, with a bound.

use super::wire::{INBOX_BYTES_MAX, WireEvent};
use std::collections::VecDeque;

/// What a socket told and its link has not yet taken. Beyond [`INBOX_BYTES_MAX`] all waiting frames go.
#[derive(Debug, Default)]
pub struct Inbox {
    events: VecDeque<WireEvent>,
    bytes: usize,
}

impl Inbox {
    /// A frame arrived.
    pub fn put_frame(&mut self, frame: Vec<u8>) {
        if self.bytes + frame.len() > INBOX_BYTES_MAX {
            self.events.retain(|event| !matches!(event, WireEvent::Frame(_)));
            self.bytes = 0;
            self.events.push_back(WireEvent::Overflow);
            return;
        }
        self.bytes += frame.len();
        self.events.push_back(WireEvent::Frame(frame));
    }

    /// Anything but a frame happened.
    pub fn put(&mut self, event: WireEvent) {
        self.events.push_back(event);
    }

    /// The oldest of what waits.
    pub fn take(&mut self) -> Option<WireEvent> {
        let event = self.events.pop_front()?;
        if let WireEvent::Frame(frame) = &event {
            self.bytes = self.bytes.saturating_sub(frame.len());
        }
        Some(event)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_much_is_dropped_and_said() {
        let mut inbox = Inbox::default();
        inbox.put(WireEvent::Open);
        inbox.put_frame(vec![1; INBOX_BYTES_MAX]);
        inbox.put_frame(vec![2]);
        inbox.put_frame(vec![3]);
        let taken: Vec<_> = std::iter::from_fn(|| inbox.take()).collect();
        assert_eq!(taken, [WireEvent::Open, WireEvent::Overflow, WireEvent::Frame(vec![3])]);
    }
}
