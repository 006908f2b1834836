//! Axes of charts: the distances of their marks are round.

/// Times from one mark to the next, in s; beyond them hours are counted.
const TIMES_S: [f64; 12] = [1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 900.0, 1_800.0];
const HOUR_S: f64 = 3_600.0;

/// The least of 1, 2, 5, 10, 20, 50, … and 0.5, 0.2, 0.1, … not below a value above 0.
#[must_use]
pub fn round_step(least: f64) -> f64 {
    let power = power_of_ten(least);
    [1.0, 2.0, 5.0].map(|times| times * power).into_iter().find(|step| *step >= least).unwrap_or(10.0 * power)
}

/// The least time not below one, in minutes, that a clock's face has; whole hours beyond.
#[must_use]
pub fn time_step(least: f64) -> f64 {
    let least_s = least * 60.0;
    let step_s = TIMES_S.into_iter().find(|step_s| *step_s >= least_s);
    step_s.unwrap_or_else(|| HOUR_S * round_step(least_s / HOUR_S)) / 60.0
}

/// The power of ten not above a value, by steps: a logarithm would bring a table of its own.
fn power_of_ten(value: f64) -> f64 {
    let mut power = 1.0;
    while power > value && power > 1e-9 {
        power /= 10.0;
    }
    while power * 10.0 <= value && power < 1e15 {
        power *= 10.0;
    }
    power
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round() {
        let steps = [0.07, 0.1, 0.13, 1.0, 3.0, 5.1, 40.0, 700.0].map(round_step);
        let expected = [0.1, 0.1, 0.2, 1.0, 5.0, 10.0, 50.0, 1_000.0];
        assert!(steps.iter().zip(expected).all(|(step, wanted)| (step - wanted).abs() < 1e-9), "{steps:?}");
        let times_s =
            [0.3, 7.0, 16.0, 45.0, 61.0, 400.0, 1_000.0, 2_000.0, 9_000.0].map(|s| time_step(s / 60.0) * 60.0);
        let expected_s = [1.0, 10.0, 30.0, 60.0, 120.0, 600.0, 1_800.0, 3_600.0, 18_000.0];
        assert!(times_s.iter().zip(expected_s).all(|(step, wanted)| (step - wanted).abs() < 1e-6), "{times_s:?}");
    }
}
