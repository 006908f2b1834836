//! The practice market: what invites to it, and what nobody mistakes it by.

use crate::kit::button;
use maud::{Markup, html};
use outcry_desk::{
    practice::{Mission, Missions},
    text::practice as words,
};

/// In the lobby: what it is, and the way in.
#[must_use]
pub fn invitation(done: Missions) -> Markup {
    html! {
        section.card.practise aria-labelledby="practise-title" {
            h2 #practise-title { (words::INVITE) }
            p { (words::ABOUT) }
            (missions(done))
            (button("practise", "true", "primary", if done.count() == 0 { words::OPEN } else { words::AGAIN }))
        }
    }
}

fn missions(done: Missions) -> Markup {
    html! {
        ol.missions aria-label=(words::MISSIONS) {
            @for mission in Mission::ALL {
                li.gain[done.has(mission)] {
                    span aria-hidden="true" { (if done.has(mission) { "✔" } else { "○" }) }
                    span { (mission.words()) @if done.has(mission) { span.unseen { (words::DONE) } } }
                }
            }
        }
    }
}

/// Over the practice market, whatever of it is shown: that it is one, what to try next, and the way back.
#[must_use]
pub fn strip(done: Missions) -> Markup {
    html! {
        div.practice-strip {
            p { strong { (words::TITLE) } " " (words::done(done.count())) }
            (button("practise", "false", "quiet", words::LEAVE))
            p {
                @match done.next() {
                    Some(mission) => (mission.words()),
                    None => (words::ALL_DONE),
                }
            }
        }
    }
}
