//! Every outcome at once; a price opens the ticket on its token.

use super::plot::{self, Scale};
use crate::kit::{badge, colour, hint, side, sign};
use maud::{Markup, html};
use outcry_desk::{
    format::spot_cents,
    page::Tab,
    text::{self, light, term::Term},
    view::{hint::Hint, outcomes::OutcomeRow},
};
use outcry_engine::{OutcomeId, Side};
use outcry_shared::message::Outcome;

/// What is marked in the list: the ticket's token, and spots after its order, of every outcome.
#[derive(Clone, Copy, Debug)]
pub struct Marked<'a> {
    /// The ticket's outcome.
    pub outcome: OutcomeId,
    /// The ticket's side.
    pub side: Side,
    /// `[YES, NO]` spots after the order being typed; empty while there is none.
    pub ghosts: &'a [[f64; 2]],
    /// What a newcomer is told now.
    pub hint: Option<Hint>,
    /// Why the price that moved most did so.
    pub why: Option<&'a str>,
}

/// The list of outcomes: those in the game first, each group in its own order.
#[must_use]
pub fn market(rows: &[OutcomeRow], marked: Marked<'_>) -> Markup {
    let (active, out): (Vec<_>, Vec<_>) = rows.iter().partition(|row| row.fate == Outcome::Active);
    html! {
        section.card.market aria-labelledby="market-title" {
            h2 #market-title { (text::ui::tab(Tab::Outcomes)) }
            (hint(marked.hint, Hint::Pick))
            @if !active.is_empty() { p.why { (marked.why.unwrap_or(light::NO_MOVE_YET)) } }
            ul.outcomes {
                @for row in active { (card(row, marked)) }
                @for row in out { (gone(row)) }
            }
        }
    }
}

fn card(row: &OutcomeRow, marked: Marked<'_>) -> Markup {
    let here = marked.outcome == row.id;
    let after = marked.ghosts.get(row.id.index());
    html! {
        li.outcome.here[here] id={ "outcome-" (row.id.0) } {
            (badge(row.id))
            h3 { (row.name) }
            (spark(row))
            span.change.num.(sign(row.change_sign)) title=(row.why.as_deref().unwrap_or(Term::Change.help())) { (row.change) }
            div.prices.plain[row.holdings.is_empty() && after.is_none()] {
                @for token in Side::BOTH { (price(row, token, here && marked.side == token, after)) }
            }
        }
    }
}

/// A price to press. What one holds of the token, and what the price would be after the order being typed, have their
/// room whether there are any or not.
fn price(row: &OutcomeRow, token: Side, chosen: bool, after: Option<&[f64; 2]>) -> Markup {
    let now = &row.prices[token.index()];
    let after = after.map(|pair| spot_cents(pair[token.index()]));
    let held = row.holdings.iter().find(|(side, _)| *side == token).map(|(_, words)| words.as_str());
    html! {
        button.price.(side(token)) type="button" data-do="pick" value={ (row.id.0) " " (side(token)) }
            aria-pressed=(chosen)
        {
            b { (token.name()) }
            span.unseen { (light::of(&row.name)) }
            span.num { (now) }
            span.held.num { @if let Some(held) = held { span.unseen { (light::HELD) } (held) } }
            span.ghost.num { @if let Some(after) = after { "→ " (after) span.unseen { (light::AFTER) } } }
        }
    }
}

fn gone(row: &OutcomeRow) -> Markup {
    html! {
        li.outcome.gone.won[row.fate == Outcome::Won] id={ "outcome-" (row.id.0) } {
            (badge(row.id))
            h3 { (row.name) }
            p.fate { (text::ui::fate(row.fate).unwrap_or_default()) }
        }
    }
}

/// The price of the last minutes, small; its figures stand beside it.
fn spark(row: &OutcomeRow) -> Markup {
    let points: Vec<[f64; 2]> =
        row.spark.iter().enumerate().map(|(index, price)| [index as f64, f64::from(*price)]).collect();
    let range = plot::extent(points.iter().map(|point| point[1])).unwrap_or([0.0, 1.0]);
    let last = points.len().saturating_sub(1).max(1) as f64;
    let scale = Scale { x: [0.0, last], y: range, across: [0.0, 60.0], up: [18.0, 2.0] };
    html! {
        svg.spark.(colour(row.id)) viewBox="0 0 60 20" aria-hidden="true" focusable="false" {
            path d=(plot::line(&points, &scale)) {}
        }
    }
}
