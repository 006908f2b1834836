//! The host's overlay: opens over the floor after the password. Every act asks the server.

use super::{configure, export, login, people, run, watch};
use crate::kit::{
    layout::{self, Places},
    place::{self, Look},
    theme, toasts, widgets,
};
use egui::{Context, Rect, RichText, Sides, Ui, Vec2};
use outcry_desk::{action::Action, host::HostDraft, model::Model, page::Section, text::host as words};

/// Width of the panel beside the floor, in points; of a small screen it takes at most half.
const WIDTH: f32 = 480.0;
/// Size of the window that asks for the password, in points.
const LOGIN: [f32; 2] = [420.0, 260.0];

/// The places of the screen while the host's panel is open to somebody who has the right: the floor stays visible
/// beside it. On a phone it takes all, and there are none.
pub(crate) fn places(screen: Rect, model: &Model) -> Option<Places> {
    let beside = model.host().grant.is_some() && !layout::is_phone(screen);
    beside.then(|| layout::beside(screen, WIDTH))
}

/// Draws the overlay. `open` becomes false when it is closed.
pub(crate) fn draw(ctx: &Context, model: &Model, draft: &mut HostDraft, open: &mut bool, now_ms: u64) -> Vec<Action> {
    if model.host().grant.is_none() {
        let actions = ask(ctx, model, draft, open, now_ms);
        if !*open {
            draft.password.clear();
        }
        return actions;
    }
    draft.password.clear();
    let screen = ctx.content_rect();
    let whole = |ui: &mut Ui| {
        header(ui, true, open);
        let inside = ui.available_rect_before_wrap();
        if layout::is_lying(screen) {
            let actions = sections(ui, model, draft, now_ms);
            news_over(ui, inside.with_max_y(inside.bottom() - tab_row(ui)), model, now_ms);
            return actions;
        }
        // What is done is said below the controls and never over them.
        let (above, below) = inside.split_top_bottom_at_y(inside.bottom() - NEWS);
        toasts::line(&mut child(ui, below.with_min_y(below.top() + 6.0)), model.toasts(), now_ms);
        sections(&mut child(ui, above), model, draft, now_ms)
    };
    match places(screen, model) {
        Some(places) => place::at(ctx, "host beside", places.right, Look::Floating, whole),
        None => place::over(ctx, "host", screen, whole).0,
    }
}

/// The window that asks for the password.
fn ask(ctx: &Context, model: &Model, draft: &mut HostDraft, open: &mut bool, now_ms: u64) -> Vec<Action> {
    let screen = ctx.content_rect();
    let margin = if layout::is_phone(screen) { 0.0 } else { 24.0 };
    let size = (screen.size() - Vec2::splat(2.0 * margin)).min(LOGIN.into());
    let rect = Rect::from_center_size(screen.center(), size);
    let (actions, aside) = place::over(ctx, "host login", rect, |ui| {
        header(ui, false, open);
        login::panel(ui, model, draft, now_ms)
    });
    if aside {
        *open = false;
    }
    actions
}

/// Height of the line that says what happened, in points.
const NEWS: f32 = 26.0;

/// What happened, while it is fresh, over the lower edge of what stands above the tabs: a low screen keeps no room for it.
fn news_over(ui: &mut Ui, above: Rect, model: &Model, now_ms: u64) {
    if model.toasts().fresh(now_ms).next().is_none() {
        return;
    }
    let line = above.with_min_y(above.bottom() - NEWS);
    ui.painter().rect_filled(line, theme::CORNER, theme::RAISED);
    let mut ui = child(ui, line.shrink2(Vec2::new(8.0, 3.0)));
    // What lies under it can be pressed.
    ui.style_mut().interaction.selectable_labels = false;
    toasts::line(&mut ui, model.toasts(), now_ms);
}

fn child(ui: &mut Ui, rect: Rect) -> Ui {
    ui.new_child(egui::UiBuilder::new().max_rect(rect))
}

/// What the tabs take of a phone's height, with the gap above them, in points.
fn tab_row(ui: &Ui) -> f32 {
    theme::control_height(ui) + theme::GAP
}

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

/// The sections: their row stands above on a screen, and where a thumb is on a phone.
fn sections(ui: &mut Ui, model: &Model, draft: &mut HostDraft, now_ms: u64) -> Vec<Action> {
    if !layout::is_phone(ui.ctx().content_rect()) {
        tabs(ui, draft);
        return section(ui, model, draft, now_ms);
    }
    let inside = ui.available_rect_before_wrap();
    let (above, below) = inside.split_top_bottom_at_y(inside.bottom() - tab_row(ui));
    tabs(&mut child(ui, below.with_min_y(below.top() + theme::GAP)), draft);
    section(&mut child(ui, above), model, draft, now_ms)
}

fn tabs(ui: &mut Ui, draft: &mut HostDraft) {
    let all = [Section::Run, Section::Configure, Section::Lobby, Section::Watch, Section::Export];
    let tabs = all.map(|section| (section, words::section(section).to_owned(), theme::AMBER));
    if let Some(section) = widgets::segments(ui, "host.section", draft.section, &tabs) {
        draft.section = section;
    }
}

fn section(ui: &mut Ui, model: &Model, draft: &mut HostDraft, now_ms: u64) -> Vec<Action> {
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
