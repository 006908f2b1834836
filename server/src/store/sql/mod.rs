//! What both databases share: the order of statements, rows to columns and back. They differ
//! in their connections, their locks and the text of their statements.

mod version;
mod table;
mod schema;
mod names;
mod statements;
mod encode;
mod decode;
mod database;
mod read;
mod tick;
mod write;
mod settled;
mod store;
mod register;

pub(super) use database::{Database, Work};
pub(super) use decode::Columns;
pub(super) use schema::{Kind, TABLES, TableSpec};
pub(super) use statements::Statements;
pub(super) use store::SqlStore;
pub(super) use table::{Cell, Column, Step, Table, int};
pub(super) use version::{Applied, migrator, must_migrate};
