//! What holds on every screen.
use crate::support::{
    scenes,
    stage::{picture, stage},
};
use egui::{Event, Id, Modifiers, PointerButton};
use outcry_client::{
    kit::{layout, theme},
    ui::Overlay,
};
use outcry_desk::{
    action::Action,
    model::ToastKind,
    page::{Section, Tab},
};
use outcry_shared::{message::HostAct, phase::Phase};

const SIZES: [[f32; 2]; 6] =
    [[740.0, 360.0], [360.0, 640.0], [360.0, 740.0], [768.0, 1_024.0], [960.0, 600.0], [1_280.0, 720.0]];

#[test]
fn a_click_is_a_click_however_slow_the_frames_are() {
    let mut window = stage(scenes::trading(), [1_280.0, 720.0]);
    let pos = window.state().ui.widgets.get("outcome.2.no").unwrap().center();
    let button =
        |pressed| Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE };
    window.event(Event::PointerMoved(pos));
    window.event(button(true));
    // Some seconds: a few frames of a machine without a graphics card.
    (0..60).for_each(|_| window.step());
    window.event(button(false));
    window.step();
    assert_eq!(window.state().ui.draft.outcome.index(), 2);
}

#[test]
fn news_never_stand_over_a_control() {
    for size in SIZES {
        for tab in [Tab::Outcomes, Tab::Ticket, Tab::Portfolio] {
            let mut screen = scenes::filled();
            screen.ui.tab = tab;
            for kind in [ToastKind::Good, ToastKind::Bad, ToastKind::Notable] {
                let words =
                    ("A title of some length".to_owned(), "A body of a length that needs two lines.".to_owned());
                screen.model.toast(kind, words, screen.now_ms);
            }
            let window = stage(screen, size);
            let news = window.ctx.memory(|memory| memory.area_rect(Id::new("outcry toasts"))).unwrap();
            for (name, rect) in window.state().ui.widgets.iter() {
                assert!(!rect.shrink(0.5).intersects(news), "{size:?} {tab:?}: {name} at {rect} is under {news}");
            }
        }
    }
}

#[test]
fn the_hosts_controls_have_no_news_over_them() {
    let mut screen = scenes::hosting(Phase::Running);
    screen.model.toast(ToastKind::Info, ("Done".to_owned(), "The session has started.".to_owned()), screen.now_ms);
    let window = stage(screen, [960.0, 600.0]);
    assert_eq!(window.ctx.memory(|memory| memory.area_rect(Id::new("outcry toasts"))), None);
}

#[test]
fn the_hosts_message_is_sent_and_cleared() {
    let mut screen = scenes::hosting(Phase::Running);
    screen.ui.host.section = Section::Run;
    screen.ui.host.announcement = " Back in five minutes ".to_owned();
    let mut window = stage(screen, [1_280.0, 900.0]);
    crate::panels::click(&mut window, "host.announce");
    let expected = HostAct::Announce { text: "Back in five minutes".to_owned() };
    assert_eq!(window.state().actions, [Action::Host(expected)]);
    assert!(window.state().ui.host.announcement.is_empty());
}

#[test]
fn a_click_on_a_title_orders_the_rankings_and_another_turns_them_around() {
    let mut window = stage(scenes::resolved(), [1_280.0, 720.0]);
    let mut seen = || {
        crate::panels::click(&mut window, "rankings.5");
        let main = layout::single(window.ctx.content_rect()).main;
        picture(&mut window, main)
    };
    let (down, up, again) = (seen(), seen(), seen());
    assert!(down != up && down == again);
}

#[test]
fn a_page_leads_to_its_light_floor_and_a_window_has_none() {
    let mut screen = scenes::trading();
    screen.ui.overlay = Some(Overlay::Help);
    let window = stage(screen, [1_280.0, 720.0]);
    assert_eq!(window.state().ui.widgets.get("help.light"), None);
    let mut screen = scenes::trading();
    screen.ui.overlay = Some(Overlay::Help);
    screen.ui.light_floor = true;
    let mut window = stage(screen, [1_280.0, 720.0]);
    crate::panels::click(&mut window, "help.light");
    assert_eq!(window.state().actions, [Action::LightFloor]);
}

#[test]
fn what_sells_a_holding_is_as_high_as_every_button() {
    for (size, height) in
        [([360.0, 740.0], theme::TOUCH), ([1_280.0, 720.0], theme::CONTROL), ([1_600.0, 900.0], theme::CONTROL)]
    {
        let mut screen = scenes::trading();
        screen.ui.tab = Tab::Portfolio;
        let window = stage(screen, size);
        let sale = window.state().ui.widgets.get("position.0.yes").unwrap();
        assert!(sale.height() >= height, "{size:?}: {}", sale.height());
    }
}
