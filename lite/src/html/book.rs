//! The book of one token: asks, the pool's price, bids. A level fills the ticket.

use crate::kit::{choice, head, side};
use maud::{Markup, html};
use outcry_desk::{
    page::Tab,
    text::{self, light, term::Term},
    view::book::{BookRow, BookView},
};
use outcry_engine::{Direction, Side};

/// The book, with the best prices next to the pool's.
#[must_use]
pub fn book(view: &BookView) -> Markup {
    html! {
        section.card.book aria-labelledby="book-title" {
            h2 #book-title { (text::ui::tab(Tab::Book)) " " small { (text::token(view.side, &view.name)) } }
            (choice("book", light::BOOK_SIDE, side(view.side), &Side::BOTH.map(|token| {
                (side(token), token.name().to_owned())
            })))
            p.pool title=(Term::PoolPrice.help()) {
                (Term::PoolPrice.name()) " " b.num { (view.pool) }
                @if let Some(spread) = &view.spread { " · " (Term::Spread.name()) " " b.num { (spread) } }
            }
            div.halves {
                (half(&view.bids, Direction::Buy))
                (half(&view.asks, Direction::Sell))
            }
        }
    }
}

fn half(rows: &[BookRow], direction: Direction) -> Markup {
    let (title, value) = match direction {
        Direction::Buy => (text::ui::BIDS, "bid"),
        Direction::Sell => (text::ui::ASKS, "ask"),
    };
    html! {
        table.half.(value) {
            caption { (title) }
            thead { tr { (head(Term::LimitPrice)) (head(Term::Size)) (head(Term::Share)) } }
            tbody {
                @if rows.is_empty() { tr { td.weak colspan="3" { (text::ui::no_orders(direction)) } } }
                @for row in rows { (level(row, value)) }
            }
        }
    }
}

fn level(row: &BookRow, value: &str) -> Markup {
    html! {
        tr id={ (value) "-" (row.price.0) } {
            td {
                svg.bar viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true" focusable="false" {
                    rect width=((row.cumulative * 100.0).round() as i32) height="1" {}
                }
                button.num type="button" data-do="level" value={ (value) " " (row.price.0) }
                    title=(text::ui::CLICK_LEVEL) { (row.label) }
            }
            td.num { (row.size) }
            td.num.strong { @if let Some(own) = &row.own { (own) } }
        }
    }
}
