//! Large words over the floor, to be read across a room. It paints; what is said is the desk's.

use super::{theme, widgets};
use egui::{Align, Color32, CornerRadius, Painter, Rect, Vec2, pos2, text::LayoutJob};
use outcry_engine::OutcomeId;

/// Lines of a headline at most.
const ROWS: usize = 2;
/// It is set smaller in steps of this: down to the first part of its size to stay on one line, then to the second.
const SMALLER: f32 = 0.92;
const ONE_LINE: f32 = 0.6;
const SMALLEST: f32 = 0.4;
/// Width of a letter's badge, of the size of the words.
const BADGE: f32 = 1.15;

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
    let line = |text: &str, size: f32, color: Color32, width: f32| {
        let mut job = LayoutJob::simple(text.to_owned(), theme::words(size), color, width);
        job.halign = Align::Center;
        painter.layout_job(job)
    };
    let badges = |size: f32| headline.outcomes.len() as f32 * size * BADGE;
    let set = |size: f32| line(headline.title, size, headline.color, width - badges(size));
    let (mut fitting, mut rows) = (size, 1);
    let mut title = set(fitting);
    while title.rows.len() > rows && fitting * SMALLER > size * SMALLEST {
        fitting *= SMALLER;
        if rows < ROWS && fitting < size * ONE_LINE {
            (fitting, rows) = (size, ROWS);
        }
        title = set(fitting);
    }
    let below = (!headline.below.is_empty()).then(|| line(headline.below, fitting * 0.42, theme::TEXT, width));
    let gap = fitting * 0.22;
    let height = title.size().y + below.as_ref().map_or(0.0, |below| below.size().y + gap) + 2.0 * gap;
    let strip = Rect::from_min_max(pos2(room.left(), room.bottom() - height), room.right_bottom());
    painter.rect_filled(strip, CornerRadius::same((fitting * 0.2) as u8), theme::INK.gamma_multiply(0.82));
    let (middle, top) = (strip.center().x, strip.top() + gap);
    let left = middle - (badges(fitting) + title.size().x) / 2.0;
    for (index, outcome) in headline.outcomes.iter().enumerate() {
        let at = pos2(left + fitting * BADGE * (index as f32 + 0.4), top + title.size().y / 2.0);
        widgets::paint_badge(painter, Rect::from_center_size(at, Vec2::splat(fitting * 0.86)), *outcome, true);
    }
    let next = top + title.size().y + gap;
    let at = pos2(left + badges(fitting) + title.size().x / 2.0, top);
    painter.galley(at, title, headline.color);
    if let Some(below) = below {
        painter.galley(pos2(middle, next), below, theme::TEXT);
    }
    strip
}
