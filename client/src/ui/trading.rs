//! The panels of an open market, wide, medium and on a phone.

use super::{book, chart, leaders, outcomes, portfolio, state::UiState, tape, ticket};
use crate::kit::{
    layout::{self, Places, Shape},
    place::{self, Look},
    theme, widgets,
};
use egui::{Align, Align2, Context, Layout, Sense, Ui, Vec2};
use egui_extras::{Size, StripBuilder};
use outcry_desk::{
    action::Action,
    model::Model,
    page::Tab,
    text::{hint::GOT_IT, ui as words},
    view::{
        book::BookView,
        chart::ChartView,
        hint::{Hint, hint},
        leaders::leaders as leader_rows,
        outcomes::outcomes as outcome_rows,
        portfolio::PortfolioView,
        receipts, scenario,
        tape::tape as tape_rows,
        ticket::Kind,
    },
};

/// Panels at least this wide show the portfolio beside the other tabs, in points.
const TWO_COLUMNS: f32 = 760.0;

const WIDE_TABS: [Tab; 5] = [Tab::Chart, Tab::Portfolio, Tab::Book, Tab::Tape, Tab::Leaders];
const BESIDE_PORTFOLIO: [Tab; 4] = [Tab::Chart, Tab::Book, Tab::Tape, Tab::Leaders];
const MEDIUM_TABS: [Tab; 6] = [Tab::Outcomes, Tab::Chart, Tab::Portfolio, Tab::Book, Tab::Tape, Tab::Leaders];
const PHONE_TABS: [Tab; 5] = [Tab::Outcomes, Tab::Ticket, Tab::Book, Tab::Portfolio, Tab::Leaders];
const MORE_TABS: [Tab; 3] = [Tab::Leaders, Tab::Chart, Tab::Tape];

pub(super) fn draw(ctx: &Context, model: &Model, state: &mut UiState, places: &Places) -> Vec<Action> {
    if places.shape == Shape::Phone {
        return phone(ctx, model, state, places);
    }
    let mut actions = Vec::new();
    if places.left.is_positive() {
        place::at(ctx, "outcomes", places.left, Look::Floating, |ui| outcome_list(ui, model, state));
    }
    if places.foot.is_positive() {
        place::at(ctx, "foot", places.foot, Look::Floating, |ui| {
            widgets::section(ui, words::tab(Tab::Tape));
            tape::panel(ui, &tape_rows(model));
        });
    }
    actions.extend(place::at(ctx, "ticket", places.right, Look::Floating, |ui| ticket_panel(ui, model, state)));
    if places.corner.is_positive() {
        place::at(ctx, "corner", places.corner, Look::Floating, |ui| leaders::panel(ui, &leader_rows(model)));
    }
    actions.extend(place::at(ctx, "main", places.main, Look::Floating, |ui| tabbed(ui, model, state, places)));
    actions
}

fn tabbed(ui: &mut Ui, model: &Model, state: &mut UiState, places: &Places) -> Vec<Action> {
    if places.main.width() >= TWO_COLUMNS {
        return two_columns(ui, model, state, places);
    }
    let tabs: &[Tab] = if places.shape == Shape::Wide { &WIDE_TABS } else { &MEDIUM_TABS };
    tab_row(ui, state, &beside(tabs, places));
    content(ui, model, state)
}

/// The tabs of what has no place of its own beside them.
fn beside(tabs: &[Tab], places: &Places) -> Vec<Tab> {
    let apart = |tab: &Tab| match tab {
        Tab::Leaders => places.corner.is_positive(),
        Tab::Tape => places.foot.is_positive(),
        _ => false,
    };
    tabs.iter().copied().filter(|tab| !apart(tab)).collect()
}

/// Room for both: what one owns stays, the rest is behind tabs, the chart first.
fn two_columns(ui: &mut Ui, model: &Model, state: &mut UiState, places: &Places) -> Vec<Action> {
    let portfolio = (ui.available_width() * 0.44).min(560.0) - theme::GAP;
    let mut actions = Vec::new();
    // The empty one makes a wider gap.
    let strip = StripBuilder::new(ui).size(Size::remainder()).size(Size::exact(0.0)).size(Size::exact(portfolio));
    strip.horizontal(|mut strip| {
        strip.cell(|ui| {
            tab_row(ui, state, &beside(&BESIDE_PORTFOLIO, places));
            actions.extend(content(ui, model, state));
        });
        strip.empty();
        strip.cell(|ui| actions.extend(shown(ui, model, state, Tab::Portfolio)));
    });
    actions
}

/// Tabs as words with a line under the chosen one.
fn tab_row(ui: &mut Ui, state: &mut UiState, tabs: &[Tab]) {
    if !tabs.contains(&state.tab) {
        state.tab = tabs[0];
    }
    ui.allocate_ui_with_layout(Vec2::new(ui.available_width(), 28.0), Layout::left_to_right(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        for tab in tabs {
            if tab_button(ui, words::tab(*tab), state.tab == *tab, Vec2::new(0.0, 28.0)) {
                state.tab = *tab;
            }
        }
    });
}

fn tab_button(ui: &mut Ui, name: &str, on: bool, min: Vec2) -> bool {
    let color = if on { theme::AMBER } else { theme::WEAK };
    let galley = ui.painter().layout_no_wrap(name.to_owned(), theme::words(14.0), color);
    let size = Vec2::new((galley.size().x + 16.0).max(min.x), min.y);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let color = if response.hovered() && !on { theme::TEXT } else { color };
    let at = Align2::CENTER_CENTER.anchor_size(rect.center(), galley.size());
    ui.painter().galley_with_override_text_color(at.min, galley, color);
    if on {
        ui.painter().hline(rect.x_range().shrink(4.0), rect.bottom() - 1.0, egui::Stroke::new(2.0, theme::AMBER));
    }
    response.widget_info(|| egui::WidgetInfo::selected(egui::WidgetType::RadioButton, true, on, name));
    widgets::note(ui, format!("tab.{}", name.to_lowercase()), &response);
    response.clicked()
}

fn phone(ctx: &Context, model: &Model, state: &mut UiState, places: &Places) -> Vec<Action> {
    let bar_tab = if MORE_TABS.contains(&state.tab) { Tab::Leaders } else { state.tab };
    place::at(ctx, "tabs", places.tabs, Look::Bar, |ui| {
        let size = Vec2::new(ui.available_width() / PHONE_TABS.len() as f32, ui.available_height());
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            for tab in PHONE_TABS {
                let name = if tab == Tab::Leaders { words::MORE } else { words::tab(tab) };
                if tab_button(ui, name, bar_tab == tab, size) {
                    state.tab = tab;
                }
            }
        });
    });
    place::at(ctx, "main", places.main, Look::Flat, |ui| {
        if MORE_TABS.contains(&state.tab) {
            tab_row(ui, state, &MORE_TABS);
        }
        content(ui, model, state)
    })
}

fn content(ui: &mut Ui, model: &Model, state: &mut UiState) -> Vec<Action> {
    let tab = state.tab;
    shown(ui, model, state, tab)
}

fn shown(ui: &mut Ui, model: &Model, state: &mut UiState, tab: Tab) -> Vec<Action> {
    match tab {
        Tab::Outcomes => outcome_list(ui, model, state),
        Tab::Ticket => return ticket_panel(ui, model, state),
        Tab::Book => book_panel(ui, model, state),
        Tab::Tape => tape::panel(ui, &tape_rows(model)),
        Tab::Chart => {
            if let Some(view) = ChartView::new(model) {
                chart::prices(ui, &view, state.draft.outcome);
            }
        }
        Tab::Portfolio => return portfolio_panel(ui, model, state),
        Tab::Leaders => leaders::panel(ui, &leader_rows(model)),
    }
    vec![]
}

fn outcome_list(ui: &mut Ui, model: &Model, state: &mut UiState) {
    told(ui, model, state, Hint::Pick);
    let marked = outcomes::Marked { outcome: state.draft.outcome, side: state.draft.side };
    if let Some((outcome, side)) = outcomes::panel(ui, &outcome_rows(model), marked) {
        state.pick(outcome, side);
    }
}

/// The hint of this place, if it is the one that is shown now.
fn told(ui: &mut Ui, model: &Model, state: &mut UiState, here: Hint) {
    if hint(model, state.prefs) == Some(here) && widgets::hint(ui, here.words(), GOT_IT) {
        here.done(&mut state.prefs);
    }
}

fn ticket_panel(ui: &mut Ui, model: &Model, state: &mut UiState) -> Vec<Action> {
    let told = hint(model, state.prefs);
    let UiState { ticket, simple, draft, prefs, .. } = state;
    match ticket {
        Some((_, view)) => ticket::panel(ui, (simple.view(), view), draft, prefs, told),
        None => vec![],
    }
}

fn book_panel(ui: &mut Ui, model: &Model, state: &mut UiState) {
    let side = state.book_side.unwrap_or(state.draft.side);
    let Some(view) = BookView::new(model, state.draft.outcome, side) else { return };
    match book::panel(ui, &view) {
        Some(book::Picked::Side(side)) => state.book_side = Some(side),
        Some(book::Picked::Level(direction, price)) => {
            // Who clicks a bid wants to sell to it, who clicks an ask to buy from it.
            state.draft.turn_to(view.outcome, side);
            state.draft.turn_direction(direction.opposite());
            state.draft.kind = Kind::Limit;
            state.draft.limit = Some(price);
            if state.tab == Tab::Book && layout_is_phone(ui) {
                state.tab = Tab::Ticket;
            }
        }
        None => {}
    }
}

fn layout_is_phone(ui: &Ui) -> bool {
    layout::is_phone(ui.ctx().content_rect())
}

fn portfolio_panel(ui: &mut Ui, model: &Model, state: &mut UiState) -> Vec<Action> {
    let Some(view) = PortfolioView::new(model) else {
        widgets::empty(ui, words::NO_SEAT_PORTFOLIO);
        return vec![];
    };
    told(ui, model, state, Hint::Sell);
    let (wins, leaves) = (scenario::wins(model), scenario::eliminations(model));
    let receipts = receipts::receipts(model);
    let shown = portfolio::Shown { view: &view, wins: &wins, leaves: &leaves, receipts: &receipts };
    let (actions, sold) = portfolio::panel(ui, &shown);
    if let Some((outcome, side)) = sold {
        state.sell(outcome, side);
        if layout_is_phone(ui) {
            state.tab = Tab::Ticket;
        }
    }
    actions
}
