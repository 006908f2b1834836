//! Charts: round marks at their axes, names at their lines.

use crate::support::{
    Host, market, party, scenes,
    stage::{Screen, painted, stage},
};
use egui::{Pos2, Rect};
use outcry_client::kit::layout;
use outcry_desk::{page::Tab, text::term::Term};
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
            let texts = painted(&window).into_iter().filter(|(at, _)| panel.contains(at.center()));
            let texts: Vec<(Rect, String)> = texts.map(|(at, text)| (at, text.replace('\u{a0}', " "))).collect();
            let seconds = |(at, text): &(Rect, String)| {
                let minutes = text.strip_suffix(" min").map(|minutes| (minutes, "0"));
                let (minutes, seconds) = minutes.or(text.split_once(':'))?;
                let seconds = minutes.parse::<f64>().ok()? * 60.0 + seconds.parse::<f64>().ok()?;
                assert!(panel.shrink(2.0).contains_rect(*at), "{size:?}, {apart_ms} ms: {text} is cut at {at}");
                Some(seconds)
            };
            let times: Vec<f64> = texts.iter().filter_map(seconds).collect();
            let mut cents: Vec<f64> =
                texts.iter().filter_map(|(_, text)| text.strip_suffix('¢')?.parse().ok()).collect();
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

#[test]
fn the_maker_s_lines_are_named_at_their_ends() {
    for width in [360.0, 1_280.0] {
        let mut screen = scenes::resolved();
        screen.ui.show_results();
        let window = stage(screen, [width, 2_000.0]);
        let painted = painted(&window);
        let lowest = |name: &str| {
            let named = painted.iter().filter(|(_, text)| text == name).map(|(at, _)| *at);
            named.max_by(|a, b| a.top().total_cmp(&b.top())).unwrap_or(Rect::NOTHING)
        };
        let names = [Term::Volume, Term::MakerRisk, Term::WorstCase, Term::MakerProfit].map(|term| lowest(term.name()));
        let zero = painted.iter().find(|(_, text)| text == "0:00").map_or(Rect::NOTHING, |(at, _)| *at);
        for (index, name) in names.iter().enumerate() {
            assert!(name.left() > zero.right() + 120.0, "{width}: {names:?} over the lines, which begin at {zero:?}");
            assert!((name.left() - names[0].left()).abs() < 1.0, "{width}: beside each other: {names:?}");
            assert!(names[..index].iter().all(|other| !other.shrink(1.0).intersects(*name)), "{width}: {names:?}");
        }
    }
}
