//! Recent trades, newest first.

use crate::kit::side;
use maud::{Markup, html};
use outcry_desk::{
    page::Tab,
    text::{light, ui},
    view::tape::TapeRow,
};

/// Trades shown.
const SHOWN_MAX: usize = 16;

/// The tape; on a narrow page without who traded, and how.
#[must_use]
pub fn tape(rows: &[TapeRow], narrow: bool) -> Markup {
    let columns = if narrow { 5 } else { 7 };
    html! {
        section.card aria-labelledby="tape-title" {
            h2 #tape-title { (ui::tab(Tab::Tape)) }
            @if rows.is_empty() { p.weak { (ui::NO_TRADES) } } @else {
                table.tape {
                    thead { tr { @for title in &ui::TAPE_COLUMNS[..columns] { (heading(title)) } } }
                    tbody { @for row in rows.iter().take(SHOWN_MAX) { (line(row, narrow)) } }
                }
            }
        }
    }
}

/// A column without a title is of the token, whose name says so to the eye.
fn heading(title: &str) -> Markup {
    html! { th scope="col" { @if title.is_empty() { span.unseen { (light::TOKEN) } } @else { (title) } } }
}

fn line(row: &TapeRow, narrow: bool) -> Markup {
    html! {
        tr.own[row.own] id={ "trade-" (row.id) } {
            td.num.weak { (row.time) }
            td.name { (row.name) }
            td.(side(row.side)) { (row.side.name()) }
            td.num { (row.price) }
            td.num { (row.size) }
            @if !narrow { td.name { (row.who) } td.weak { (row.kind) } }
        }
    }
}
