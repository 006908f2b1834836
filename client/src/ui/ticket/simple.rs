//! The ticket as a newcomer has it: an amount, and what it pays on either side; or a sale of what is held.

use super::{
    amount,
    dense::scrolled,
    notes::{repairs, warnings},
    outcome,
};
use crate::kit::{theme, widgets};
use egui::{Align, Align2, RichText, Sense, Sides, Stroke, StrokeKind, Ui, Vec2, text::LayoutJob};
use outcry_desk::{
    action::Action,
    prefs::Prefs,
    text::{self, hint::GOT_IT, ticket as words},
    view::{
        hint::Hint,
        ticket::{Draft, Offer, SimpleView, TicketView, Unit, bet},
    },
};
use outcry_engine::{Direction, Side, Usdc};

/// Height of a side's button, in points.
const BET: f32 = 86.0;

/// The ticket; what it says first is the hint of this place, if one is shown.
pub(super) fn panel(
    ui: &mut Ui,
    view: &SimpleView,
    draft: &mut Draft,
    prefs: &mut Prefs,
    told: Option<Hint>,
) -> Vec<Action> {
    let (pressed, opened) = scrolled(ui, draft.outcome, |ui| {
        if told == Some(Hint::Bet) && widgets::hint(ui, Hint::Bet.words(), GOT_IT) {
            Hint::Bet.done(prefs);
        }
        head(ui, view, draft);
        amount(ui, view, draft);
        let pressed = match draft.direction {
            Direction::Buy => bets(ui, view, draft),
            Direction::Sell => sale(ui, view, draft),
        };
        why(ui, view, draft);
        held(ui, view, draft);
        ui.add_space(4.0);
        if widgets::button(ui, "ticket.full", words::MORE).clicked() {
            prefs.full_ticket = true;
            return (pressed, true);
        }
        (pressed, false)
    });
    let mut actions = pressed.and_then(|side| bet(view, side, draft, *prefs)).unwrap_or_default();
    if opened {
        actions.push(Action::SavePrefs(*prefs));
    }
    actions
}

fn head(ui: &mut Ui, view: &SimpleView, draft: &mut Draft) {
    if draft.direction == Direction::Buy {
        outcome::choice(ui, &view.name, &view.outcomes, draft);
        return;
    }
    ui.horizontal(|ui| {
        widgets::badge(ui, view.outcome, 28.0, true);
        let token = text::token(draft.side, &view.name);
        ui.add(egui::Label::new(RichText::new(token).size(17.0).color(theme::side(draft.side))).wrap());
    });
}

/// The amount, as typed or tapped. Both fit a thumb.
fn amount(ui: &mut Ui, view: &SimpleView, draft: &mut Draft) {
    let buys = draft.direction == Direction::Buy;
    let label = if buys { words::HOW_MUCH } else { words::HOW_MANY };
    Sides::new().height(18.0).show(
        ui,
        |ui| ui.label(RichText::new(label).color(theme::WEAK)),
        |ui| ui.label(RichText::new(&view.there).font(theme::digits(12.0)).color(theme::WEAK)),
    );
    let usual = view.offers.first().map_or("", |offer| &offer.draft.amount);
    let size = Vec2::new(ui.available_width(), theme::control_height(ui));
    let hint = if buys { format!("${usual}") } else { usual.to_owned() };
    let response = amount::line(ui, label, &mut draft.amount, &hint, size);
    if response.changed() {
        draft.confirming = false;
    }
    let gap = 4.0;
    let count = view.amounts.len().max(1) as f32;
    let width = (ui.available_width() - gap * (count - 1.0)) / count;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = gap;
        for (index, (words, amount)) in view.amounts.iter().enumerate() {
            let chosen = *amount == view.stake;
            let color = if chosen { theme::AMBER } else { theme::TEXT };
            let edge = if chosen { Stroke::new(1.5, theme::AMBER) } else { Stroke::NONE };
            let button = egui::Button::new(RichText::new(words).size(14.0).color(color)).stroke(edge);
            let response = ui.add_sized(Vec2::new(width, theme::control_height(ui)), button);
            widgets::note(ui, format!("ticket.quick.{index}"), &response);
            if response.clicked() {
                draft.set(if buys { Unit::Money } else { Unit::Tokens }, *amount);
            }
        }
    });
}

/// Both sides beside each other; the one that was pressed.
fn bets(ui: &mut Ui, view: &SimpleView, draft: &Draft) -> Option<Side> {
    let mut pressed = None;
    ui.add_space(2.0);
    ui.columns(view.offers.len().max(1), |columns| {
        for (ui, offer) in columns.iter_mut().zip(&view.offers) {
            if side(ui, offer, offer.side == draft.side) {
                pressed = Some(offer.side);
            }
        }
    });
    pressed
}

/// A side: the token, what it pays, and when; filled where the ticket stands on it.
fn side(ui: &mut Ui, offer: &Offer, chosen: bool) -> bool {
    let enabled = offer.ticket.blocked.is_none();
    let color = if enabled { theme::side(offer.side) } else { theme::WEAK };
    let filled = chosen && enabled;
    let (fill, ink) = if filled { (color, theme::INK) } else { (theme::RAISED, color) };
    let width = ui.available_width();
    let lines = [
        (offer.token.clone(), theme::digits(13.5), ink),
        (offer.gets.clone().unwrap_or_else(|| "—".to_owned()), theme::digits(18.0), ink),
        (offer.when.clone(), theme::words(12.5), if filled { theme::INK } else { theme::TEXT }),
    ];
    let galleys = lines.map(|(text, font, ink)| {
        let mut job = LayoutJob::simple(text, font, ink, width - 12.0);
        job.halign = Align::Center;
        ui.painter().layout_job(job)
    });
    let high: f32 = galleys.iter().map(|galley| galley.size().y).sum();
    let sense = if enabled { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(Vec2::new(width, BET.max(high + 18.0)), sense);
    let lit = enabled && response.hovered() && !response.is_pointer_button_down_on();
    let fill = if lit { fill.lerp_to_gamma(egui::Color32::WHITE, 0.14) } else { fill };
    ui.painter().rect(rect, theme::CORNER, fill, Stroke::new(1.5, color), StrokeKind::Inside);
    let mut y = rect.center().y - high / 2.0;
    for galley in galleys {
        let step = galley.size().y;
        let at = Align2::CENTER_TOP.anchor_size(egui::pos2(rect.center().x, y), Vec2::new(0.0, step));
        ui.painter().galley(at.min, galley, ink);
        y += step;
    }
    let name = offer.promise.clone().unwrap_or_else(|| offer.token.clone());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Button, enabled, &name));
    widgets::note(ui, format!("ticket.bet.{}", offer.side.name().to_lowercase()), &response);
    response.clicked()
}

/// The sale, and what leaves it.
fn sale(ui: &mut Ui, view: &SimpleView, draft: &mut Draft) -> Option<Side> {
    let offer = view.offers.first()?;
    if let Some(promise) = &offer.promise {
        ui.add(egui::Label::new(RichText::new(promise).size(15.0)).wrap());
    }
    let (words, enabled) = (offer.gets.as_deref(), offer.ticket.blocked.is_none());
    let words = words.unwrap_or(text::direction(Direction::Sell));
    let pressed = widgets::primary(ui, "ticket.submit", words, theme::side(offer.side), enabled).clicked();
    if widgets::button(ui, "ticket.keep", words::KEEP).clicked() {
        draft.turn_direction(Direction::Buy);
        return None;
    }
    pressed.then_some(offer.side)
}

/// What is in the way, what would help, what to think about, and what waits.
fn why(ui: &mut Ui, view: &SimpleView, draft: &mut Draft) {
    if let Some((offer, blocked, reason)) = view.obstacle(draft.side) {
        if blocked.waiting {
            widgets::weak(ui, reason);
        } else {
            widgets::callout(ui, theme::AMBER, RichText::new(reason).size(13.5));
        }
        let mut mended = offer.draft.clone();
        if repairs(ui, &offer.ticket, &mut mended) {
            // What helps the other side does not turn the ticket to it.
            *draft = Draft { side: draft.side, ..mended };
        }
    } else if let Some(offer) = view.offer(draft.side) {
        warnings(ui, &offer.ticket);
    }
    for words in view.better() {
        widgets::weak(ui, words);
    }
    if view.pending > 0 {
        ui.label(RichText::new(words::pending(view.pending)).size(13.0).color(theme::AMBER));
    }
}

/// What one holds of the outcome: a tap offers to sell it.
fn held(ui: &mut Ui, view: &SimpleView, draft: &mut Draft) {
    for (side, held) in &view.held {
        let sells = Sides::new().height(theme::control_height(ui)).show(
            ui,
            |ui| ui.label(format!("{} {held}", text::ui::YOU_HOLD)),
            |ui| {
                let name = format!("ticket.sell.{}", side.name().to_lowercase());
                widgets::button(ui, &name, text::direction(Direction::Sell)).clicked()
            },
        );
        if sells.1 {
            draft.offer(view.outcome, *side);
        }
    }
}

/// What comes of a purchase either way, over its figures.
pub(super) fn in_short(ui: &mut Ui, view: &TicketView, draft: &Draft) {
    let quote = view.preview.as_ref().filter(|_| draft.direction == Direction::Buy).map(|preview| &preview.quote);
    let Some((quote, size)) = quote.zip(view.size) else { return };
    let pays = format!("{} {}", words::pays_figure(Usdc(size.0)), words::when(draft.side, &view.name));
    ui.add(egui::Label::new(RichText::new(pays).size(18.0).color(theme::TEXT)).wrap());
    let otherwise = words::otherwise(quote.total, draft.side, &view.name);
    ui.add(egui::Label::new(RichText::new(otherwise).color(theme::WEAK)).wrap());
}
