//! The search for the last good whole number before the first bad one. Knows nothing of what is searched.

/// Steps of the search: every four of them halve any interval.
const STEPS_MAX: u32 = 256;

/// The last good number between a good `low` and a bad `high`, each with what `worse` says of it: at most 0
/// of a good one, and by how much it misses of a bad one. False position with the Illinois rule, ended by
/// neighbours, with a bisection whenever three steps have not halved what is left.
pub(crate) fn last_good(mut low: (i64, f64), mut high: (i64, f64), mut worse: impl FnMut(i64) -> f64) -> i64 {
    let mut streak = 0_i32;
    let mut goal = (high.0 - low.0) / 2;
    for step in 1..=STEPS_MAX {
        let width = high.0 - low.0;
        if width <= 1 {
            break;
        }
        let bisect = step % 4 == 0 && width > goal;
        let fraction = if bisect { 0.5 } else { low.1 / (low.1 - high.1) };
        let middle = low.0 + ((width as f64 * fraction) as i64).clamp(1, width - 1);
        let by = worse(middle);
        if by <= 0.0 {
            low = (middle, by.min(-f64::MIN_POSITIVE));
            streak = streak.max(0) + 1;
            high.1 /= if streak > 1 { 2.0 } else { 1.0 };
        } else {
            high = (middle, by);
            streak = streak.min(0) - 1;
            low.1 /= if streak < -1 { 2.0 } else { 1.0 };
        }
        if step % 4 == 0 {
            goal = (high.0 - low.0) / 2;
        }
    }
    low.0
}

#[cfg(test)]
mod tests {
    use super::last_good;

    #[test]
    fn the_last_good_number_is_found_in_few_steps_whatever_the_shape() {
        let shapes: [fn(f64) -> f64; 4] = [|x| x, |x| x * x * x, libm::cbrt, |x| if x > 0.0 { 1e9 } else { -1e-9 }];
        for shape in shapes {
            for last in [0, 1, 2, 999, 123_456, 999_998] {
                let mut steps = 0;
                let worse = |size: i64| shape((size - last) as f64 - 0.5);
                let found = last_good((0, worse(0)), (1_000_000, worse(1_000_000)), |size| {
                    steps += 1;
                    worse(size)
                });
                assert_eq!(found, last);
                assert!(steps <= 4 * 20, "{steps} steps to {last}");
            }
        }
    }
}
