//! Every word on the screen, in plain language. Words are made of engine values and of figures from
//! [`crate::format`]: nothing here knows the model, and no panel has words of its own.

/// Words that stand as they are; each is its own explanation, with one more where that says where it stands.
macro_rules! words {
    ($($(#[$about:meta])* $name:ident = $text:literal;)*) => {
        $(#[doc = $text] $(#[$about])* pub const $name: &str = $text;)*
    };
}

pub mod sentence;
pub mod names;
pub mod banner;
pub mod moment;
pub mod why;
pub mod export;
pub mod help;
pub mod hint;
pub mod lobby;
pub mod end;
pub mod practice;
pub mod receipt;
pub mod stage;
pub mod term;
pub mod ui;
pub mod light;
pub mod voice;
pub mod acts;
pub mod funnel;
pub mod maker;
pub mod host;
pub mod rules;
pub mod rehearsal;
pub mod ticket;
pub mod toast;

pub use names::{apart, badge_and_name, direction, fill_type, phase, token, unknown_player};
pub use sentence::sentence;
