//! The parameters of a market (§2), their validation and their path in time.

mod values;
mod path;
mod grid;
mod violation;
mod fields;
mod validate;
#[cfg(feature = "json")]
mod json;

pub use fields::{Field, FieldKind, fields};
pub use grid::PriceGrid;
pub use values::{InterpolationMode, Params, Round, Script, default_names};
pub use violation::Violation;

pub(crate) use path::Rates;
pub(crate) use values::{MS_PER_S, OUTCOMES_MAX};
