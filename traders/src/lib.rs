//! Ways to trade, without sockets: a strategy sees a market as a participant does and says what
//! to do. Over the protocol or on a bare [`outcry_engine::Market`], the same views and the same
//! seed give the same orders. Nothing here opens a socket, reads a clock or asks for chance that
//! was not seeded.

mod dice;
mod pace;
mod action;
mod prices;
mod view;
mod strategy;
mod momentum;
mod noise;
mod quoter;
mod value;
mod kind;

pub use action::Action;
pub use dice::Dice;
pub use kind::Kind;
pub use momentum::Momentum;
pub use noise::Noise;
pub use pace::Pace;
pub use prices::PastPrices;
pub use quoter::Quoter;
pub use strategy::Strategy;
pub use value::Value;
pub use view::View;
