//! Tables as CSV (RFC 4180), as spreadsheets and pandas open them right.

use csv::{Terminator, Writer, WriterBuilder};

/// By it a spreadsheet knows that a file is UTF-8.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();
/// Words that readers of tables take for a missing value or for a truth, in small letters.
const WORDS: [&str; 14] =
    ["na", "n/a", "#na", "#n/a", "#n/a n/a", "<na>", "null", "none", "nil", "nan", "-nan", "true", "false", "1.#ind"];

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

/// A number of a client's own: any 64 bits, which as a number a spreadsheet would round.
pub(super) fn client_number(number: u64) -> Cell {
    Cell::Plain(format!("x{number:016x}"))
}

impl Cell {
    /// A text that would be taken for something else gets an apostrophe before it.
    fn guarded(self) -> String {
        match self {
            Self::Text(text) if is_mistaken(&text) => format!("'{text}"),
            Self::Plain(text) | Self::Text(text) => text,
        }
    }
}

/// Whether a spreadsheet would run it, or a reader of tables take it for a number, a truth or nothing. One
/// that begins with an apostrophe gets another: whoever takes one away has what was written.
fn is_mistaken(text: &str) -> bool {
    let bare = text.trim();
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\0', '\''])
        || bare.parse::<f64>().is_ok()
        || WORDS.contains(&bare.to_lowercase().as_str())
}

impl Csv {
    /// A table with its heading.
    pub(super) fn new(heading: &[impl AsRef<[u8]>]) -> Result<Self, csv::Error> {
        let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(BYTE_ORDER_MARK.to_vec());
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
    fn what_a_person_wrote_is_taken_for_a_text() {
        let check = |written: &str, expected: &str| {
            let mut csv = Csv::new(&["name"]).unwrap();
            csv.row([text(written)]).unwrap();
            let file = String::from_utf8(csv.finish().unwrap()).unwrap();
            assert_eq!(file, format!("\u{feff}name\r\n{expected}\r\n"), "{written:?}");
        };
        check("Ada", "Ada");
        check("Zoë ≤ 李雷", "Zoë ≤ 李雷");
        check("=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"");
        check("+1", "'+1");
        check("-1", "'-1");
        check("@SUM(A1)", "'@SUM(A1)");
        check("\tx", "'\tx");
        check("\rx", "\"'\rx\"");
        check("\0x", "'\0x");
        check("'Ada", "''Ada");
        check("007", "'007");
        check("1e5", "'1e5");
        check("Nan", "'Nan");
        check("NULL", "'NULL");
        check("None", "'None");
        check("True", "'True");
        check("inf", "'inf");
        check("Nancy", "Nancy");
        check("a\",\"b", "\"a\"\",\"\"b\"");
        check("a\nb", "\"a\nb\"");
    }

    #[test]
    fn a_negative_number_stays_one() {
        let mut csv = Csv::new(&["net_pnl"]).unwrap();
        csv.row([plain(-1)]).unwrap();
        assert_eq!(csv.finish().unwrap(), "\u{feff}net_pnl\r\n-1\r\n".as_bytes());
    }
}
