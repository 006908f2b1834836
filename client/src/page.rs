//! The page around the canvas: what is typed on its inputs and how much of the screen is safe comes in, and where fields
//! and keyboard are goes out. A window has no page, and nothing to say here.
//!
//! What is typed goes to the field that was typed into (`kit::field`), keys to egui; nothing here decides what they mean.

use crate::{
    kit::{
        field::{self, Field},
        focus::{self, Edge},
    },
    platform,
    ui::UiState,
};
use bevy::{
    prelude::*,
    winit::{EventLoopProxyWrapper, WinitUserEvent},
};
use bevy_egui::{EguiContexts, EguiInput, EguiPreUpdateSet, PrimaryEguiContext, input::EguiInputEvent};
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

/// What was done on the page.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(tag = "what", rename_all = "lowercase")]
enum Said {
    /// This now stands in the input over a field; inputs are numbered.
    Typed { name: String, text: String, number: u32 },
    /// A key that is no text.
    Key { key: Key, shift: bool },
    /// The input over a field has the keyboard.
    Focus { name: String },
    /// It has it no longer.
    Blur { name: String },
    /// The keyboard has left the canvas.
    Left,
    /// What no panel may lie under (top, right, bottom, left, in CSS pixels), and the browser's zoom.
    Screen { insets: [f32; 4], zoom: f32 },
}

/// Keys that the page hands over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
enum Key {
    Enter,
    Escape,
    Tab,
    ArrowUp,
    ArrowDown,
}

impl Key {
    const fn egui(self) -> egui::Key {
        match self {
            Self::Enter => egui::Key::Enter,
            Self::Escape => egui::Key::Escape,
            Self::Tab => egui::Key::Tab,
            Self::ArrowUp => egui::Key::ArrowUp,
            Self::ArrowDown => egui::Key::ArrowDown,
        }
    }
}

/// What the page is told.
#[derive(Serialize)]
struct Shown<'a> {
    fields: Vec<Placed<'a>>,
    /// "start", "inside" or "end".
    edge: &'static str,
    /// The number of the last input that was taken.
    seen: u32,
    /// Whether colours are stretched.
    contrast: bool,
}

/// A field and where it is, in CSS pixels.
#[derive(Serialize)]
struct Placed<'a> {
    #[serde(flatten)]
    field: &'a Field,
    x: f32,
    y: f32,
    w: f32,
    h: f32,
}

impl<'a> Placed<'a> {
    fn at(field: &'a Field, zoom: f32) -> Self {
        let egui::Rect { min, max } = field.rect;
        let [x, y, w, h] = [min.x, min.y, max.x - min.x, max.y - min.y].map(|side| (side * zoom).round());
        Self { field, x, y, w, h }
    }
}

/// What is known of the page.
#[derive(Resource, Debug)]
pub(crate) struct Page {
    /// The browser's zoom.
    pub(crate) zoom: f32,
    insets: [f32; 4],
    waiting: VecDeque<Said>,
    seen: u32,
    shown: String,
}

impl Default for Page {
    fn default() -> Self {
        Self { zoom: 1.0, insets: [0.0; 4], waiting: VecDeque::new(), seen: 0, shown: String::new() }
    }
}

pub(crate) fn plugin(app: &mut App) {
    // What is pasted is pasted into the page's inputs.
    #[cfg(target_arch = "wasm32")]
    if let Some(mut settings) = app.world_mut().get_resource_mut::<bevy_egui::EguiGlobalSettings>() {
        settings.input_system_settings.run_write_web_clipboard_messages_system = false;
    }
    if let Some(proxy) = app.world().get_resource::<EventLoopProxyWrapper>() {
        let proxy = (**proxy).clone();
        platform::on_page_said(move || {
            // Fails only when the window is gone.
            let _ = proxy.send_event(WinitUserEvent::WakeUp);
        });
    }
    app.init_resource::<Page>()
        .add_systems(PreUpdate, hear.before(EguiPreUpdateSet::ProcessInput))
        .add_systems(PreUpdate, keep_safe.after(EguiPreUpdateSet::ProcessInput).before(EguiPreUpdateSet::BeginPass))
        .add_systems(Last, show.run_if(resource_exists::<UiState>));
}

/// What was typed stands in its field before a key that follows it is pressed: that is the next frame's.
fn hear(
    mut page: ResMut<Page>,
    mut contexts: EguiContexts,
    context: Single<Entity, With<PrimaryEguiContext>>,
    mut events: MessageWriter<EguiInputEvent>,
) -> Result {
    let said = platform::page_said();
    if !said.is_empty() {
        page.waiting.extend(serde_json::from_str::<Vec<Said>>(&said)?);
    }
    let ctx = contexts.ctx_mut()?;
    let mut typed = false;
    while let Some(said) = page.waiting.pop_front_if(|said| !typed || matches!(said, Said::Typed { .. })) {
        match said {
            Said::Typed { name, text, number } => {
                page.seen = number;
                typed = true;
                field::typed(ctx, name, text);
            }
            Said::Key { key, shift } => {
                let modifiers = if shift { egui::Modifiers::SHIFT } else { egui::Modifiers::NONE };
                for pressed in [true, false] {
                    let key = key.egui();
                    let event = egui::Event::Key { key, physical_key: None, pressed, repeat: false, modifiers };
                    events.write(EguiInputEvent { context: *context, event });
                }
            }
            Said::Focus { name } => field::enter(ctx, &name),
            Said::Blur { name } => field::leave(ctx, &name),
            Said::Left => focus::leave(ctx),
            Said::Screen { insets, zoom } => (page.insets, page.zoom) = (insets, zoom),
        }
    }
    Ok(())
}

/// Panels stay clear of notches and round corners.
fn keep_safe(
    page: Res<Page>,
    mut contexts: EguiContexts,
    mut input: Single<&mut EguiInput, With<PrimaryEguiContext>>,
) -> Result {
    let zoom = contexts.ctx_mut()?.zoom_factor();
    let [top, right, bottom, left] = page.insets.map(|inset| inset / zoom);
    input.safe_area_insets = Some(egui::SafeAreaInsets(egui::epaint::MarginF32 { left, right, top, bottom }));
    Ok(())
}

fn show(mut page: ResMut<Page>, ui: Res<UiState>) -> Result {
    let zoom = ui.floor.zoom;
    let edge = match ui.edge {
        Edge::Start => "start",
        Edge::Inside => "inside",
        Edge::End => "end",
    };
    let fields = ui.fields.iter().map(|field| Placed::at(field, zoom)).collect();
    let shown = Shown { fields, edge, seen: page.seen, contrast: ui.prefs.more_contrast };
    let shown = serde_json::to_string(&shown)?;
    if page.shown != shown {
        platform::page_shows(&shown);
        page.shown = shown;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_page_says_is_understood() {
        let check = |text: &str, expected: Said| {
            assert_eq!(serde_json::from_str::<Said>(text).unwrap(), expected, "{text}");
        };
        let name = || "ticket.amount".to_owned();
        check(
            r#"{"what":"typed","name":"ticket.amount","text":"20","number":3}"#,
            Said::Typed { name: name(), text: "20".to_owned(), number: 3 },
        );
        check(r#"{"what":"key","key":"Tab","shift":true}"#, Said::Key { key: Key::Tab, shift: true });
        check(r#"{"what":"focus","name":"ticket.amount"}"#, Said::Focus { name: name() });
        check(r#"{"what":"blur","name":"ticket.amount"}"#, Said::Blur { name: name() });
        check(r#"{"what":"left"}"#, Said::Left);
        let insets = [47.0, 0.0, 34.0, 0.0];
        check(r#"{"what":"screen","insets":[47,0,34,0],"zoom":1.5}"#, Said::Screen { insets, zoom: 1.5 });
    }
}
