//! Orders sent from here, and how far each came.

use crate::kit::{badge, side};
use maud::{Markup, html};
use outcry_desk::{
    text::receipt as words,
    view::receipts::{Mark, ReceiptRow},
};

/// The newest first, each with every part of its fill.
#[must_use]
pub fn receipts(rows: &[ReceiptRow]) -> Markup {
    html! {
        section.card aria-labelledby="receipts-title" {
            h2 #receipts-title { (words::TITLE) }
            @if rows.is_empty() { p.weak { (words::NONE) } } @else { ol.receipts { @for row in rows { (receipt(row)) } } }
        }
    }
}

fn receipt(row: &ReceiptRow) -> Markup {
    let (mark, class) = match row.mark {
        Mark::Waiting => ("…", "notable"),
        Mark::Good => ("✔", "gain"),
        Mark::Bad => ("✖", "loss"),
        Mark::Gone => ("•", "even"),
    };
    html! {
        li {
            (badge(row.outcome))
            div {
                p { span.(side(row.side)) { (row.words) } " " span.stage.(class) { span aria-hidden="true" { (mark) " " } (row.stage) } }
                @for line in &row.lines { p.weak { (line) } }
            }
        }
    }
}
