//! The outcome list: a click on a price opens the ticket on that outcome and side.

use super::{theme, widgets};
use crate::{
    text::{self, term::Term},
    view::outcomes::OutcomeRow,
};
use egui::{Align, Layout, RichText, Sense, Stroke, Ui, Vec2};
use outcry_engine::{OutcomeId, Side};
use outcry_shared::message::Outcome;

/// What was clicked: an outcome and the side to trade.
pub(super) type Picked = Option<(OutcomeId, Side)>;

/// What is marked in the list.
#[derive(Clone, Copy, Debug)]
pub(super) struct Marked {
    pub outcome: OutcomeId,
    pub side: Side,
}

pub(super) fn panel(ui: &mut Ui, rows: &[OutcomeRow], marked: Marked) -> Picked {
    let mut picked = None;
    heading(ui, rows);
    egui::ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 6.0;
        // Those still in the game first, each group in its own order.
        let (active, out): (Vec<_>, Vec<_>) = rows.iter().partition(|row| row.fate == Outcome::Active);
        for row in active.into_iter().chain(out) {
            picked = picked.or(card(ui, row, marked));
        }
    });
    picked
}

fn heading(ui: &mut Ui, rows: &[OutcomeRow]) {
    ui.allocate_ui_with_layout(Vec2::new(ui.available_width(), 20.0), Layout::left_to_right(Align::Center), |ui| {
        widgets::section(ui, text::ui::tab::OUTCOMES);
        let sum: f64 = rows.iter().filter(|row| row.fate == Outcome::Active).map(|row| row.yes).sum();
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            widgets::figure(ui, crate::format::spot_cents(sum), 12.0, theme::WEAK);
            ui.label(RichText::new(Term::Overround.name()).size(11.0).color(theme::WEAK))
                .on_hover_text(Term::Overround.help());
        });
    });
}

fn card(ui: &mut Ui, row: &OutcomeRow, marked: Marked) -> Picked {
    let active = row.fate == Outcome::Active;
    let selected = marked.outcome == row.id && active;
    let stroke = if selected { Stroke::new(1.5, theme::AMBER) } else { Stroke::new(1.5, egui::Color32::TRANSPARENT) };
    let fill = theme::faint(theme::RAISED, if active { 0.7 } else { 0.25 });
    let frame = egui::Frame::new().fill(fill).stroke(stroke).corner_radius(theme::CORNER).inner_margin(8);
    // The card senses clicks below its buttons: a container that was there before them.
    let builder = egui::UiBuilder::new().sense(Sense::click());
    let shown = ui.scope_builder(builder, |ui| {
        frame
            .show(ui, |ui| {
                ui.set_width(ui.available_width());
                ui.spacing_mut().item_spacing.y = 4.0;
                title(ui, row, active);
                match text::ui::fate(row.fate) {
                    Some(fate) => {
                        widgets::weak(ui, fate);
                        None
                    }
                    None => prices(ui, row, marked),
                }
            })
            .inner
    });
    widgets::note(ui, format!("outcome.{}", row.id.0), &shown.response);
    shown.inner.or_else(|| (active && shown.response.clicked()).then_some((row.id, marked.side)))
}

/// Size of the small picture of a price, in points.
const SPARKLINE: Vec2 = Vec2::new(52.0, 20.0);
/// What stands beside a name when all of it does: the change, the picture and the gaps, in points.
const BESIDE_NAME: f32 = 130.0;

fn title(ui: &mut Ui, row: &OutcomeRow, active: bool) {
    ui.allocate_ui_with_layout(Vec2::new(ui.available_width(), 24.0), Layout::left_to_right(Align::Center), |ui| {
        widgets::badge(ui, row.id, 22.0, active);
        let color = if active { theme::TEXT } else { theme::WEAK };
        let color = if row.fate == Outcome::Won { theme::AMBER } else { color };
        let width = ui.painter().layout_no_wrap(row.name.clone(), theme::words(15.0), color).size().x;
        // A long name is worth more than the small picture of its price.
        let picture = width + BESIDE_NAME < ui.available_width();
        let name = RichText::new(&row.name).size(15.0).color(color);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if active {
                if picture {
                    widgets::sparkline(ui, &row.spark, SPARKLINE, theme::outcome(row.id));
                }
                let color = theme::gain(row.change_sign);
                let change = RichText::new(&row.change).font(theme::digits(11.5)).color(color);
                ui.label(change).on_hover_text(Term::Change.help());
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| ui.add(egui::Label::new(name).truncate()));
        });
    });
}

fn prices(ui: &mut Ui, row: &OutcomeRow, marked: Marked) -> Picked {
    let mut picked = None;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let width = (ui.available_width() - 6.0) / 2.0;
        for side in Side::BOTH {
            let on = marked.outcome == row.id && marked.side == side;
            let response = price_button(ui, row, side, on, width);
            if response.clicked() {
                picked = Some((row.id, side));
            }
        }
    });
    if !row.holdings.is_empty() {
        ui.allocate_ui_with_layout(Vec2::new(ui.available_width(), 18.0), Layout::left_to_right(Align::Center), |ui| {
            ui.label(RichText::new(text::ui::YOU_HOLD).size(12.0).color(theme::WEAK));
            for (side, words) in &row.holdings {
                ui.label(RichText::new(words).font(theme::digits(12.0)).color(theme::side(*side)));
            }
        });
    }
    picked
}

fn price_button(ui: &mut Ui, row: &OutcomeRow, side: Side, on: bool, width: f32) -> egui::Response {
    let color = theme::side(side);
    let height = theme::control_height(ui);
    let (rect, response) = ui.allocate_exact_size(Vec2::new(width, height), Sense::click());
    let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
    let strength = if on {
        0.42
    } else if response.hovered() {
        0.32
    } else {
        0.18
    };
    let painter = ui.painter();
    painter.rect_filled(rect, theme::CORNER, theme::faint(color, strength));
    let inner = rect.shrink2(Vec2::new(10.0, 0.0));
    painter.text(inner.left_center(), egui::Align2::LEFT_CENTER, side.name(), theme::words(13.0), color);
    let price = &row.prices[side.index()];
    painter.text(inner.right_center(), egui::Align2::RIGHT_CENTER, price, theme::digits(15.0), theme::TEXT);
    let name = format!("{} {} {price}", side.name(), row.name);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Button, true, &name));
    widgets::note(ui, format!("outcome.{}.{}", row.id.0, side.name().to_lowercase()), &response);
    response
}
