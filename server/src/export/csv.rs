//! Tables as CSV (RFC 4180), safe to open in a spreadsheet.

use csv::{Terminator, Writer, WriterBuilder};

/// A table being written.
pub(super) struct Csv(Writer<Vec<u8>>);

/// A cell: numbers and words of ours as they are, texts of people guarded.
pub(super) enum Cell {
    Plain(String),
    Text(String),
}

/// A number or a word of ours.
pub(super) fn plain(value: impl ToString) -> Cell {
    Cell::Plain(value.to_string())
}

/// A number or a word of ours, or an empty cell.
pub(super) fn maybe(value: Option<impl ToString>) -> Cell {
    Cell::Plain(value.map(|value| value.to_string()).unwrap_or_default())
}

/// What a person wrote.
pub(super) fn text(value: &str) -> Cell {
    Cell::Text(value.to_owned())
}

impl Cell {
    /// A text that a spreadsheet would run as a formula gets an apostrophe before it.
    fn guarded(self) -> String {
        match self {
            Self::Text(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\0']) => format!("'{text}"),
            Self::Plain(text) | Self::Text(text) => text,
        }
    }
}

impl Csv {
    /// A table with its heading.
    pub(super) fn new(heading: &[impl AsRef<[u8]>]) -> Result<Self, csv::Error> {
        let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
        writer.write_record(heading)?;
        Ok(Self(writer))
    }

    pub(super) fn row(&mut self, cells: impl IntoIterator<Item = Cell>) -> Result<(), csv::Error> {
        self.0.write_record(cells.into_iter().map(Cell::guarded))
    }

    pub(super) fn finish(self) -> Result<Vec<u8>, csv::Error> {
        self.0.into_inner().map_err(|error| csv::Error::from(error.into_error()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_wrote_is_never_a_formula() {
        let check = |written: &str, expected: &str| {
            let mut csv = Csv::new(&["name"]).unwrap();
            csv.row([text(written)]).unwrap();
            let file = String::from_utf8(csv.finish().unwrap()).unwrap();
            assert_eq!(file, format!("name\r\n{expected}\r\n"), "{written:?}");
        };
        check("Ada", "Ada");
        check("=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"");
        check("+1", "'+1");
        check("-1", "'-1");
        check("@SUM(A1)", "'@SUM(A1)");
        check("\tx", "'\tx");
        check("\rx", "\"'\rx\"");
        check("\0x", "'\0x");
        check("a\",\"b", "\"a\"\",\"\"b\"");
        check("a\nb", "\"a\nb\"");
    }

    #[test]
    fn a_negative_number_stays_one() {
        let mut csv = Csv::new(&["net_pnl"]).unwrap();
        csv.row([plain(-1)]).unwrap();
        assert_eq!(csv.finish().unwrap(), b"net_pnl\r\n-1\r\n");
    }
}
