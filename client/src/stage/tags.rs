//! The labels over the pillars: one row above the scale, where neither heads nor rings reach,
//! no two of which touch.

use egui::{Pos2, Rect, pos2, vec2};

/// Wider labels than this are not needed, in points.
const WIDEST: f32 = 150.0;
/// Part of the distance of neighbours that a label may take.
const SHARE: f32 = 0.95;
/// Between a label and the scale under it, in points.
const CLEAR: f32 = 7.0;
/// A free rectangle lower than this has room for one line, or for two, in points.
const FLAT: f32 = 170.0;
const SHORT: f32 = 265.0;
/// Width of a price in a size of 1: five digits of the same width, and a little air.
const PRICE_WIDTH: f32 = 3.2;
/// Width of a letter on its colour in a size of 1.
pub const LETTER: f32 = 1.3;
/// Between it and a price beside it, in points.
pub const LETTER_GAP: f32 = 4.0;
/// No price is smaller: where it does not fit, it may be cut.
pub const LEAST: f32 = 8.0;
/// How much larger labels are on a wall than on a desk, in a unit of type that is so large, in points.
const WALL: (f32, f32) = (1.7, 16.0);

/// Narrower labels than this do without the name, without the tenths of a cent, in points.
const NAME_WIDTH: f32 = 74.0;
const TENTHS_WIDTH: f32 = 44.0;

/// The unit of type of a wall so large, in points: what people read across a room grows with the window.
#[must_use]
pub fn unit(window: egui::Vec2) -> f32 {
    (window.y / 45.0).min(window.x / 60.0)
}

/// How much larger labels are on a wall so large than on a desk.
#[must_use]
pub fn wall(window: egui::Vec2) -> f32 {
    WALL.0 * unit(window) / WALL.1
}

/// What a label says, and how large. Sizes in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Style {
    /// Whether the name stands beside the letter.
    pub name: bool,
    /// Whether the change stands under the price.
    pub change: bool,
    /// Whether the price has tenths of a cent.
    pub tenths: bool,
    /// Whether letter and price share a line.
    pub flat: bool,
    /// Size of letter and name; what else a label has is measured by it.
    pub words: f32,
    /// Size of the price.
    pub price: f32,
    /// Height of a label.
    pub height: f32,
}

impl Style {
    /// The style for so many labels over a free rectangle; `large` is 1 on a desk and more on a
    /// wall.
    #[must_use]
    pub fn of(count: usize, free: Rect, large: f32) -> Self {
        let width = width(count, free, large);
        let low = free.height() < FLAT * large;
        let flat = low && width >= NAME_WIDTH * large;
        let words = (width * 0.125).clamp(10.0 * large, 15.0 * large);
        let price = if low { words * 1.15 } else { (width * 0.225).clamp(12.0 * large, 25.0 * large) };
        let change = free.height() >= SHORT * large && width >= 58.0 * large;
        let lines = if flat { 0.0 } else { words * 1.45 } + price * 1.2 + if change { words * 1.2 } else { 0.0 };
        Self {
            name: !low && width >= NAME_WIDTH * large,
            change,
            tenths: width >= TENTHS_WIDTH * large,
            flat,
            words,
            price,
            height: lines + 4.0,
        }
    }

    /// The same for labels that turned out to be so wide: what would not fit is smaller, or
    /// left out. The height stays.
    #[must_use]
    pub fn within(&self, width: f32, large: f32) -> Self {
        let tenths = self.tenths && width >= TENTHS_WIDTH * large;
        if self.flat {
            return self.in_one_line(width, tenths);
        }
        let price = self.price.min(width / price_width(tenths)).max(LEAST);
        Self { price, tenths, name: self.name && width >= NAME_WIDTH * large * 0.8, ..*self }
    }

    /// Letter and price beside each other: without tenths, then smaller, where they would not fit.
    fn in_one_line(self, width: f32, tenths: bool) -> Self {
        let needs = |tenths: bool| self.words * LETTER + LETTER_GAP + self.price * price_width(tenths);
        let tenths = tenths && needs(true) <= width;
        let fits = (width - LETTER_GAP) / (needs(tenths) - LETTER_GAP);
        let smaller = fits.max(LEAST / self.price).min(1.0);
        Self { words: self.words * smaller, price: self.price * smaller, tenths, ..self }
    }

    /// Room to keep above the scale.
    #[must_use]
    pub fn room(&self) -> f32 {
        self.height + CLEAR + 4.0
    }
}

/// How wide so many labels over a free rectangle may be.
fn width(count: usize, free: Rect, large: f32) -> f32 {
    (free.width() * 0.86 / count.max(1) as f32).min(WIDEST * large)
}

/// The room that so many labels over a free rectangle leave for a name, and its size; none where they do without.
#[must_use]
pub fn name_room(count: usize, free: Rect, large: f32) -> Option<(f32, f32)> {
    let style = Style::of(count, free, large);
    style.name.then(|| (width(count, free, large) - style.words * LETTER - 6.0, style.words))
}

/// Width of a price in a size of 1.
const fn price_width(tenths: bool) -> f32 {
    if tenths { PRICE_WIDTH } else { PRICE_WIDTH * 0.8 }
}

/// Where the labels stand, given where the tops of the scales are seen, from left to right. All
/// are as wide, and as high above the highest top; none leaves the free rectangle or touches
/// another.
#[must_use]
pub fn row(tops: &[Pos2], style: &Style, free: Rect, large: f32) -> Vec<Rect> {
    let (Some(first), Some(last)) = (tops.first(), tops.last()) else { return Vec::new() };
    let apart = tops.windows(2).map(|pair| (pair[1].x - pair[0].x) * SHARE);
    let inside = [(first.x - free.left()) * 2.0, (free.right() - last.x) * 2.0];
    let width = apart.chain(inside).fold(WIDEST * large, f32::min).max(1.0);
    let highest = tops.iter().map(|top| top.y).fold(f32::INFINITY, f32::min);
    let top = (highest - CLEAR - style.height).max(free.top() + 1.0);
    let place = |at: &Pos2| Rect::from_min_size(pos2(at.x - width / 2.0, top), vec2(width, style.height));
    tops.iter().map(place).collect()
}

/// Whether a name that may be left out stands there: within the free rectangle, and clear of names that stand already and
/// of what is told over the floor.
#[must_use]
pub fn has_room(name: Rect, free: Rect, taken: &[Rect]) -> bool {
    free.contains_rect(name) && taken.iter().all(|other| !other.expand(1.0).intersects(name))
}

/// Where a name stands over a head on the podium, and which of its two sizes it has there. It is never left out: where it
/// would touch another it is smaller, then moved up or down, and at the edge aside.
#[must_use]
pub fn honour(head: Pos2, sizes: [egui::Vec2; 2], free: Rect, taken: &[Rect]) -> (usize, Rect) {
    let at = |size: egui::Vec2, up: f32| {
        let place = Rect::from_min_size(head - vec2(size.x / 2.0, size.y + up), size);
        let inside = |low: f32, high: f32, at: f32| at.min(high).max(low);
        let left = inside(free.left(), free.right() - size.x, place.left());
        Rect::from_min_size(pos2(left, inside(free.top(), free.bottom() - size.y, place.top())), size)
    };
    let clear = |place: &Rect| taken.iter().all(|other| !other.expand(1.0).intersects(*place));
    let step = sizes[1].y / 4.0;
    let moved = (1..=16).flat_map(|steps| [(1, steps as f32 * step), (1, steps as f32 * -step)]);
    let mut places = [(0, 0.0), (1, 0.0)].into_iter().chain(moved).map(|(index, up)| (index, at(sizes[index], up)));
    places.find(|(_, place)| clear(place)).unwrap_or_else(|| (1, at(sizes[1], 0.0)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stage::{
        lens::{Lens, framed},
        place::{SCALE_M, eye, gap_m, pillar, seen},
    };
    use glam::Vec3;

    #[test]
    fn labels_stand_clear_of_scales_panels_and_each_other() {
        let window = vec2(2_560.0, 1_440.0);
        for count in 2..=10 {
            for (width, height) in [(632.0, 370.0), (632.0, 230.0), (1_600.0, 800.0), (540.0, 520.0), (360.0, 110.0)] {
                for turn in [-0.05, 0.05] {
                    let free = Rect::from_min_size(pos2(300.0, 72.0), vec2(width, height));
                    let style = Style::of(count, free, 1.0);
                    let frame = framed(free, window, style.room(), 1.0);
                    let gap = gap_m(count, frame.aspect_ratio());
                    let lens = Lens::framing(seen(count, 2, gap), eye(count, gap), turn, frame);
                    let top = |index| lens.see(pillar(index, count, gap) + Vec3::Y * SCALE_M);
                    let tops: Vec<Pos2> = (0..count).filter_map(top).collect();
                    let labels = row(&tops, &style, free, 1.0);
                    assert_eq!(labels.len(), count);
                    let case = format!("{count} in {width} × {height}");
                    for (index, label) in labels.iter().enumerate() {
                        assert!(free.contains_rect(*label), "{case}: {label:?} leaves {free:?}");
                        assert!(tops.iter().all(|top| label.bottom() < top.y), "{case}: {label:?} on a scale");
                        assert!(labels[..index].iter().all(|other| !other.intersects(*label)), "{case}");
                        assert!(label.width() >= 20.0, "{case}: {label:?} is too narrow to read");
                    }
                }
            }
        }
    }

    #[test]
    fn a_strip_over_few_pillars_has_room_for_their_letters_beside_their_prices() {
        for (count, width, height) in [(3, 360.0, 78.0), (3, 360.0, 96.0), (4, 412.0, 96.0)] {
            let free = Rect::from_min_size(pos2(0.0, 96.0), vec2(width, height));
            let style = Style::of(count, free, 1.0);
            let frame = framed(free, vec2(width, 740.0), style.room(), 1.0);
            let gap = gap_m(count, frame.aspect_ratio());
            let lens = Lens::framing(seen(count, 1, gap), eye(count, gap), 0.0, frame);
            let tops: Vec<Pos2> =
                (0..count).filter_map(|index| lens.see(pillar(index, count, gap) + Vec3::Y * SCALE_M)).collect();
            let label = row(&tops, &style, free, 1.0)[0];
            let style = style.within(label.width(), 1.0);
            let letter = if style.flat { style.words * LETTER + LETTER_GAP } else { 0.0 };
            let needs = letter + style.price * price_width(style.tenths);
            assert!(style.price >= 8.0, "{count} in {free}: {style:?}");
            assert!(needs <= label.width() + 0.5, "{count} in {free}: {needs} of {}", label.width());
        }
    }

    /// While a window is laid out, pillars may be seen at one place.
    #[test]
    fn a_price_has_a_size_however_narrow_its_label() {
        for (count, height) in [(3, 96.0), (10, 96.0), (5, 370.0)] {
            let style = Style::of(count, Rect::from_min_size(Pos2::ZERO, vec2(360.0, height)), 1.0);
            for width in 0..=60 {
                let within = style.within(width as f32, 1.0);
                assert!(within.price >= LEAST && within.words > 0.0, "{width}: {within:?}");
            }
        }
    }

    #[test]
    fn what_does_not_fit_is_left_out() {
        let style = |count, width, height| Style::of(count, Rect::from_min_size(Pos2::ZERO, vec2(width, height)), 1.0);
        let narrow = style(5, 640.0, 370.0).within(50.0, 1.0);
        assert!(!narrow.name && narrow.price * PRICE_WIDTH <= 50.0, "{narrow:?}");
        let strip = style(5, 360.0, 96.0).within(31.0, 1.0);
        assert!(!strip.tenths && strip.price * PRICE_WIDTH * 0.8 <= 31.0, "{strip:?}");
        assert!(!style(5, 640.0, 230.0).change);
        let wide = style(5, 640.0, 370.0);
        assert!(wide.name && wide.change && wide.tenths && !wide.flat);
        let many = style(10, 640.0, 370.0);
        assert!(!many.name && many.tenths && !many.flat);
        let phone = style(10, 360.0, 110.0);
        assert!(!phone.name && !phone.change && !phone.tenths);
        assert!(phone.height < 40.0, "{phone:?}");
        assert!(style(3, 360.0, 110.0).flat);
    }

    #[test]
    fn a_wall_names_few_outcomes_on_their_labels_and_many_elsewhere() {
        let large = wall(vec2(1_280.0, 800.0));
        let wall = Rect::from_min_size(Pos2::ZERO, vec2(970.0, 730.0));
        assert_eq!(name_room(10, wall, large), None);
        let (room, size) = name_room(3, wall, large).expect("there is room");
        assert!(room > 8.0 * size, "{room} for letters of {size}");
    }

    #[test]
    fn names_go_off_where_something_is_told() {
        let free = Rect::from_min_size(Pos2::ZERO, vec2(970.0, 640.0));
        let told = free.shrink(10.0).with_min_y(560.0);
        let name = |y| Rect::from_min_size(pos2(400.0, y), vec2(80.0, 18.0));
        let rooms = [500.0, 545.0, 600.0, 630.0].map(|y| has_room(name(y), free, &[told]));
        assert_eq!(rooms, [true, false, false, false]);
        assert!(has_room(name(600.0), free, &[]) && !has_room(name(600.0), free, &[name(590.0)]));
    }

    #[test]
    fn every_name_on_the_podium_has_a_place() {
        let free = Rect::from_min_size(pos2(0.0, 96.0), vec2(444.0, 264.0));
        for (apart, width) in [(100.0, 80.0), (43.0, 80.0), (43.0, 130.0), (20.0, 200.0), (5.0, 300.0)] {
            // On steps of their own, and all on one.
            for down in [[0.0, 14.0, 22.0], [0.0; 3]] {
                let mut taken: Vec<Rect> = Vec::new();
                for (aside, down) in [0.0, -apart, apart].into_iter().zip(down) {
                    let head = pos2(free.center().x + aside, 238.0 + down);
                    let (_, place) = honour(head, [vec2(width, 18.0), vec2(width * 0.8, 14.4)], free, &taken);
                    assert!(free.contains_rect(place), "{apart}, {width}: {place:?}");
                    assert!(taken.iter().all(|other| !other.intersects(place)), "{apart}, {width}: {place:?}");
                    taken.push(place);
                }
            }
        }
    }

    #[test]
    fn a_wall_of_twice_the_size_has_labels_of_twice_the_size() {
        let of = |times: f32| {
            let free = Rect::from_min_size(Pos2::ZERO, vec2(970.0, 648.0) * times);
            let style = Style::of(5, free, wall(vec2(1_280.0, 720.0) * times));
            (style.words, style.price, style.name, style.change)
        };
        let (words, price, name, change) = of(1.0);
        assert_eq!(of(2.0), (words * 2.0, price * 2.0, name, change));
    }
}
