//! A rehearsal (instrument.md §6): many sessions of a configuration with the populations, and attacks on it, before the
//! guests come; a [`Sheet`] of lights says what there is to look at. The same rehearsal gives the same sheet on every
//! platform, but for the pace of the machine. It says what happens with traders like these, not with people.

mod bars;
mod spread;
mod measure;
mod sheet;
mod run;
mod page;

pub use measure::Clock;
pub use page::page;
pub use run::{Means, Rehearsal, rehearse};
pub use sheet::{Attacked, Band, Rehearsed, Sheet};
