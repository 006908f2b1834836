//! One market, pure and deterministic: no clock, no I/O, no randomness.
//!
//! The same inputs give the same outputs, bit for bit, on every platform: the
//! server runs this crate for real, the client runs it for previews, and a
//! replay of the recorded [`Input`]s proves the record.
//!
//! A [`Market`] changes only by [`Market::apply`]; [`quote`] answers what an
//! order would get from a [`PublicMarket`], by the same route.

mod accounts;
pub mod amount;
mod audit;
mod auto_fill;
mod batch;
mod book;
mod check;
mod cross_match;
mod curve;
mod input;
pub mod market;
pub mod order;
pub mod params;
mod pool;
pub mod public;
mod quote;
mod reason;
pub mod report;
mod resolution;
mod route;
#[cfg(feature = "scenario")]
pub mod scenario;
mod state;

pub use amount::{Price, Rate, Tokens, Usdc};
pub use curve::CurveView;
pub use market::{Account, Input, Market, Metrics, OpenOrder, Refusal};
pub use order::{Direction, Order, OrderId, OrderKind, OutcomeId, Side, UserId};
pub use params::{InterpolationMode, Params, Round, Script, Violation, Warning};
pub use public::{Level, OwnOrder, OwnView, PoolState, PublicMarket, PublicOutcome, Quote, QuotePart};
pub use quote::quote;
pub use report::{Cash, CashKind, Event, Fill, FillType, OrderStatus, OrderUpdate, Party, RejectReason, Report};
