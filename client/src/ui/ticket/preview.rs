//! The ghost preview: what the engine says the order would get.

use crate::kit::{theme, widgets};
use egui::{RichText, Sides, Ui};
use outcry_desk::{
    format::{NOTHING, cents, money, percent, tokens},
    text::{self, ticket as words},
    view::ticket::{self, Draft, Line, TicketView, Tone},
};
use outcry_engine::{Direction, Quote, Usdc};

/// Every line; dashes while nothing is typed, so that nothing jumps when it is.
pub(super) fn rows(ui: &mut Ui, view: &TicketView, draft: &Draft) {
    let tight = theme::control_height(ui) < theme::CONTROL;
    widgets::card(ui, |ui| {
        ui.spacing_mut().item_spacing.y = if tight { 0.0 } else { 3.0 };
        if let Some(preview) = &view.preview {
            parts(ui, &preview.quote);
        }
        show(ui, ticket::lines(view, draft));
    });
}

/// Lines with their figures.
pub(super) fn show(ui: &mut Ui, lines: Vec<Line>) {
    for (term, figure, tone) in lines {
        widgets::line(ui, term, figure, color(tone));
    }
}

const fn color(tone: Tone) -> egui::Color32 {
    match tone {
        Tone::Plain => theme::TEXT,
        Tone::Weak => theme::WEAK,
        Tone::Strong | Tone::Notable => theme::AMBER,
        Tone::Good => theme::GAIN,
        Tone::Bad => theme::LOSS,
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
