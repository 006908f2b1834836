//! The outcome list: a click on a price opens the ticket on that outcome and side.

use crate::kit::{explain::Explain, theme, widgets};
use egui::{Align, Align2, Layout, RichText, Sense, Stroke, Ui, Vec2};
use outcry_desk::{
    page::Tab,
    text::{self, term::Term},
    view::outcomes::OutcomeRow,
};
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
    widgets::section(ui, text::ui::tab(Tab::Outcomes));
    let look = look(rows, ui.available_height());
    egui::ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = if look == Look::Compact { 3.0 } else { 6.0 };
        // Those still in the game first, each group in its own order.
        let (active, out): (Vec<_>, Vec<_>) = rows.iter().partition(|row| row.fate == Outcome::Active);
        for row in active.into_iter().chain(out) {
            picked = picked.or(card(ui, row, marked, look));
        }
    });
    picked
}

/// Height of a card with all that may stand on it and the gap after it, in points: where so much for every outcome is
/// not there, all of them are compact.
const ROOMY: f32 = 92.0;
/// The same with why the price moved, in two lines.
const TOLD: f32 = 128.0;
/// Heights of a card with prices alone, of the holdings, and of a card of what is out, each with the gap after it, in points.
const PLAIN: f32 = 89.0;
const HOLDINGS: f32 = 24.0;
const OUT: f32 = 74.0;
/// Size of why a price moved, in points.
const WHY: f32 = 12.0;

/// As much as there is room for on every card.
fn look(rows: &[OutcomeRow], height: f32) -> Look {
    let card = |row: &OutcomeRow, lines: usize| match row.fate {
        Outcome::Active => {
            let holdings = if row.holdings.is_empty() { 0.0 } else { HOLDINGS };
            PLAIN + holdings + 4.0 + WHY * 1.2 * lines as f32
        }
        _ => OUT,
    };
    let fits = |lines| rows.iter().map(|row| card(row, lines)).sum::<f32>() <= height;
    let room = height / rows.len().max(1) as f32;
    match room {
        room if room < ROOMY => Look::Compact,
        _ if fits(3) => Look::Told(3),
        room if room < TOLD && !fits(2) => Look::Roomy,
        _ => Look::Told(2),
    }
}

/// How much stands on a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    /// Prices below the name, with the picture of the last minutes.
    Roomy,
    /// The same, with why the price moved, in so many lines.
    Told(usize),
    /// Prices beside the name, which has two lines.
    Compact,
}

fn card(ui: &mut Ui, row: &OutcomeRow, marked: Marked, look: Look) -> Picked {
    let active = row.fate == Outcome::Active;
    let selected = marked.outcome == row.id && active;
    let stroke = if selected { Stroke::new(1.5, theme::AMBER) } else { Stroke::new(1.5, egui::Color32::TRANSPARENT) };
    let fill = theme::faint(theme::RAISED, if active { 0.7 } else { 0.25 });
    let frame = egui::Frame::new().fill(fill).stroke(stroke).corner_radius(theme::CORNER);
    let frame = frame.inner_margin(if look == Look::Compact { 3 } else { 8 });
    // The card senses clicks below its buttons: a container that was there before them.
    let builder = egui::UiBuilder::new().sense(Sense::click());
    let shown = ui.scope_builder(builder, |ui| {
        frame
            .show(ui, |ui| {
                ui.set_width(ui.available_width());
                ui.spacing_mut().item_spacing.y = 4.0;
                match (text::ui::fate(row.fate), look) {
                    (Some(fate), _) => {
                        title(ui, row, active);
                        widgets::weak(ui, fate);
                        None
                    }
                    (None, Look::Compact) => line(ui, row, marked),
                    (None, Look::Roomy) => {
                        title(ui, row, active);
                        prices(ui, row, marked)
                    }
                    (None, Look::Told(rows)) => {
                        title(ui, row, active);
                        let picked = prices(ui, row, marked);
                        let words = row.why.as_deref().unwrap_or_default();
                        let (said, cut) = lines(ui, words, rows, (WHY, theme::WEAK));
                        if cut {
                            said.explained(words);
                        }
                        picked
                    }
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
                let change = RichText::new(&row.change).font(theme::digits(12.0)).color(color);
                ui.label(change).explained(why(row));
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| ui.add(egui::Label::new(name).truncate()));
        });
    });
}

/// Why a price moved, or what its change is.
fn why(row: &OutcomeRow) -> &str {
    row.why.as_deref().unwrap_or(Term::Change.help())
}

/// Words on up to so many lines, which have their room whatever the words are; and whether the last are cut.
fn lines(ui: &mut Ui, words: &str, rows: usize, (size, color): (f32, egui::Color32)) -> (egui::Response, bool) {
    let mut job = egui::text::LayoutJob::simple(words.to_owned(), theme::words(size), color, ui.available_width());
    job.wrap.max_rows = rows;
    let galley = ui.painter().layout_job(job);
    let size = Vec2::new(ui.available_width(), size * 1.2 * rows as f32);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let cut = galley.elided;
    ui.painter().galley(rect.min, galley, color);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Label, true, words));
    (response, cut)
}

/// Height of a card's line, and width of a price on it, in points.
const LINE: f32 = 45.0;
const PRICE: f32 = 64.0;
/// Size of a name that is too long for its line, in points.
const SMALL: f32 = 12.5;
/// Height of a name's two lines with what stands under it, in points.
const WORDS: f32 = 45.0;

/// Everything in one line: the name with its change and one's holdings under it, and the prices.
fn line(ui: &mut Ui, row: &OutcomeRow, marked: Marked) -> Picked {
    let height = LINE.max(theme::control_height(ui));
    let size = Vec2::new(ui.available_width(), height);
    let shown = ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        widgets::badge(ui, row.id, 22.0, true);
        let words = Vec2::new(ui.available_width() - 2.0 * (PRICE + 6.0), height);
        ui.allocate_ui_with_layout(words, Layout::top_down(Align::Min), |ui| {
            ui.set_width(words.x);
            ui.spacing_mut().item_spacing.y = 1.0;
            let wide = |size| ui.painter().layout_no_wrap(row.name.clone(), theme::words(size), theme::TEXT).size().x;
            if let Some(size) = [14.0, SMALL].into_iter().find(|size| wide(*size) <= words.x) {
                ui.add_space((height - 34.0) / 2.0);
                ui.label(RichText::new(&row.name).size(size).color(theme::TEXT));
            } else {
                ui.add_space((height - WORDS) / 2.0);
                lines(ui, &row.name, 2, (SMALL, theme::TEXT));
            }
            news(ui, row);
        });
        buttons(ui, row, marked, Vec2::new(PRICE, height))
    });
    shown.inner
}

/// The change of the price and one's holdings, small.
fn news(ui: &mut Ui, row: &OutcomeRow) {
    ui.allocate_ui_with_layout(Vec2::new(ui.available_width(), 14.0), Layout::left_to_right(Align::Center), |ui| {
        let small = |words: &str, color| RichText::new(words).font(theme::digits(11.5)).color(color);
        ui.label(small(&row.change, theme::gain(row.change_sign))).explained(why(row));
        if !row.holdings.is_empty() {
            ui.label(RichText::new(text::ui::YOURS).size(11.5).color(theme::WEAK));
        }
        for (side, words) in &row.holdings {
            ui.add(egui::Label::new(small(words, theme::side(*side))).truncate());
        }
    });
}

fn prices(ui: &mut Ui, row: &OutcomeRow, marked: Marked) -> Picked {
    let picked = ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let size = Vec2::new((ui.available_width() - 6.0) / 2.0, theme::control_height(ui));
        buttons(ui, row, marked, size)
    });
    if !row.holdings.is_empty() {
        ui.allocate_ui_with_layout(Vec2::new(ui.available_width(), 18.0), Layout::left_to_right(Align::Center), |ui| {
            ui.label(RichText::new(text::ui::YOU_HOLD).size(12.0).color(theme::WEAK));
            for (side, words) in &row.holdings {
                ui.label(RichText::new(words).font(theme::digits(12.0)).color(theme::side(*side)));
            }
        });
    }
    picked.inner
}

/// The prices of both sides.
fn buttons(ui: &mut Ui, row: &OutcomeRow, marked: Marked, size: Vec2) -> Picked {
    let mut picked = None;
    for side in Side::BOTH {
        let on = marked.outcome == row.id && marked.side == side;
        if price_button(ui, row, side, on, size).clicked() {
            picked = Some((row.id, side));
        }
    }
    picked
}

/// A side and its price: side by side, or on a narrow button above each other.
fn price_button(ui: &mut Ui, row: &OutcomeRow, side: Side, on: bool, size: Vec2) -> egui::Response {
    let color = theme::side(side);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
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
    let price = &row.prices[side.index()];
    if size.x > PRICE {
        let inner = rect.shrink2(Vec2::new(10.0, 0.0));
        painter.text(inner.left_center(), Align2::LEFT_CENTER, side.name(), theme::words(13.0), color);
        painter.text(inner.right_center(), Align2::RIGHT_CENTER, price, theme::digits(15.0), theme::TEXT);
    } else {
        let middle = rect.center();
        painter.text(middle - Vec2::new(0.0, 2.0), Align2::CENTER_BOTTOM, side.name(), theme::words(11.0), color);
        painter.text(middle - Vec2::new(0.0, 2.0), Align2::CENTER_TOP, price, theme::digits(15.0), theme::TEXT);
    }
    let name = format!("{} {} {price}", side.name(), row.name);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Button, true, &name));
    widgets::note(ui, format!("outcome.{}.{}", row.id.0, side.name().to_lowercase()), &response);
    response
}
