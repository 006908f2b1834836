//! Lines to type in. Over a page each has an input of the page's own, so that every keyboard, input method, clipboard and
//! password manager works as it does elsewhere: [`show`] notes where a field stands and takes what was typed there.
//!
//! The text belongs to whoever shows the field. A secret never goes out from here.

use super::widgets;
use egui::{Context, Id, Rect, Response, TextEdit, Ui, Vec2};
use serde::Serialize;

/// What is typed into a field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Words.
    #[default]
    Text,
    /// An amount, as people write it.
    Amount,
    /// A password.
    Secret,
}

/// What a field is.
pub(crate) struct About<'a> {
    /// Its stable name ("ticket.amount").
    pub name: &'a str,
    /// What is asked for, for those who do not see it.
    pub label: &'a str,
    /// What is typed into it.
    pub kind: Kind,
    /// Characters that it takes.
    pub limit: usize,
}

/// A field as it stands on the screen.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Field {
    /// Its stable name.
    pub name: String,
    /// What is asked for.
    pub label: String,
    /// What is typed into it.
    pub kind: Kind,
    /// Where it is seen, in points.
    #[serde(skip)]
    pub rect: Rect,
    /// What stands in it; nothing of a secret.
    pub text: String,
    /// Whether it has the keyboard.
    pub focused: bool,
}

/// Less than this share of its height is no field to type in.
const SEEN_MIN: f32 = 0.6;

/// The id of a field, by its name.
#[must_use]
pub fn id(name: &str) -> Id {
    Id::new(("outcry field", name))
}

fn shown_id() -> Id {
    Id::new("outcry fields shown")
}

fn typed_id() -> Id {
    Id::new("outcry fields typed")
}

type Typed = Vec<(String, String)>;

/// Takes what now stands in the page's input over a field: the next frame has it.
pub fn typed(ctx: &Context, name: String, text: String) {
    ctx.data_mut(|data| data.get_temp_mut_or_default::<Typed>(typed_id()).push((name, text)));
}

/// Gives the keyboard to a field.
pub fn enter(ctx: &Context, name: &str) {
    ctx.memory_mut(|memory| memory.request_focus(id(name)));
}

/// Takes the keyboard from a field, if it has it.
pub fn leave(ctx: &Context, name: &str) {
    ctx.memory_mut(|memory| memory.surrender_focus(id(name)));
}

/// Takes the fields that were shown in this frame; what was typed for others is forgotten.
pub(crate) fn taken(ctx: &Context) -> Vec<Field> {
    ctx.data_mut(|data| {
        data.remove::<Typed>(typed_id());
        data.remove_temp::<Vec<Field>>(shown_id()).unwrap_or_default()
    })
}

/// Shows a line to type in, of a size, dressed by its panel.
pub(crate) fn show(
    ui: &mut Ui,
    about: &About<'_>,
    text: &mut String,
    size: Vec2,
    dress: impl FnOnce(TextEdit<'_>) -> TextEdit<'_>,
) -> Response {
    let changed = take(ui.ctx(), about, text);
    let edit = TextEdit::singleline(text).id(id(about.name)).char_limit(about.limit);
    let edit = dress(edit).password(about.kind == Kind::Secret);
    let mut response = ui.add_sized(size, edit);
    if changed {
        response.mark_changed();
    }
    widgets::note(ui, about.name, &response);
    note(ui, about, text, &response);
    response
}

/// What was typed on the page stands in the field from now on. Returns whether it is something else.
fn take(ctx: &Context, about: &About<'_>, text: &mut String) -> bool {
    let typed = ctx.data_mut(|data| {
        let all = data.get_temp_mut_or_default::<Typed>(typed_id());
        let mine = all.iter().rev().find(|(name, _)| name == about.name).map(|(_, text)| text.clone());
        all.retain(|(name, _)| name != about.name);
        mine
    });
    let Some(typed) = typed else { return false };
    let typed: String = typed.chars().filter(|sign| !sign.is_control()).take(about.limit).collect();
    let changed = *text != typed;
    *text = typed;
    changed
}

fn note(ui: &Ui, about: &About<'_>, text: &str, response: &Response) {
    let rect = response.rect.intersect(ui.clip_rect());
    let top = ui.ctx().layer_id_at(rect.center()).is_none_or(|layer| layer == ui.layer_id());
    let seen = rect.is_positive() && rect.height() >= SEEN_MIN * response.rect.height();
    if !(seen && top && ui.is_enabled()) {
        return;
    }
    let field = Field {
        name: about.name.to_owned(),
        label: about.label.to_owned(),
        kind: about.kind,
        rect,
        text: if about.kind == Kind::Secret { String::new() } else { text.to_owned() },
        // Not whether the canvas has it too: the page's input takes it from there.
        focused: ui.memory(|memory| memory.has_focus(response.id)),
    };
    ui.ctx().data_mut(|data| data.get_temp_mut_or_default::<Vec<Field>>(shown_id()).push(field));
}
