//! View models: what a panel shows, computed from the model.

pub mod lobby;
pub mod outcomes;
pub mod ticket;
pub mod top;
