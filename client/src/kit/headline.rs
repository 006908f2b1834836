//! Large words over the floor, to be read across a room. It paints; what is said is the desk's.

use super::{theme, widgets};
use egui::{Align, Color32, CornerRadius, Painter, Rect, Vec2, pos2, text::LayoutJob};
use outcry_engine::OutcomeId;

/// Lines of a headline at most: beyond, it is set smaller.
const ROWS: usize = 2;
/// It is set smaller in steps of this, down to a part of its size.
const SMALLER: f32 = 0.88;
const SMALLEST: f32 = 0.4;

/// What is said.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Headline<'a> {
    /// A few words.
    pub(crate) title: &'a str,
    /// One line below them, or nothing.
    pub(crate) below: &'a str,
    /// Whom it is about, for their colours and letters.
    pub(crate) outcomes: &'a [OutcomeId],
    /// The colour of the words.
    pub(crate) color: Color32,
}

/// Paints a headline on a dark strip at the lower edge of a room, with words of this size where they fit. Returns the
/// strip.
pub(crate) fn paint(painter: &Painter, room: Rect, size: f32, headline: Headline<'_>) -> Rect {
    let width = room.width() * 0.92;
    let line = |text: &str, size: f32, color: Color32| {
        let mut job = LayoutJob::simple(text.to_owned(), theme::words(size), color, width);
        job.halign = Align::Center;
        painter.layout_job(job)
    };
    let mut fitting = size;
    let mut title = line(headline.title, fitting, headline.color);
    while title.rows.len() > ROWS && fitting > size * SMALLEST {
        fitting *= SMALLER;
        title = line(headline.title, fitting, headline.color);
    }
    let below = (!headline.below.is_empty()).then(|| line(headline.below, fitting * 0.42, theme::TEXT));
    let badge = if headline.outcomes.is_empty() { 0.0 } else { fitting * 1.05 };
    let gap = fitting * 0.22;
    let lines = badge + title.size().y + below.as_ref().map_or(0.0, |below| below.size().y + gap);
    let height = lines + 3.0 * gap;
    let strip = Rect::from_min_max(pos2(room.left(), room.bottom() - height), room.right_bottom());
    painter.rect_filled(strip, CornerRadius::same((fitting * 0.2) as u8), theme::INK.gamma_multiply(0.82));
    let middle = strip.center().x;
    let mut y = strip.top() + gap;
    let step = badge * 1.15;
    let first = middle - step * (headline.outcomes.len() as f32 - 1.0) / 2.0;
    for (index, outcome) in headline.outcomes.iter().enumerate() {
        let at = pos2(first + step * index as f32, y + badge / 2.0);
        widgets::paint_badge(painter, Rect::from_center_size(at, Vec2::splat(badge * 0.9)), *outcome, true);
    }
    y += badge;
    let next = y + title.size().y + gap;
    painter.galley(pos2(middle, y), title, headline.color);
    if let Some(below) = below {
        painter.galley(pos2(middle, next), below, theme::TEXT);
    }
    strip
}
