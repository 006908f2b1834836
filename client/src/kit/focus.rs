//! The keyboard's place on the screen: a ring around whatever it is on, and the two ends at which Tab leaves.

use super::{field::Field, theme};
use egui::{Context, Id, LayerId, Rect, Sense, Stroke, StrokeKind, Ui, UiBuilder, Vec2, pos2};

/// Where the keyboard stands among all that can be reached by Tab.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Edge {
    /// Before the first: Shift and Tab leave the screen.
    #[default]
    Start,
    /// On something.
    Inside,
    /// After the last: Tab leaves the screen.
    End,
}

fn start_id() -> Id {
    Id::new("outcry focus start")
}

fn end_id() -> Id {
    Id::new("outcry focus end")
}

/// To be called before anything is drawn: Shift and Tab on the first thing lead to here.
pub(crate) fn start(ctx: &Context) {
    // From nowhere Tab leads to the first thing, and not to its brim.
    if ctx.memory(|memory| memory.focused()).is_some_and(|id| id != end_id()) {
        brim(ctx, start_id());
    }
}

/// To be called when everything is drawn: rings what the keyboard is on, and says where that is. Fields have a ring of
/// their own.
pub(crate) fn end(ctx: &Context, fields: &[Field]) -> Edge {
    brim(ctx, end_id());
    match ctx.memory(|memory| memory.focused()) {
        None => Edge::Start,
        Some(id) if id == start_id() => Edge::Start,
        Some(id) if id == end_id() => Edge::End,
        Some(id) => {
            if !fields.iter().any(|field| field.focused) {
                ring(ctx, id);
            }
            Edge::Inside
        }
    }
}

/// Takes the keyboard from whatever it is on.
pub fn leave(ctx: &Context) {
    ctx.memory_mut(|memory| memory.stop_text_input());
}

/// Something that is reached by Tab and not seen.
fn brim(ctx: &Context, id: Id) {
    // A window over everything keeps the keyboard to itself, and Tab leaves from there too.
    let layer = ctx.memory(|memory| memory.top_modal_layer()).unwrap_or_else(LayerId::background);
    let rect = Rect::from_min_size(pos2(0.0, 0.0), Vec2::ONE);
    let ui = Ui::new(ctx.clone(), id.with("room"), UiBuilder::new().layer_id(layer).max_rect(rect));
    ui.interact(rect, id, Sense::focusable_noninteractive());
}

/// Light on dark, so that it is seen on every ground.
fn ring(ctx: &Context, id: Id) {
    let Some(response) = ctx.read_response(id) else { return };
    // A card that is pressed as a whole knows its place only once it is drawn.
    let seen = if response.interact_rect.is_positive() { response.interact_rect } else { response.rect };
    if !seen.is_positive() {
        return;
    }
    let painter = ctx.layer_painter(response.layer_id).with_clip_rect(seen.expand(4.0));
    painter.rect_stroke(seen, theme::CORNER, Stroke::new(4.0, theme::INK), StrokeKind::Middle);
    painter.rect_stroke(seen, theme::CORNER, Stroke::new(2.0, theme::FOCUS), StrokeKind::Middle);
}
