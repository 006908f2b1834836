//! Rows of any table on their way from one database into the other.

use crate::store::sql::{Column, Kind, Table, TableSpec};
use sqlx::{ColumnIndex, Decode, Row, Type};
use std::borrow::Cow;

/// Rows that are carried at once.
pub(super) const BATCH: i64 = 1_000;

/// Rows as columns: whole numbers, texts and bytes, as both databases give them.
pub(super) fn columns<R: Row>(spec: &TableSpec, rows: &[R]) -> Result<Table<'static>, sqlx::Error>
where
    usize: ColumnIndex<R>,
    for<'r> Option<i64>: Decode<'r, R::Database> + Type<R::Database>,
    for<'r> Option<String>: Decode<'r, R::Database> + Type<R::Database>,
    for<'r> Vec<u8>: Decode<'r, R::Database> + Type<R::Database>,
{
    let column = |(place, (_, kind)): (usize, &(&str, Kind))| match kind {
        Kind::Int | Kind::Flag | Kind::Micros | Kind::Nanos => {
            rows.iter().map(|row| row.try_get(place)).collect::<Result<_, _>>().map(Column::Int)
        }
        Kind::Text | Kind::Json | Kind::Time => {
            let text = |row: &R| Ok(row.try_get::<Option<String>, _>(place)?.map(Cow::Owned));
            rows.iter().map(text).collect::<Result<_, sqlx::Error>>().map(Column::Text)
        }
        Kind::Bytes => {
            let bytes = |row: &R| Ok(Cow::Owned(row.try_get::<Vec<u8>, _>(place)?));
            rows.iter().map(bytes).collect::<Result<_, sqlx::Error>>().map(Column::Bytes)
        }
    };
    let columns = spec.1.iter().enumerate().map(column).collect::<Result<_, _>>()?;
    Ok(Table { columns, rows: rows.len() })
}

/// The columns' names, or what a function makes of each, with commas.
pub(super) fn list(spec: &TableSpec, each: impl Fn(usize, &str, Kind) -> String) -> String {
    spec.1.iter().enumerate().map(|(place, (name, kind))| each(place, name, *kind)).collect::<Vec<_>>().join(", ")
}
