//! Small parts that stand everywhere: badges, figures, terms with their help. Words come from the desk.

use maud::{Markup, html};
use outcry_desk::{
    text::{hint::GOT_IT, term::Term},
    view::{hint::Hint, ticket::Tone},
};
use outcry_engine::{Direction, OutcomeId, Side};

/// The letter of an outcome on its colour; names stand beside it, so that it is silent.
#[must_use]
pub fn badge(outcome: OutcomeId) -> Markup {
    html! { span.badge.(colour(outcome)) aria-hidden="true" { (outcome.letter()) } }
}

/// The class of an outcome's colour.
#[must_use]
pub fn colour(outcome: OutcomeId) -> String {
    format!("o{}", outcome.index() % 10)
}

/// The class of a token's colour, and its value in a form.
#[must_use]
pub const fn side(side: Side) -> &'static str {
    match side {
        Side::Yes => "yes",
        Side::No => "no",
    }
}

/// The value of a direction in a form.
#[must_use]
pub const fn way(direction: Direction) -> &'static str {
    match direction {
        Direction::Buy => "buy",
        Direction::Sell => "sell",
    }
}

/// The class of a gain, a loss or neither.
#[must_use]
pub const fn sign(units: i64) -> &'static str {
    match units.signum() {
        1 => "gain",
        -1 => "loss",
        _ => "even",
    }
}

/// The class of a figure's tone.
#[must_use]
pub const fn tone(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain => "plain",
        Tone::Weak => "even",
        Tone::Strong => "strong",
        Tone::Good => "gain",
        Tone::Notable => "notable",
        Tone::Bad => "loss",
    }
}

/// A term of a list with its figure.
#[must_use]
pub fn stat(term: Term, figure: &str, class: &str) -> Markup {
    html! { div title=(term.help()) { dt { (term.name()) } dd.num.(class) { (figure) } } }
}

/// A term at the head of a column.
#[must_use]
pub fn head(term: Term) -> Markup {
    html! { th scope="col" title=(term.help()) { (term.name()) } }
}

/// One of several, as radio buttons in a row: name, legend, and each option's value and words.
#[must_use]
pub fn choice(name: &str, legend: &str, chosen: &str, options: &[(&str, String)]) -> Markup {
    html! {
        fieldset.choice.(name) {
            legend.unseen { (legend) }
            @for (value, words) in options {
                label.(value) {
                    input type="radio" name=(name) value=(value) checked[*value == chosen] data-do=(name);
                    span { (words) }
                }
            }
        }
    }
}

/// A switch with its words.
#[must_use]
pub fn check(id: &str, on: bool, words: &str) -> Markup {
    html! { label.check { input type="checkbox" id=(id) checked[on] data-do=(id); span { (words) } } }
}

/// A button that does something with a value.
#[must_use]
pub fn button(does: &str, value: &str, class: &str, words: &str) -> Markup {
    html! { button.(class) type="button" data-do=(does) value=(value) { (words) } }
}

/// The hint of this place, if it is the one that is shown now.
#[must_use]
pub fn hint(shown: Option<Hint>, here: Hint) -> Markup {
    html! {
        @if shown == Some(here) {
            p.hint role="note" {
                span { (here.words()) }
                (button("hint", "", "quiet", GOT_IT))
            }
        }
    }
}
