//! Every panel in every state at two widths, and whole screens at the widths people have, compared with the pictures
//! that are kept; see [`crate::support::album`].

mod host;
mod market;
mod moments;
mod people;
mod screens;
mod ticket;

use crate::support::{
    album::{Album, references},
    stage::{Screen, picture, stage},
};
use egui::{Rect, Vec2, pos2};
use outcry_client::kit::layout;
use outcry_desk::page::Tab;
use std::collections::BTreeSet;

const LAPTOP: [f32; 2] = [1280.0, 720.0];
const PHONE: [f32; 2] = [360.0, 740.0];

/// What of the window is kept as a picture.
#[derive(Clone, Copy, Debug)]
enum Part {
    /// The top bar.
    Top,
    /// The outcome list.
    Outcomes,
    /// The ticket.
    Ticket,
    /// The panel behind a tab.
    Main(Tab),
    /// The one panel of the lobby and of the end.
    Single,
    /// The same of the end, of which a phone has the floor as well.
    End,
    /// All of the window.
    Whole,
    /// What stands over the floor.
    Floor,
    /// A window over everything, of at most this size.
    Window([f32; 2]),
}

/// A panel in a state.
type Shot = (&'static str, Part, fn() -> Screen);

/// All of them.
fn shots() -> impl Iterator<Item = &'static Shot> {
    [host::SHOTS, market::SHOTS, moments::SHOTS, people::SHOTS, ticket::SHOTS].into_iter().flatten()
}

/// Compares panels at both widths.
fn compare(shots: &[Shot]) {
    let mut album = Album::default();
    for (name, part, make) in shots {
        for (label, size) in [("laptop", LAPTOP), ("phone", PHONE)] {
            let mut screen = make();
            let rect = part.place(&mut screen, size);
            let mut window = stage(screen, size);
            album.compare(&format!("{name}-{label}"), &picture(&mut window, rect));
        }
    }
    album.close();
}

impl Part {
    /// Its place, with the tab turned to it.
    fn place(self, screen: &mut Screen, size: [f32; 2]) -> Rect {
        let window = Rect::from_min_size(pos2(0.0, 0.0), size.into());
        match self {
            Self::Outcomes => screen.ui.tab = Tab::Outcomes,
            Self::Ticket => screen.ui.tab = Tab::Ticket,
            Self::Main(tab) => screen.ui.tab = tab,
            _ => {}
        }
        let places = layout::trading(window, matches!(self, Self::Ticket));
        let or_main = |rect: Rect| if rect.is_positive() { rect } else { places.main };
        match self {
            Self::Top => places.top,
            Self::Outcomes => or_main(places.left),
            Self::Ticket => or_main(places.right),
            Self::Main(_) => places.main,
            Self::Whole => window,
            Self::End if layout::is_phone(window) => window,
            Self::Single | Self::End => layout::single(window).main,
            Self::Floor => places.free.expand(8.0).intersect(window),
            // On a phone they go from edge to edge.
            Self::Window([_, height]) if layout::is_phone(window) && height > 600.0 => window,
            Self::Window(most) => Rect::from_center_size(window.center(), Vec2::from(most).min(window.size())),
        }
    }
}

#[test]
fn every_reference_is_of_a_picture() {
    let panels = shots().flat_map(|(name, ..)| ["laptop", "phone"].map(|label| format!("{name}-{label}.png")));
    let wanted: BTreeSet<String> = panels.chain(screens::names().map(|name| format!("{name}.png"))).collect();
    let files = std::fs::read_dir(references()).unwrap();
    let kept: BTreeSet<String> = files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(kept.difference(&wanted).collect::<Vec<_>>(), [""; 0], "these are of no picture any more");
}
