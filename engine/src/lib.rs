//! One market, pure and deterministic: no clock, no I/O, no randomness.
//!
//! The same inputs give the same outputs, bit for bit, on every platform: the
//! server runs this crate for real, the client runs it for previews, and a
//! replay of the recorded [`Input`]s proves the record.
//!
//! A [`Market`] changes only by [`Market::apply`]; [`quote`] answers what an
//! order would get from a [`PublicMarket`], by the same route.

pub mod amount;
pub mod market;
pub mod order;
pub mod params;
pub mod public;
pub mod report;

pub use amount::{Price, Rate, Tokens, Usdc};
pub use market::{Account, Input, Market, Metrics, OpenOrder, Refusal};
pub use order::{Direction, Order, OrderId, OrderKind, OutcomeId, Side, UserId};
pub use params::{InterpolationMode, Params, Round, Script, Violation, Warning};
pub use public::{Level, OwnView, PoolState, PublicMarket, PublicOutcome, Quote, quote};
pub use report::{Cash, CashKind, Event, Fill, FillType, OrderStatus, OrderUpdate, Party, RejectReason, Report};
