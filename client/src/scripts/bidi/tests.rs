use super::*;
use crate::scripts::inside;
use egui::{
    Color32, FontData, FontDefinitions, FontFamily, FontId,
    epaint::{
        TextOptions,
        text::{FontsImpl, LayoutJob, layout},
    },
};

/// A text as it is laid out in so many points, and set right.
fn set(text: &str, width: f32) -> Galley {
    let mut fonts = FontDefinitions::default();
    for name in ["hebrew", "arabic", "arabic-digits"] {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_owned(inside::unpack(name).unwrap())));
        fonts.families.get_mut(&FontFamily::Proportional).unwrap().push(name.to_owned());
    }
    let job = LayoutJob::simple(text.to_owned(), FontId::proportional(14.0), Color32::WHITE, width);
    let mut galley = layout(&mut FontsImpl::new(TextOptions::default(), fonts), 1.0, job.into());
    reorder(&mut galley);
    galley
}

/// What is seen of a row, from left to right.
fn seen(row: &PlacedRow) -> String {
    let mut glyphs: Vec<_> = row.glyphs.iter().filter(|glyph| glyph.advance_width > 0.0).collect();
    glyphs.sort_by(|a, b| a.pos.x.total_cmp(&b.pos.x));
    glyphs.iter().map(|glyph| glyph.chr).collect()
}

#[track_caller]
fn check(text: &str, expected: &str) {
    let galley = set(text, f32::INFINITY);
    assert_eq!(seen(&galley.rows[0]), expected, "{text:?}");
}

#[test]
fn words_stand_in_the_order_in_which_they_are_read() {
    check("Ada", "Ada");
    check("עדן", "ןדע");
    check("עדן לוי", "יול ןדע");
    check("עדן לוי-כהן", "ןהכ-יול ןדע");
    check("Ada ו עדן", "Ada ןדע ו");
    check("עדן 12", "12 ןדע");
    check("שלום!", "!םולש");
}

#[test]
fn a_name_apart_leaves_the_words_around_it_in_order() {
    check("\u{2068}עדן\u{2069} 12 YES", "ןדע 12 YES");
    check("12 YES \u{2068}עדן\u{2069}, 3 NO", "12 YES ןדע, 3 NO");
    check("\u{2068}עדן לוי\u{2069} → \u{2068}דן\u{2069}: 5", "יול ןדע → ןד: 5");
    check("\u{2068}עדן לוי…\u{2069} (you)", "…יול ןדע (you)");
    // What it is for: without it the figure goes to the other side.
    check("עדן 12 YES", "12 ןדע YES");
}

#[test]
fn digits_of_arabic_names_run_as_digits_do() {
    check("٢٠٣٠", "٢٠٣٠");
    check("۱۲", "۱۲");
    check("\u{2068}فريق ٢٠٣٠\u{2069} 5", &format!("٢٠٣٠ {} 5", "فريق".chars().rev().collect::<String>()));
}

#[test]
fn brackets_look_the_other_way() {
    let galley = set("עדן (2)", f32::INFINITY);
    // The first of them stands left of its digit, and is drawn by the picture of the other.
    assert_eq!(seen(&galley.rows[0]), ")2( ןדע");
    let row = &galley.rows[0];
    let turned = |c: char| {
        let glyph = row.glyphs.iter().find(|glyph| glyph.chr == c).unwrap();
        let corners = &row.visuals.mesh.vertices[glyph.first_vertex as usize..][..2];
        corners[0].pos.x > corners[1].pos.x
    };
    assert_eq!([turned('('), turned(')'), turned('2')], [true, true, false]);
}

#[test]
fn a_line_that_is_broken_goes_on_in_the_next() {
    let whole = set("אחת שתיים שלוש", f32::INFINITY).rect.width();
    let galley = set("אחת שתיים שלוש", whole * 0.8);
    let rows: Vec<_> = galley.rows.iter().map(|row| seen(row).trim().to_owned()).collect();
    assert_eq!(rows, ["םייתש תחא", "שולש"]);
}

#[test]
fn nothing_leaves_the_room_that_the_text_had() {
    let before = |text: &str| {
        let galley = set(text, f32::INFINITY);
        (galley.rect, galley.rows[0].visuals.mesh_bounds)
    };
    for text in ["\u{2068}محمد عبد الله\u{2069} 12 YES", "עדן (2)"] {
        let (rect, ink) = before(text);
        assert!(ink.left() >= rect.left() - 2.0 && ink.right() <= rect.right() + 2.0, "{text}: {ink:?} in {rect:?}");
    }
}
