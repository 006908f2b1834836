//! View models: what a panel shows, computed from the model.

pub mod book;
pub mod chart;
pub mod end;
pub mod leaders;
pub mod lobby;
pub mod outcomes;
pub mod portfolio;
pub mod receipts;
pub mod scenario;
pub mod tape;
pub mod ticket;
pub mod top;
