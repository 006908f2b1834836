//! Phones, which have room for little.

use crate::{
    panels::{Window, click},
    support::{
        scenes,
        stage::{Screen, stage},
    },
};
use egui::{Event, Modifiers, MouseWheelUnit, Rect, TouchPhase, vec2};
use outcry_client::kit::theme;

const LYING: [f32; 2] = [740.0, 360.0];

/// A finger moves the ticket up by so much.
fn scroll(window: &mut Window, points: f32) {
    let over = window.state().ui.widgets.get("ticket.outcome").unwrap().center();
    window.event(Event::PointerMoved(over));
    window.event(Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta: vec2(0.0, -points),
        phase: TouchPhase::Move,
        modifiers: Modifiers::NONE,
    });
    (0..12).for_each(|_| window.step());
}

/// Whether the first line of the ticket is seen whole.
fn starts(window: &Window) -> bool {
    window.state().ui.widgets.get("ticket.outcome").is_some_and(|line| line.height() >= theme::TOUCH)
}

#[test]
fn a_ticket_shows_its_start_whenever_it_is_opened() {
    for make in [scenes::newcomer as fn() -> Screen, scenes::trading] {
        let mut screen = make();
        screen.ui.prefs.hints_done = 0b111;
        let mut window = stage(screen, LYING);
        click(&mut window, "outcome.0.yes");
        assert!(starts(&window));
        scroll(&mut window, 60.0);
        (0..3).for_each(|_| window.step());
        assert!(!starts(&window), "as long as it is open it stays where it was scrolled to");
        click(&mut window, "tab.market");
        click(&mut window, "outcome.1.yes");
        assert!(starts(&window), "another outcome");
        scroll(&mut window, 60.0);
        click(&mut window, "tab.book");
        click(&mut window, "tab.trade");
        assert!(starts(&window), "the same once more");
        scroll(&mut window, 60.0);
        window.set_size(vec2(360.0, 740.0));
        window.run_ok();
        window.set_size(LYING.into());
        window.run_ok();
        assert!(starts(&window), "the phone was turned");
    }
}

#[test]
fn the_end_s_buttons_are_whole_however_many_lines_a_result_takes() {
    for size in [[320.0, 568.0], [360.0, 640.0], [360.0, 740.0], [412.0, 915.0]] {
        let mut screen = scenes::resolved();
        screen.ui.light_floor = true;
        let window = stage(screen, size);
        for name in ["end.all", "end.keep"] {
            let button = window.state().ui.widgets.get(name).unwrap_or(Rect::NOTHING);
            assert!(button.height() >= theme::TOUCH, "{size:?}: {name} at {button}");
        }
        let floor = window.state().ui.floor.free.height() / size[1];
        assert!(floor > 0.35, "{size:?}: a floor of {floor}");
    }
}
