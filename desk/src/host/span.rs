//! Times of a session as people write them: minutes and seconds, "5:00".

use crate::format;

/// The longest time that is read: whatever is longer is beyond every range.
const HOURS_MAX: u32 = 1_000;

/// "5:00", "1:00:00"
pub(super) fn shown(seconds: u32) -> String {
    format::clock(u64::from(seconds) * 1_000)
}

/// Seconds of "5:00" or "1:00:00". A number alone may be minutes to one reader and seconds to another.
///
/// # Errors
/// What would be right, as part of a sentence.
pub(super) fn read(text: &str) -> Result<u32, String> {
    let text = text.trim();
    let parts: Vec<Option<u32>> = text.split(':').map(|part| whole(part.trim())).collect();
    let seconds = match parts[..] {
        [Some(minutes), Some(seconds)] if seconds < 60 => minutes.checked_mul(60).map(|it| it + seconds),
        [Some(hours), Some(minutes), Some(seconds)] if hours <= HOURS_MAX && minutes < 60 && seconds < 60 => {
            Some(hours * 3_600 + minutes * 60 + seconds)
        }
        [Some(number)] if number > 0 => {
            return Err(format!(
                "can be read in two ways: write {} for minutes or {} for seconds",
                shown(number.saturating_mul(60)),
                shown(number)
            ));
        }
        _ => None,
    };
    seconds.ok_or_else(|| "must be minutes and seconds, as 5:00".to_owned())
}

/// Digits alone: a sign or a point is none of a clock's.
fn whole(part: &str) -> Option<u32> {
    part.parse().ok().filter(|_| part.bytes().all(|c| c.is_ascii_digit()) && part.len() <= 6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_they_are_shown() {
        for seconds in [0, 1, 59, 60, 61, 300, 900, 3_599, 3_600, 3_661, 86_400] {
            assert_eq!(read(&shown(seconds)), Ok(seconds), "{}", shown(seconds));
        }
        assert_eq!(read(" 90:00 "), Ok(5_400), "minutes may go on");
        assert_eq!(read("0:05"), Ok(5));
    }

    #[test]
    fn a_number_alone_has_two_readings() {
        assert_eq!(read("5"), Err("can be read in two ways: write 5:00 for minutes or 0:05 for seconds".to_owned()));
        assert_eq!(
            read("300"),
            Err("can be read in two ways: write 5:00:00 for minutes or 5:00 for seconds".to_owned())
        );
    }

    #[test]
    fn what_is_no_time_says_what_would_be() {
        for text in ["", "five", "5:60", "1:60:00", "-5:00", "5:0x", "1:2:3:4", ":", "5.5", "1001:00:00", "+5:00"] {
            assert_eq!(read(text), Err("must be minutes and seconds, as 5:00".to_owned()), "{text}");
        }
    }
}
