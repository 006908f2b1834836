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

#[cfg(test)]
mod tests {
    use super::*;

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
