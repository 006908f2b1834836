//! The ghost preview: what the engine says the order would get.

use crate::kit::{theme, widgets};
use egui::{RichText, Sides, Ui};
use outcry_desk::{
    format::{cents, tokens},
    text,
    view::ticket::{self, Draft, Line, TicketView, Tone},
};
use outcry_engine::Quote;

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

/// The order in one sentence, for screens too low for all of its figures.
pub(super) fn gist(ui: &mut Ui, view: &TicketView, draft: &Draft) {
    let Some(gist) = ticket::gist(view, draft) else { return };
    ui.add(egui::Label::new(RichText::new(gist).size(13.0).color(theme::TEXT)).wrap());
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
