//! Lines as SVG paths, in whole pixels: a path says no more than an eye can see.

use outcry_desk::view::axis::{round_step, time_step};
use std::fmt::Write;

/// Maps values to pixels of a picture. The picture's y grows downwards.
#[derive(Clone, Copy, Debug)]
pub struct Scale {
    /// Values of x at the left and at the right.
    pub x: [f64; 2],
    /// Values of y at the bottom and at the top.
    pub y: [f64; 2],
    /// Pixels: left, right.
    pub across: [f64; 2],
    /// Pixels: bottom, top.
    pub up: [f64; 2],
}

impl Scale {
    /// The pixel of a value of x.
    #[must_use]
    pub fn px(&self, x: f64) -> i32 {
        between(x, self.x, self.across)
    }

    /// The pixel of a value of y.
    #[must_use]
    pub fn py(&self, y: f64) -> i32 {
        between(y, self.y, self.up)
    }
}

fn between(value: f64, from: [f64; 2], to: [f64; 2]) -> i32 {
    let span = from[1] - from[0];
    let share = if span > 0.0 { (value - from[0]) / span } else { 0.5 };
    (to[0] + share.clamp(0.0, 1.0) * (to[1] - to[0])).round() as i32
}

/// A line that holds each value until the next: only where a pixel changes.
#[must_use]
pub fn steps(points: &[[f64; 2]], scale: &Scale) -> String {
    path(points, scale, |out, at, last| {
        if at.1 != last.1 {
            let _ = write!(out, "H{}V{}", at.0, at.1);
        }
    })
}

/// A line from value to value.
#[must_use]
pub fn line(points: &[[f64; 2]], scale: &Scale) -> String {
    path(points, scale, |out, at, last| {
        if at != last {
            let _ = write!(out, "L{} {}", at.0, at.1);
        }
    })
}

fn path(points: &[[f64; 2]], scale: &Scale, to: impl Fn(&mut String, (i32, i32), (i32, i32))) -> String {
    let mut pixels = points.iter().map(|point| (scale.px(point[0]), scale.py(point[1])));
    let Some(first) = pixels.next() else { return String::new() };
    let mut out = format!("M{} {}", first.0, first.1);
    let mut last = first;
    for at in pixels {
        to(&mut out, at, last);
        last = at;
    }
    let _ = write!(out, "H{}", last.0);
    out
}

/// Marks of an axis: some four to six round values within a range.
#[must_use]
pub fn marks(range: [f64; 2]) -> Vec<f64> {
    let span = range[1] - range[0];
    if span <= 0.0 || !span.is_finite() {
        return vec![range[0]];
    }
    let step = round_step(span / 5.0);
    let mut mark = (range[0] / step).ceil() * step;
    let mut marks = Vec::new();
    while mark <= range[1] + step / 1_000.0 && marks.len() < 12 {
        marks.push(mark);
        mark += step;
    }
    marks
}

/// Times of an axis stand so far apart at least, in minutes.
const TIMES_APART: f64 = 0.25;

/// Marks of an axis of time from the start, in minutes: some four to six times as a clock shows them.
#[must_use]
pub fn times(until: f64) -> Vec<f64> {
    let step = time_step((until / 5.0).max(TIMES_APART));
    (0..=5).map(|mark| f64::from(mark) * step).take_while(|mark| *mark <= until).collect()
}

/// The smallest and the largest of many; none when there is none.
#[must_use]
pub fn extent(values: impl Iterator<Item = f64>) -> Option<[f64; 2]> {
    values.fold(None, |range, value| {
        Some(range.map_or([value, value], |[low, high]: [f64; 2]| [low.min(value), high.max(value)]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCALE: Scale = Scale { x: [0.0, 10.0], y: [0.0, 100.0], across: [0.0, 100.0], up: [50.0, 0.0] };

    #[test]
    fn a_path_says_what_changes() {
        let points = [[0.0, 50.0], [1.0, 50.0], [2.0, 50.1], [5.0, 60.0], [10.0, 60.0]];
        assert_eq!(steps(&points, &SCALE), "M0 25H50V20H100");
        assert_eq!(line(&[[0.0, 0.0], [10.0, 100.0]], &SCALE), "M0 50L100 0H100");
        assert_eq!(steps(&[], &SCALE), "");
    }

    #[test]
    fn marks_are_round() {
        assert_eq!(marks([0.0, 100.0]), [0.0, 20.0, 40.0, 60.0, 80.0, 100.0]);
        assert_eq!(marks([0.0, 3.0]), [0.0, 1.0, 2.0, 3.0]);
        assert_eq!(marks([4.0, 4.0]), [4.0]);
    }

    #[test]
    fn times_are_round() {
        let check = |until_s: f64, expected_s: &[f64]| {
            let seconds: Vec<f64> = times(until_s / 60.0).into_iter().map(|mark| (mark * 60.0).round()).collect();
            assert_eq!(seconds, expected_s, "{until_s} s");
        };
        check(0.0, &[0.0]);
        check(60.0, &[0.0, 15.0, 30.0, 45.0, 60.0]);
        check(100.0, &[0.0, 30.0, 60.0, 90.0]);
        check(180.0, &[0.0, 60.0, 120.0, 180.0]);
        check(900.0, &[0.0, 300.0, 600.0, 900.0]);
        check(86_400.0, &[0.0, 18_000.0, 36_000.0, 54_000.0, 72_000.0]);
    }
}
