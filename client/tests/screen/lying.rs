//! A phone on its side, which has room for little.

use crate::{
    panels::{Window, click},
    support::{
        scenes,
        stage::{Screen, stage},
    },
};
use egui::{Event, Modifiers, MouseWheelUnit, TouchPhase, vec2};

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
    window.state().ui.widgets.get("ticket.outcome").is_some_and(|line| line.height() >= 44.0)
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
