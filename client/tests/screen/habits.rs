//! What holds on every screen.
use crate::support::{
    busy, scenes,
    stage::{Screen, stage},
};
use egui::{Event, Id, Modifiers, PointerButton};
use outcry_client::{
    action::Action,
    host::Section,
    model::ToastKind,
    text::term::Term,
    ui::Tab,
    view::ticket::{Draft, TicketView},
};
use outcry_engine::{Rate, amount::RATE_ONE};
use outcry_shared::{ServerMessage, message::HostAct, phase::Phase};

const SIZES: [[f32; 2]; 5] = [[360.0, 640.0], [360.0, 740.0], [768.0, 1_024.0], [960.0, 600.0], [1_280.0, 720.0]];

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
fn what_the_configuration_suggests_is_what_tickets_start_with() {
    let mut model = busy().model();
    let mut snapshot = busy().snapshot();
    snapshot.default_slippage_percent = 12;
    model.apply(ServerMessage::Snapshot(Box::new(snapshot)), 5_400);
    let ticket = |draft: Draft| TicketView::new(&model, &draft).unwrap().max_slippage;
    assert_eq!(ticket(Draft::default()), Rate(RATE_ONE / 100 * 12));
    let own = Rate(RATE_ONE / 100 * 3);
    assert_eq!(ticket(Draft { max_slippage: Some(own), ..Draft::default() }), own, "the player's own choice stands");
}

#[test]
fn an_accepted_order_is_said_until_its_receipt_comes() {
    let fresh = |screen: &Screen| -> Vec<String> {
        screen.model.toasts.fresh(screen.now_ms).map(|toast| toast.title.clone()).collect()
    };
    let pending = fresh(&scenes::pending());
    assert!(pending.len() == 1 && pending[0].starts_with("Accepted: buy "), "{pending:?}");
    let filled = scenes::filled();
    let standing = fresh(&filled);
    assert!(standing.len() == 1 && standing[0].starts_with("Filled: buy "), "{standing:?}");
    assert!(filled.model.toasts.iter().any(|toast| toast.title == pending[0]), "the history keeps both");
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
fn every_term_has_one_sentence_of_help() {
    for term in Term::ALL {
        let (name, help) = (term.name(), term.help());
        assert!(help.ends_with('.') && help.len() > 12 && help.len() < 200, "{name}: {help}");
    }
}
