//! A picture of every screen in every state, at the widths people have. Set `OUTCRY_PICTURES`
//! to a folder to look at them.
#![expect(clippy::unwrap_used, reason = "a picture that cannot be made is a failed test")]

mod support;

use outcry_client::ui::Tab;
use support::{
    Host, busy, party,
    stage::{Screen, picture, stage},
};

const LAPTOP: [f32; 2] = [1280.0, 720.0];
const TABLET: [f32; 2] = [768.0, 1024.0];
const PHONE: [f32; 2] = [360.0, 740.0];
const SIZES: [(&str, [f32; 2]); 3] = [("laptop", LAPTOP), ("tablet", TABLET), ("phone", PHONE)];

fn shoot(name: &str, make: impl Fn() -> Screen) {
    for (label, size) in SIZES {
        let mut harness = stage(make(), size);
        let path = picture(&mut harness, &format!("{name}-{label}"));
        assert!(std::fs::metadata(path).unwrap().len() > 1_000);
    }
}

#[test]
fn lobby() {
    shoot("lobby", || Screen::new(Host::new(party()).model()));
}

#[test]
fn trading() {
    shoot("trading", || Screen::new(busy().model()));
}

#[test]
fn ticket_with_preview() {
    shoot("ticket", || {
        let mut screen = Screen::new(busy().model());
        screen.ui.draft.amount = "64".to_owned();
        screen.ui.tab = Tab::Ticket;
        screen
    });
}
