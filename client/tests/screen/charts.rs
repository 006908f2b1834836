//! Charts: round marks at their axes.

use crate::support::{
    Host, market, party,
    stage::{Screen, painted, stage},
};
use egui::{Pos2, Rect};
use outcry_client::kit::layout;
use outcry_desk::page::Tab;
use outcry_engine::{Direction, Side};
use outcry_shared::phase::Phase;

const PHONE: [f32; 2] = [360.0, 740.0];
const LAPTOP: [f32; 2] = [1_280.0, 800.0];
const DESK: [f32; 2] = [1_600.0, 900.0];

/// A session of a few trades, so many ms apart.
fn session(apart_ms: u64) -> Screen {
    let mut host = Host::new(party());
    host.phase = Phase::Running;
    for tick in 0..8 {
        host.run(&[market(2 + tick % 5, (tick % 3) as u8, Side::Yes, Direction::Buy, 20)]);
        host.now_ms += apart_ms;
    }
    host.run(&[]);
    let mut screen = Screen::new(host.model());
    screen.ui.tab = Tab::Chart;
    screen
}

/// The step between marks that follow each other; there are some, and all are as far apart.
fn step(marks: &[f64], case: &str) -> f64 {
    let steps: Vec<f64> = marks.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let first = *steps.first().unwrap_or_else(|| panic!("{case}: too few marks: {marks:?}"));
    assert!(steps.iter().all(|step| (step - first).abs() < 1e-6), "{case}: {marks:?}");
    first
}

#[test]
fn axes_have_round_marks() {
    for size in [PHONE, LAPTOP, DESK] {
        for apart_ms in [0, 6_000, 30_000, 90_000] {
            let window = stage(session(apart_ms), size);
            let panel = layout::trading(Rect::from_min_size(Pos2::ZERO, size.into()), false).main;
            let texts = painted(&window).into_iter().filter(|(at, _)| panel.contains_rect(*at));
            let texts: Vec<String> = texts.map(|(_, text)| text).collect();
            let seconds = |text: &String| {
                let minutes = text.strip_suffix(" min").map(|minutes| (minutes, "0"));
                let (minutes, seconds) = minutes.or(text.split_once(':'))?;
                Some(minutes.parse::<f64>().ok()? * 60.0 + seconds.parse::<f64>().ok()?)
            };
            let times: Vec<f64> = texts.iter().filter_map(seconds).collect();
            let mut cents: Vec<f64> = texts.iter().filter_map(|text| text.strip_suffix('¢')?.parse().ok()).collect();
            cents.sort_by(f64::total_cmp);
            let case = format!("{size:?}, {apart_ms} ms");
            let step_s = step(&times, &case);
            let round = [5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0];
            assert!(round.contains(&step_s), "{case}: every {step_s} s: {times:?}");
            let step_cents = step(&cents, &case);
            assert!([1.0, 2.0, 5.0, 10.0, 20.0].contains(&step_cents), "{case}: every {step_cents}¢: {cents:?}");
        }
    }
}
