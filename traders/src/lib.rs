//! Ways to trade, without sockets: a strategy sees a market as a participant does and says what
//! to do. Over the protocol or on a bare [`outcry_engine::Market`], the same views and the same
//! seed give the same orders. Nothing here opens a socket, reads a clock or asks for chance that
//! was not seeded.

mod dice;
mod pace;
mod action;
pub mod card;
mod seen;
mod prices;
mod view;
mod belief;
mod strategy;
mod noise;
mod informed;
mod herder;
mod quoter;
mod arbitrageur;
mod manipulator;
mod sniper;
mod kind;
mod crowd;

pub use action::Action;
pub use arbitrageur::Arbitrageur;
pub use crowd::{Trader, Wishes};
pub use dice::Dice;
pub use herder::Herder;
pub use informed::Informed;
pub use kind::Kind;
pub use manipulator::Manipulator;
pub use noise::Noise;
pub use pace::Pace;
pub use prices::PastPrices;
pub use quoter::Quoter;
pub use seen::Seen;
pub use sniper::Sniper;
pub use strategy::Strategy;
pub use view::View;
