//! The lobby: three rules; who is here, how to bring others.

use super::{help::rules, practice::invitation};
use crate::{kit::button, state::Copied};
use maud::{Markup, html};
use outcry_desk::{
    practice::Missions,
    text::{help, light, lobby as words},
    view::lobby::LobbyView,
};

/// What one waits for, and what there is to know; who has a seat is invited to practise.
#[must_use]
pub fn welcome(view: &LobbyView, practice: Option<Missions>) -> Markup {
    html! {
        section.card.welcome aria-labelledby="lobby-title" {
            h2 #lobby-title { (view.heading) }
            @if !view.question.is_empty() { p.question { (view.question) } }
            p { (view.wait) }
            @if let Some(start) = &view.start_with { p.weak { (start) } }
        }
        @if let Some(done) = practice { (invitation(done)) }
        section.card aria-labelledby="rules-title" {
            h2 #rules-title { (help::RULES) }
            (rules())
        }
    }
}

/// Who is here, and how to bring others.
#[must_use]
pub fn people(view: &LobbyView, copied: Option<Copied>) -> Markup {
    html! {
        section.card aria-labelledby="here-title" {
            h2 #here-title { (words::HERE) " " small.weak { (view.count) } }
            @if view.people.is_empty() { p.weak { (words::ALONE) } } @else {
                ul.people {
                    @for person in &view.people { li.you[person.you].away[!person.connected] { (person.label) } }
                }
            }
        }
        @if !view.link.is_empty() {
            section.card aria-labelledby="invite-title" {
                h2 #invite-title { (words::INVITE) }
                @if view.only_here { p.notable { (words::ONLY_HERE) } }
                div.invite {
                    // Nobody scans what leads nowhere.
                    @if !view.only_here { img src="/qr.svg" alt=(view.link) width="132" height="132"; }
                    div {
                        input #link.num type="text" readonly value=(view.link) aria-label=(light::LINK);
                        (button("copy", "", "quiet", words::COPY))
                        p.weak role="status" {
                            @match copied {
                                Some(Copied::Yes) => (words::COPIED),
                                Some(Copied::No) => (light::COPY_BY_HAND),
                                None => {}
                            }
                        }
                    }
                }
            }
        }
    }
}
