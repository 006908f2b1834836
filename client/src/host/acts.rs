//! Buttons of acts: plain ones, and those that ask what they mean before they do it.

use crate::kit::{theme, widgets};
use egui::{Color32, Event, Id, Popup, Rect, RichText, Ui, Vec2};
use outcry_desk::{
    host::{Armed, HostDraft},
    text::acts as words,
};

/// Height of the acts' buttons, in points.
pub(super) const BUTTON: f32 = 44.0;

/// A button of an act; lit in a colour when it is the answer to a question.
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

/// A button that does nothing itself and is out of the way: it unfolds what is seldom needed.
pub(super) fn quiet_button(ui: &mut Ui, name: &str, label: &str) -> bool {
    let button = egui::Button::new(RichText::new(label).color(theme::WEAK)).frame(false);
    let response = ui.add(button.min_size(Vec2::new(0.0, BUTTON)));
    widgets::note(ui, name, &response);
    response.clicked()
}

/// Whether a hand is on what was drawn here, or in a list that hangs from it: a pointer that moves or presses, or a key.
pub(super) fn touched(ui: &Ui, place: Rect) -> bool {
    let listed = Popup::is_any_open(ui.ctx());
    let keyboard = ui.memory(|memory| memory.focused()).and_then(|id| ui.ctx().read_response(id));
    let keyboard = keyboard.is_some_and(|response| place.contains(response.rect.center()));
    ui.input(|input| {
        let pointer = &input.pointer;
        let over = listed || pointer.latest_pos().is_some_and(|at| place.contains(at));
        let moves = pointer.delta() != Vec2::ZERO || pointer.any_down() || pointer.any_released();
        let types = input.events.iter().any(|event| matches!(event, Event::Key { pressed: true, .. }));
        over && moves || keyboard && types
    })
}

/// What an act is called, and what it is asked with.
pub(super) struct Asked<'a> {
    pub(super) name: &'a str,
    pub(super) label: &'a str,
    /// What it means.
    pub(super) question: &'a str,
    pub(super) yes: &'a str,
}

/// An act that cannot be taken back: its button asks, and the answer does it. Says whether it is to be done.
pub(super) fn asking(
    ui: &mut Ui,
    draft: &mut HostDraft,
    act: Armed,
    asked: &Asked<'_>,
    enabled: bool,
    now_ms: u64,
) -> bool {
    if enabled && draft.is_armed(&act, now_ms) {
        return answer(ui, draft, act, asked, now_ms);
    }
    if act_button(ui, asked.name, asked.label, enabled, None) {
        draft.press(act, now_ms);
        ui.data_mut(|data| data.insert_temp(fresh(), ()));
    }
    false
}

/// Where a question is noted that nobody has seen yet.
fn fresh() -> Id {
    Id::new("host's question that is new")
}

/// The question, with both answers. The question stands where the button was: a second press in haste hits nothing.
pub(super) fn answer(ui: &mut Ui, draft: &mut HostDraft, act: Armed, asked: &Asked<'_>, now_ms: u64) -> bool {
    let shown = ui.vertical(|ui| {
        widgets::callout(ui, theme::LOSS, RichText::new(asked.question).size(15.0));
        ui.horizontal_wrapped(|ui| {
            let yes = act_button(ui, asked.name, asked.yes, true, Some(theme::LOSS));
            if act_button(ui, &format!("{}.not", asked.name), words::NOT_NOW, true, None) {
                draft.disarm();
            }
            yes && draft.press(act, now_ms)
        })
        .inner
    });
    if ui.data_mut(|data| data.remove_temp::<()>(fresh())).is_some() {
        shown.response.scroll_to_me(None);
    }
    shown.inner
}
