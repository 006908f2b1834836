//! The figures of a session (instrument.md §1): each one function of plain data, so that every mechanism gives them
//! alike. Prices are between 0 and 1, money in USDC, sizes in tokens. Nothing here trades or keeps anything.

pub mod forecast;
pub mod accuracy;
pub mod probe;
pub mod coherence;
pub mod depth;
pub mod impact;
pub mod maker;
pub mod traders;
pub mod friction;
