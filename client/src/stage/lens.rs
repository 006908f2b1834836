//! From the world to the screen. The camera and the labels are computed from the same lens, so
//! that they cannot disagree, however late a frame is.

use egui::{Pos2, Rect, Vec2 as Points, pos2};
use glam::{Quat, Vec2, Vec3};

/// Nearer than this nothing is seen, in m.
const NEAREST_M: f32 = 0.1;
/// A smaller free rectangle than this is not framed, in points.
const SMALLEST: f32 = 40.0;
/// Room at the sides of what is framed, as a part of the free width, and at least, in points.
const SIDE: (f32, f32) = (0.07, 44.0);
/// Room for names under the feet, as a part of the free height, and at least, in points.
const BOTTOM: (f32, f32) = (0.10, 10.0);

/// How a level view is put on the screen: uprights stay upright, so heights can be compared.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lens {
    /// Where the viewer's eye is, in m.
    pub eye: Vec3,
    /// How far the viewer is turned about the vertical, in rad.
    pub turn_rad: f32,
    /// Points of the screen per unit of slope (metres aside per metre away).
    pub scale: f32,
    /// The slope that is seen in the middle.
    pub centre: Vec2,
    /// The middle of what is framed, in points.
    pub middle: Pos2,
}

impl Default for Lens {
    fn default() -> Self {
        Self { eye: Vec3::new(0.0, 4.0, 20.0), turn_rad: 0.0, scale: 500.0, centre: Vec2::ZERO, middle: Pos2::ZERO }
    }
}

impl Lens {
    /// The lens under which all places fill a rectangle, without being stretched.
    pub fn framing(places: impl Iterator<Item = Vec3>, eye: Vec3, turn_rad: f32, frame: Rect) -> Self {
        let mut lens = Self { eye, turn_rad, middle: frame.center(), ..Self::default() };
        let (mut low, mut high) = (Vec2::MAX, Vec2::MIN);
        for slope in places.filter_map(|place| lens.slope(place)) {
            low = low.min(slope);
            high = high.max(slope);
        }
        let room = Vec2::new(frame.width(), frame.height()).max(Vec2::ONE);
        lens.scale = (room / (high - low).max(Vec2::splat(1e-3))).min_element();
        lens.centre = (low + high) / 2.0;
        lens
    }

    /// Where a place is seen, in points of the screen; `None` when it is not before the viewer.
    #[must_use]
    pub fn see(&self, place: Vec3) -> Option<Pos2> {
        let off = (self.slope(place)? - self.centre) * self.scale;
        Some(self.middle + Points::new(off.x, -off.y))
    }

    /// Where the horizon is straight ahead, in points of the screen.
    #[must_use]
    pub fn ahead(&self) -> Pos2 {
        self.middle - Points::new(self.centre.x, -self.centre.y) * self.scale
    }

    /// Points of the screen that a metre takes where a place is; 0 behind the viewer.
    #[must_use]
    pub fn points_per_m(&self, place: Vec3) -> f32 {
        let away = -self.view(place).z;
        if away > NEAREST_M { self.scale / away } else { 0.0 }
    }

    /// A place as the viewer has it, who looks along −z.
    fn view(&self, place: Vec3) -> Vec3 {
        Quat::from_rotation_y(-self.turn_rad) * (place - self.eye)
    }

    fn slope(&self, place: Vec3) -> Option<Vec2> {
        let p = self.view(place);
        (p.z < -NEAREST_M).then(|| p.truncate() / -p.z)
    }
}

/// The part of the free rectangle that pillars and figures fill, in points: `top` is kept for
/// the labels over the heads, and words are `large` times those on a desk.
#[must_use]
pub fn framed(free: Rect, window: Points, top: f32, large: f32) -> Rect {
    let free = usable(free, window);
    let room = |(part, least): (f32, f32), of: f32| (part * of).max(least * large).min(of * 0.3);
    let (side, bottom) = (room(SIDE, free.width()), room(BOTTOM, free.height()));
    let top = top.min(free.height() * 0.6);
    Rect::from_min_max(pos2(free.left() + side, free.top() + top), pos2(free.right() - side, free.bottom() - bottom))
}

/// The free rectangle within the window; the whole window when hardly anything is free.
#[must_use]
pub fn usable(free: Rect, window: Points) -> Rect {
    let whole = Rect::from_min_size(Pos2::ZERO, window);
    let free = free.intersect(whole);
    if free.width() < SMALLEST || free.height() < SMALLEST { whole } else { free }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stage::place::{eye, gap_m, seen};

    #[test]
    fn everything_fits_the_frame_and_fills_it() {
        let window = Points::new(1_280.0, 720.0);
        for count in [2, 3, 5, 10] {
            for (at, size) in
                [((320.0, 72.0), (632.0, 370.0)), ((8.0, 72.0), (632.0, 230.0)), ((0.0, 0.0), (360.0, 96.0))]
            {
                let free = Rect::from_min_size(pos2(at.0, at.1), Points::new(size.0, size.1));
                let frame = framed(free, window, 60.0, 1.0);
                let gap = gap_m(count, frame.aspect_ratio());
                let lens = Lens::framing(seen(count, 2, gap), eye(count, gap), 0.1, frame);
                let places: Vec<Pos2> = seen(count, 2, gap).filter_map(|place| lens.see(place)).collect();
                assert_eq!(places.len(), seen(count, 2, gap).count(), "behind the viewer");
                let bounds = Rect::from_points(&places);
                assert!(frame.expand(0.1).contains_rect(bounds), "{count} pillars: {bounds:?} of {frame:?}");
                let fills = (bounds.width() / frame.width()).max(bounds.height() / frame.height());
                assert!((fills - 1.0).abs() < 1e-3, "{count} pillars fill {fills} of {frame:?}");
            }
        }
    }

    #[test]
    fn what_is_straight_ahead_is_at_the_horizon() {
        let frame = Rect::from_min_size(pos2(300.0, 50.0), Points::new(600.0, 300.0));
        let lens = Lens::framing(seen(5, 1, 2.5), eye(5, 2.5), 0.05, frame);
        let ahead = lens.eye + Quat::from_rotation_y(lens.turn_rad) * Vec3::NEG_Z * 10.0;
        let off = lens.see(ahead).map(|at| at.distance(lens.ahead()));
        assert!(off.is_some_and(|off| off < 0.01), "{off:?}");
        assert_eq!(lens.see(lens.eye + Vec3::Z), None);
    }

    #[test]
    fn a_window_without_room_is_framed_whole() {
        let window = Points::new(800.0, 600.0);
        for free in [Rect::NOTHING, Rect::from_min_size(pos2(790.0, 0.0), Points::splat(100.0))] {
            assert_eq!(usable(free, window), Rect::from_min_size(Pos2::ZERO, window));
        }
    }
}
