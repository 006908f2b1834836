use super::*;
use proptest::prelude::*;

#[track_caller]
fn becomes(name: &str, expected: &str) {
    assert_eq!(normalise(name).as_deref(), Ok(expected), "{name:?}");
}

#[track_caller]
fn refused(name: &str, expected: fn(&NameError) -> bool) {
    let result = normalise(name);
    assert!(result.as_ref().err().is_some_and(expected), "{name:?} gave {result:?}");
}

#[test]
fn names_are_shown_as_people_write_them() {
    for name in
        ["Ada", "a", "7", "Jean-Luc", "O'Brien", "J. R. R.", "x_y", "Zoë", "Ζήνων", "Łukasz", "山田太郎", "ひろみ"]
    {
        becomes(name, name);
    }
    becomes("한국", "한국");
    becomes("สมชาย", "สมชาย");
    becomes("मीना", "मीना");
    becomes("山田 ひろみ", "山田 ひろみ");
}

#[test]
fn spaces_collapse_and_forms_are_composed() {
    becomes("  Ada   King ", "Ada King");
    becomes("Ada\u{a0}King", "Ada King");
    becomes("Ada\u{3000}King", "Ada King");
    becomes("Zoe\u{308}", "Zoë");
    becomes("O\u{2019}Brien", "O'Brien");
    becomes("ג\u{5f3}ורג\u{5f3} לוי\u{5be}כהן", "ג'ורג' לוי-כהן");
}

#[test]
fn what_is_no_name_is_refused() {
    for nothing in ["", " ", "\u{3000}", "...", "-_-", "'"] {
        refused(nothing, |error| *error == NameError::Empty);
    }
    refused(&"a".repeat(25), |error| *error == NameError::TooLong(25));
    becomes(&"a".repeat(24), &"a".repeat(24));
    refused(&"a".repeat(1 << 20), |error| matches!(error, NameError::TooLong(_)));
    // Twenty visible characters, but more bytes than the store keeps.
    refused(&"각\u{308}\u{308}".repeat(20), |error| matches!(error, NameError::TooLong(_)));
}

#[test]
fn hidden_and_hostile_characters_are_refused() {
    let hidden = [
        '\u{202e}',
        '\u{2066}',
        '\u{2069}',
        '\u{200b}',
        '\u{200d}',
        '\u{feff}',
        '\u{ad}',
        '\u{2028}',
        '\0',
        '\t',
        '\n',
        '\r',
        '\u{85}',
        '\u{e0041}',
        '\u{7f}',
        '\u{2060}',
    ];
    for c in hidden {
        refused(&format!("A{c}da"), |error| matches!(error, NameError::BadCharacter(text) if text.starts_with("U+")));
        assert_eq!(hidden_character(&format!("A{c}da")), Some(c));
    }
    for name in ["<b>Ada", "=1+1", "+Ada", "@Ada", "\"Ada\"", "Ada,", "A/B", "A\\B", "½", "ＡＤＡ", "\u{3164}"] {
        refused(name, |error| matches!(error, NameError::BadCharacter(_)));
    }
    assert_eq!(hidden_character("Team \"A\" – 50 % 'x' \\ Zoë 😀"), None);
}

#[test]
fn marks_stand_on_letters_and_at_most_two_in_a_row() {
    becomes("q\u{308}\u{308}", "q\u{308}\u{308}");
    let refuses = |name: &str| refused(name, |error| matches!(error, NameError::BadCharacter(_)));
    refuses("q\u{308}\u{308}\u{308}");
    refuses("\u{308}Ada");
    refuses("Ada \u{308}");
    refuses(&format!("q{}", "\u{301}".repeat(50)));
}

#[test]
fn names_of_every_script_are_as_their_people_write_them() {
    for name in [
        "Nguyễn",
        "Ольга",
        "Ελένη",
        "עדן",
        "محمد",
        "مُحَمَّد",
        "李雷",
        "さくら",
        "김민준",
        "สมชาย",
        "น้ำฝน",
        "佐々木",
        "ジャン",
        "अनिल",
        "ज़ीनत",
        "ဖြိုး",
        "ကျော်စွာ",
        "សុខា",
        "ស្រីស្រស់",
        "བསྟན",
        "ልዑል",
        "ნინო",
        "Արամ",
        "අනුර",
        "அனிதா",
        "ಅನಿಲ್",
    ] {
        becomes(name, name);
    }
    // Seven vowels on one consonant are no syllable.
    refused(&format!("က{}", "ိ".repeat(7)), |error| matches!(error, NameError::BadCharacter(_)));
}

#[test]
fn joiners_stand_where_they_change_how_a_word_is_written() {
    for name in ["علی\u{200c}رضا", "ප්\u{200d}රියා", "മോഹന്\u{200d}", "क्\u{200c}षमा"]
    {
        becomes(name, name);
        assert_eq!(hidden_character(name), None, "{name:?}");
        let without: String = name.chars().filter(|c| !['\u{200c}', '\u{200d}'].contains(c)).collect();
        assert_eq!(skeleton(name), skeleton(&without), "{name:?}");
    }
    for name in
        ["A\u{200d}da", "A\u{200c}da", "\u{200c}علی", "علی\u{200c}", "علی\u{200d}رضا", "अ\u{200d}निल", "क्\u{200c}"]
    {
        refused(name, |error| matches!(error, NameError::BadCharacter(text) if text.starts_with("U+")));
        assert!(hidden_character(name).is_some(), "{name:?}");
    }
}

#[test]
fn an_emoji_is_refused_whole_with_its_reason() {
    for emoji in ["😀", "❤\u{fe0f}", "👩\u{200d}🚀", "🇻🇳", "1\u{fe0f}\u{20e3}"] {
        assert_eq!(normalise(&format!("Ada{emoji}")), Err(NameError::Emoji(emoji.to_owned())));
    }
    assert_eq!(
        normalise("Ada😀").unwrap_err().to_string(),
        "😀 cannot be in a name, since not every screen can draw it: letters, digits, spaces and - _ . ' can"
    );
}

#[test]
fn mixed_alphabets_are_refused() {
    for name in ["\u{410}lice", "Al\u{456}ce", "Ada\u{3b1}", "Иvan"] {
        refused(name, |error| *error == NameError::MixedScripts);
    }
}

#[test]
fn what_looks_the_same_is_the_same() {
    let same = [
        ["Alice", "ALICE"],
        ["Alice", "a l-i_c.e'"],
        ["Alice", "AIice"],
        ["Ivan", "lvan"],
        ["Ivan", "1VAN"],
        ["Bob", "B0b"],
        ["ace", "\u{430}\u{441}\u{435}"],
        ["HOPE", "\u{41d}\u{41e}\u{420}\u{415}"],
        ["modern", "modem"],
        ["Weiß", "WEISS"],
        ["Вова", "ВОВА"],
        ["Ζήνων", "ΖΉΝΩΝ"],
        ["Zoë", "Zoe\u{308}"],
    ];
    for [one, other] in same {
        assert_eq!(skeleton(one), skeleton(other), "{one} and {other}");
    }
    for [one, other] in [["Ada", "Adam"], ["Zoe", "Zoë"], ["Bob", "Rob"], ["Tom1", "Tom2"], ["山", "川"]] {
        assert_ne!(skeleton(one), skeleton(other), "{one} and {other}");
    }
}

#[test]
fn the_house_keeps_its_names() {
    for name in
        ["admin", "AMM", "System", "H0USE", "h.o.s.t", "P00L", "outcry", "Out-Cry", "adm1n", "\u{410}\u{41c}\u{41c}"]
    {
        refused(name, |error| matches!(error, NameError::Reserved(_)));
    }
    becomes("Adminton", "Adminton");
}

proptest! {
    #[test]
    fn a_name_is_within_its_limits_and_stays_as_it_is(text in "\\PC{0,30}|.{0,30}|[a-zA-Z0-9 ._'-]{0,30}") {
        let Ok(name) = normalise(&text) else { return Ok(()) };
        prop_assert!((1..=NAME_CHARS_MAX).contains(&name.graphemes(true).count()));
        prop_assert!(name.len() <= NAME_BYTES_MAX);
        prop_assert_eq!(hidden_character(&name), None);
        prop_assert_eq!(normalise(&name), Ok(name.clone()));
        prop_assert!(!skeleton(&name).is_empty());
        prop_assert_eq!(skeleton(&name), skeleton(&text));
    }

    #[test]
    fn case_and_punctuation_make_no_difference(name in "[a-zA-Z0-9 ._'-]{1,24}") {
        prop_assert_eq!(skeleton(&name), skeleton(&name.to_uppercase()));
        prop_assert_eq!(skeleton(&name), skeleton(&name.to_lowercase()));
        prop_assert_eq!(skeleton(&name), skeleton(&name.replace(PUNCTUATION, "").replace(' ', "")));
    }
}
