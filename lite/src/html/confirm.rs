//! The step before sending.

use super::figures::{list, obstacle, preview, warnings};
use crate::kit::{badge, button, check, side};
use maud::{Markup, html};
use outcry_desk::{
    prefs::Prefs,
    text::ticket as words,
    view::ticket::{Draft, TicketView, sentence, terms},
};

/// The order once more. When the market moves so that it cannot be sent, it says so here and waits.
#[must_use]
pub fn confirm(view: &TicketView, draft: &Draft, prefs: Prefs) -> Markup {
    let sentence = sentence(view, draft);
    html! {
        dialog #confirm aria-labelledby="confirm-title" data-close="back" {
            h2 #confirm-title { (words::CONFIRM) }
            p.pick { (badge(draft.outcome)) strong.(side(draft.side)) { (sentence) } }
            (list(&terms(view, draft)))
            (preview(view, draft))
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
