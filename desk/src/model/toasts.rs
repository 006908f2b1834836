//! What happened, in words, newest last. Only the model adds to it.

use crate::text::toast::Words;
use std::collections::VecDeque;

/// Toasts kept for the history; older ones go.
const TOASTS_MAX: usize = 200;
/// How long a toast stands, in ms; in the history it stays.
pub const TOAST_LIFE_MS: u64 = 6_000;

/// What a toast is about; decides its colour and mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToastKind {
    /// Said elsewhere on the screen: only in the history.
    Quiet,
    /// On its way: accepted, cancelled.
    Info,
    /// Filled, paid, rebated.
    Good,
    /// Partly filled, host's message, freeze.
    Notable,
    /// Rejected, refused.
    Bad,
}

/// Something that happened, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toast {
    /// Counts up; a key for drawing.
    pub id: u64,
    /// When it was told, local ms.
    pub at_ms: u64,
    /// When it happened, session clock in ms.
    pub session_ms: u64,
    /// What it is about.
    pub kind: ToastKind,
    /// A few words, before the body.
    pub title: String,
    /// One sentence more, or nothing.
    pub body: String,
    /// The own order it is about, by the client's number.
    pub order: Option<u64>,
}

/// What happened, newest last.
#[derive(Clone, Debug, Default)]
pub struct Toasts {
    all: VecDeque<Toast>,
    next: u64,
}

impl Toasts {
    /// All that are kept, newest last.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Toast> {
        self.all.iter()
    }

    /// Those that still stand, newest last.
    pub fn fresh(&self, now_local_ms: u64) -> impl DoubleEndedIterator<Item = &Toast> {
        let standing = move |toast: &&Toast| {
            toast.kind != ToastKind::Quiet && now_local_ms.saturating_sub(toast.at_ms) < TOAST_LIFE_MS
        };
        self.all.iter().filter(standing)
    }

    /// Something happened; beyond those kept the oldest goes.
    pub(super) fn push(&mut self, kind: ToastKind, (title, body): Words, at_ms: u64, session_ms: u64) {
        self.next += 1;
        self.all.push_back(Toast { id: self.next, at_ms, session_ms, kind, title, body, order: None });
        while self.all.len() > TOASTS_MAX {
            self.all.pop_front();
        }
    }

    /// The screen is needed for something else: what stood is only history now.
    pub(super) fn clear(&mut self) {
        self.all.iter_mut().for_each(|toast| toast.kind = ToastKind::Quiet);
    }

    /// Says that the newest is about this order: what stood of it before is only history now.
    pub(super) fn supersede(&mut self, order: u64) {
        for earlier in self.all.iter_mut().filter(|toast| toast.order == Some(order)) {
            earlier.kind = ToastKind::Quiet;
        }
        if let Some(newest) = self.all.back_mut() {
            newest.order = Some(order);
        }
    }
}
