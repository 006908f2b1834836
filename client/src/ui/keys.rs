//! The keyboard map. Keys do nothing while something is typed.

use crate::kit::field;
use egui::{Key, Modifiers};
use outcry_desk::{
    action::Action,
    view::ticket::{Draft, Kind, TicketView},
};
use outcry_engine::{Direction, OutcomeId, Side};

/// The name of the ticket's field that takes the amount.
pub const AMOUNT: &str = "ticket.amount";

/// What a key asked of the screen, beside the draft.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Pressed {
    pub submit: bool,
    pub help: bool,
    pub escape: bool,
    pub mute: bool,
}

const OUTCOMES: [Key; 10] =
    [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9, Key::Num0];

/// Handles every key. Actions are cancels; the rest changes the draft or is returned.
pub(super) fn handle(
    ctx: &egui::Context,
    view: Option<&TicketView>,
    draft: &mut Draft,
    newest_order: Option<outcry_engine::OrderId>,
) -> (Vec<Action>, Pressed) {
    let mut pressed = Pressed::default();
    let typing = ctx.memory(|memory| memory.focused()).is_some() && ctx.text_edit_focused();
    let in_amount = ctx.memory(|memory| memory.has_focus(field::id(AMOUNT)));
    let key = |key| once(ctx, Modifiers::NONE, key);
    let shift = |key| once(ctx, Modifiers::SHIFT, key);
    pressed.escape = key(Key::Escape);
    // Enter on a button that was reached with Tab presses that button, not the order's.
    let elsewhere = ctx.memory(|memory| memory.focused()).is_some() && !in_amount;
    pressed.submit = !elsewhere && key(Key::Enter);
    if typing && !in_amount {
        return (vec![], pressed);
    }
    if let Some(view) = view {
        arrows(ctx, view, draft);
    }
    if typing {
        return (vec![], pressed);
    }
    let mut actions = Vec::new();
    if shift(Key::X) {
        actions.push(Action::CancelAll);
    } else if key(Key::X) {
        actions.extend(newest_order.map(Action::Cancel));
    }
    pressed.help = key(Key::Questionmark) || shift(Key::Questionmark) || shift(Key::Slash);
    pressed.mute = key(Key::U);
    if let Some(view) = view {
        letters(&key, view, draft);
    }
    (actions, pressed)
}

/// Whether a key was pressed: one that is held presses once, or it would answer the question that it has opened.
fn once(ctx: &egui::Context, modifiers: Modifiers, key: Key) -> bool {
    ctx.input_mut(|input| {
        let fresh = input
            .events
            .iter()
            .any(|event| matches!(event, egui::Event::Key { key: of, pressed: true, repeat: false, .. } if *of == key));
        input.consume_key(modifiers, key) && fresh
    })
}

fn letters(key: &impl Fn(Key) -> bool, view: &TicketView, draft: &mut Draft) {
    for (index, number) in OUTCOMES.into_iter().enumerate() {
        let outcome = OutcomeId(index as u8);
        if key(number) && view.outcomes.iter().any(|(id, _)| *id == outcome) {
            draft.turn_to(outcome, draft.side);
        }
    }
    for (letter, side) in [(Key::Y, Side::Yes), (Key::N, Side::No)] {
        if key(letter) {
            draft.turn_to(draft.outcome, side);
        }
    }
    for (letter, direction) in [(Key::B, Direction::Buy), (Key::S, Direction::Sell)] {
        if key(letter) {
            draft.turn_direction(direction);
        }
    }
    for (letter, kind) in [(Key::M, Kind::Market), (Key::L, Kind::Limit)] {
        if key(letter) {
            draft.kind = kind;
            draft.confirming = false;
        }
    }
}

/// ±1 tick, with Shift ±5.
fn arrows(ctx: &egui::Context, view: &TicketView, draft: &mut Draft) {
    if draft.kind != Kind::Limit {
        return;
    }
    let pressed = |modifiers, key| ctx.input_mut(|input| input.consume_key(modifiers, key));
    for (key, sign) in [(Key::ArrowUp, 1), (Key::ArrowDown, -1)] {
        let steps = if pressed(Modifiers::SHIFT, key) {
            5
        } else if pressed(Modifiers::NONE, key) {
            1
        } else {
            continue;
        };
        draft.limit = Some(view.grid.step(view.limit, sign * steps));
        draft.confirming = false;
    }
}
