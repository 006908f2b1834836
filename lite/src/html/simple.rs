//! The ticket as a newcomer has it: an amount, and what it pays on either side; or a sale of what is held.

use super::figures::{repairs, warnings};
use crate::kit::{badge, button, hint, side};
use maud::{Markup, html};
use outcry_desk::{
    page::Tab,
    text::{self, light, ticket as words},
    view::{
        hint::Hint,
        ticket::{Draft, Offer, SimpleView},
    },
};
use outcry_engine::{Direction, OutcomeId};

/// The ticket, as a form.
#[must_use]
pub fn ticket(view: &SimpleView, draft: &Draft, told: Option<Hint>) -> Markup {
    let chosen = view.offer(draft.side);
    html! {
        form.card.ticket.simple #ticket data-do="bet" novalidate aria-labelledby="trade-title" {
            h2 #trade-title { (text::ui::tab(Tab::Ticket)) }
            (hint(told, Hint::Bet))
            @match draft.direction {
                Direction::Buy => { (outcome(view.outcome, &view.name, &view.outcomes)) }
                Direction::Sell => {
                    p.pick { (badge(view.outcome)) strong.(side(draft.side)) { (text::token(draft.side, &view.name)) } }
                }
            }
            (amount(view, draft))
            p.promise #promise { @if let Some(promise) = chosen.and_then(|offer| offer.promise.as_ref()) { (promise) } }
            @match draft.direction {
                Direction::Buy => div.bets { @for offer in &view.offers { (bet(offer, draft)) } },
                Direction::Sell => div.bets { @for offer in &view.offers { (sale(offer)) } },
            }
            (why(view, draft))
            @if draft.direction == Direction::Buy { (held(view)) }
            details.every #every data-toggle="full" { summary { (words::MORE) } }
        }
    }
}

/// Outcomes to turn to.
#[must_use]
pub fn outcome(chosen: OutcomeId, name: &str, outcomes: &[(OutcomeId, String)]) -> Markup {
    let active = outcomes.iter().any(|(id, _)| *id == chosen);
    html! {
        div.pick {
            (badge(chosen))
            label.unseen for="outcome" { (light::OUTCOME) }
            select #outcome data-do="outcome" {
                @if !active { option value=(chosen.0) selected disabled { (name) } }
                @for (id, name) in outcomes {
                    option value=(id.0) selected[*id == chosen] { (text::badge_and_name(*id, name)) }
                }
            }
        }
    }
}

fn amount(view: &SimpleView, draft: &Draft) -> Markup {
    let buys = draft.direction == Direction::Buy;
    let label = if buys { words::HOW_MUCH } else { words::HOW_MANY };
    // What counts while nothing is typed.
    let usual = view.offers.first().map_or("", |offer| &offer.draft.amount);
    html! {
        div.amount {
            label for="amount" { (label) }
            span.num.weak { (view.there) }
            input #amount.num type="text" inputmode="decimal" autocomplete="off" enterkeyhint="go" maxlength="24"
                data-do="amount" value=(draft.amount) placeholder=(usual) aria-describedby="promise why";
            div.quick role="group" aria-label=(light::QUICK) {
                @for (words, amount) in &view.amounts {
                    button.num type="button" data-do="stake" value=(amount) aria-pressed=(*amount == view.stake) { (words) }
                }
            }
        }
    }
}

/// A side, with what the amount pays on it. Both have the same lines, so that neither jumps.
fn bet(offer: &Offer, draft: &Draft) -> Markup {
    html! {
        button.bet.(side(offer.side)).chosen[offer.side == draft.side] type="button" id={ "bet-" (side(offer.side)) }
            data-do="bet" value=(side(offer.side)) aria-disabled=(offer.ticket.blocked.is_some())
        {
            b.num { (offer.token) } " "
            strong.num { @if let Some(gets) = &offer.gets { (gets) } @else { "—" } }
            " " span { (offer.when) }
        }
    }
}

fn sale(offer: &Offer) -> Markup {
    html! {
        (button("keep", "", "quiet", words::KEEP))
        button.bet.chosen.(side(offer.side)) #send type="button" data-do="bet" value=(side(offer.side))
            aria-disabled=(offer.ticket.blocked.is_some())
        {
            strong.num { (offer.gets.as_deref().unwrap_or(text::direction(Direction::Sell))) }
        }
    }
}

/// What is in the way, what would help, what to think about, and what waits.
fn why(view: &SimpleView, draft: &Draft) -> Markup {
    html! {
        div.why #why {
            @if let Some((offer, blocked, reason)) = view.obstacle(draft.side) {
                p.reason.notable[!blocked.waiting].weak[blocked.waiting] { (reason) }
                (repairs(&blocked.repairs, "mend", side(offer.side)))
            }
            @else if let Some(offer) = view.offer(draft.side) { (warnings(&offer.ticket)) }
            @for words in view.better() { p.weak { (words) } }
            @if view.pending > 0 { p.strong { (words::pending(view.pending)) } }
        }
    }
}

/// What one holds of the outcome: a tap offers to sell it.
fn held(view: &SimpleView) -> Markup {
    html! {
        @for (token, held) in &view.held {
            p.held-here {
                span { (text::ui::YOU_HOLD) " " b.num { (held) } }
                button.quiet.sell type="button" data-do="sell" value={ (view.outcome.0) " " (side(*token)) }
                    aria-label=(light::of_token(text::direction(Direction::Sell), held))
                { (text::direction(Direction::Sell)) }
            }
        }
    }
}
