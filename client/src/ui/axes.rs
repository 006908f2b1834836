//! Axes of charts: marks at round values, as near to each other as their words leave room.

use egui::Rangef;
use egui_plot::{AxisHints, GridInput, GridMark, Plot, uniform_grid_spacer};
use outcry_desk::format;
use std::ops::RangeInclusive;

/// Distance of marks at least, of times and of values, in points.
const ACROSS: f32 = 56.0;
const UP: f32 = 36.0;
/// Width of a time in words, in points.
const WORDS: f32 = 40.0;
/// Distance of grid lines, in points: faint at the first, full at the second.
const GRID: Rangef = Rangef { min: 28.0, max: 160.0 };
/// Times from one mark to the next, in s; beyond them hours are counted.
const TIMES_S: [f64; 12] = [1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 900.0, 1_800.0];
const HOUR_S: f64 = 3_600.0;

/// Marks both axes of a chart of values over minutes; the values' are no finer than this.
pub(super) fn marked<'a>(
    plot: Plot<'a>,
    finest: f64,
    words: impl Fn(GridMark, &RangeInclusive<f64>) -> String + 'a,
) -> Plot<'a> {
    let minutes =
        |mark: GridMark, range: &RangeInclusive<f64>| format::minute_mark(mark.value, range.end() - range.start());
    let across = AxisHints::new_x().label_spacing(always(ACROSS)).formatter(minutes);
    let up = AxisHints::new_y().label_spacing(always(UP)).formatter(words);
    plot.grid_spacing(GRID)
        .x_grid_spacer(times)
        .y_grid_spacer(uniform_grid_spacer(move |input| [round(units(&input, UP).max(finest)); 3]))
        .custom_x_axes(vec![across])
        .custom_y_axes(vec![up])
}

/// Words that are never faint where marks are so far apart.
const fn always(apart: f32) -> Rangef {
    Rangef { min: apart * 0.5, max: apart }
}

/// Times, as far as their words end before the chart does.
fn times(input: GridInput) -> Vec<GridMark> {
    let (step, last) = (time(units(&input, ACROSS)), input.bounds.1 - units(&input, WORDS / 2.0));
    let mut marks = uniform_grid_spacer(|_| [step; 3])(input);
    marks.retain(|mark| mark.value <= last);
    marks
}

/// What so many points are on an axis.
fn units(input: &GridInput, points: f32) -> f64 {
    input.base_step_size * f64::from(points / GRID.min)
}

/// The least round time not below one, in minutes.
fn time(least: f64) -> f64 {
    let least_s = least * 60.0;
    let step_s = TIMES_S.into_iter().find(|step_s| *step_s >= least_s);
    step_s.unwrap_or_else(|| HOUR_S * round(least_s / HOUR_S)) / 60.0
}

/// The least of 1, 2, 5, 10, 20, 50, … and 0.5, 0.2, 0.1, … not below a value above 0.
fn round(least: f64) -> f64 {
    let power = 10_f64.powf(least.log10().floor());
    [1.0, 2.0, 5.0].map(|times| times * power).into_iter().find(|step| *step >= least).unwrap_or(10.0 * power)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round() {
        let steps = [0.07, 0.1, 0.13, 1.0, 3.0, 5.1, 40.0, 700.0].map(round);
        let expected = [0.1, 0.1, 0.2, 1.0, 5.0, 10.0, 50.0, 1_000.0];
        assert!(steps.iter().zip(expected).all(|(step, wanted)| (step - wanted).abs() < 1e-9), "{steps:?}");
        let times_s = [0.3, 7.0, 16.0, 45.0, 61.0, 400.0, 1_000.0, 2_000.0, 9_000.0].map(|s| time(s / 60.0) * 60.0);
        let expected_s = [1.0, 10.0, 30.0, 60.0, 120.0, 600.0, 1_800.0, 3_600.0, 18_000.0];
        assert!(times_s.iter().zip(expected_s).all(|(step, wanted)| (step - wanted).abs() < 1e-6), "{times_s:?}");
    }
}
