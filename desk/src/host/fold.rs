//! What is out of the way: unfolded by a hand that needs it, and folded again by itself. It knows nothing of what is inside.

/// How long something stays unfolded that nobody touches, in ms: longer than a question is asked.
const UNTOUCHED_MS: u64 = 30_000;

/// Acts that stand folded until somebody needs them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fold {
    until_ms: u64,
    /// The newest act of those inside that was carried out.
    done: Option<u32>,
}

impl Fold {
    /// Whether it is unfolded, at a local time in ms.
    #[must_use]
    pub const fn is_open(&self, now_ms: u64) -> bool {
        now_ms < self.until_ms
    }

    /// Unfolds it, or folds it away.
    pub const fn toggle(&mut self, now_ms: u64) {
        self.until_ms = if self.is_open(now_ms) { 0 } else { now_ms + UNTOUCHED_MS };
    }

    /// A hand is on what is inside: it stays as long again.
    pub const fn touch(&mut self, now_ms: u64) {
        if self.is_open(now_ms) {
            self.until_ms = now_ms + UNTOUCHED_MS;
        }
    }

    /// Folds it once another act inside was carried out: `done` is the request of the newest one.
    pub fn follow(&mut self, done: Option<u32>) {
        if done != self.done {
            (self.until_ms, self.done) = (0, done);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_folds_when_nobody_touches_it_and_when_something_was_done() {
        let mut fold = Fold::default();
        fold.touch(100);
        assert!(!fold.is_open(100), "a hand that passes unfolds nothing");
        fold.toggle(1_000);
        assert!(fold.is_open(30_999) && !fold.is_open(31_000));
        fold.touch(20_000);
        assert!(fold.is_open(49_999) && !fold.is_open(50_000));
        fold.toggle(60_000);
        fold.follow(None);
        assert!(fold.is_open(60_000), "nothing was done");
        fold.follow(Some(7));
        assert!(!fold.is_open(60_000), "what was needed is done");
        fold.toggle(61_000);
        fold.follow(Some(7));
        assert!(fold.is_open(61_000), "that was before");
        fold.toggle(61_000);
        assert!(!fold.is_open(61_000));
    }
}
