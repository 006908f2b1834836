//! Prices over the session as a picture, with a table behind it.

use super::plot::{self, Scale};
use crate::kit::{colour, side};
use maud::{Markup, html};
use outcry_desk::{
    format::{cent_mark, minute_mark, moment},
    page::Tab,
    text::{apart, light, names::ISOLATE, ui},
    view::chart::{ChartView, spread},
};
use outcry_engine::OutcomeId;

/// Size of the picture, in pixels of its own.
const WIDE: [f64; 2] = [520.0, 240.0];
const NARROW: [f64; 2] = [340.0, 210.0];
/// Pixels for the marks of both axes.
const LEFT: f64 = 44.0;
const BELOW: f64 = 20.0;
const ABOVE: f64 = 6.0;
/// Pixels for what stands at the lines' ends: letters, and names where the picture is wide.
const LETTERS: f64 = 24.0;
const NAMES: f64 = 146.0;
/// The axis is a minute long at least, so that the first prices do not look like leaps.
const AXIS_LEAST: f64 = 1.0;
/// Characters of a name that fit there.
const NAME_CHARS: usize = 12;
/// Letters at the lines' ends stand at least so far apart, in pixels.
const APART: f64 = 17.0;
/// Pixels between a line and its letter: a stroke leads from one to the other.
const LEAD: i32 = 9;
/// Rows of the table.
const ROWS: usize = 8;

/// The chart, and what stands behind it.
#[must_use]
pub fn chart(view: &ChartView, chosen: OutcomeId, narrow: bool) -> Markup {
    html! {
        section.card aria-labelledby="chart-title" {
            h2 #chart-title { (ui::tab(Tab::Chart)) }
            (picture(view, chosen, if narrow { NARROW } else { WIDE }))
            details { summary { (light::CHART_TABLE) } (table(view)) }
        }
    }
}

fn picture(view: &ChartView, chosen: OutcomeId, [width, height]: [f64; 2]) -> Markup {
    let points = || view.lines.iter().flat_map(|(_, _, points)| points);
    let now = points().map(|point| point[0]).fold(0.0, f64::max);
    let until = now.max(AXIS_LEAST);
    let [low, high] = plot::extent(points().map(|point| point[1])).unwrap_or([0.0, 100.0]);
    let y = [((low - 2.0) / 5.0).floor().max(0.0) * 5.0, ((high + 2.0) / 5.0).ceil().min(20.0) * 5.0];
    let right = width - if width < WIDE[0] { LETTERS } else { NAMES };
    let scale = Scale { x: [0.0, until], y, across: [LEFT, right], up: [height - BELOW, ABOVE] };
    html! {
        svg.chart viewBox={ "0 0 " (width as i32) " " (height as i32) } role="img" aria-label=(light::CHART) {
            @for freeze in &view.freezes {
                rect.freeze x=(scale.px(freeze[0])) y=(ABOVE as i32)
                    width=((scale.px(freeze[1]) - scale.px(freeze[0])).max(1))
                    height=((height - BELOW - ABOVE) as i32) {}
            }
            @for mark in plot::marks(y) {
                path.grid d={ "M" (LEFT as i32) " " (scale.py(mark)) "H" (right as i32) } {}
                text.mark x=(LEFT as i32 - 6) y=((scale.py(mark) + 4).min((height - BELOW) as i32 - 2)) text-anchor="end" {
                    (cent_mark(mark, y[1] - y[0]))
                }
            }
            @for mark in plot::times(until) {
                text.mark x=(scale.px(mark)) y=(height as i32 - 5) text-anchor="middle" { (minute_mark(mark, until)) }
            }
            @for (id, _, points) in &view.lines {
                path.line.(colour(*id)).chosen[*id == chosen] d=(plot::steps(points, &scale)) {}
            }
            @for (id, token, [x, y]) in &view.fills {
                circle.fill.(colour(*id)).(side(*token)) cx=(scale.px(*x)) cy=(scale.py(*y)) r="4" {}
            }
            @for (id, name, [end, y]) in ends(view, now, &scale) {
                path.lead.(colour(id)) d={ "M" (scale.px(now)) " " (end) "L" (scale.px(now) + LEAD) " " (y) } {}
                text.letter.(colour(id)) x=(scale.px(now) + LEAD + 2) y=(y + 4) {
                    (id.letter()) @if width >= WIDE[0] { " " (short(name)) }
                }
            }
        }
    }
}

/// The lines that go on: where each ends, and where its letter stands.
fn ends<'a>(view: &'a ChartView, now: f64, scale: &Scale) -> Vec<(OutcomeId, &'a str, [i32; 2])> {
    let going = view.lines.iter().filter_map(|(id, name, points)| {
        points.last().filter(|point| point[0] >= now).map(|point| (*id, name.as_str(), scale.py(point[1])))
    });
    let mut going: Vec<_> = going.collect();
    going.sort_by_key(|(.., y)| *y);
    let ys: Vec<f64> = going.iter().map(|(.., y)| f64::from(*y)).collect();
    let [bottom, top] = scale.up;
    let letters = spread(&ys, APART, [top, bottom]);
    going.into_iter().zip(letters).map(|((id, name, y), letter)| (id, name, [y, letter.round() as i32])).collect()
}

/// A name as far as there is room for it.
fn short(name: &str) -> String {
    let plain = name.trim_matches(ISOLATE);
    if plain.chars().count() <= NAME_CHARS {
        return name.to_owned();
    }
    let kept: String = plain.chars().take(NAME_CHARS - 1).collect();
    apart(&format!("{}…", kept.trim_end()))
}

/// The same figures at a few times, newest first.
fn table(view: &ChartView) -> Markup {
    let now = view.lines.iter().flat_map(|(_, _, points)| points).map(|point| point[0]).fold(0.0, f64::max);
    let times = (0..ROWS).map(|row| now * (ROWS - row) as f64 / ROWS as f64);
    html! {
        div.wide tabindex="0" role="group" aria-label=(light::CHART) {
            table {
                thead { tr { th scope="col" { (light::TIME) } @for (_, name, _) in &view.lines { th scope="col" { (name) } } } }
                tbody {
                    @for time in times {
                        tr {
                            th.num scope="row" { (moment((time * 60_000.0) as u64)) }
                            @for (_, _, points) in &view.lines { td.num { (at(points, time)) } }
                        }
                    }
                }
            }
        }
    }
}

/// The value that holds at a time; nothing once the line has ended.
fn at(points: &[[f64; 2]], time: f64) -> String {
    let until = points.partition_point(|point| point[0] <= time + 1e-9);
    let ended = until == points.len() && points.last().is_some_and(|last| last[0] + 0.1 < time);
    match until.checked_sub(1).and_then(|index| points.get(index)) {
        Some([_, cents]) if !ended => cent_mark(*cents, 0.0),
        _ => outcry_desk::format::NOTHING.to_owned(),
    }
}
