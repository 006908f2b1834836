//! The ghost preview: what the engine says the order would get.

use crate::kit::{theme, widgets};
use egui::{RichText, Sides, Ui};
use outcry_desk::{
    format::{NOTHING, cents, cents_change, money, percent, spot_cents, tokens},
    text::{self, term::Term, ticket as words},
    view::ticket::{Draft, TicketView},
};
use outcry_engine::{Direction, Quote, Rate, Usdc, amount::RATE_ONE};

/// Every line; dashes while nothing is typed, so that nothing jumps when it is.
pub(super) fn rows(ui: &mut Ui, view: &TicketView, draft: &Draft) {
    let tight = theme::control_height(ui) < theme::CONTROL;
    widgets::card(ui, |ui| {
        ui.spacing_mut().item_spacing.y = if tight { 0.0 } else { 3.0 };
        let Some(preview) = &view.preview else {
            for term in idle_terms(draft) {
                widgets::line(ui, term, NOTHING, theme::WEAK);
            }
            return;
        };
        let quote = &preview.quote;
        parts(ui, quote);
        lines(ui, view, draft, quote);
    });
}

/// What stands there before anything is typed: what a market order will show.
fn idle_terms(draft: &Draft) -> Vec<Term> {
    let mut terms = vec![Term::Average, Term::Slippage, Term::Fee, total_term(draft.direction)];
    if draft.direction == Direction::Buy {
        terms.push(Term::ToWin);
    }
    terms.push(Term::PriceAfter);
    terms
}

fn total_term(direction: Direction) -> Term {
    match direction {
        Direction::Buy => Term::Total,
        Direction::Sell => Term::Receive,
    }
}

/// The gist in one line, for screens too low for all of it.
pub(super) fn gist(ui: &mut Ui, view: &TicketView, draft: &Draft) {
    let Some(quote) = view.preview.as_ref().map(|preview| &preview.quote) else { return };
    let average = quote.average.map_or_else(|| NOTHING.to_owned(), cents);
    let win = (draft.direction == Direction::Buy).then(|| money(Usdc(view.size.map_or(0, |size| size.0))));
    let first = match quote.average {
        Some(_) => words::gist_filled(&average, &percent(quote.slippage)),
        None => words::gist_resting(&words::rests(quote.rests, view.limit)),
    };
    let words = words::gist(&first, win.as_deref());
    ui.label(RichText::new(words).font(theme::digits(12.5)).color(theme::TEXT));
}

/// "pool 80 at 52.3¢", one line for each part of the route when there are several.
fn parts(ui: &mut Ui, quote: &Quote) {
    if quote.parts.len() < 2 {
        return;
    }
    ui.spacing_mut().interact_size.y = 20.0;
    for part in &quote.parts {
        let kind = RichText::new(text::fill_type(part.fill_type)).size(12.5).color(theme::WEAK);
        let words = format!("{} at {}", tokens(part.size), cents(part.price));
        Sides::new().show(ui, |ui| ui.label(kind), |ui| widgets::figure(ui, words, 12.0, theme::WEAK));
    }
}

fn lines(ui: &mut Ui, view: &TicketView, draft: &Draft, quote: &Quote) {
    let average = quote.average.map_or_else(|| NOTHING.to_owned(), cents);
    widgets::line(ui, Term::Average, average, theme::TEXT);
    if quote.average.is_some() {
        widgets::line(ui, Term::Slippage, percent(quote.slippage), slippage_color(quote.slippage));
        widgets::line(ui, Term::Fee, money(quote.fee), theme::TEXT);
    }
    if quote.gas.0 > 0 {
        widgets::line(ui, Term::Gas, money(quote.gas), theme::TEXT);
    }
    if quote.rests.0 > 0 {
        widgets::line(ui, Term::Rests, words::rests(quote.rests, view.limit), theme::TEXT);
    }
    widgets::line(ui, total_term(draft.direction), money(quote.total), theme::AMBER);
    if draft.direction == Direction::Buy {
        let win = Usdc(view.size.map_or(0, |size| size.0));
        let gain = Usdc(win.0 - quote.total.0);
        let color = theme::gain(gain.0);
        widgets::line(ui, Term::ToWin, words::to_win(win, gain, quote.total), color);
    }
    let after = quote.spots_after.get(draft.outcome.index()).map_or(view.spot, |pair| pair[draft.side.index()]);
    let words = format!("{} ({})", spot_cents(after), cents_change(view.spot, after));
    widgets::line(ui, Term::PriceAfter, words, theme::TEXT);
}

fn slippage_color(slippage: Rate) -> egui::Color32 {
    match slippage.0 {
        high if high >= RATE_ONE / 5 => theme::LOSS,
        notable if notable >= RATE_ONE / 20 => theme::AMBER,
        _ => theme::TEXT,
    }
}
