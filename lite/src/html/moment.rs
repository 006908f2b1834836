//! What has the screen while trading stands still: who is out, and what it meant.

use crate::kit::{badge, sign};
use maud::{Markup, html};
use outcry_desk::{text::banner::CANCEL, view::moment::MomentView};

/// Words of so many characters are set smaller, and of so many much smaller.
const LONG: usize = 10;
const LONGEST: usize = 13;

/// The card over everything else of the page.
#[must_use]
pub fn moment(view: &MomentView) -> Markup {
    let longest = view.title.split_whitespace().map(|word| word.chars().count()).max().unwrap_or_default();
    html! {
        section.moment.told[!view.outcomes.is_empty()] aria-labelledby="moment-title" {
            @if !view.outcomes.is_empty() {
                p.gone aria-hidden="true" { @for outcome in &view.outcomes { (badge(*outcome)) } }
            }
            h2 #moment-title.long[(LONG..LONGEST).contains(&longest)].longest[longest >= LONGEST] { (view.title) }
            @if !view.lines.is_empty() {
                ul { @for line in &view.lines { li.(sign(line.sign)) { (line.words) } } }
            }
            p.next.num { (view.next) }
            p.weak { (CANCEL) }
        }
    }
}
