//! What an order would get, line by line, in the ticket and in its confirmation.

use crate::kit::{button, stat, tone};
use maud::{Markup, html};
use outcry_desk::{
    format::{cents, tokens},
    preview::Repair,
    text,
    view::ticket::{Draft, Level, Line, TicketView, lines},
};

/// The preview: each part of the route when there are several, then every figure.
#[must_use]
pub fn preview(view: &TicketView, draft: &Draft) -> Markup {
    let parts = view.preview.as_ref().map_or(&[][..], |preview| &preview.quote.parts);
    html! {
        @if parts.len() > 1 {
            ul.parts {
                @for part in parts {
                    li { (text::fill_type(part.fill_type)) ": " span.num { (tokens(part.size)) " at " (cents(part.price)) } }
                }
            }
        }
        (list(&lines(view, draft)))
    }
}

/// Terms with their figures.
#[must_use]
pub fn list(lines: &[Line]) -> Markup {
    html! { dl.lines { @for (term, figure, how) in lines { (stat(*term, figure, tone(*how))) } } }
}

/// Why it cannot be sent, with one press each for what would help.
#[must_use]
pub fn obstacle(view: &TicketView) -> Markup {
    let Some(blocked) = &view.blocked else { return html! {} };
    html! {
        p.reason.notable[!blocked.waiting].weak[blocked.waiting] { (blocked.reason) }
        (repairs(&blocked.repairs, "repair", ""))
    }
}

/// One press each for what would help: `does` with its place, after `of` where that is not all.
#[must_use]
pub fn repairs(repairs: &[(String, Repair)], does: &str, of: &str) -> Markup {
    html! {
        @if !repairs.is_empty() {
            div.repairs {
                @for (index, (words, _)) in repairs.iter().enumerate() {
                    (button(does, format!("{of} {index}").trim_start(), "repair", words))
                }
            }
        }
    }
}

/// What is not spent of the amount, and what comes to more than its price promises, and why.
#[must_use]
pub fn asides(view: &TicketView) -> Markup {
    html! { @for words in view.left.iter().chain(&view.better) { p.weak { (words) } } }
}

/// What to think about before sending.
#[must_use]
pub fn warnings(view: &TicketView) -> Markup {
    html! {
        @for warning in &view.warnings {
            p.warning.(if warning.level == Level::High { "loss" } else { "notable" }) { "⚠ " (warning.words) }
        }
    }
}
