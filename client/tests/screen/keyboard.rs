//! Typing on the page's own inputs, the keyboard's way over the screen, explanations by tap, what is spoken.
use crate::{
    panels::{Window, click, click_at, type_text},
    support::{
        scenes,
        stage::{Screen, stage},
    },
};
use egui::{Event, Id, Key, Modifiers, Pos2, Rect, Shape, epaint::ClippedShape, vec2};
use outcry_client::{
    kit::{
        field::{self, Field, Kind},
        focus::Edge,
        place, theme,
    },
    ui::Overlay,
};
use outcry_desk::{action::Action, model::ToastKind, page::Tab};
use outcry_engine::Side;
use outcry_shared::{ServerMessage, phase::Phase};
use std::collections::HashSet;

const LAPTOP: [f32; 2] = [1280.0, 800.0];
const PHONE: [f32; 2] = [360.0, 740.0];
const LYING: [f32; 2] = [740.0, 360.0];

fn the_field(window: &Window, name: &str) -> Option<Field> {
    window.state().ui.fields.iter().find(|field| field.name == name).cloned()
}

fn host_at_the_door() -> Screen {
    let mut screen = scenes::trading();
    screen.ui.open_host();
    screen
}

fn type_over(window: &mut Window, name: &str, text: &str) {
    field::typed(&window.ctx, name.to_owned(), text.to_owned());
    window.step();
}

fn press(window: &mut Window, key: Key, modifiers: Modifiers) {
    window.key_press_modifiers(modifiers, key);
    // The keyboard's place moves with the frame after.
    (0..3).for_each(|_| window.step());
}

#[test]
fn what_is_typed_on_the_page_stands_in_the_field() {
    let mut window = stage(scenes::trading(), LAPTOP);
    let amount = the_field(&window, "ticket.amount").expect("the page is told where");
    assert_eq!((amount.kind, amount.text.as_str(), amount.focused), (Kind::Amount, "", false));
    assert_eq!(window.state().ui.widgets.get("ticket.amount"), Some(amount.rect));
    field::enter(&window.ctx, "ticket.amount");
    type_over(&mut window, "ticket.amount", "20");
    window.run_ok();
    assert_eq!(window.state().ui.draft.amount, "20");
    let amount = the_field(&window, "ticket.amount").unwrap();
    assert_eq!((amount.text.as_str(), amount.focused), ("20", true));
    // Enter on the page's keyboard is Enter here.
    press(&mut window, Key::Enter, Modifiers::NONE);
    assert!(window.state().ui.draft.confirming);
    // What was typed for a field that is gone reaches no other.
    type_over(&mut window, "ticket.amount", "99");
    press(&mut window, Key::Escape, Modifiers::NONE);
    assert_eq!(window.state().ui.draft.amount, "20");
}

#[test]
fn a_held_key_and_a_double_click_answer_no_question() {
    let typed = || {
        let mut window = stage(scenes::trading(), LAPTOP);
        type_over(&mut window, "ticket.amount", "20");
        window.run_ok();
        window
    };
    let held = |key, repeat| Event::Key { key, physical_key: None, pressed: true, repeat, modifiers: Modifiers::NONE };
    let mut window = typed();
    for repeat in [false, true, true, true] {
        window.event(held(Key::Enter, repeat));
        window.step();
    }
    assert!(window.state().ui.draft.confirming && window.state().actions.is_empty(), "{:?}", window.state().actions);
    // The second click meets the button that has just appeared.
    let mut window = typed();
    let pos = window.state().ui.widgets.get("ticket.submit").unwrap().center();
    window.event(Event::PointerMoved(pos));
    window.step();
    let button = |pressed| Event::PointerButton {
        pos,
        button: egui::PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    for pressed in [true, false] {
        window.event(button(pressed));
    }
    window.step();
    for pressed in [true, false] {
        window.event(button(pressed));
    }
    window.step();
    assert!(window.state().ui.draft.confirming && window.state().actions.is_empty(), "{:?}", window.state().actions);
    // Whoever has read it and presses, means it.
    (0..3).for_each(|_| window.step());
    click(&mut window, "ticket.confirm");
    assert_eq!(window.state().actions.len(), 1);
}

#[test]
fn a_password_is_typed_and_never_shown_to_the_page() {
    let mut window = stage(host_at_the_door(), LAPTOP);
    type_over(&mut window, "host.password", "a lamp over the floor");
    window.run_ok();
    assert_eq!(window.state().ui.host.password, "a lamp over the floor");
    let password = the_field(&window, "host.password").unwrap();
    assert_eq!((password.kind, password.text.as_str()), (Kind::Secret, ""));
    type_over(&mut window, "host.password", &"x".repeat(1_000));
    assert_eq!(window.state().ui.host.password.len(), outcry_shared::limits::PASSWORD_CHARS_MAX);
}

/// It has the keyboard as soon as it is asked for, and keeps it: the page's input over it takes it from the canvas, for
/// which egui then has no window to type in.
#[test]
fn the_password_keeps_the_keyboard_that_the_page_s_input_has() {
    let mut window = stage(host_at_the_door(), LAPTOP);
    for frame in 0..6 {
        window.input_mut().focused = frame < 3;
        window.step();
        let field = the_field(&window, "host.password");
        assert!(field.is_some_and(|field| field.focused), "frame {frame}");
    }
}

/// Entered while the server still has to be waited for, it is sent as soon as that is over.
#[test]
fn a_password_that_is_entered_early_is_sent_in_time() {
    let mut screen = host_at_the_door();
    let reason = "wrong password: try again in 1 s".to_owned();
    screen.model.apply(ServerMessage::HostDenied { reason, retry_after_ms: 1_000 }, screen.now_ms);
    let mut window = stage(screen, LAPTOP);
    type_over(&mut window, "host.password", "a lamp over the floor");
    window.run_steps(2);
    press(&mut window, Key::Enter, Modifiers::NONE);
    assert!(window.state().actions.is_empty(), "{:?}", window.state().actions);
    window.state_mut().now_ms += 1_001;
    window.step();
    assert!(matches!(window.state().actions[..], [Action::HostLogin(_)]), "{:?}", window.state().actions);
}

#[test]
fn a_field_under_a_window_is_none_to_type_in() {
    let mut screen = scenes::trading();
    screen.ui.overlay = Some(Overlay::Help);
    let window = stage(screen, PHONE);
    assert_eq!(window.state().ui.fields, []);
    let window = stage(host_at_the_door(), LAPTOP);
    let names: Vec<&str> = window.state().ui.fields.iter().map(|field| field.name.as_str()).collect();
    assert_eq!(names, ["host.password"]);
}

/// Everything that can be reached by Tab from one end to the other, with the picture around each.
fn round_trip(window: &mut Window) -> HashSet<Id> {
    let mut seen = HashSet::new();
    assert_eq!(window.state().ui.edge, Edge::Start);
    for _ in 0..200 {
        press(window, Key::Tab, Modifiers::NONE);
        match window.state().ui.edge {
            Edge::Inside => _ = seen.insert(window.ctx.memory(|memory| memory.focused()).unwrap()),
            Edge::End => return seen,
            Edge::Start => panic!("Tab leads back to the start after {}", seen.len()),
        }
    }
    panic!("Tab never leaves the screen");
}

#[test]
fn tab_leads_over_everything_and_out_at_both_ends() {
    for (screen, size) in [
        (scenes::trading(), LAPTOP),
        (scenes::trading(), PHONE),
        (scenes::hosting(Phase::Running), LAPTOP),
        (scenes::resolved(), PHONE),
    ] {
        let mut window = stage(screen, size);
        let there = round_trip(&mut window);
        assert!(there.len() > 3, "{size:?}: {}", there.len());
        for _ in 0..there.len() {
            press(&mut window, Key::Tab, Modifiers::SHIFT);
            assert_eq!(window.state().ui.edge, Edge::Inside);
        }
        press(&mut window, Key::Tab, Modifiers::SHIFT);
        assert_eq!(window.state().ui.edge, Edge::Start, "and back");
    }
}

#[test]
fn whatever_has_the_keyboard_has_a_ring() {
    for (mut screen, size) in [(scenes::trading(), LAPTOP), (scenes::filled(), PHONE)] {
        screen.ui.tab = Tab::Portfolio;
        let mut window = stage(screen, size);
        loop {
            press(&mut window, Key::Tab, Modifiers::NONE);
            if window.state().ui.edge == Edge::End {
                break;
            }
            let id = window.ctx.memory(|memory| memory.focused()).unwrap();
            let place = window.ctx.read_response(id).unwrap();
            let place = if place.interact_rect.is_positive() { place.interact_rect } else { place.rect };
            let field = window.state().ui.fields.iter().any(|field| field.focused);
            let ringed = window.output().shapes.iter().any(|shape| is_ring(shape, place));
            assert!(field || ringed, "{size:?}: nothing shows that the keyboard is on {place}");
        }
    }
}

fn is_ring(shape: &ClippedShape, place: Rect) -> bool {
    let Shape::Rect(rect) = &shape.shape else { return false };
    rect.stroke.color == theme::FOCUS && rect.rect == place && shape.clip_rect.contains_rect(place)
}

#[test]
fn a_tap_explains_a_term_and_another_closes_it() {
    let mut screen = scenes::trading();
    screen.ui.tab = Tab::Ticket;
    let mut window = stage(screen, PHONE);
    let open = |window: &Window| egui::Popup::is_any_open(&window.ctx);
    // The label beside the slippage, left of its buttons.
    let beside = window.state().ui.widgets.get("ticket.slippage.less").expect("slippage is on the ticket");
    let label = beside.left_center() - vec2(beside.left() - 30.0, 0.0);
    tap_at(&mut window, label);
    assert!(open(&window), "explained by a tap");
    tap_at(&mut window, label);
    assert!(!open(&window), "and put away");
    click(&mut window, "ticket.slippage.less");
    assert!(!open(&window));
}

/// As a finger does: there is no pointer before and after.
fn tap_at(window: &mut Window, pos: Pos2) {
    click_at(window, pos);
    window.event(Event::PointerGone);
    window.run_ok();
}

#[test]
fn a_tap_belongs_to_what_lies_on_top() {
    let bare = |window: &Window, at: Pos2| place::is_bare(&window.ctx, at);
    let floor = |window: &Window| window.state().ui.floor.free.center();
    for size in [PHONE, LAPTOP, LYING] {
        let mut window = stage(scenes::trading(), size);
        let pillar = floor(&window);
        assert!(bare(&window, pillar), "{size:?}: the floor is the floor's");
        let panel = window.state().ui.widgets.get("ticket.amount").or(window.state().ui.widgets.get("outcome.0.yes"));
        assert!(!bare(&window, panel.unwrap().center()), "{size:?}: a panel is the panel's");
        // Where the pointer was before says nothing about where a finger is now.
        click_at(&mut window, panel.unwrap().center());
        assert!(bare(&window, pillar), "{size:?}");
        click_at(&mut window, pillar);
        assert!(!bare(&window, panel.unwrap().center()), "{size:?}");
        window.state_mut().ui.overlay = Some(Overlay::Help);
        window.run_ok();
        for corner in [pillar, window.ctx.content_rect().min + vec2(2.0, 2.0)] {
            assert!(!bare(&window, corner), "{size:?}: a window over everything has it all");
        }
    }
    // A message over the floor.
    let mut screen = scenes::trading();
    screen.model.apply(ServerMessage::Announcement("Ten minutes left".to_owned()), screen.now_ms);
    let window = stage(screen, LAPTOP);
    let banner = window.ctx.memory(|memory| memory.area_rect(Id::new("outcry banner"))).unwrap();
    assert!(!bare(&window, banner.center()));
    // A menu: a tap beside it closes it and does nothing else.
    let mut window = stage(scenes::trading(), LAPTOP);
    let pillar = floor(&window);
    click(&mut window, "ticket.outcome");
    assert!(!bare(&window, pillar));
}

#[test]
fn panels_stay_clear_of_what_the_screen_hides() {
    for size in [PHONE, LYING] {
        let mut window = stage(scenes::trading(), size);
        let insets = egui::SafeAreaInsets(egui::epaint::MarginF32 { left: 47.0, right: 47.0, top: 30.0, bottom: 34.0 });
        let safe = Rect::from_min_size(Pos2::ZERO, size.into()) - insets;
        for tab in [Tab::Ticket, Tab::Outcomes, Tab::Portfolio] {
            window.state_mut().ui.tab = tab;
            window.input_mut().safe_area_insets = Some(insets);
            window.run_ok();
            for (name, rect) in window.state().ui.widgets.iter() {
                assert!(safe.expand(0.5).contains_rect(rect), "{size:?}: {name} at {rect}");
            }
        }
    }
}

#[test]
fn what_is_announced_to_the_eye_is_spoken_once() {
    let mut window = stage(scenes::trading(), LAPTOP);
    assert_eq!(window.state().ui.said, ["You are in: Friday night. Trading."]);
    window.state_mut().ui.said.clear();
    let words = ("Carl is out".to_owned(), "You were paid $12.00.".to_owned());
    let now_ms = window.state().now_ms;
    window.state_mut().model.toast(ToastKind::Notable, words, now_ms);
    window.run_ok();
    window.run_ok();
    assert_eq!(window.state().ui.said, ["Carl is out. You were paid $12.00."]);
    window.state_mut().ui.said.clear();
    type_over(&mut window, "ticket.amount", "20");
    window.run_ok();
    assert_eq!(window.state().ui.said, Vec::<String>::new(), "not while somebody types");
    window.state_mut().now_ms += 1_000;
    window.run_ok();
    assert!(window.state().ui.said.concat().contains("$20.00 on YES"), "{:?}", window.state().ui.said);
}

#[test]
fn letters_typed_into_a_field_are_not_commands() {
    let mut screen = scenes::nameless();
    screen.ui.draft.side = Side::Yes;
    let mut window = stage(screen, LAPTOP);
    click(&mut window, "join.name");
    press(&mut window, Key::N, Modifiers::NONE);
    type_text(&mut window, "n");
    press(&mut window, Key::X, Modifiers::SHIFT);
    type_text(&mut window, "X");
    click(&mut window, "join.submit");
    assert_eq!(window.state().ui.draft.side, Side::Yes);
    assert_eq!(window.state().actions, [Action::Join("nX".to_owned())]);
}
