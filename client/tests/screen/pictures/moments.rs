//! What stands over the floor when something happens, or does not.

use super::{Part, Shot, compare};
use crate::support::{scenes, stage::Screen};
use outcry_shared::{
    ServerMessage,
    message::{ConnectRefusal, RefusalCode},
    names::normalise,
    phase::Phase,
};

const MIDDLE: Part = Part::Window([520.0, 420.0]);

pub(super) const SHOTS: &[Shot] = &[
    ("moment-accepted", Part::Floor, scenes::pending),
    ("moment-filled", Part::Floor, scenes::filled),
    ("moment-rejected", Part::Floor, scenes::rejected),
    ("moment-breath", Part::Whole, scenes::breathless),
    ("moment-eliminated", Part::Whole, scenes::eliminated),
    ("moment-frozen", Part::Floor, || scenes::in_phase(Phase::Frozen)),
    ("moment-paused", Part::Floor, || scenes::in_phase(Phase::Paused)),
    ("moment-message", Part::Floor, || {
        let mut screen = scenes::trading();
        let words = "Two minutes of break after this round; the coffee is behind the stairs.".to_owned();
        screen.model.apply(ServerMessage::Announcement(words), screen.now_ms - 100);
        screen
    }),
    ("moment-loading", MIDDLE, scenes::loading),
    ("moment-reconnecting", MIDDLE, || scenes::lost(2)),
    ("moment-closed", MIDDLE, || {
        scenes::told(ServerMessage::Bye { reason: "your seat was taken over by another window".to_owned() })
    }),
    ("moment-new-version", MIDDLE, || {
        refused(RefusalCode::Version, "this page speaks protocol 1, the server 2: reload")
    }),
    ("moment-door", MIDDLE, || refused(RefusalCode::Door, "the host has closed the door: nobody can join now")),
    ("moment-join", MIDDLE, scenes::nameless),
    ("moment-name-taken", MIDDLE, || refused(RefusalCode::Name, "\"Noor\" is taken")),
    ("moment-name-emoji", MIDDLE, || {
        let mut screen = refused(RefusalCode::Name, &normalise("Ada🎉").unwrap_err().to_string());
        screen.ui.name = "Ada🎉".to_owned();
        screen
    }),
];

fn refused(code: RefusalCode, reason: &str) -> Screen {
    scenes::told(ServerMessage::Refused(ConnectRefusal { code, reason: reason.to_owned() }))
}

#[test]
fn moments() {
    compare(SHOTS);
}
