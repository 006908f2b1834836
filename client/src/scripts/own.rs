//! The floor's own font, in the program: egui's is too light for small words on a dark ground.

use super::shelf::Arrived;
use egui::{
    FontData, FontFamily,
    epaint::text::{FontInsert, FontPriority, InsertFontFamily},
};

/// Draws what egui's own font does, with heavier strokes.
static OWN: &[u8] = include_bytes!("../../../assets/fonts/ubuntu.ttf");

/// The floor's own font, before all others of words.
pub(super) fn own() -> FontInsert {
    let first = InsertFontFamily { family: FontFamily::Proportional, priority: FontPriority::Highest };
    FontInsert::new("own", FontData::from_static(OWN), vec![first])
}

/// A font of another script, behind those that are there already.
pub(super) fn behind(arrived: Arrived) -> Option<FontInsert> {
    let last = |family| InsertFontFamily { family, priority: FontPriority::Lowest };
    let families = [FontFamily::Proportional, FontFamily::Monospace].map(last);
    Some(FontInsert::new(arrived.name, FontData::from_owned(arrived.file?), families.into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::{
        FontDefinitions,
        epaint::{TextOptions, text::FontsImpl},
    };
    use std::sync::Arc;

    #[test]
    fn it_draws_whatever_egui_s_own_font_does() {
        let only = |data: Arc<FontData>| {
            let mut fonts = FontDefinitions::empty();
            fonts.font_data.insert("one".to_owned(), data);
            fonts.families.insert(FontFamily::Proportional, vec!["one".to_owned()]);
            FontsImpl::new(TextOptions::default(), fonts)
        };
        let egui_s = FontDefinitions::default().font_data["Ubuntu-Light"].clone();
        let (mut light, mut own) = (only(egui_s), only(Arc::new(FontData::from_static(OWN))));
        let drawn = |fonts: &mut FontsImpl, c| fonts.font(&FontFamily::Proportional).has_glyph(c);
        let lost: String = ('!'..='\u{ffff}').filter(|c| drawn(&mut light, *c) && !drawn(&mut own, *c)).collect();
        assert_eq!(lost, "");
    }
}
