//! Token buckets: so many a second, so many at once. Whoever limits how often something is done
//! does it with one of these, on a clock of their own.

/// A token bucket on a clock of its owner's.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bucket {
    per_s: u32,
    burst: u32,
    /// Thousandths of a token.
    level: u64,
    filled_ms: u64,
}

/// A token, in the unit of [`Bucket::level`].
const TOKEN: u64 = 1_000;

impl Bucket {
    /// A full bucket: `burst` tokens now, `per_s` more each second.
    pub(crate) const fn full(per_s: u32, burst: u32, now_ms: u64) -> Self {
        Self { per_s, burst, level: burst as u64 * TOKEN, filled_ms: now_ms }
    }

    /// Takes one token, if there is one.
    pub(crate) fn take(&mut self, now_ms: u64) -> bool {
        self.fill(now_ms);
        let enough = self.level >= TOKEN;
        if enough {
            self.level -= TOKEN;
        }
        enough
    }

    /// How long there will be no token, in ms, counted from the last try.
    pub(crate) fn wait_ms(&self) -> u64 {
        TOKEN.saturating_sub(self.level).div_ceil(u64::from(self.per_s.max(1)))
    }

    /// Whether nothing has been taken for so long that it is full again.
    pub(crate) fn is_full(&mut self, now_ms: u64) -> bool {
        self.fill(now_ms);
        self.level >= self.capacity()
    }

    const fn capacity(&self) -> u64 {
        self.burst as u64 * TOKEN
    }

    fn fill(&mut self, now_ms: u64) {
        let inflow = now_ms.saturating_sub(self.filled_ms).saturating_mul(u64::from(self.per_s));
        self.level = self.level.saturating_add(inflow).min(self.capacity());
        self.filled_ms = now_ms;
    }
}

/// Says now and then what strangers could make a server say without end.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hush {
    bucket: Bucket,
    unsaid: u64,
}

/// Such things said at once; after that, one a second.
const SAID_AT_ONCE: u32 = 5;

impl Hush {
    pub(crate) const fn new(now_ms: u64) -> Self {
        Self { bucket: Bucket::full(1, SAID_AT_ONCE, now_ms), unsaid: 0 }
    }

    /// Whether it is to be said now: with how often it was not said since the last time.
    pub(crate) fn say(&mut self, now_ms: u64) -> Option<u64> {
        if self.bucket.take(now_ms) {
            return Some(std::mem::take(&mut self.unsaid));
        }
        self.unsaid += 1;
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_strangers_cause_is_said_now_and_then() {
        let mut hush = Hush::new(0);
        assert_eq!((0..1_000).filter(|_| hush.say(0).is_some()).count(), SAID_AT_ONCE as usize);
        assert_eq!(hush.say(1_000), Some(1_000 - u64::from(SAID_AT_ONCE)));
        assert_eq!(hush.say(1_000), None);
        assert_eq!(hush.say(2_000), Some(1));
    }

    #[test]
    fn a_bucket_gives_its_burst_and_then_its_rate() {
        let mut bucket = Bucket::full(20, 40, 0);
        assert_eq!((0..100).filter(|_| bucket.take(0)).count(), 40);
        assert_eq!(bucket.wait_ms(), 50);
        assert_eq!((1..=1_000).filter(|ms| bucket.take(*ms)).count(), 20);
        assert!(!bucket.is_full(2_999));
        assert!(bucket.is_full(3_000));
    }
}
