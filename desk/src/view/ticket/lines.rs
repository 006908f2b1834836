//! What the engine says the order would get, line by line.

use super::{
    draft::{Draft, Kind},
    shown::TicketView,
};
use crate::{
    format::{NOTHING, cents, cents_change, limit_cents, money, percent, spot_cents, tokens},
    text::{term::Term, ticket as words},
};
use outcry_engine::{Direction, Quote, Rate, Usdc, amount::RATE_ONE};
use serde::Serialize;

/// How a figure is to be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Tone {
    /// As any other.
    Plain,
    /// Nothing is known yet.
    Weak,
    /// The one that matters.
    Strong,
    /// A gain.
    Good,
    /// Worth a thought.
    Notable,
    /// A loss, or far from what one may expect.
    Bad,
}

/// A line: what it is, its figure, and how to take it.
pub type Line = (Term, String, Tone);

/// Every line; dashes while nothing is typed, so that nothing jumps when it is.
#[must_use]
pub fn lines(view: &TicketView, draft: &Draft) -> Vec<Line> {
    match &view.preview {
        Some(preview) => known(view, draft, &preview.quote),
        None => idle(draft).into_iter().map(|term| (term, NOTHING.to_owned(), Tone::Weak)).collect(),
    }
}

/// What stands there before anything is typed: what a market order will show.
fn idle(draft: &Draft) -> Vec<Term> {
    let mut terms = vec![Term::Average, Term::Slippage, Term::Fee, total_term(draft.direction)];
    if draft.direction == Direction::Buy {
        terms.push(Term::ToWin);
    }
    terms.push(Term::PriceAfter);
    terms
}

const fn total_term(direction: Direction) -> Term {
    match direction {
        Direction::Buy => Term::Total,
        Direction::Sell => Term::Receive,
    }
}

fn known(view: &TicketView, draft: &Draft, quote: &Quote) -> Vec<Line> {
    let mut lines = vec![(Term::Average, quote.average.map_or_else(|| NOTHING.to_owned(), cents), Tone::Plain)];
    let mut add = |term, figure, tone| lines.push((term, figure, tone));
    if quote.average.is_some() {
        // Own orders that come first move the price that this one meets, which is what slippage is measured from.
        if spot_cents(quote.spot) != spot_cents(view.spot) {
            add(Term::PriceMet, spot_cents(quote.spot), Tone::Plain);
        }
        add(Term::Slippage, words::slippage(quote.slippage), slippage_tone(quote.slippage));
        add(Term::Fee, money(quote.fee), Tone::Plain);
    }
    if quote.gas.0 > 0 {
        add(Term::Gas, money(quote.gas), Tone::Plain);
    }
    if quote.rests.0 > 0 {
        add(Term::Rests, words::rests(quote.rests, view.limit), Tone::Plain);
    }
    add(total_term(draft.direction), money(quote.total), Tone::Strong);
    if draft.direction == Direction::Buy {
        let win = Usdc(view.size.map_or(0, |size| size.0));
        let gain = Usdc(win.0 - quote.total.0);
        add(Term::ToWin, words::to_win(win, gain, quote.total), gain_tone(gain));
    }
    let after = quote.spots_after.get(draft.outcome.index()).map_or(view.spot, |pair| pair[draft.side.index()]);
    add(Term::PriceAfter, format!("{} ({})", spot_cents(after), cents_change(view.spot, after)), Tone::Plain);
    lines
}

const fn slippage_tone(slippage: Rate) -> Tone {
    match slippage.0 {
        high if high >= RATE_ONE / 5 => Tone::Bad,
        notable if notable >= RATE_ONE / 20 => Tone::Notable,
        _ => Tone::Plain,
    }
}

const fn gain_tone(gain: Usdc) -> Tone {
    match gain.0.signum() {
        1 => Tone::Good,
        -1 => Tone::Bad,
        _ => Tone::Weak,
    }
}

/// What is not in the preview: what kind of order it is, and how far it may go.
#[must_use]
pub fn terms(view: &TicketView, draft: &Draft) -> Vec<Line> {
    let (Some(order), Some(shown)) = (&view.order, &view.preview) else { return vec![] };
    let (kind, worst, figure) = match draft.kind {
        Kind::Market => (Term::Market, Term::MaxSlippage, percent(view.max_slippage)),
        Kind::Limit => (Term::Limit, Term::LimitPrice, limit_cents(view.limit)),
    };
    let mut lines = vec![
        (Term::OrderType, kind.name().to_owned(), Tone::Plain),
        (Term::Size, tokens(order.size), Tone::Plain),
        (worst, figure, Tone::Plain),
    ];
    if shown.quote.gas.0 == 0 {
        lines.push((Term::Gas, money(shown.quote.gas), Tone::Plain));
    }
    lines
}

/// "$10.00 on YES Ada → $18.40 if Ada wins": the whole order in one sentence; nothing while it cannot be sent.
#[must_use]
pub fn promise(view: &TicketView, draft: &Draft) -> Option<String> {
    let quote = &view.preview.as_ref().filter(|_| view.blocked.is_none())?.quote;
    let size = view.size?;
    Some(match draft.direction {
        Direction::Buy if quote.rests.0 > 0 => words::waits_to_buy(view.limit, size, draft.side, &view.name),
        Direction::Sell if quote.rests.0 > 0 => words::waits_to_sell(view.limit, size, draft.side, &view.name),
        Direction::Buy => words::pays(quote.total, draft.side, &view.name, Usdc(size.0)),
        Direction::Sell => words::brings(size, draft.side, &view.name, quote.total),
    })
}

/// "Pays $18.40 if Ada wins": the same in short, beside a button that says the rest.
#[must_use]
pub fn gist(view: &TicketView, draft: &Draft) -> Option<String> {
    let promise = promise(view, draft)?;
    let rests = view.preview.as_ref().is_some_and(|preview| preview.quote.rests.0 > 0);
    if rests || draft.direction == Direction::Sell {
        return Some(promise);
    }
    let pays = words::pays_figure(Usdc(view.size.map_or(0, |size| size.0)));
    Some(format!("{pays} {}", words::when(draft.side, &view.name)))
}
