//! The top bar: session, countdowns, account, connection, and the buttons of everything else.

use crate::kit::{explain::Explain, layout::PHONE_WIDTH, theme, widgets};
use egui::{Align, Layout, RichText, Sense, Sides, Ui, Vec2};
use outcry_desk::{
    action::Action,
    text::{self, term::Term},
    view::top::{Account, Health, TopView},
};
use outcry_shared::phase::Phase;

/// Screens narrower than this leave out the gain, the cash, or the locked cash, in points.
const TIGHT_WIDTH: f32 = 900.0;
const CASH_WIDTH: f32 = 1_100.0;
const LOCKED_WIDTH: f32 = 1_200.0;
/// What worth, gain and rank take of a phone's line, in points; where less is left, the gain gives way.
const GAIN_WIDTH: f32 = 216.0;

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
        ui.spacing_mut().item_spacing.x = if ui.available_width() < TIGHT_WIDTH - 200.0 { 12.0 } else { 18.0 };
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

/// A name where there is room for half of it: smaller, on two lines, clear of the beat beside it.
fn two_lines(ui: &mut Ui, name: &str) {
    let width = (ui.available_width() - theme::GAP).max(0.0);
    let mut job = egui::text::LayoutJob::simple(name.to_owned(), theme::words(12.5), theme::TEXT, width);
    job.wrap.max_rows = 2;
    // A label would have it as wide as it likes.
    let galley = ui.painter().layout_job(job);
    let (rect, response) = ui.allocate_exact_size(galley.size(), Sense::click());
    ui.painter().galley(rect.min, galley, theme::TEXT);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Label, true, name));
    response.explained(name);
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
    let width = ui.ctx().content_rect().width();
    worth(ui, account, width);
    // Where there is no room for them, ticket and portfolio have them.
    if width >= CASH_WIDTH {
        widgets::steady_stat(ui, Term::Balance, &account.balance, "$0,000.00", theme::WEAK);
    }
    if let Some(locked) = account.locked.as_ref().filter(|_| width >= LOCKED_WIDTH) {
        widgets::steady_stat(ui, Term::Locked, locked, "$000.00", theme::WEAK);
    }
    let roomy = if width < CASH_WIDTH { "" } else { text::ui::MAKE_A_TRADE };
    let rank = account.rank.clone().unwrap_or_else(|| format!("{}{roomy}", text::ui::NO_RANK));
    widgets::steady_stat(ui, Term::Rank, rank, "00th", theme::AMBER);
}

/// What one is worth, larger than all else, and what that is more or less than at the start.
fn worth(ui: &mut Ui, account: &Account, width: f32) {
    let phone = width < PHONE_WIDTH;
    let (size, gain_size) = if width < TIGHT_WIDTH { (17.0, 11.5) } else { (21.0, 14.0) };
    let layout = |words: &str, font, color| ui.painter().layout_no_wrap(words.to_owned(), font, color);
    let color = theme::gain(account.gain_sign);
    let name = layout(Term::Worth.name(), theme::words(11.0), theme::WEAK);
    let value = layout(&account.worth, theme::digits(size), theme::TEXT);
    // Between a phone, where it has a line with little else, and a laptop there is no room for the gain.
    let roomy = if phone { ui.available_width() >= GAIN_WIDTH } else { width >= TIGHT_WIDTH };
    let shown = if roomy { account.gain.as_str() } else { "" };
    let gain = layout(shown, theme::digits(gain_size), color);
    // As wide for a loss of hundreds as for nothing: what stands beside it does not move.
    let least = |widest: &str, size| layout(widest, theme::digits(size), color).size().x;
    let gain_least = if shown.is_empty() { 0.0 } else { least("+$00.00 ▲", gain_size) };
    let widths = [value.size().x.max(least("$0,000.00", size)), gain.size().x.max(gain_least)];
    let height = name.size().y + value.size().y - if phone { 2.0 } else { 1.0 };
    let (rect, response) = ui.allocate_exact_size(Vec2::new(widths[0] + widths[1] + 6.0, height), Sense::click());
    let painter = ui.painter();
    let base = rect.bottom() + 1.0;
    let (below, above) = (base - value.size().y, base - 2.0 - gain.size().y);
    painter.galley(rect.min, name, theme::WEAK);
    painter.galley(egui::pos2(rect.left(), below), value, theme::TEXT);
    painter.galley(egui::pos2(rect.left() + widths[0] + 6.0, above), gain, color);
    let said = format!("{} {} {}", Term::Worth.name(), account.worth, account.gain);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Label, true, &said));
    response.explained(Term::Worth.help());
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
    if menu.phone {
        ui.spacing_mut().button_padding.x = 2.0;
    }
    let mut small = |name: &str, words: &str, help: &str| {
        let side = if menu.phone { 36.0 } else { theme::CONTROL };
        // A word on a phone is as wide as a sign.
        let size = if menu.phone && words == text::ui::HOST { 12.0 } else { 15.0 };
        let button = egui::Button::new(RichText::new(words).size(size)).min_size(Vec2::splat(side));
        let response = ui.add(button).on_hover_text(help);
        widgets::note(ui, name, &response);
        response.clicked()
    };
    Pressed {
        help: small("top.help", "?", text::ui::HELP_BUTTON),
        host: small("top.host", text::ui::HOST, text::ui::HOST_BUTTON),
        mute: small("top.mute", if menu.mute { "🔇" } else { "🔊" }, text::ui::MUTE_BUTTON),
        history: small("top.history", "☰", text::ui::HISTORY_BUTTON),
    }
}
