//! How much, and at what price at worst: every figure can be set without a keyboard.

use crate::{
    kit::{explain::Explain, field, theme, widgets},
    ui::keys::AMOUNT,
};
use egui::{Align, Response, RichText, Sides, Slider, Ui, Vec2, style::HandleShape};
use outcry_desk::{
    format::{limit_cents, money, percent, tokens},
    text::{term::Term, ticket as words},
    view::ticket::{self, Draft, TicketView, Unit},
};
use outcry_engine::{Direction, Tokens, Usdc};

/// Characters of an amount, grouped and spaced however its writer likes.
const AMOUNT_CHARS_MAX: usize = 40;

/// The amount, its steppers, quick amounts and slider.
pub(super) fn rows(ui: &mut Ui, view: &TicketView, draft: &mut Draft) {
    let unit = draft.counts();
    let there = match draft.direction {
        Direction::Buy => words::you_have(&money(view.balance)),
        Direction::Sell => words::you_hold(&tokens(view.free)),
    };
    Sides::new().height(18.0).show(
        ui,
        |ui| widgets::label(ui, if unit == Unit::Money { Term::Amount } else { Term::Size }),
        |ui| ui.label(RichText::new(there).font(theme::digits(12.0)).color(theme::WEAK)),
    );
    field(ui, view, draft, unit);
    quick(ui, view, draft, unit);
    slider(ui, view, draft, unit);
}

/// The line that the amount is typed into, on either ticket.
pub(super) fn line(ui: &mut Ui, label: &str, amount: &mut String, hint: &str, size: Vec2) -> Response {
    let about = field::About { name: AMOUNT, label, kind: field::Kind::Amount, limit: AMOUNT_CHARS_MAX };
    field::show(ui, &about, amount, size, |edit| {
        let edit = edit.font(theme::digits(16.0)).horizontal_align(Align::RIGHT).vertical_align(Align::Center);
        edit.hint_text(hint.to_owned()).min_size(size)
    })
}

fn field(ui: &mut Ui, view: &TicketView, draft: &mut Draft, unit: Unit) {
    let height = theme::control_height(ui);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        if widgets::button(ui, "ticket.less", "−").clicked() {
            draft.set(unit, ticket::amount_step(view, draft, false));
        }
        let switch = draft.direction == Direction::Buy;
        let rest = ui.available_width() - height - 4.0 - if switch { 116.0 } else { 0.0 };
        let term = if unit == Unit::Money { Term::Amount } else { Term::Size };
        let hint = if unit == Unit::Money { "$0" } else { "0" };
        let response = line(ui, term.name(), &mut draft.amount, hint, Vec2::new(rest, height));
        if response.changed() {
            draft.confirming = false;
        }
        if widgets::button(ui, "ticket.more", "+").clicked() {
            draft.set(unit, ticket::amount_step(view, draft, true));
        }
        if switch {
            unit_switch(ui, view, draft, unit);
        }
    });
}

/// Money or tokens; what is typed is carried over.
fn unit_switch(ui: &mut Ui, view: &TicketView, draft: &mut Draft, unit: Unit) {
    let options = [(Unit::Money, "$".to_owned(), theme::TEXT), (Unit::Tokens, words::TOKENS.to_owned(), theme::TEXT)];
    let Some(chosen) = widgets::segments(ui, "ticket.unit", unit, &options) else { return };
    ticket::turn_unit(view, draft, chosen);
}

fn quick(ui: &mut Ui, view: &TicketView, draft: &mut Draft, unit: Unit) {
    let choices = ticket::quick(view, draft);
    let gap = 4.0;
    let width = (ui.available_width() - gap * (choices.len() as f32 - 1.0)) / choices.len().max(1) as f32;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = gap;
        for (index, (words, amount)) in choices.into_iter().enumerate() {
            let button = egui::Button::new(RichText::new(words).size(13.0));
            let response = ui.add_sized(Vec2::new(width, theme::control_height(ui)), button);
            widgets::note(ui, format!("ticket.quick.{index}"), &response);
            if response.clicked() {
                draft.set(unit, amount);
            }
        }
    });
}

fn slider(ui: &mut Ui, view: &TicketView, draft: &mut Draft, unit: Unit) {
    if view.most <= 0 {
        return;
    }
    let mut share = ticket::share(view, draft);
    let most = match unit {
        Unit::Money => money(Usdc(view.most)),
        Unit::Tokens => tokens(Tokens(view.most)),
    };
    // What its end stands for is beside it: all that passes, which is seldom all that one has.
    let end = ui.painter().layout_no_wrap(most.clone(), theme::digits(12.0), theme::WEAK);
    let slider = |ui: &mut Ui| {
        ui.spacing_mut().slider_width = ui.available_width() - END.max(end.size().x) - theme::GAP;
        // A rail that is seen, filled in the light, with a knob that stands out from both.
        let visuals = ui.visuals_mut();
        visuals.selection.bg_fill = theme::AMBER;
        visuals.widgets.inactive.bg_fill = theme::HOVER;
        for widget in [&mut visuals.widgets.inactive, &mut visuals.widgets.hovered, &mut visuals.widgets.active] {
            widget.fg_stroke.width = 2.5;
        }
        let slider = Slider::new(&mut share, 0.0..=1.0).show_value(false).trailing_fill(true);
        let response = ui.add(slider.handle_shape(HandleShape::Circle));
        ui.add(egui::Label::new(end)).explained(&words::passes_up_to(&most));
        response
    };
    let response = ui.horizontal(slider).inner;
    widgets::note(ui, "ticket.slider", &response);
    if response.changed() {
        draft.set(unit, ticket::share_of(view, draft, share));
    }
}

/// Width of what stands at a slider's end, at least, so that it does not move with the figure, in points.
const END: f32 = 66.0;

/// The largest slippage allowed, in steps.
pub(super) fn slippage(ui: &mut Ui, view: &TicketView, draft: &mut Draft) {
    let steps = |ui: &mut Ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let mut step = |ui: &mut Ui, name, words, up| {
            if widgets::button(ui, name, words).clicked() {
                draft.max_slippage = Some(Draft::slippage_step(view.max_slippage, up));
                draft.confirming = false;
            }
        };
        step(ui, "ticket.slippage.more", "+", true);
        figure_box(ui, percent(view.max_slippage));
        step(ui, "ticket.slippage.less", "−", false);
    };
    Sides::new().show(ui, |ui| widgets::label(ui, Term::MaxSlippage), steps);
}

/// The limit price on its grid, and the auto-fill opt-in.
pub(super) fn limit(ui: &mut Ui, view: &TicketView, draft: &mut Draft) {
    let steps = |ui: &mut Ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let mut step = |ui: &mut Ui, name, words, steps| {
            if widgets::button(ui, name, words).clicked() {
                draft.limit = Some(view.grid.step(view.limit, steps));
                draft.confirming = false;
            }
        };
        step(ui, "ticket.limit.up5", "+5", 5);
        step(ui, "ticket.limit.up", "+", 1);
        figure_box(ui, limit_cents(view.limit));
        step(ui, "ticket.limit.down", "−", -1);
        step(ui, "ticket.limit.down5", "−5", -5);
    };
    Sides::new().show(ui, |ui| widgets::label(ui, Term::LimitPrice), steps);
    if view.af_enabled {
        let check = widgets::check(ui, "ticket.autofill", &mut draft.af_opt_in, words::AUTO_FILL);
        check.on_hover_text(Term::AutoFill.help());
        // A finger has no hovering.
        if draft.af_opt_in {
            widgets::weak(ui, Term::AutoFill.help());
        }
    }
}

fn figure_box(ui: &mut Ui, words: String) {
    let height = theme::control_height(ui);
    let (rect, response) = ui.allocate_exact_size(Vec2::new(64.0, height), egui::Sense::hover());
    ui.painter().rect_filled(rect, theme::CORNER, theme::INK);
    ui.painter().text(rect.center(), egui::Align2::CENTER_CENTER, &words, theme::digits(14.0), theme::TEXT);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Label, true, &words));
}
