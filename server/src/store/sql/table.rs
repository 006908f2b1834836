//! Rows turned into columns: what one bulk statement takes.

use serde::{Serialize, Serializer, ser::SerializeSeq};
use std::{borrow::Cow, fmt::Write};

/// A single value of a statement.
#[derive(Clone, Debug)]
pub(crate) enum Cell<'a> {
    Int(i64),
    Text(Cow<'a, str>),
    /// Nothing, where a text could be.
    NoText,
    Bytes(&'a [u8]),
    /// What a step before gives, in the words of the database.
    Given(&'static str),
}

/// One column of a table.
#[derive(Clone, Debug)]
pub(crate) enum Column<'a> {
    Int(Vec<Option<i64>>),
    Text(Vec<Option<Cow<'a, str>>>),
    Bytes(Vec<Cow<'a, [u8]>>),
}

/// Columns of equal length.
#[derive(Clone, Debug)]
pub(crate) struct Table<'a> {
    pub(crate) columns: Vec<Column<'a>>,
    pub(crate) rows: usize,
}

/// A statement with its values: scalars first, then the columns of a table.
pub(crate) struct Step<'a> {
    pub(crate) sql: &'static str,
    pub(crate) scalars: Vec<Cell<'a>>,
    pub(crate) table: Option<Table<'a>>,
    /// How many rows it must change, if that is asked.
    pub(crate) must: Option<usize>,
}

/// Builds a table out of rows, a column at a time.
pub(super) struct TableOf<'r, T> {
    rows: &'r [T],
    columns: Vec<Column<'r>>,
}

impl<'r, T> TableOf<'r, T> {
    pub(super) fn new(rows: &'r [T]) -> Self {
        Self { rows, columns: Vec::new() }
    }

    fn with(mut self, column: Column<'r>) -> Self {
        self.columns.push(column);
        self
    }

    pub(super) fn int(self, value: impl Fn(&'r T) -> i64) -> Self {
        self.maybe_int(|row| Some(value(row)))
    }

    /// A number that is never near 2⁶³: a count or an id.
    pub(super) fn id(self, value: impl Fn(&'r T) -> u64) -> Self {
        self.int(|row| int(value(row)))
    }

    pub(super) fn flag(self, value: impl Fn(&'r T) -> bool) -> Self {
        self.int(|row| i64::from(value(row)))
    }

    pub(super) fn maybe_int(self, value: impl Fn(&'r T) -> Option<i64>) -> Self {
        let column = Column::Int(self.rows.iter().map(value).collect());
        self.with(column)
    }

    pub(super) fn text(self, value: impl Fn(&'r T) -> Cow<'r, str>) -> Self {
        self.maybe_text(|row| Some(value(row)))
    }

    pub(super) fn maybe_text(self, value: impl Fn(&'r T) -> Option<Cow<'r, str>>) -> Self {
        let column = Column::Text(self.rows.iter().map(value).collect());
        self.with(column)
    }

    pub(super) fn bytes(self, value: impl Fn(&'r T) -> Cow<'r, [u8]>) -> Self {
        let column = Column::Bytes(self.rows.iter().map(value).collect());
        self.with(column)
    }

    pub(super) fn build(self) -> Table<'r> {
        Table { columns: self.columns, rows: self.rows.len() }
    }
}

/// Numbers of the record are far below 2⁶³; one that is not could not be read back, and the
/// tables refuse it.
pub(crate) fn int(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(-1)
}

/// Plain data become JSON; were they not to, the tables would refuse the text.
pub(super) fn json(value: &impl Serialize) -> Cow<'static, str> {
    Cow::Owned(serde_json::to_string(value).unwrap_or_default())
}

pub(super) fn text(text: &str) -> Cell<'_> {
    Cell::Text(Cow::Borrowed(text))
}

/// A table is a JSON array of rows, each an array; bytes are hexadecimal.
impl Serialize for Table<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut rows = serializer.serialize_seq(Some(self.rows))?;
        for row in 0..self.rows {
            rows.serialize_element(&TableRow { columns: &self.columns, row })?;
        }
        rows.end()
    }
}

struct TableRow<'t, 'a> {
    columns: &'t [Column<'a>],
    row: usize,
}

impl Serialize for TableRow<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut cells = serializer.serialize_seq(Some(self.columns.len()))?;
        for column in self.columns {
            match column {
                Column::Int(values) => cells.serialize_element(&values[self.row])?,
                Column::Text(values) => cells.serialize_element(&values[self.row])?,
                Column::Bytes(values) => cells.serialize_element(&hex(&values[self.row]))?,
            }
        }
        cells.end()
    }
}

fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}
