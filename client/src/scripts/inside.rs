//! The desktop has the fonts inside, packed.

use super::shelf::Arrived;
use brotli_decompressor::BrotliDecompress;
use egui::Context;
use std::sync::mpsc::Sender;

macro_rules! packed {
    ($($name:literal)*) => {
        [$(($name, include_bytes!(concat!("../../../assets/fonts/", $name, ".ttf.br")).as_slice())),*]
    };
}

static PACKED: [(&str, &[u8]); 28] = packed![
    "arabic" "arabic-digits" "armenian" "bengali" "devanagari" "ethiopic" "georgian" "gujarati" "gurmukhi" "han"
    "han-rare" "hangul" "hangul-rare" "hebrew" "kana" "kannada" "khmer" "lao" "latin" "malayalam" "myanmar" "oriya"
    "sinhala" "tamil" "telugu" "thaana" "thai" "tibetan"
];

/// Unpacks a font; it has arrived at once.
pub(super) fn ask(name: &'static str, ctx: &Context, arrived: &Sender<Arrived>) {
    let _ = arrived.send(Arrived { name, file: unpack(name) });
    ctx.request_repaint();
}

pub(super) fn unpack(name: &str) -> Option<Vec<u8>> {
    let &(_, mut packed) = PACKED.iter().find(|(known, _)| *known == name)?;
    let mut file = Vec::new();
    BrotliDecompress(&mut packed, &mut file).ok()?;
    Some(file)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scripts::shelf;
    use egui::{
        FontData, FontDefinitions, FontFamily,
        epaint::{TextOptions, text::FontsImpl},
    };
    use std::{collections::BTreeSet, sync::Arc};

    /// Of every file a letter, of two files of one script a usual and a rare one.
    const LETTERS: &str = "ễԱעم٣ދअবਅઅଅஅఅಅഅඅสລཀဖნልកさ김뷁李喆";

    #[test]
    fn every_file_of_the_shelves_is_inside() {
        let wanted: BTreeSet<_> = ('\0'..='\u{ffff}').flat_map(shelf::files).copied().collect();
        let inside: BTreeSet<_> = PACKED.iter().map(|(name, _)| *name).collect();
        assert_eq!(wanted, inside);
    }

    #[test]
    fn every_file_draws_letters_that_are_looked_for_in_it() {
        let mut left: BTreeSet<_> = PACKED.iter().map(|(name, _)| *name).collect();
        for c in LETTERS.chars() {
            let name = shelf::files(c).iter().find(|name| draws(name, c));
            assert!(name.is_some_and(|name| left.remove(name)), "{c}: {name:?}");
        }
        assert_eq!(left, BTreeSet::new());
    }

    fn draws(name: &str, c: char) -> bool {
        let mut fonts = FontDefinitions::empty();
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_owned(unpack(name).unwrap())));
        fonts.families.insert(FontFamily::Proportional, vec![name.to_owned()]);
        FontsImpl::new(TextOptions::default(), fonts).font(&FontFamily::Proportional).has_glyph(c)
    }
}
