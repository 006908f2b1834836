//! What a word means: under the pointer, and by a tap.

use egui::{Popup, PopupCloseBehavior, Response, RichText, Sense};

/// Width of an explanation, in points.
const WIDTH: f32 = 260.0;

/// Explains what is shown: under the pointer, and where there is none, by a tap; another closes it.
pub(crate) trait Explain {
    /// In one sentence.
    fn explained(self, help: &str) -> Response;
}

impl Explain for Response {
    fn explained(self, help: &str) -> Response {
        // Not by Tab: the help has all of them in a row.
        let response = self.interact(Sense::CLICK);
        let shown = Popup::from_toggle_button_response(&response)
            .close_behavior(PopupCloseBehavior::CloseOnClick)
            .width(WIDTH)
            .show(|ui| ui.add(egui::Label::new(RichText::new(help)).wrap()));
        if shown.is_some() { response } else { response.on_hover_text(help) }
    }
}
