//! One market, pure and deterministic: no clock, no I/O, no randomness.
//!
//! The same inputs give the same outputs, bit for bit, on every platform: the
//! server runs this crate for real, the client runs it for previews, and a
//! replay of the recorded [`Input`]s proves the record.
//!
//! A [`Market`] changes only by [`Market::apply`]; [`quote`] answers what an
//! order would get from a [`PublicMarket`], by the same route.

mod exact;
pub mod amount;
mod fraction;
mod search;
pub mod order;
mod reason;
mod input;
mod fill;
mod report;
pub mod params;
mod pool;
mod curve;
mod pro_rata;
mod book;
mod reroute;
mod auto_fill;
mod cross_match;
mod levels;
mod route;
mod accounts;
mod state;
mod audit;
mod public;
mod check;
mod stages;
mod way;
mod ways;
mod trial;
mod ahead;
mod quote;
mod curve_view;
mod batch;
#[cfg(test)]
mod chance;
mod resolution;
mod market;
mod warnings;
#[cfg(feature = "scenario")]
pub mod scenario;

pub use accounts::Account;
pub use amount::{Price, Rate, Tokens, Usdc};
pub use curve_view::CurveView;
pub use fill::{Fill, FillType, Party};
pub use input::{Input, Refusal};
pub use market::{Market, Metrics};
pub use order::{Direction, Leg, OpenOrder, Order, OrderId, OrderKind, OutcomeId, SIZE_MAX, SIZE_MIN, Side, UserId};
pub use params::{InterpolationMode, Params, PriceGrid, Round, Script, Violation};
pub use pool::PoolState;
pub use public::{Level, OwnOrder, OwnView, PublicMarket, PublicOutcome};
pub use quote::{Quote, QuotePart, quote};
pub use reason::RejectReason;
pub use report::{Cash, CashKind, Event, OrderStatus, OrderUpdate, Report};
pub use warnings::Warning;
