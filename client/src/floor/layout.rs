//! Where things stand, in metres, and from where all of it is seen. Pure arithmetic.

use bevy::prelude::*;

/// Height of 100 ¢.
pub(super) const SCALE_M: f32 = 5.0;
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

/// What must be seen: heads of the scale, feet, and the first row of figures.
pub(super) fn seen(pillars: usize) -> impl Iterator<Item = Vec3> {
    let heads = (0..pillars).map(move |index| pillar(index, pillars)).flat_map(|foot| {
        let side = Vec3::X * PILLAR_RADIUS_M;
        [foot - side, foot + side, foot + side + Vec3::Y * (SCALE_M + 0.1), foot - side + Vec3::Y * (SCALE_M + 0.1)]
    });
    heads.chain([Vec3::new(-2.4, 0.0, 3.4), Vec3::new(2.4, 0.0, 3.4)])
}

/// A camera that looks along `rotation`: where it must be so that all points are in a view
/// of half angles with these tangents, as near and as central as possible.
pub(super) fn eye(points: impl Iterator<Item = Vec3>, rotation: Quat, tangents: Vec2) -> Vec3 {
    let back = rotation.inverse();
    // For each axis, the two planes of the view that touch the points: a point at x, z (away
    // from the viewer) is inside when |x − c| ≤ (distance + z) · tangent.
    let mut high = Vec2::MIN;
    let mut low = Vec2::MIN;
    for point in points {
        let p = back * point;
        let (across, away) = (Vec2::new(p.x, p.y) / tangents, -p.z);
        high = high.max(across - away);
        low = low.max(-across - away);
    }
    let distance = ((high + low) / 2.0).max_element();
    let centre = tangents * (high - low) / 2.0;
    rotation * Vec3::new(centre.x, centre.y, distance)
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
    fn everything_is_in_view_and_touches_it() {
        for count in [3, 5, 10] {
            for tangents in [Vec2::new(0.5, 0.3), Vec2::new(0.2, 0.4), Vec2::new(0.9, 0.2)] {
                let rotation = Quat::from_rotation_y(0.1) * Quat::from_rotation_x(-0.2);
                let eye = eye(seen(count), rotation, tangents);
                let reach = seen(count).map(|point| {
                    let p = rotation.inverse() * (point - eye);
                    assert!(p.z < 0.0, "behind the viewer");
                    (Vec2::new(p.x, p.y).abs() / -p.z / tangents).max_element()
                });
                let widest = reach.fold(0.0, f32::max);
                assert!((widest - 1.0).abs() < 1e-3, "{count} pillars reach {widest} of the view {tangents}");
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
