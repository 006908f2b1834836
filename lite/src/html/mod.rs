//! Pages of views: each a pure function of a view model, in the desk's words. Text is escaped by the templates.

pub mod top;
pub mod banner;
pub mod moment;
pub mod news;
pub mod help;
pub mod practice;
pub mod lobby;
pub mod plot;
pub mod market;
pub mod chart;
pub mod figures;
pub mod simple;
pub mod ticket;
pub mod confirm;
pub mod book;
pub mod tape;
pub mod portfolio;
pub mod scenario;
pub mod receipts;
pub mod leaders;
pub mod end;
