//! One's own things, and the others.

use super::{Part, Shot, compare};
use crate::support::{Host, party, scenes, stage::Screen};
use outcry_client::ui::Overlay;
use outcry_desk::page::Tab;
use outcry_shared::phase::Phase;

const WINDOW: Part = Part::Window([640.0, 672.0]);

pub(super) const SHOTS: &[Shot] = &[
    ("lobby", Part::Single, || Screen::new(Host::new(party()).model())),
    ("lobby-draft", Part::Single, || {
        let mut host = Host::new(party());
        host.phase = Phase::Draft;
        Screen::new(host.model())
    }),
    ("portfolio", Part::Main(Tab::Portfolio), scenes::filled),
    ("portfolio-empty", Part::Main(Tab::Portfolio), scenes::opened),
    ("portfolio-watching", Part::Main(Tab::Portfolio), scenes::spectator),
    ("leaders", Part::Main(Tab::Leaders), scenes::trading),
    ("end", Part::End, || {
        let mut screen = scenes::resolved();
        screen.ui.light_floor = true;
        screen
    }),
    ("end-all", Part::Single, || {
        let mut screen = scenes::resolved();
        screen.ui.show_results();
        screen
    }),
    ("end-settling", Part::Single, || scenes::in_phase(Phase::Resolved)),
    ("end-watching", Part::End, scenes::resolved_watching),
    ("help", WINDOW, || over(scenes::trading(), Overlay::Help)),
    ("history", WINDOW, || over(scenes::filled(), Overlay::History)),
    ("scripts-lobby", Part::Single, || {
        let mut host = scenes::scripts();
        host.phase = Phase::Lobby;
        Screen::new(host.model())
    }),
    ("scripts-leaders", Part::Main(Tab::Leaders), || Screen::new(scenes::scripts().model())),
    ("scripts-outcomes", Part::Outcomes, || Screen::new(scenes::scripts().model())),
    ("scripts-tape", Part::Main(Tab::Tape), || Screen::new(scenes::scripts().model())),
    ("history-empty", WINDOW, || over(scenes::opened(), Overlay::History)),
];

fn over(mut screen: Screen, overlay: Overlay) -> Screen {
    screen.ui.overlay = Some(overlay);
    screen
}

#[test]
fn people() {
    compare(SHOTS);
}
