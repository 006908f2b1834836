//! The ticket: what a newcomer needs first, everything else behind one press that is remembered.

use super::{
    figures::{asides, obstacle, preview, warnings},
    simple::outcome,
};
use crate::kit::{button, check, choice, side, way};
use maud::{Markup, html};
use outcry_desk::{
    format::{NOTHING, cents, limit_cents, money, percent, tokens},
    page::Tab,
    prefs::Prefs,
    text::{self, light, term::Term, ticket as words},
    view::ticket::{Draft, Kind, TicketView, Unit, promise, quick, sentence, share},
};
use outcry_engine::{Direction, Side};

/// Steps of the slider.
pub const SHARES: f64 = 200.0;

/// The ticket, as a form.
#[must_use]
pub fn ticket(view: &TicketView, draft: &Draft, prefs: Prefs) -> Markup {
    html! {
        form.card.ticket #ticket data-do="send" novalidate aria-labelledby="trade-title" {
            h2 #trade-title { (text::ui::tab(Tab::Ticket)) }
            (outcome(draft.outcome, &view.name, &view.outcomes))
            (token(view, draft))
            (choice("way", light::WAY, way(draft.direction), &Direction::BOTH.map(|direction| {
                (way(direction), text::direction(direction).to_owned())
            })))
            (amount(view, draft))
            div.verdict #promise {
                @if let Some(promise) = promise(view, draft) { p { (promise) } } @else { (obstacle(view)) }
            }
            button.primary.send.(side(draft.side)) #send aria-disabled=(view.blocked.is_some())
                aria-describedby="promise why"
            { (sentence(view, draft)) }
            (why(view))
            (every_figure(view, draft, prefs))
        }
    }
}

fn token(view: &TicketView, draft: &Draft) -> Markup {
    let active = view.outcomes.iter().any(|(id, _)| *id == draft.outcome);
    choice(
        "token",
        light::SIDE,
        side(draft.side),
        &Side::BOTH.map(|token| {
            let price = if active { cents(view.prices[token.index()]) } else { NOTHING.to_owned() };
            (side(token), format!("{} {price}", token.name()))
        }),
    )
}

fn amount(view: &TicketView, draft: &Draft) -> Markup {
    let unit = draft.counts();
    let term = if unit == Unit::Money { Term::Amount } else { Term::Size };
    let there = match draft.direction {
        Direction::Buy => words::you_have(&money(view.balance)),
        Direction::Sell => words::you_hold(&tokens(view.free)),
    };
    let part = (share(view, draft) * SHARES).round() as i64;
    html! {
        div.amount {
            label for="amount" title=(term.help()) { (term.name()) @if unit == Unit::Money { " $" } }
            span.num.weak { (there) }
            div.row {
                button type="button" data-do="less" aria-label=(light::LESS) { "−" }
                input #amount.num type="text" inputmode="decimal" autocomplete="off" enterkeyhint="go" maxlength="24"
                    data-do="amount" value=(draft.amount) placeholder="0" aria-describedby="promise why";
                button type="button" data-do="more" aria-label=(light::MORE) { "+" }
            }
            div.quick role="group" aria-label=(light::QUICK) {
                @for (index, (words, _)) in quick(view, draft).iter().enumerate() {
                    (button("quick", &index.to_string(), "num", words))
                }
            }
            input.share type="range" min="0" max=(SHARES as i64) value=(part) data-do="share" aria-label=(light::SHARE)
                aria-valuetext=(if draft.amount.is_empty() { "0" } else { &draft.amount });
        }
    }
}

fn why(view: &TicketView) -> Markup {
    html! {
        div.why #why {
            (warnings(view))
            @if view.pending > 0 { p.strong { (words::pending(view.pending)) } }
        }
    }
}

fn every_figure(view: &TicketView, draft: &Draft, prefs: Prefs) -> Markup {
    let kind = if draft.kind == Kind::Market { "market" } else { "limit" };
    let kinds = [("market", Term::Market), ("limit", Term::Limit)].map(|(value, term)| (value, term.name().to_owned()));
    let unit = if draft.counts() == Unit::Money { "money" } else { "tokens" };
    let units = [("money", light::DOLLARS.to_owned()), ("tokens", light::TOKENS.to_owned())];
    html! {
        details.every #every open data-toggle="full" {
            summary { (words::MORE) }
            (choice("kind", Term::OrderType.name(), kind, &kinds))
            @if draft.direction == Direction::Buy { (choice("unit", light::UNIT, unit, &units)) }
            @match draft.kind {
                Kind::Market => (stepper(Term::MaxSlippage, "slippage", &percent(view.max_slippage), &[("-1", "−"), ("1", "+")])),
                Kind::Limit => {
                    (stepper(Term::LimitPrice, "limit", &limit_cents(view.limit), &[("-5", "−5"), ("-1", "−"), ("1", "+"), ("5", "+5")]))
                    @if view.af_enabled {
                        (check("fill", draft.af_opt_in, words::AUTO_FILL))
                        @if draft.af_opt_in { p.weak { (Term::AutoFill.help()) } }
                    }
                }
            }
            (check("ask", prefs.confirm_orders, words::ASK_FIRST))
            h3 { (light::FIGURES) }
            (preview(view, draft))
            (asides(view))
        }
    }
}

/// A figure between the buttons that move it.
fn stepper(term: Term, does: &str, figure: &str, steps: &[(&str, &str)]) -> Markup {
    let step = |(value, words): &(&str, &str)| {
        let label =
            format!("{} {}: {words}", term.name(), if value.starts_with('-') { light::LOWER } else { light::HIGHER });
        html! { button.num type="button" data-do=(does) value=(value) aria-label=(label) { (words) } }
    };
    let (down, up) = steps.split_at(steps.len() / 2);
    html! {
        div.stepper role="group" aria-label=(term.name()) {
            span title=(term.help()) { (term.name()) }
            @for one in down { (step(one)) }
            output.num { (figure) }
            @for one in up { (step(one)) }
        }
    }
}
