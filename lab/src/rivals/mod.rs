//! Rivals of the market's design (instrument.md §3), as the literature has them. They share nothing but the trait.

mod field;
pub mod lmsr;
pub mod ls_lmsr;
pub mod fpmm;
pub mod cpmm_multi;
pub mod pm_amm;
