//! The step before sending.

use super::figures::{asides, list, obstacle, preview, warnings};
use crate::kit::{badge, button, check, side};
use maud::{Markup, html};
use outcry_desk::{
    prefs::Prefs,
    text::{light, ticket as words},
    view::ticket::{Draft, TicketView, is_simple, sentence, terms},
};
use outcry_engine::{Direction, Usdc};

/// The order once more. When the market moves so that it cannot be sent, it says so here and waits.
#[must_use]
pub fn confirm(view: &TicketView, draft: &Draft, prefs: Prefs) -> Markup {
    let sentence = sentence(view, draft);
    html! {
        dialog #confirm aria-labelledby="confirm-title" data-close="back" {
            h2 #confirm-title { (words::CONFIRM) }
            p.pick { (badge(draft.outcome)) strong.(side(draft.side)) { (sentence) } }
            (asides(view))
            @if is_simple(draft, prefs) {
                (in_short(view, draft))
                details { summary { (light::FIGURES) } (list(&terms(view, draft))) (preview(view, draft)) }
            } @else {
                (list(&terms(view, draft)))
                (preview(view, draft))
            }
            (obstacle(view))
            (warnings(view))
            (check("ask-once", prefs.confirm_orders, words::ASK_FIRST))
            div.row {
                (button("back", "", "quiet", words::BACK))
                button.primary.(side(draft.side)) type="button" data-do="confirm" autofocus
                    aria-disabled=(view.blocked.is_some())
                { (sentence) }
            }
        }
    }
}

/// What comes of it either way, of a purchase.
fn in_short(view: &TicketView, draft: &Draft) -> Markup {
    let quote = view.preview.as_ref().filter(|_| draft.direction == Direction::Buy).map(|preview| &preview.quote);
    let Some((quote, size)) = quote.zip(view.size) else { return html! {} };
    html! {
        p.outcome-of-it { strong.num { (words::pays_figure(Usdc(size.0))) } " " (words::when(draft.side, &view.name)) }
        p.weak { (words::otherwise(quote.total, draft.side, &view.name)) }
    }
}
