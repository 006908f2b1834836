//! Axes of charts: marks at round values, as near to each other as their words leave room.

use egui::Rangef;
use egui_plot::{AxisHints, GridInput, GridMark, Plot, uniform_grid_spacer};
use outcry_desk::{
    format,
    view::axis::{round_step, time_step},
};
use std::ops::RangeInclusive;

/// Distance of marks at least, of times and of values, in points.
const ACROSS: f32 = 56.0;
const UP: f32 = 36.0;
/// Width of a time in words, in points.
const WORDS: f32 = 40.0;
/// Distance of grid lines, in points: faint at the first, full at the second.
const GRID: Rangef = Rangef { min: 28.0, max: 160.0 };

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
        .y_grid_spacer(uniform_grid_spacer(move |input| [round_step(units(&input, UP).max(finest)); 3]))
        .custom_x_axes(vec![across])
        .custom_y_axes(vec![up])
}

/// Words that are never faint where marks are so far apart.
const fn always(apart: f32) -> Rangef {
    Rangef { min: apart * 0.5, max: apart }
}

/// Times, as far as their words end before the chart does.
fn times(input: GridInput) -> Vec<GridMark> {
    let (step, last) = (time_step(units(&input, ACROSS)), input.bounds.1 - units(&input, WORDS / 2.0));
    let mut marks = uniform_grid_spacer(|_| [step; 3])(input);
    marks.retain(|mark| mark.value <= last);
    marks
}

/// What so many points are on an axis.
fn units(input: &GridInput, points: f32) -> f64 {
    input.base_step_size * f64::from(points / GRID.min)
}
