//! Cash, positions and open orders.

use crate::kit::{badge, button, hint, side, sign, stat};
use maud::{Markup, html};
use outcry_desk::{
    page::Tab,
    text::{self, light, term::Term, ui},
    view::{
        hint::Hint,
        portfolio::{OrderRow, PortfolioView, PositionRow},
    },
};

/// What one owns.
#[must_use]
pub fn portfolio(view: &PortfolioView, told: Option<Hint>) -> Markup {
    let cash = &view.cash;
    html! {
        section.card aria-labelledby="portfolio-title" {
            h2 #portfolio-title { (ui::tab(Tab::Portfolio)) }
            dl.stats {
                (stat(Term::Value, &cash.value, "strong"))
                (stat(Term::Pnl, &cash.pnl, sign(cash.pnl_sign)))
                (stat(Term::Balance, &cash.balance, "plain"))
                (stat(Term::Locked, &cash.locked, "plain"))
            }
            (hint(told, Hint::Sell))
            @if let Some(words) = &view.nothing { p.weak { (words) } }
            @else { ul.positions { @for row in &view.positions { (card(row)) } } }
        }
    }
}

/// Two lines: what it is and is worth, what it cost and gained.
fn card(row: &PositionRow) -> Markup {
    html! {
        li {
            span.token.(side(row.side)) { (badge(row.outcome)) (text::token(row.side, &row.name)) }
            b.num { (row.value) }
            span.num.weak { (row.words) }
            span.num.(sign(row.open_sign)) { (row.open) }
            (sale(row))
        }
    }
}

/// What offers to sell it.
fn sale(row: &PositionRow) -> Markup {
    html! {
        @if let Some(words) = &row.sale {
            button.quiet.sell.num type="button" data-do="sell" value={ (row.outcome.0) " " (side(row.side)) }
                aria-label=(light::of_token(words, &text::token(row.side, &row.name)))
            { (words) }
        }
    }
}

/// Orders that wait in the book, each with what takes it back.
#[must_use]
pub fn orders(rows: &[OrderRow]) -> Markup {
    html! {
        section.card aria-labelledby="orders-title" {
            header {
                h2 #orders-title { (ui::OPEN_ORDERS) }
                @if rows.len() > 1 { (button("cancel-all", "", "quiet", ui::CANCEL_ALL)) }
            }
            @if rows.is_empty() { p.weak { (ui::NO_ORDERS) } } @else { ul.orders { @for row in rows { (order(row)) } } }
        }
    }
}

fn order(row: &OrderRow) -> Markup {
    html! {
        li id={ "order-" (row.id.0) } {
            (badge(row.outcome))
            span {
                span.(side(row.side)) { (row.words) }
                @if let Some(filled) = &row.filled { " " small.weak { (filled) } }
                @if row.auto_fill { " " small.strong title=(Term::AutoFill.help()) { (Term::AutoFill.name()) } }
            }
            button.quiet type="button" data-do="cancel" value=(row.id.0) aria-label=(light::cancel(&row.words)) {
                (ui::CANCEL)
            }
        }
    }
}
