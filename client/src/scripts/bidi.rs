//! The order of a line whose words run both ways, by the Unicode bidirectional algorithm (UAX #9).
//!
//! egui shapes each word in its own direction, and places all of them from left to right. So words are moved here, and
//! left as they are inside.

use egui::epaint::text::{Galley, Glyph, PlacedRow, Row};
use std::{ops::Range, sync::Arc};
use unicode_bidi::{BidiClass, BidiInfo, Level, bidi_class};

/// Below this nothing runs from right to left.
const FIRST: u32 = 0x590;
/// Characters that look the other way in a line from right to left, in pairs.
const MIRRORED: &str = "()[]{}<>«»‹›";

/// Digits of Arabic and Persian. egui lays them out from right to left as it does the letters of their script, and they
/// are read from left to right.
const fn is_turned(c: char) -> bool {
    matches!(c, '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}')
}

/// Whether a text has anything that runs from right to left.
pub(super) fn is_needed(text: &str) -> bool {
    let back = |c| is_turned(c) || matches!(bidi_class(c), BidiClass::R | BidiClass::AL | BidiClass::AN);
    text.chars().any(|c| u32::from(c) >= FIRST && back(c))
}

/// Moves the words of a text to where they are read.
pub(super) fn reorder(galley: &mut Galley) {
    let pixels_per_point = galley.pixels_per_point;
    let mut rest = galley.rows.as_mut_slice();
    while !rest.is_empty() {
        let end = rest.iter().position(|row| row.ends_with_newline).map_or(rest.len(), |last| last + 1);
        let (paragraph, after) = rest.split_at_mut(end);
        reorder_paragraph(paragraph, pixels_per_point);
        rest = after;
    }
}

/// What is moved as one: a word from right to left, or one glyph.
#[derive(Clone, Debug, PartialEq)]
struct Piece {
    glyphs: Range<usize>,
    /// What it is to the algorithm.
    stands_for: char,
}

fn reorder_paragraph(rows: &mut [PlacedRow], pixels_per_point: f32) {
    let pieces: Vec<Vec<Piece>> = rows.iter().map(|row| pieces(&row.glyphs)).collect();
    let text: String = pieces.iter().flatten().map(|piece| piece.stands_for).collect();
    let info = BidiInfo::new(&text, Some(base(&text)));
    let Some(paragraph) = info.paragraphs.first() else { return };
    let mut from = 0;
    for (row, pieces) in rows.iter_mut().zip(pieces) {
        let to = from + pieces.iter().map(|piece| piece.stands_for.len_utf8()).sum::<usize>();
        let line = from..to.min(paragraph.range.end);
        if line.is_empty() {
            continue;
        }
        let levels = info.reordered_levels(paragraph, line.clone());
        let levels: Vec<Level> = text[line].char_indices().map(|(at, _)| levels[from + at]).collect();
        place(Arc::make_mut(&mut row.row), &pieces, &levels, pixels_per_point);
        from = to;
    }
}

/// Screens are in English: a line runs from left to right, unless nothing in it does and nobody's words are set apart.
fn base(text: &str) -> Level {
    let english = |c| matches!(bidi_class(c), BidiClass::L | BidiClass::FSI);
    if text.chars().any(english) { Level::ltr() } else { Level::rtl() }
}

/// The pieces of a row in the order in which they are read, but for words from right to left.
fn pieces(glyphs: &[Glyph]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for (index, glyph) in glyphs.iter().enumerate() {
        let class = bidi_class(glyph.chr);
        if let Some(last) = pieces.last_mut() {
            let word = bidi_class(last.stands_for);
            let runs_back = matches!(word, BidiClass::R | BidiClass::AL);
            // Marks and joiners belong to what they stand on.
            if runs_back && (class == word || matches!(class, BidiClass::NSM | BidiClass::BN)) {
                last.glyphs.end = index + 1;
                continue;
            }
        }
        pieces.push(Piece { glyphs: index..index + 1, stands_for: glyph.chr });
    }
    let turned = |a: &Piece, b: &Piece| is_turned(a.stands_for) && is_turned(b.stands_for);
    pieces.chunk_by_mut(turned).for_each(<[Piece]>::reverse);
    pieces
}

/// Places the pieces of a row one beside the other in the order in which they are seen.
fn place(row: &mut Row, pieces: &[Piece], levels: &[Level], pixels_per_point: f32) {
    let Some(start) = row.glyphs.first().map(|first| first.pos.x) else { return };
    // Where each glyph stood, to the part of a pixel.
    let ends = row.glyphs.iter().scan(start, |at, glyph| {
        *at += glyph.advance_width;
        Some(*at)
    });
    let stood: Vec<f32> = std::iter::once(start).chain(ends).collect();
    let mut at = start;
    for index in BidiInfo::reorder_visual(levels) {
        let Some(Piece { glyphs, stands_for }) = pieces.get(index) else { continue };
        let from = stood[glyphs.start];
        let by = ((at - from) * pixels_per_point).round() / pixels_per_point;
        glyphs.clone().for_each(|glyph| shift(row, glyph, by));
        if levels[index].is_rtl() && MIRRORED.contains(*stands_for) {
            mirror(row, glyphs.start);
        }
        at += stood[glyphs.end] - from;
    }
    row.visuals.mesh_bounds = row.visuals.mesh.calc_bounds();
}

/// The corners of a glyph's picture.
fn corners(row: &mut Row, glyph: usize) -> &mut [egui::epaint::Vertex] {
    let glyph = row.glyphs[glyph];
    let first = glyph.first_vertex as usize;
    let count = if glyph.uv_rect.is_nothing() { 0 } else { 4 };
    row.visuals.mesh.vertices.get_mut(first..first + count).unwrap_or_default()
}

fn shift(row: &mut Row, glyph: usize, by: f32) {
    corners(row, glyph).iter_mut().for_each(|corner| corner.pos.x += by);
    row.glyphs[glyph].pos.x += by;
}

/// Turns a glyph's picture around where it stands.
fn mirror(row: &mut Row, glyph: usize) {
    let middle = row.glyphs[glyph].pos.x + row.glyphs[glyph].advance_width / 2.0;
    corners(row, glyph).iter_mut().for_each(|corner| corner.pos.x = 2.0 * middle - corner.pos.x);
}

#[cfg(test)]
mod tests;
