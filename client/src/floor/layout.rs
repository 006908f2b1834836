//! Where things stand, in metres, and from where all of it is seen. Pure arithmetic.

use bevy::prelude::*;

/// Height of 100 ¢.
pub(super) const SCALE_M: f32 = 5.0;
/// The longest step of time that is animated, in s: after a pause nothing leaps.
pub(super) const STEP_MAX_S: f32 = 0.5;
/// Radius of a pillar.
pub(super) const PILLAR_RADIUS_M: f32 = 0.46;
/// Height of a figure.
pub(super) const FIGURE_M: f32 = 0.62;
/// A pillar is never lower than this, so that it can be seen.
const LOWEST_M: f32 = 0.05;
/// Radius of the arc on which pillars stand; its ends come towards the viewer.
const ARC_M: f32 = 15.0;
/// Distance of neighbours on the arc, for few and for many pillars.
const GAP_M: (f32, f32) = (2.7, 1.75);
/// Figures in a row; more stand behind.
const ROW: usize = 14;
/// Distance of rows and of neighbours in a row.
const ROW_GAP_M: f32 = 0.85;

/// The height of a price in 0..1.
pub(super) fn height_m(price: f64) -> f32 {
    (price.clamp(0.0, 1.0) as f32 * SCALE_M).max(LOWEST_M)
}

fn gap_m(count: usize) -> f32 {
    let many = ((count as f32 - 3.0) / 7.0).clamp(0.0, 1.0);
    GAP_M.0 + (GAP_M.1 - GAP_M.0) * many
}

/// Where a pillar stands.
pub(super) fn pillar(index: usize, count: usize) -> Vec3 {
    let step = gap_m(count) / ARC_M;
    let angle = (index as f32 - (count as f32 - 1.0) / 2.0) * step;
    Vec3::new(ARC_M * angle.sin(), 0.0, ARC_M * (1.0 - angle.cos()))
}

/// Where a figure stands: in rows before the pillars, one's own in the middle of the first.
pub(super) fn figure(slot: usize, pillars: usize) -> Vec3 {
    let (row, place) = (slot / ROW, slot % ROW);
    // 0, 1, −1, 2, −2, …: a row fills from its middle.
    let side = if place % 2 == 0 { -1.0 } else { 1.0 };
    let off = side * place.div_ceil(2) as f32 + if row % 2 == 0 { 0.0 } else { 0.5 };
    let width = (gap_m(pillars) * pillars as f32 / ROW as f32).clamp(0.75, 1.25);
    let x = off * width;
    let front = 3.1 + row as f32 * ROW_GAP_M;
    Vec3::new(x, 0.0, front + x * x / (2.0 * ARC_M) - 0.02 * x.abs())
}

/// Where the first three stand at the end, and how high.
pub(super) fn podium(place: usize) -> (Vec3, f32) {
    match place {
        0 => (Vec3::new(0.0, 0.0, 3.0), 1.0),
        1 => (Vec3::new(-1.15, 0.0, 3.15), 0.7),
        _ => (Vec3::new(1.15, 0.0, 3.15), 0.45),
    }
}

/// What must be seen: the scale of every pillar, and so many rows of figures.
pub(super) fn seen(pillars: usize, rows: usize) -> impl Iterator<Item = Vec3> {
    let feet = (0..pillars).map(move |index| pillar(index, pillars));
    let scales = feet.flat_map(|foot| {
        let side = Vec3::X * PILLAR_RADIUS_M;
        [foot - side, foot + side].into_iter().flat_map(|at| [at, at + Vec3::Y * SCALE_M])
    });
    let rows = (0..rows).flat_map(move |row| [0, 5, 6].map(|place| figure(row * ROW + place, pillars)));
    scales.chain(rows)
}

/// How many rows so many figures take.
pub(super) fn rows(figures: usize) -> usize {
    figures.div_ceil(ROW)
}

/// Where the viewer's eye is, for a number of pillars: looking level, from above their half.
pub(super) fn eye(pillars: usize) -> Vec3 {
    let away = 14.0 + 0.9 * pillars as f32;
    Vec3::new(0.0, away * 0.25, away)
}

/// How a level view is put on the screen: uprights stay upright, so heights can be compared.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Shot {
    /// Points of the screen per unit of slope (metres aside per metre away).
    pub(super) scale: f32,
    /// The slope that is seen in the middle of the rectangle.
    pub(super) centre: Vec2,
}

/// The shot in which all places fill a rectangle. `view` turns the world to the viewer, who
/// looks along −z.
pub(super) fn shot(places: impl Iterator<Item = Vec3>, view: impl Fn(Vec3) -> Vec3, rectangle: Vec2) -> Shot {
    let (mut low, mut high) = (Vec2::MAX, Vec2::MIN);
    for place in places {
        let p = view(place);
        let slope = p.xy() / (-p.z).max(0.1);
        low = low.min(slope);
        high = high.max(slope);
    }
    let scale = (rectangle / (high - low).max(Vec2::splat(1e-3))).min_element();
    Shot { scale, centre: (low + high) / 2.0 }
}

/// A value that follows its target smoothly.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Eased {
    /// Now.
    pub(super) now: f32,
    /// In the end.
    pub(super) target: f32,
}

impl Eased {
    /// At rest.
    pub(super) fn at(value: f32) -> Self {
        Self { now: value, target: value }
    }

    /// Lets time pass; `per_s` is how fast the distance shrinks. False when it is at rest.
    pub(super) fn advance(&mut self, dt_s: f32, per_s: f32) -> bool {
        let off = self.target - self.now;
        if off.abs() < 0.0005 || per_s.is_infinite() {
            self.now = self.target;
            return false;
        }
        self.now += off * (1.0 - (-dt_s * per_s).exp());
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_fits_the_rectangle_and_fills_it() {
        for count in [3, 5, 10] {
            for rectangle in [Vec2::new(800.0, 400.0), Vec2::new(340.0, 180.0), Vec2::new(500.0, 900.0)] {
                let view = |place: Vec3| Quat::from_rotation_y(-0.1) * (place - eye(count));
                let shot = shot(seen(count, 2), view, rectangle);
                let reach = seen(count, 2).map(|place| {
                    let p = view(place);
                    assert!(p.z < 0.0, "behind the viewer");
                    let at = (p.xy() / -p.z - shot.centre) * shot.scale;
                    (at.abs() / (rectangle / 2.0)).max_element()
                });
                let widest = reach.fold(0.0, f32::max);
                assert!((widest - 1.0).abs() < 1e-3, "{count} pillars reach {widest} of {rectangle}");
            }
        }
    }

    #[test]
    fn nobody_stands_in_anyone() {
        let places: Vec<_> = (0..40).map(|slot| figure(slot, 5)).collect();
        for (slot, place) in places.iter().enumerate() {
            for other in &places[..slot] {
                assert!(place.distance(*other) > 0.5, "slot {slot}");
            }
        }
    }
}
