//! P3: the slowest of many ticks, and whether memory stays what it was.

use crate::{
    clock::{median, resident_mib, timed},
    work::Work,
};

/// Ticks before anything is measured: until the book has its full age.
const WARM_UP: usize = 30;
/// Ticks of which the first median is taken.
const SETTLED: usize = 1_000;
/// A tick so many times slower than the median is run again …
const SUSPICIOUS: f64 = 3.0;
/// … so many times; the fastest run counts: what disturbed one of them is not the market's.
const RUNS: usize = 3;

pub(crate) struct Tail {
    pub(crate) median: f64,
    pub(crate) slowest: f64,
    /// Resident memory in MiB when the book had its full age, and at the end.
    pub(crate) resident: Option<(f64, f64)>,
}

pub(crate) fn run(ticks: usize, orders: usize) -> Tail {
    let mut work = Work::new(3);
    for _ in 0..WARM_UP {
        let input = work.tick(orders);
        let report = work.market.apply(&input).unwrap();
        work.note(&report);
    }
    let mut times = vec![f64::NAN; ticks];
    let start = resident_mib();
    let mut usual = f64::INFINITY;
    for tick in 0..ticks {
        let input = work.tick(orders);
        let before = work.market.clone();
        let (report, mut micros) = timed(|| work.market.apply(&input).unwrap());
        work.note(&report);
        if micros > SUSPICIOUS * usual {
            for _ in 1..RUNS {
                let mut again = before.clone();
                micros = micros.min(timed(|| again.apply(&input).unwrap()).1);
            }
        }
        times[tick] = micros;
        if tick == SETTLED {
            usual = median(&times[..tick]);
        }
    }
    let slowest = times.iter().copied().fold(0.0, f64::max);
    Tail { median: median(&times), slowest, resident: start.zip(resident_mib()) }
}
