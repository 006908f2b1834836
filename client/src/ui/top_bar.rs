//! The top bar: session, countdowns, account, connection, and the buttons of everything else.

use crate::kit::{explain::Explain, layout::PHONE_WIDTH, theme, widgets};
use egui::{Align, Layout, RichText, Sense, Sides, Ui, Vec2};
use outcry_desk::{
    action::Action,
    text::{self, term::Term},
    view::top::{Health, TopView},
};
use outcry_shared::phase::Phase;

/// Screens narrower than this leave out the locked cash, in points.
const TIGHT_WIDTH: f32 = 900.0;

/// What the buttons of the top bar did to the state of the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Pressed {
    pub help: bool,
    pub host: bool,
    pub mute: bool,
    pub history: bool,
}

/// The buttons' state.
#[derive(Clone, Copy, Debug)]
pub(super) struct Menu {
    pub mute: bool,
    pub phone: bool,
}

pub(super) fn panel(ui: &mut Ui, view: &TopView, menu: Menu) -> (Vec<Action>, Pressed) {
    let mut pressed = Pressed::default();
    ui.spacing_mut().interact_size.y = if menu.phone { 36.0 } else { theme::CONTROL };
    if menu.phone {
        ui.spacing_mut().item_spacing.y = 4.0;
        // There is room for one of the two: what is wrong matters more.
        let who = |ui: &mut Ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            if view.health == Health::Good { name(ui, view, 15.0) } else { connection(ui, view) }
        };
        Sides::new().spacing(6.0).shrink_left().show(ui, who, |ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            pressed = buttons(ui, menu);
            beat(ui, view);
        });
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 12.0;
            figures(ui, view);
        });
        return (vec![], pressed);
    }
    ui.horizontal_centered(|ui| {
        name(ui, view, 18.0);
        ui.spacing_mut().item_spacing.x = 18.0;
        ui.add_space(8.0);
        figures(ui, view);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = theme::GAP;
            pressed = buttons(ui, menu);
            connection(ui, view);
            beat(ui, view);
        });
    });
    (vec![], pressed)
}

/// The phase first, so that a long name gives way and not the phase.
fn name(ui: &mut Ui, view: &TopView, size: f32) {
    ui.spacing_mut().item_spacing.x = theme::GAP;
    let title = RichText::new(&view.session).size(size).color(theme::TEXT).strong();
    if ui.available_width() < 200.0 {
        view.phase.iter().for_each(|now| phase(ui, *now));
        two_lines(ui, &view.session);
        return;
    }
    ui.label(title);
    view.phase.iter().for_each(|now| phase(ui, *now));
}

/// A name where there is room for half of it: smaller, on two lines.
fn two_lines(ui: &mut Ui, name: &str) {
    let width = ui.available_width() - theme::GAP;
    let mut job = egui::text::LayoutJob::simple(name.to_owned(), theme::words(12.5), theme::TEXT, width);
    job.wrap.max_rows = 2;
    ui.add(egui::Label::new(job)).explained(name);
}

fn phase(ui: &mut Ui, phase: Phase) {
    let color = match phase {
        Phase::Running => theme::GAIN,
        Phase::Frozen => theme::YES,
        Phase::Paused | Phase::Resolved => theme::AMBER,
        Phase::Draft | Phase::Lobby => theme::WEAK,
    };
    widgets::pill(ui, text::phase(phase), color);
}

fn figures(ui: &mut Ui, view: &TopView) {
    for (term, left) in &view.countdowns {
        let hot = view.urgent || *term == Term::Resumes;
        widgets::steady_stat(ui, *term, left, "00:00", if hot { theme::AMBER } else { theme::TEXT });
    }
    let Some(account) = &view.account else { return };
    widgets::steady_stat(ui, Term::Balance, &account.balance, "$0,000.00", theme::TEXT);
    if let Some(locked) = account.locked.as_ref().filter(|_| has_room_for_locked(ui)) {
        widgets::steady_stat(ui, Term::Locked, locked, "$000.00", theme::WEAK);
    }
    widgets::steady_stat(ui, Term::Rank, &account.rank, "00th", theme::AMBER);
}

/// Room for the locked cash with the rank after it, on a phone, in points.
const LOCKED_ROOM: f32 = 120.0;

/// Where there is no room for the locked cash, the portfolio has it.
fn has_room_for_locked(ui: &Ui) -> bool {
    let width = ui.ctx().content_rect().width();
    if width < PHONE_WIDTH { ui.available_width() >= LOCKED_ROOM } else { width >= TIGHT_WIDTH }
}

/// The batch interval as a ring that fills: the floor's metronome.
fn beat(ui: &mut Ui, view: &TopView) {
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(20.0), Sense::hover());
    response.explained(text::ui::BEAT);
    let Some(beat) = view.beat else { return };
    let painter = ui.painter();
    painter.circle_stroke(rect.center(), 7.0, egui::Stroke::new(2.0, theme::LINE));
    let points: Vec<_> = (0..=24)
        .map(|step| {
            let angle = step as f32 / 24.0 * beat * std::f32::consts::TAU - std::f32::consts::FRAC_PI_2;
            rect.center() + 7.0 * Vec2::angled(angle)
        })
        .collect();
    painter.add(egui::Shape::line(points, egui::Stroke::new(2.0, theme::AMBER)));
}

fn connection(ui: &mut Ui, view: &TopView) {
    let color = match view.health {
        Health::Good => theme::GAIN,
        Health::Poor => theme::AMBER,
        Health::Lost => theme::LOSS,
    };
    // As wide for 8 ms as for 800.
    let words = format!("{:>11}", view.connection);
    ui.label(RichText::new(words).font(theme::digits(12.0)).color(color)).explained(text::ui::CONNECTION);
    let (rect, _) = ui.allocate_exact_size(Vec2::splat(8.0), Sense::hover());
    ui.painter().circle_filled(rect.center(), 4.0, color);
}

/// Added from right to left, as the bar's end is laid out.
fn buttons(ui: &mut Ui, menu: Menu) -> Pressed {
    let mut small = |name: &str, words: &str, help: &str| {
        let side = if menu.phone { 36.0 } else { theme::CONTROL };
        let button = egui::Button::new(RichText::new(words).size(15.0)).min_size(Vec2::splat(side));
        let response = ui.add(button).on_hover_text(help);
        widgets::note(ui, name, &response);
        response.clicked()
    };
    Pressed {
        help: small("top.help", "?", text::ui::HELP_BUTTON),
        host: small("top.host", if menu.phone { "⚙" } else { text::ui::HOST }, text::ui::HOST_BUTTON),
        mute: small("top.mute", if menu.mute { "🔇" } else { "🔊" }, text::ui::MUTE_BUTTON),
        history: small("top.history", "☰", text::ui::HISTORY_BUTTON),
    }
}
