//! Which font files draw which characters. The files are made by `assets/fonts/make.py`, which has the same ranges.

/// First and last character of a range, and the files that have it, the one with the most usual characters first.
type Shelf = (u32, u32, &'static [&'static str]);

/// A font that was asked for.
pub(super) struct Arrived {
    pub(super) name: &'static str,
    /// Nothing when it could not be had.
    pub(super) file: Option<Vec<u8>>,
}

/// Below this every character is in the floor's own font.
const OWN: u32 = 0x250;

const LATIN: &[&str] = &["latin"];
const ARMENIAN: &[&str] = &["armenian"];
const HEBREW: &[&str] = &["hebrew"];
const ARABIC: &[&str] = &["arabic"];
const ARABIC_DIGITS: &[&str] = &["arabic-digits"];
const DEVANAGARI: &[&str] = &["devanagari"];
const MYANMAR: &[&str] = &["myanmar"];
const GEORGIAN: &[&str] = &["georgian"];
const ETHIOPIC: &[&str] = &["ethiopic"];
const KANA: &[&str] = &["kana"];

const SHELVES: [Shelf; 45] = [
    (0x250, 0x52f, LATIN),
    (0x530, 0x58f, ARMENIAN),
    (0x590, 0x5ff, HEBREW),
    (0x600, 0x65f, ARABIC),
    (0x660, 0x669, ARABIC_DIGITS),
    (0x66a, 0x6ef, ARABIC),
    (0x6f0, 0x6f9, ARABIC_DIGITS),
    (0x6fa, 0x77f, ARABIC),
    (0x780, 0x7bf, &["thaana"]),
    (0x8a0, 0x8ff, ARABIC),
    (0x900, 0x97f, DEVANAGARI),
    (0x980, 0x9ff, &["bengali"]),
    (0xa00, 0xa7f, &["gurmukhi"]),
    (0xa80, 0xaff, &["gujarati"]),
    (0xb00, 0xb7f, &["oriya"]),
    (0xb80, 0xbff, &["tamil"]),
    (0xc00, 0xc7f, &["telugu"]),
    (0xc80, 0xcff, &["kannada"]),
    (0xd00, 0xd7f, &["malayalam"]),
    (0xd80, 0xdff, &["sinhala"]),
    (0xe00, 0xe7f, &["thai"]),
    (0xe80, 0xeff, &["lao"]),
    (0xf00, 0xfff, &["tibetan"]),
    (0x1000, 0x109f, MYANMAR),
    (0x10a0, 0x10ff, GEORGIAN),
    (0x1200, 0x139f, ETHIOPIC),
    (0x1780, 0x17ff, &["khmer"]),
    (0x1c90, 0x1cbf, GEORGIAN),
    (0x1cd0, 0x1cff, DEVANAGARI),
    (0x1e00, 0x1fff, LATIN),
    (0x2c60, 0x2c7f, LATIN),
    (0x2d00, 0x2d2f, GEORGIAN),
    (0x2d80, 0x2ddf, ETHIOPIC),
    (0x3001, 0x312f, KANA),
    (0x31a0, 0x31ff, KANA),
    (0x4e00, 0x9fff, &["han", "han-rare"]),
    (0xa720, 0xa7ff, LATIN),
    (0xa8e0, 0xa8ff, DEVANAGARI),
    (0xa9e0, 0xaa7f, MYANMAR),
    (0xab00, 0xab2f, ETHIOPIC),
    (0xac00, 0xd7a3, &["hangul", "hangul-rare"]),
    (0xfb13, 0xfb17, ARMENIAN),
    (0xfb1d, 0xfb4f, HEBREW),
    (0xfdf2, 0xfdf2, ARABIC),
    (0xff01, 0xff5e, KANA),
];

/// The files that may have a character, in the order in which they are tried.
pub(super) fn files(c: char) -> &'static [&'static str] {
    let code = u32::from(c);
    let after = SHELVES.partition_point(|(_, last, _)| *last < code);
    SHELVES.get(after).filter(|(first, ..)| *first <= code).map_or(&[], |(.., files)| files)
}

/// Whether a text is drawn by the floor's own font for certain.
pub(super) fn is_own(text: &str) -> bool {
    text.chars().all(|c| u32::from(c) < OWN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_stand_in_order() {
        assert!(SHELVES.iter().all(|(first, last, _)| first <= last));
        assert!(SHELVES.windows(2).all(|pair| pair[0].1 < pair[1].0));
    }

    #[test]
    fn a_character_has_the_files_of_its_script() {
        for (c, expected) in [
            ('ễ', LATIN),
            ('ע', HEBREW),
            ('م', ARABIC),
            ('٣', ARABIC_DIGITS),
            ('李', &["han", "han-rare"]),
            ('さ', KANA),
            ('김', &["hangul", "hangul-rare"]),
            ('ส', &["thai"]),
            ('अ', DEVANAGARI),
            ('ဖ', MYANMAR),
            ('A', &[]),
            ('→', &[]),
            ('\u{10ffff}', &[]),
        ] {
            assert_eq!(files(c), expected, "{c}");
        }
    }
}
