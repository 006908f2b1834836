//! A picture of every screen in every state, at the widths people have. Set `OUTCRY_PICTURES`
//! to a folder to look at them.
use crate::support::{
    Host, party, scenes,
    stage::{Screen, picture, stage},
};
use outcry_client::{
    host::Section,
    model::Connection,
    ui::{Overlay, Tab},
    view::ticket::{Kind, Unit},
};
use outcry_shared::phase::Phase;

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

fn ticket(change: impl Fn(&mut Screen)) -> Screen {
    let mut screen = scenes::tab(Tab::Ticket);
    screen.ui.draft.amount = "40".to_owned();
    change(&mut screen);
    screen
}

#[test]
fn lobby() {
    shoot("lobby", || Screen::new(Host::new(party()).model()));
}

#[test]
fn trading() {
    shoot("trading", scenes::trading);
}

#[test]
fn tickets() {
    shoot("ticket-preview", || ticket(|_| {}));
    shoot("ticket-confirm", || ticket(|screen| screen.ui.draft.confirming = true));
    shoot("ticket-slippage", || ticket(|screen| screen.ui.draft.amount = "300".to_owned()));
    shoot("ticket-limit", || {
        ticket(|screen| {
            screen.ui.draft.kind = Kind::Limit;
            screen.ui.draft.unit = Unit::Tokens;
            screen.ui.draft.limit = Some(outcry_engine::Price(550_000));
        })
    });
}

#[test]
fn tabs() {
    for (name, tab) in [
        ("book", Tab::Book),
        ("tape", Tab::Tape),
        ("chart", Tab::Chart),
        ("portfolio", Tab::Portfolio),
        ("leaders", Tab::Leaders),
    ] {
        shoot(name, || scenes::tab(tab));
    }
}

#[test]
fn moments() {
    shoot("filled", scenes::filled);
    shoot("eliminated", scenes::eliminated);
    shoot("paused", || scenes::in_phase(Phase::Paused));
    shoot("end", scenes::resolved);
    shoot("reconnecting", || scenes::connection(Connection::Reconnecting { attempt: 2 }));
    shoot("join", || scenes::connection(Connection::NeedsName { error: Some("\"Noor\" is taken".to_owned()) }));
}

#[test]
fn windows() {
    for (name, overlay) in [("help", Overlay::Help), ("history", Overlay::History)] {
        shoot(name, || {
            let mut screen = scenes::filled();
            screen.ui.overlay = Some(overlay);
            screen
        });
    }
}

#[test]
fn host() {
    shoot("host-login", || {
        let mut screen = scenes::trading();
        screen.ui.open_host();
        screen
    });
    for (name, section) in
        [("run", Section::Run), ("lobby", Section::Lobby), ("watch", Section::Watch), ("export", Section::Export)]
    {
        shoot(&format!("host-{name}"), || {
            let mut screen = scenes::hosting(Phase::Running);
            screen.ui.host.section = section;
            screen
        });
    }
    shoot("host-configure", || {
        let mut screen = scenes::hosting(Phase::Lobby);
        screen.ui.host.section = Section::Configure;
        screen
    });
    shoot("host-errors", || {
        let mut screen = scenes::hosting(Phase::Lobby);
        screen.ui.host.section = Section::Configure;
        let mut config = outcry_shared::config::presets()[0].config.clone();
        config.name.clear();
        config.params.f = outcry_engine::Rate(90_000_000);
        config.params.outcome_names[1] = "Ada".to_owned();
        screen.ui.host.start_from(&config, true);
        screen
    });
}

#[test]
fn wide_screen() {
    let mut harness = stage(scenes::tab(Tab::Chart), [2560.0, 1440.0]);
    picture(&mut harness, "trading-wall");
}
