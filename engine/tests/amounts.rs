//! Amounts: read, written, and at the ends of their range.

use outcry_engine::{Price, Rate, Tokens, Usdc, amount::ParseAmountError};

#[test]
fn sums_stop_at_the_ends_of_the_range() {
    let (most, least, one) = (Usdc(i64::MAX), Usdc(i64::MIN), Usdc(1));
    assert_eq!((most + one, least - one), (most, least));
    assert_eq!((least + Usdc(-1), most - Usdc(-1)), (least, most));
    assert_eq!((most - one, least + one), (Usdc(i64::MAX - 1), Usdc(i64::MIN + 1)));
    assert_eq!([most, one, Usdc(-1)].into_iter().sum::<Usdc>(), Usdc(i64::MAX - 1));
    assert_eq!((most.checked_add(one), least.checked_sub(one)), (None, None));
    assert_eq!(Tokens(3).checked_sub(Tokens(5)), Some(Tokens(-2)));
}

#[test]
fn decimals_are_read_and_written() {
    let cases =
        [("1.5", 1_500_000), (" -0.000001 ", -1), ("1e-05", 10), ("2.5E3", 2_500_000_000), ("7.000", 7_000_000)];
    for (text, micros) in cases {
        assert_eq!(text.parse(), Ok(Usdc(micros)), "{text}");
    }
    for (amount, text) in
        [(Usdc(-1), "-0.000001"), (Usdc(12_500_000), "12.500000"), (Usdc(i64::MIN), "-9223372036854.775808")]
    {
        assert_eq!(amount.to_string(), text);
        assert_eq!(text.parse(), Ok(amount));
    }
    assert_eq!((Rate(1_500_000_000).to_string(), Price(10_000).to_string()), ("1.500000000".into(), "0.010000".into()));
}

#[test]
fn what_is_no_amount_says_why() {
    let not_a_number = |text: &str| ParseAmountError::NotANumber(text.to_owned());
    for text in ["", "NaN", "inf", "1,5", "one", ".", "-", "--1", "1.2.3", "0x10", "1 000", "e5", "١"] {
        assert_eq!(text.parse::<Usdc>(), Err(not_a_number(text)));
    }
    assert_eq!("0.0000001".parse::<Tokens>(), Err(ParseAmountError::TooPrecise("0.0000001".to_owned(), 6)));
    // Nothing is rounded away, however far behind the point it stands.
    let long = format!("0.000001{}1", "0".repeat(40));
    assert_eq!(long.parse::<Tokens>(), Err(ParseAmountError::TooPrecise(long.clone(), 6)));
    assert_eq!(format!("1.{}", "0".repeat(60)).parse(), Ok(Usdc(1_000_000)));
    assert_eq!(format!("{}1", "0".repeat(60)).parse(), Ok(Usdc(1_000_000)));
    assert_eq!("1e-40".parse::<Usdc>(), Err(ParseAmountError::TooPrecise("1e-40".to_owned(), 6)));
    for text in ["1_000", "_1", "1_"] {
        assert_eq!(text.parse::<Usdc>(), Err(ParseAmountError::Underscore(text.to_owned())));
    }
    for text in ["1e", "1e+", "1e1.5", "1E-", "1ee5", "1e99999999999999999999"] {
        assert_eq!(text.parse::<Usdc>(), Err(ParseAmountError::BadExponent(text.to_owned())));
    }
    let huge = "1".to_owned() + &"0".repeat(30);
    for text in ["9223372036854.775808", "-9999999999999999", "1e30", "1e999999", huge.as_str()] {
        assert_eq!(text.parse::<Usdc>(), Err(ParseAmountError::OutOfRange(text.to_owned())));
    }
    for text in ["-1", "4294.967296"] {
        assert_eq!(text.parse::<Price>(), Err(ParseAmountError::OutOfRange(text.to_owned())));
    }
}

/// In JSON numbers and strings, in compact encodings the integers themselves.
#[test]
fn amounts_are_read_from_either_kind_of_encoding() {
    for json in ["12.5", "\"12.5\"", "1.25e1"] {
        assert_eq!(serde_json::from_str::<Usdc>(json).unwrap(), Usdc(12_500_000), "{json}");
    }
    let refused = serde_json::from_str::<Usdc>("1e30").unwrap_err().to_string();
    assert!(refused.contains("out of range"), "{refused}");
    assert_eq!(serde_json::from_str::<Usdc>("-3").unwrap(), Usdc(-3_000_000));
    assert_eq!(serde_json::from_str::<Usdc>("3").unwrap(), Usdc(3_000_000));
    let refused = serde_json::from_str::<Usdc>("true").unwrap_err().to_string();
    assert!(refused.contains("a decimal number"), "{refused}");
    assert_eq!(serde_json::to_string(&Tokens(1)).unwrap(), "\"0.000001\"");
    assert_eq!(postcard::from_bytes::<Usdc>(&postcard::to_stdvec(&Usdc(-7)).unwrap()).unwrap(), Usdc(-7));
}

#[test]
fn products_round_against_the_trader() {
    assert_eq!((Price(333_333).cost(Tokens(10)), Price(333_333).proceeds(Tokens(10))), (Usdc(4), Usdc(3)));
    assert_eq!((Rate(1).of_up(Usdc(1)), Rate(1).of_down(Usdc(1))), (Usdc(1), Usdc(0)));
    // Beyond what 64 bits hold on the way.
    let (price, size) = (Price(999_999), Tokens(1_000_000_000_000_000));
    assert_eq!((price.cost(size), price.proceeds(size)), (Usdc(999_999_000_000_000), Usdc(999_999_000_000_000)));
    assert_eq!(Rate(i64::MAX).of_up(Usdc(i64::MAX)), Usdc(i64::MAX));
}
