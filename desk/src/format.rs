//! How figures look, and the one rounding behind it: half away from zero, at the last digit
//! shown. Exports carry full precision; screens never round twice.

use outcry_engine::{Price, Rate, Tokens, Usdc, amount::MICRO};
use std::fmt::Display;

/// A true minus sign, as wide as a plus.
pub(crate) const MINUS: char = '−';
/// Shown where there is no figure.
pub const NOTHING: &str = "—";

/// "25 %": a figure and its unit, which no end of a line parts.
#[must_use]
pub fn with_unit(figure: impl Display, unit: &str) -> String {
    format!("{figure}\u{a0}{unit}")
}

/// The only rounding: `units` of 10⁻⁶ to whole steps of `step` units, half away from zero.
fn round(units: i64, step: i64) -> i64 {
    let half = step / 2;
    (units.abs() + half) / step * units.signum()
}

fn grouped(digits: u64) -> String {
    let plain = digits.to_string();
    let mut out = String::with_capacity(plain.len() + plain.len() / 3);
    for (index, digit) in plain.chars().enumerate() {
        if index > 0 && (plain.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// The average price of tokens that cost or brought `value` micro-USDC in all.
#[must_use]
pub fn average(value: i64, size: Tokens) -> Option<Price> {
    let half = i128::from(size.0) / 2;
    let units = (i128::from(value) * i128::from(MICRO) + half).checked_div(i128::from(size.0))?;
    Some(Price(u32::try_from(units).unwrap_or(u32::MAX)))
}

/// "54.1¢"
#[must_use]
pub fn cents(price: Price) -> String {
    let tenths = round(i64::from(price.0), 1_000);
    format!("{}.{}¢", tenths / 10, tenths % 10)
}

/// "54¢" when a limit price is on whole cents, else as many digits as it has.
#[must_use]
pub fn limit_cents(price: Price) -> String {
    if price.0.is_multiple_of(10_000) {
        return format!("{}¢", price.0 / 10_000);
    }
    cents(price)
}

/// "54.1¢" of a spot.
#[must_use]
pub fn spot_cents(spot: f64) -> String {
    cents(Price::of_spot(spot))
}

/// By how much two prices differ as [`spot_cents`] shows them, in tenths of a cent.
#[must_use]
pub fn tenths_between(from: f64, to: f64) -> i64 {
    round(i64::from(Price::of_spot(to).0), 1_000) - round(i64::from(Price::of_spot(from).0), 1_000)
}

/// "+3.2¢ ▲", "−0.4¢ ▼", "0.0¢": the change of a price.
#[must_use]
pub fn cents_change(from: f64, to: f64) -> String {
    signed(tenths_between(from, to), &cents_moved(from, to))
}

/// "3.1¢": by how much a price moved, whichever way.
#[must_use]
pub fn cents_moved(from: f64, to: f64) -> String {
    let tenths = tenths_between(from, to).abs();
    format!("{}.{}¢", tenths / 10, tenths % 10)
}

/// "+2.4¢", "−0.7¢": a part of such a change.
#[must_use]
pub fn cents_part(change: f64) -> String {
    let sign = if change < 0.0 { MINUS } else { '+' };
    format!("{sign}{}", spot_cents(change.abs()))
}

fn signed(sign: i64, figure: &str) -> String {
    match sign.signum() {
        1 => format!("+{figure} ▲"),
        -1 => format!("{MINUS}{figure} ▼"),
        _ => figure.to_owned(),
    }
}

/// "$1,234.50", "−$3.00"
#[must_use]
pub fn money(amount: Usdc) -> String {
    let cents = round(amount.0, 10_000);
    let sign = if cents < 0 { MINUS.to_string() } else { String::new() };
    format!("{sign}${}.{:02}", grouped(cents.unsigned_abs() / 100), cents.unsigned_abs() % 100)
}

/// By how much two amounts differ as [`money`] shows them, in whole cents.
#[must_use]
pub fn cents_between(from: Usdc, to: Usdc) -> Usdc {
    Usdc((round(to.0, 10_000) - round(from.0, 10_000)) * 10_000)
}

/// "$1,234.500001": every digit, for statements that add up to the micro.
#[must_use]
pub fn money_exact(amount: Usdc) -> String {
    let sign = if amount.0 < 0 { MINUS.to_string() } else { String::new() };
    let units = amount.0.unsigned_abs();
    let one = MICRO.unsigned_abs();
    format!("{sign}${}.{:06}", grouped(units / one), units % one)
}

/// "+$12.34", "−$3.00", "$0.00"
#[must_use]
pub fn money_signed(amount: Usdc) -> String {
    let plus = if round(amount.0, 10_000) > 0 { "+" } else { "" };
    format!("{plus}{}", money(amount))
}

/// "+$7.44 ▲", "−$3.00 ▼", "$0.00"
#[must_use]
pub fn money_arrow(gain: Usdc) -> String {
    format!("{}{}", money_signed(gain), arrow(gain))
}

/// "+$12.34 (+5.6 %) ▲": a gain with its share of `of`; without a share when that is 0.
#[must_use]
pub fn pnl(gain: Usdc, of: Usdc) -> String {
    let arrow = arrow(gain);
    if of.0 <= 0 {
        return format!("{}{arrow}", money_signed(gain));
    }
    let tenths = (i128::from(gain.0) * 10_000 / i128::from(of.0) + i128::from(gain.0.signum()) * 5) / 10;
    let tenths = i64::try_from(tenths).unwrap_or(i64::MAX);
    format!("{} ({}){arrow}", money_signed(gain), percent_tenths(tenths))
}

fn arrow(gain: Usdc) -> &'static str {
    match round(gain.0, 10_000).signum() {
        1 => " ▲",
        -1 => " ▼",
        _ => "",
    }
}

fn percent_tenths(tenths: i64) -> String {
    let sign = match tenths.signum() {
        1 => "+".to_owned(),
        -1 => MINUS.to_string(),
        _ => String::new(),
    };
    with_unit(format_args!("{sign}{}.{}", grouped(tenths.unsigned_abs() / 10), tenths.unsigned_abs() % 10), "%")
}

/// "+5.6 %" of hundredths of a percent.
#[must_use]
pub fn gain_bp(bp: i64) -> String {
    percent_tenths(round(bp, 10))
}

/// The sign of a gain as it is written: what is written as nothing is nothing.
#[must_use]
pub fn gain_sign(bp: i64) -> i64 {
    round(bp, 10).signum()
}

/// "6.2 %" of a fraction.
#[must_use]
pub fn percent(rate: Rate) -> String {
    let tenths = round(rate.0, 1_000_000);
    let sign = if tenths < 0 { MINUS.to_string() } else { String::new() };
    with_unit(format_args!("{sign}{}.{}", tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10), "%")
}

/// "6.3 %" of 6.21 %: rounded up, as a slippage is, so that allowing what is shown is enough.
#[must_use]
pub fn percent_up(rate: Rate) -> String {
    percent(Rate(-(-rate.0).div_euclid(1_000_000) * 1_000_000))
}

/// "120", "1,234.5", "0.01": tokens with at most two places.
#[must_use]
pub fn tokens(amount: Tokens) -> String {
    let hundredths = round(amount.0, 10_000);
    let sign = if hundredths < 0 { MINUS.to_string() } else { String::new() };
    let hundredths = hundredths.unsigned_abs();
    let whole = grouped(hundredths / 100);
    match hundredths % 100 {
        0 => format!("{sign}{whole}"),
        rest if rest.is_multiple_of(10) => format!("{sign}{whole}.{}", rest / 10),
        rest => format!("{sign}{whole}.{rest:02}"),
    }
}

/// "1,234.50": tokens in columns, always two places; of less than shows in them, "<0.01": a trade of 0.00 is none.
#[must_use]
pub fn tokens_column(amount: Tokens) -> String {
    let hundredths = round(amount.0, 10_000);
    if hundredths == 0 && amount > Tokens::ZERO {
        return "<0.01".to_owned();
    }
    let sign = if hundredths < 0 { MINUS.to_string() } else { String::new() };
    format!("{sign}{}.{:02}", grouped(hundredths.unsigned_abs() / 100), hundredths.unsigned_abs() % 100)
}

/// "4:05", "1:02:03": a span of time, rounded up to the second so that a countdown ends at 0:00.
#[must_use]
pub fn clock(ms: u64) -> String {
    face(ms.div_ceil(1_000))
}

/// "4:05", "1:02:03": a moment of a session, as its clock shows it until the next second.
#[must_use]
pub fn moment(ms: u64) -> String {
    face(ms / 1_000)
}

fn face(seconds: u64) -> String {
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

/// "5 min", or "5:30" on an axis that spans so little that its marks may stand less than a minute apart.
#[must_use]
pub fn minute_mark(minutes: f64, span: f64) -> String {
    if span < 10.0 {
        return clock((minutes.max(0.0) * 60.0).round() as u64 * 1_000);
    }
    with_unit(format_args!("{minutes:.0}"), "min")
}

/// "54¢", or "54.5¢" on an axis that spans so little that its marks may stand less than a cent apart.
#[must_use]
pub fn cent_mark(cents: f64, span: f64) -> String {
    if span < 10.0 { format!("{cents:.1}¢") } else { format!("{cents:.0}¢") }
}

/// "$5,000", "−$500" on an axis.
#[must_use]
pub fn dollar_mark(dollars: f64) -> String {
    let whole = dollars.round() as i64;
    let sign = if whole < 0 { MINUS.to_string() } else { String::new() };
    format!("{sign}${}", grouped(whole.unsigned_abs()))
}

/// "1,234"
#[must_use]
pub fn count(number: u64) -> String {
    grouped(number)
}

/// "1st", "2nd", "3rd", "11th"
#[must_use]
pub fn ordinal(number: u32) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_an_axis_differ() {
        assert_eq!([0.0, 0.2, 1.0].map(|at| minute_mark(at, 1.5)), ["0:00", "0:12", "1:00"]);
        assert_eq!([0.0, 10.0].map(|at| minute_mark(at, 30.0)), ["0\u{a0}min", "10\u{a0}min"]);
        assert_eq!([50.0, 50.2].map(|at| cent_mark(at, 1.0)), ["50.0¢", "50.2¢"]);
        assert_eq!(cent_mark(50.0, 40.0), "50¢");
        assert_eq!([5_000.0, -0.2, -1_234.6].map(dollar_mark), ["$5,000", "$0", "−$1,235"]);
    }

    #[test]
    fn prices() {
        let check = |units, expected: &str| assert_eq!(cents(Price(units)), expected);
        check(541_000, "54.1¢");
        check(541_499, "54.1¢");
        check(541_500, "54.2¢");
        check(0, "0.0¢");
        check(999_999, "100.0¢");
        assert_eq!(limit_cents(Price(540_000)), "54¢");
        assert_eq!(limit_cents(Price(545_000)), "54.5¢");
        assert_eq!(cents_change(0.5, 0.5414), "+4.1¢ ▲");
        assert_eq!(cents_change(0.5, 0.496), "−0.4¢ ▼");
        assert_eq!(cents_change(0.5, 0.50001), "0.0¢");
        assert_eq!((cents_change(0.500_4, 0.546_6), cents_moved(0.546_6, 0.500_4)), ("+4.7¢ ▲".into(), "4.7¢".into()));
    }

    #[test]
    fn amounts() {
        let check = |units, expected: &str| assert_eq!(money(Usdc(units)), expected);
        check(1_234_500_000, "$1,234.50");
        check(-3_000_000, "−$3.00");
        check(-4_999, "$0.00");
        check(5_000, "$0.01");
        check(1_234_567_890_000_000, "$1,234,567,890.00");
        assert_eq!(money_exact(Usdc(-1_234_000_001)), "−$1,234.000001");
        assert_eq!(tokens(Tokens(120_000_000)), "120");
        assert_eq!(tokens(Tokens(1_234_500_000)), "1,234.5");
        assert_eq!(tokens(Tokens(10_000)), "0.01");
        assert_eq!([1_000_000, 4_000, 0].map(|micros| tokens_column(Tokens(micros))), ["1.00", "<0.01", "0.00"]);
    }

    #[test]
    fn gains() {
        assert_eq!(pnl(Usdc(12_340_000), Usdc(220_000_000)), "+$12.34 (+5.6\u{a0}%) ▲");
        assert_eq!(pnl(Usdc(-12_340_000), Usdc(220_000_000)), "−$12.34 (−5.6\u{a0}%) ▼");
        assert_eq!(pnl(Usdc(0), Usdc(0)), "$0.00");
        assert_eq!(gain_bp(561), "+5.6\u{a0}%");
        for (bp, written, sign) in [
            (-5, "−0.1\u{a0}%", -1),
            (-4, "0.0\u{a0}%", 0),
            (0, "0.0\u{a0}%", 0),
            (4, "0.0\u{a0}%", 0),
            (5, "+0.1\u{a0}%", 1),
        ] {
            assert_eq!((gain_bp(bp).as_str(), gain_sign(bp)), (written, sign), "{bp}");
        }
        assert_eq!(percent(Rate(62_000_000)), "6.2\u{a0}%");
    }

    #[test]
    fn times_and_ranks() {
        assert_eq!(clock(0), "0:00");
        assert_eq!(clock(1), "0:01");
        assert_eq!(clock(245_000), "4:05");
        assert_eq!(clock(3_723_000), "1:02:03");
        // What happens at 0:10 of two minutes, 1:50 being left, happens neither before nor after that.
        assert_eq!(
            [10_001, 10_999].map(|ms| (moment(ms), clock(120_000 - ms))),
            ["0:10", "0:10"].map(|at| (at.to_owned(), "1:50".to_owned()))
        );
        let ranks: Vec<_> = [1, 2, 3, 4, 11, 12, 13, 21, 112].map(ordinal).into();
        assert_eq!(ranks, ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "112th"]);
    }
}
