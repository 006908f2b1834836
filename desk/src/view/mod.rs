//! View models: what a panel shows, computed from the model and never kept. They serialise, so that whatever draws
//! them need not be a canvas.

pub mod worth;
pub mod top;
pub mod moment;
pub mod banner;
pub mod hint;
pub mod lobby;
pub mod why;
pub mod axis;
pub mod chart;
pub mod outcomes;
pub mod book;
pub mod tape;
pub mod portfolio;
pub mod receipts;
pub mod scenario;
pub mod leaders;
pub mod ticket;
mod reckoning;
pub mod end;
pub mod stage;
pub mod rehearsal;
