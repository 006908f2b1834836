//! The session's own time: it passes with the server's, stops at every deadline, and carries the
//! grid on which ticks are due. It reads no clock.

/// Where the session stands in its time.
#[derive(Debug)]
pub(super) struct SessionTime {
    now_ms: u64,
    next_tick_ms: u64,
    /// Server time not yet session time, because a deadline stood between, in ms.
    owed_ms: u64,
    /// Server time that does not become session time, in ms.
    held_ms: u64,
}

impl SessionTime {
    /// Stands at 0; the first tick is due after an interval.
    pub(super) const fn new(interval_ms: u64) -> Self {
        Self { now_ms: 0, next_tick_ms: interval_ms, owed_ms: 0, held_ms: 0 }
    }

    /// Stands where a record left it.
    pub(super) fn at(now_ms: u64, interval_ms: u64) -> Self {
        let mut time = Self { now_ms, ..Self::new(interval_ms) };
        time.schedule_tick(interval_ms);
        time
    }

    /// The time since the start, in ms.
    pub(super) const fn now_ms(&self) -> u64 {
        self.now_ms
    }

    /// When the next tick is due, in ms.
    pub(super) const fn next_tick_ms(&self) -> u64 {
        self.next_tick_ms
    }

    /// Lets server time become session time, up to the deadline and no further: what is due then
    /// happens at its time exactly, and what is over is made up in the laps after.
    pub(super) fn pass(&mut self, elapsed_ms: u64, deadline_ms: u64) {
        let held_ms = self.held_ms.min(elapsed_ms);
        self.held_ms -= held_ms;
        let owed_ms = self.owed_ms + elapsed_ms - held_ms;
        let step_ms = owed_ms.min(deadline_ms.saturating_sub(self.now_ms));
        self.now_ms += step_ms;
        self.owed_ms = owed_ms - step_ms;
    }

    /// Goes on from a moment to come, as if the time until then had passed.
    pub(super) fn skip_to(&mut self, at_ms: u64) {
        self.now_ms = self.now_ms.max(at_ms);
    }

    /// Stands still for so long.
    pub(super) const fn hold(&mut self, held_ms: u64) {
        self.held_ms = held_ms;
    }

    /// Stands still; nothing is made up.
    pub(super) const fn stand(&mut self) {
        self.owed_ms = 0;
    }

    /// Whether the next tick's time has come.
    pub(super) const fn tick_is_due(&self) -> bool {
        self.now_ms >= self.next_tick_ms
    }

    /// Sets the next tick on the grid of the interval; ticks that a stall has swallowed are one
    /// tick. Returns how many were swallowed.
    pub(super) fn schedule_tick(&mut self, interval_ms: u64) -> u64 {
        let interval_ms = interval_ms.max(1);
        let late = self.now_ms.saturating_sub(self.next_tick_ms) / interval_ms;
        self.next_tick_ms = (self.now_ms / interval_ms + 1) * interval_ms;
        late
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_stops_at_a_deadline_and_makes_up_for_it() {
        let mut time = SessionTime::new(1_000);
        time.pass(2_500, 2_000);
        assert_eq!(time.now_ms(), 2_000);
        time.pass(0, 9_000);
        assert_eq!(time.now_ms(), 2_500);
        time.pass(100, 2_000);
        time.stand();
        time.pass(0, 9_000);
        assert_eq!(time.now_ms(), 2_500, "what passed while it stood still is not made up");
    }

    #[test]
    fn ticks_stand_on_the_grid_and_a_stall_is_one_of_them() {
        let mut time = SessionTime::new(1_000);
        assert!(!time.tick_is_due());
        time.pass(1_000, u64::MAX);
        assert!(time.tick_is_due());
        assert_eq!((time.schedule_tick(1_000), time.next_tick_ms()), (0, 2_000));
        time.pass(3_700, u64::MAX);
        assert_eq!((time.schedule_tick(1_000), time.next_tick_ms()), (2, 5_000));
    }
}
