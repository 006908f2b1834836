//! The host's overlay: opens over the floor after the password. Every act asks the server.

use super::{configure, export, login, people, run, watch};
use crate::kit::{layout, place, theme, toasts, widgets};
use egui::{Context, Rect, RichText, Sides, Ui};
use outcry_desk::{action::Action, host::HostDraft, model::Model, page::Section, text::host as words};

/// Largest width of the overlay, in points: forms do not read better beyond it.
const WIDTH_MAX: f32 = 1_100.0;

/// Draws the overlay. `open` becomes false when it is closed.
pub(crate) fn draw(ctx: &Context, model: &Model, draft: &mut HostDraft, open: &mut bool, now_ms: u64) -> Vec<Action> {
    let screen = ctx.content_rect();
    let margin = if layout::is_phone(screen) { 0.0 } else { 24.0 };
    let logged_in = model.host().grant.is_some();
    let size = egui::vec2(
        (screen.width() - 2.0 * margin).min(if logged_in { WIDTH_MAX } else { 420.0_f32.max(margin) }),
        (screen.height() - 2.0 * margin).min(if logged_in { f32::INFINITY } else { 260.0 }),
    );
    let rect = Rect::from_center_size(screen.center(), size);
    let (actions, aside) = place::over(ctx, "host", rect, |ui| {
        header(ui, logged_in, open);
        if !logged_in {
            return login::panel(ui, model, draft, now_ms);
        }
        // What is done is said below the controls and never over them.
        let inside = ui.available_rect_before_wrap();
        let (above, below) = inside.split_top_bottom_at_y(inside.bottom() - NEWS);
        let child = |ui: &mut Ui, rect| ui.new_child(egui::UiBuilder::new().max_rect(rect));
        toasts::line(&mut child(ui, below.with_min_y(below.top() + 6.0)), model.toasts(), now_ms);
        sections(&mut child(ui, above), model, draft, now_ms)
    });
    if aside && !logged_in {
        *open = false;
    }
    actions
}

/// Height of the line that says what happened, in points.
const NEWS: f32 = 26.0;

fn header(ui: &mut Ui, logged_in: bool, open: &mut bool) {
    let title = |ui: &mut Ui| {
        ui.label(RichText::new(words::TITLE).size(20.0).color(theme::AMBER));
        if logged_in {
            widgets::weak(ui, words::EVERY_ACT);
        }
    };
    let ((), close) = Sides::new().show(ui, title, |ui| widgets::button(ui, "host.close", "×"));
    if close.clicked() || ui.input(|input| input.key_pressed(egui::Key::Escape)) {
        *open = false;
    }
}

fn sections(ui: &mut Ui, model: &Model, draft: &mut HostDraft, now_ms: u64) -> Vec<Action> {
    let all = [Section::Run, Section::Configure, Section::Lobby, Section::Watch, Section::Export];
    let tabs = all.map(|section| (section, words::section(section).to_owned(), theme::AMBER));
    if let Some(section) = widgets::segments(ui, "host.section", draft.section, &tabs) {
        draft.section = section;
    }
    let Some(state) = &model.host().state else {
        widgets::empty(ui, words::WAITING);
        return vec![];
    };
    if draft.form.is_none() || !draft.edited && draft.section != Section::Configure {
        draft.follow(&state.config);
    }
    if draft.section == Section::Configure {
        return configure::panel(ui, model, state, draft);
    }
    let scroll = egui::ScrollArea::vertical().auto_shrink([false, false]);
    scroll
        .show(ui, |ui| match draft.section {
            Section::Run | Section::Configure => run::panel(ui, model, state, draft, now_ms),
            Section::Lobby => people::panel(ui, model, state, draft, now_ms),
            Section::Watch => {
                watch::panel(ui, model, state);
                vec![]
            }
            Section::Export => export::panel(ui, model, state),
        })
        .inner
}
