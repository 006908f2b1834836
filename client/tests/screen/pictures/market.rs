//! What everyone sees of the market.

use super::{Part, Shot, compare};
use crate::support::scenes;
use outcry_desk::page::Tab;
use outcry_engine::Side;
use outcry_shared::phase::Phase;

pub(super) const SHOTS: &[Shot] = &[
    ("outcomes", Part::Outcomes, scenes::trading),
    ("outcomes-empty", Part::Outcomes, scenes::opened),
    ("outcomes-eliminated", Part::Outcomes, scenes::eliminated),
    ("outcomes-crowded", Part::Outcomes, scenes::crowded),
    ("outcomes-hint", Part::Outcomes, scenes::newcomer),
    ("book", Part::Main(Tab::Book), scenes::trading),
    ("book-no", Part::Main(Tab::Book), || {
        let mut screen = scenes::trading();
        screen.ui.book_side = Some(Side::No);
        screen
    }),
    ("book-empty", Part::Main(Tab::Book), scenes::opened),
    ("tape", Part::Main(Tab::Tape), scenes::trading),
    ("tape-empty", Part::Main(Tab::Tape), scenes::opened),
    ("chart", Part::Main(Tab::Chart), scenes::trading),
    ("chart-empty", Part::Main(Tab::Chart), scenes::opened),
    ("chart-frozen", Part::Main(Tab::Chart), scenes::thawed),
    ("top", Part::Top, scenes::trading),
    ("top-frozen", Part::Top, || scenes::in_phase(Phase::Frozen)),
    ("top-paused", Part::Top, || scenes::in_phase(Phase::Paused)),
    ("top-silent", Part::Top, || {
        let mut screen = scenes::trading();
        screen.now_ms += 6_000;
        screen
    }),
];

#[test]
fn the_market() {
    compare(SHOTS);
}
