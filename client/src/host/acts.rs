//! Buttons of acts: plain ones, and those that are pressed twice.

use crate::kit::{theme, widgets};
use egui::{Color32, RichText, Ui, Vec2};
use outcry_desk::{
    host::{Armed, HostDraft},
    text::host as words,
};

/// Height of the acts' buttons, in points.
pub(super) const BUTTON: f32 = 40.0;

/// A button of an act; lit in a colour when it comes next or is armed.
pub(super) fn act_button(ui: &mut Ui, name: &str, label: &str, enabled: bool, fill: Option<Color32>) -> bool {
    let mut button =
        egui::Button::new(RichText::new(label).size(15.0).color(if fill.is_some() { theme::INK } else { theme::TEXT }))
            .min_size(Vec2::new(110.0, BUTTON));
    if let Some(fill) = fill {
        button = button.fill(fill);
    }
    let response = ui.add_enabled(enabled, button);
    widgets::note(ui, name, &response);
    response.clicked()
}

/// A destructive act: the first press arms it, the second fires.
pub(super) fn armed_button(
    ui: &mut Ui,
    draft: &mut HostDraft,
    act: Armed,
    (name, label): (&str, &str),
    enabled: bool,
    now_ms: u64,
) -> bool {
    let armed = draft.is_armed(&act, now_ms);
    let shown = if armed { words::press_again(label) } else { label.to_owned() };
    let clicked = act_button(ui, name, &shown, enabled, armed.then_some(theme::LOSS));
    clicked && draft.press(act, now_ms)
}
