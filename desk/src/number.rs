//! Numbers as people write them, turned into the one way that the engine reads. It never guesses: what can be read
//! in two ways is refused with both.

use outcry_engine::Usdc;

/// Why what was typed is no number that can be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Misread {
    /// Nothing was typed.
    Empty,
    /// No number at all, or one whose groups do not fit ("1,23,456").
    NotANumber,
    /// One separator before three digits: thousands to one reader, a decimal mark to another.
    Ambiguous {
        /// As thousands, as it would be written without a separator.
        thousands: String,
        /// As a decimal mark, as it would be written with a zero more.
        decimals: String,
    },
}

/// The first digit of every script whose ten digits people type: ASCII, Arabic, Persian, the scripts of India, Thai,
/// Lao, Tibetan, Burmese, Khmer, full width. In each the other nine follow it (Unicode, general category Nd).
const ZEROS: [char; 18] = ['0', '٠', '۰', '०', '০', '੦', '૦', '୦', '௦', '౦', '೦', '൦', '๐', '໐', '༠', '၀', '០', '０'];

/// What only ever separates groups, beside white space.
const GROUPS: [char; 4] = ['\'', '’', '٬', '＇'];

/// The digits of what was typed, with a point as the decimal mark and nothing between groups: "1234.50" of
/// "$1,234.50", "1.234,50", "1 234,50", "1'234.50" and "١٬٢٣٤٫٥٠".
///
/// # Errors
/// When it is no number, or two of them.
pub fn canonical(text: &str) -> Result<String, Misread> {
    let marks: String = text.trim().trim_start_matches(['$', '＄']).trim_start().chars().map(plain_mark).collect();
    if marks.is_empty() {
        return Err(Misread::Empty);
    }
    let decimal = decimal_mark(&marks);
    let (whole, fraction) = match decimal {
        Some((at, mark)) => (&marks[..at], &marks[at + mark.len_utf8()..]),
        None => (marks.as_str(), ""),
    };
    let grouped = whole.contains(|c: char| !c.is_ascii_digit());
    let whole = ungrouped(whole).ok_or(Misread::NotANumber)?;
    if !fraction.bytes().all(|c| c.is_ascii_digit()) || (whole.is_empty() && fraction.is_empty()) {
        return Err(Misread::NotANumber);
    }
    let lone = matches!(decimal, Some((_, '.' | ','))) && !grouped;
    if lone && fraction.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0') {
        return Err(Misread::Ambiguous {
            thousands: format!("{whole}{fraction}"),
            decimals: format!("{whole}.{fraction}0"),
        });
    }
    let whole = if whole.is_empty() { "0" } else { &whole };
    Ok(if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") })
}

/// Micro-units of what was typed.
///
/// # Errors
/// When it is no number, two of them, or one that the engine cannot hold.
pub fn units(text: &str) -> Result<i64, Misread> {
    canonical(text)?.parse::<Usdc>().map(|amount| amount.0).map_err(|_| Misread::NotANumber)
}

/// Micro-units as one would type them: "1234.5". It can be read in one way only: "1.2340" where three places would do.
#[must_use]
pub fn typed(units: i64) -> String {
    let text = Usdc(units).to_string();
    let short = text.trim_end_matches('0');
    match short.rsplit_once('.') {
        Some((whole, "")) => whole.to_owned(),
        Some((_, fraction)) if fraction.len() == 3 => format!("{short}0"),
        _ => short.to_owned(),
    }
}

/// What separates groups and nothing else, as one character.
const SPACE: char = ' ';
/// The Arabic decimal mark, which is nothing else.
const ARABIC_DECIMAL: char = '٫';

/// Digits of every script as ASCII, and marks as one of `.`, `,`, [`SPACE`] and [`ARABIC_DECIMAL`].
fn plain_mark(c: char) -> char {
    let digit = ZEROS.iter().find_map(|zero| (c as u32).checked_sub(*zero as u32).filter(|digit| *digit < 10));
    match (digit.and_then(|digit| char::from_digit(digit, 10)), c) {
        (Some(digit), _) => digit,
        (_, '．') => '.',
        (_, '，') => ',',
        (_, c) if c.is_whitespace() || GROUPS.contains(&c) => SPACE,
        (_, c) => c,
    }
}

/// The decimal mark and where it stands: the last of two kinds, or a kind that stands once.
fn decimal_mark(marks: &str) -> Option<(usize, char)> {
    if let Some(at) = marks.find(ARABIC_DECIMAL) {
        return Some((at, ARABIC_DECIMAL));
    }
    let at = marks.rfind(['.', ','])?;
    let (mark, other) = if marks[at..].starts_with('.') { ('.', ',') } else { (',', '.') };
    // Twice the same kind, and no other: groups ("1,234,567").
    (marks.matches(mark).count() == 1 || marks.contains(other)).then_some((at, mark))
}

/// Digits without what separates their groups: one kind of mark, every group but the first of three digits.
fn ungrouped(whole: &str) -> Option<String> {
    let Some(mark) = whole.chars().find(|c| !c.is_ascii_digit()) else { return Some(whole.to_owned()) };
    let mut groups = whole.split(mark);
    let first = groups.next().filter(|first| (1..=3).contains(&first.len()))?;
    let fits = |group: &str| group.len() == 3 && group.bytes().all(|c| c.is_ascii_digit());
    if !matches!(mark, '.' | ',' | SPACE) || !groups.all(fits) {
        return None;
    }
    Some(format!("{first}{}", whole[first.len()..].replace(mark, "")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_as_people_write_them() {
        let check = |text: &str, expected: &str| assert_eq!(canonical(text).as_deref(), Ok(expected), "{text}");
        check("12", "12");
        check(" $ 12.50 ", "12.50");
        check("12,5", "12.5");
        check("0,5", "0.5");
        check("0,125", "0.125");
        check("0.125", "0.125");
        check(",5", "0.5");
        check("5.", "5");
        check("1,234.50", "1234.50");
        check("1.234,50", "1234.50");
        check("1,234,567", "1234567");
        check("1.234.567", "1234567");
        check("1.234.567,8", "1234567.8");
        check("1 234", "1234");
        check("1\u{202f}234,5", "1234.5");
        check("1'234", "1234");
        check("1’234.567", "1234.567");
        check("1 234,567", "1234.567");
        check("1234,567", "1234.567");
        check("12.3450", "12.3450");
        check("١٢", "12");
        check("١٬٢٣٤٫٥", "1234.5");
        check("۱۲٫۵", "12.5");
        check("１２．５", "12.5");
        check("๑๒", "12");
    }

    #[test]
    fn what_is_no_number_is_refused() {
        let texts = [
            "abc",
            "NaN",
            "1,23,456",
            "1.2.3",
            "12,34.5",
            "1,234.5.6",
            "1 23",
            "1.234 567",
            "-5",
            "+5",
            "1e3",
            "1_000",
            "0x10",
            ".",
            ",",
            "1d5",
            "12?",
            "1,,234",
            "1234,567.8",
            "½",
            "5$",
        ];
        for text in texts {
            assert_eq!(canonical(text), Err(Misread::NotANumber), "{text}");
        }
        assert_eq!(canonical("$"), Err(Misread::Empty));
        assert_eq!(canonical("  "), Err(Misread::Empty));
        assert_eq!(units("99999999999999999999"), Err(Misread::NotANumber), "more than there can be");
        assert_eq!(units("1.1234567"), Err(Misread::NotANumber), "more places than there are");
    }

    #[test]
    fn two_readings_are_both_named() {
        let check = |text: &str, thousands: &str, decimals: &str| {
            let (thousands, decimals) = (thousands.to_owned(), decimals.to_owned());
            assert_eq!(canonical(text), Err(Misread::Ambiguous { thousands, decimals }), "{text}");
        };
        check("1,234", "1234", "1.2340");
        check("12.345", "12345", "12.3450");
        check("١٢,٣٤٥", "12345", "12.3450");
    }

    proptest! {
        #[test]
        fn both_readings_are_read_as_said(whole in 1_u32..1_000, fraction in 0_u32..1_000, mark in "[.,]") {
            let Err(Misread::Ambiguous { thousands, decimals }) = canonical(&format!("{whole}{mark}{fraction:03}")) else {
                return Err(TestCaseError::fail("one reading only"));
            };
            prop_assert_eq!(units(&thousands), Ok((i64::from(whole) * 1_000 + i64::from(fraction)) * 1_000_000));
            prop_assert_eq!(units(&decimals), Ok(i64::from(whole) * 1_000_000 + i64::from(fraction) * 1_000));
        }

        #[test]
        fn what_the_ticket_writes_it_reads(amount in 0_i64..1_000_000_000_000) {
            prop_assert_eq!(units(&typed(amount)), Ok(amount));
        }

        #[test]
        fn anything_is_read_without_a_panic(text in "\\PC{0,40}") {
            let _ = units(&text);
        }
    }
}
