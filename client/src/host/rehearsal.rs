//! The rehearsal beside the configuration: a button, how far it is, and the sheet with its lights.

use crate::kit::{
    table::{Column, Row, Table, figures, words},
    theme, widgets,
};
use egui::{Color32, CornerRadius, Label, RichText, Sense, Sides, Ui, Vec2};
use outcry_desk::{
    action::{Action, Export},
    host::HostDraft,
    text::rehearsal as said,
    view::rehearsal::{Line, Sheet, Shown},
};
use outcry_shared::{
    config::SessionConfig,
    message::{HostAct, Light, Rehearsal},
};

/// A figure's name, then its quantiles.
const COLUMNS: [Column; 4] = [words(2.1), figures(1.2), figures(1.2), figures(1.2)];
const ROW: f32 = 24.0;
/// Height of the bar that fills, in points.
const BAR: f32 = 8.0;

/// The colour of a light. Its name stands beside it wherever it is shown.
const fn color(light: Light) -> Color32 {
    match light {
        Light::Green => theme::GAIN,
        Light::Amber => theme::AMBER,
        Light::Red => theme::LOSS,
    }
}

/// The way to the rehearsal, and back to the form.
pub(super) fn door(ui: &mut Ui, shown: &Shown, draft: &mut HostDraft) {
    let (words, light) = if draft.rehearsal { (said::BACK, None) } else { (shown.door.as_str(), shown.light) };
    let words = RichText::new(words).color(light.map_or(theme::TEXT, color));
    let height = theme::control_height(ui);
    let button = egui::Button::new(words).min_size(Vec2::new(height, height)).wrap_mode(egui::TextWrapMode::Extend);
    let response = ui.add(button);
    widgets::note(ui, "host.rehearsal", &response);
    if response.clicked() {
        draft.rehearsal = !draft.rehearsal;
    }
}

/// What stands in the place of the form.
pub(super) fn panel(ui: &mut Ui, rehearsal: &Rehearsal, form: Option<&SessionConfig>) -> Vec<Action> {
    let (shown, mut actions) = (Shown::of(rehearsal, form), Vec::new());
    widgets::section(ui, said::TITLE);
    if shown.sheet.is_none() {
        widgets::weak(ui, said::ABOUT);
    }
    if let Some((share, words)) = &shown.progress {
        bar(ui, *share);
        let row = |ui: &mut Ui| ui.label(words);
        let (_, stop) = Sides::new().show(ui, row, |ui| widgets::button(ui, "host.rehearse.stop", said::STOP));
        if stop.clicked() {
            actions.push(Action::Host(HostAct::StopRehearsal));
        }
    } else {
        let label = shown.begins.unwrap_or(said::BEGIN);
        let pressed = widgets::primary(ui, "host.rehearse", label, theme::AMBER, shown.begins.is_some()).clicked();
        if form.is_none() {
            widgets::weak(ui, said::MEND);
        }
        if let Some(config) = form.filter(|_| pressed) {
            actions.push(Action::Host(HostAct::Rehearse(Box::new(config.clone()))));
        }
    }
    if let Some(why) = &shown.failed {
        widgets::callout(ui, theme::LOSS, why);
    }
    if let Some(of) = &shown.sheet {
        ui.add_space(theme::GAP);
        sheet(ui, of, &mut actions);
    }
    actions
}

fn bar(ui: &mut Ui, share: f32) {
    let (rect, response) = ui.allocate_exact_size(Vec2::new(ui.available_width(), BAR), Sense::hover());
    let done = rect.with_max_x(rect.left() + rect.width() * share.clamp(0.0, 1.0));
    ui.painter().rect_filled(rect, CornerRadius::same(4), theme::LINE);
    ui.painter().rect_filled(done, CornerRadius::same(4), theme::AMBER);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::ProgressIndicator, true, said::TITLE));
}

fn sheet(ui: &mut Ui, sheet: &Sheet, actions: &mut Vec<Action>) {
    let (light, verdict) = &sheet.verdict;
    widgets::callout(ui, color(*light), RichText::new(verdict).size(16.0));
    // All of them at a glance; each with its number below.
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().interact_size.y = 22.0;
        sheet.lights.iter().for_each(|line| _ = widgets::pill(ui, &line.title, color(line.light)));
    });
    widgets::weak(ui, &sheet.lead);
    if sheet.same {
        widgets::weak(ui, said::SAME);
    } else {
        widgets::callout(ui, theme::AMBER, said::OTHER);
    }
    ui.horizontal_wrapped(|ui| {
        let files = [("sheet.html", said::PAGE, said::PAGE_HELP), ("sheet.json", said::JSON, said::JSON_HELP)];
        for (file, label, help) in files {
            if widgets::button(ui, &format!("host.rehearsal.{file}"), label).on_hover_text(help).clicked() {
                actions.push(Action::Export(Export::Rehearsal { file }));
            }
        }
    });
    ui.add_space(theme::GAP);
    widgets::section(ui, said::LIGHTS);
    sheet.lights.iter().for_each(|line| widgets::card(ui, |ui| one(ui, line)));
    ui.add_space(theme::GAP);
    widgets::section(ui, said::FIGURES);
    let table = Table { id: "rehearsal", columns: &COLUMNS, titles: &said::COLUMNS, row: ROW, scrolls: false };
    table.show(ui, sheet.figures.len(), |shown, index| row(shown, &sheet.figures[index]));
}

/// A light: what it shows and its number, then what that is, and when it would be another.
fn one(ui: &mut Ui, line: &Line) {
    ui.spacing_mut().item_spacing.y = 2.0;
    ui.spacing_mut().interact_size.y = 24.0;
    let color = color(line.light);
    let title = |ui: &mut Ui| {
        widgets::pill(ui, line.light.name(), color);
        ui.label(RichText::new(&line.title).size(15.0).color(theme::TEXT));
    };
    Sides::new().show(ui, title, |ui| widgets::figure(ui, &line.value, 15.0, color));
    ui.add(Label::new(RichText::new(&line.about).color(theme::TEXT).size(13.0)).wrap());
    ui.add(Label::new(RichText::new(&line.bars).color(theme::WEAK).size(12.0)).wrap());
}

fn row(shown: &mut Row<'_, '_, '_>, cells: &[String; COLUMNS.len()]) {
    shown.cells(&cells.each_ref().map(|cell| (cell.as_str(), theme::TEXT)), 0.0, |_, _| {});
}
