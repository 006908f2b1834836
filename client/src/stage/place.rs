//! Where things stand, in metres.

use glam::Vec3;

/// Height of 100 ¢.
pub const SCALE_M: f32 = 5.0;
/// Radius of a pillar.
pub const PILLAR_RADIUS_M: f32 = 0.46;
/// Height of a figure.
pub const FIGURE_M: f32 = 0.78;
/// A pillar is never lower than this, so that it can be seen.
const LOWEST_M: f32 = 0.05;
/// Radius of the arc on which pillars stand; its ends come towards the viewer.
const ARC_M: f32 = 20.0;
/// Distance of neighbours on the arc: at least, so that their rings stay apart, and at most.
const GAP_M: (f32, f32) = (1.55, 8.0);
/// Longest arc from the first to the last pillar.
const ARC_LONGEST_M: f32 = 24.0;
/// Height of what is seen, with the figures before the pillars: for the choice of the gap.
const SEEN_M: f32 = 6.6;
/// Figures in a row; more stand behind.
const ROW: usize = 14;
const ROW_GAP_M: f32 = 0.85;

/// The height of a price in 0..1.
#[must_use]
pub fn height_m(price: f64) -> f32 {
    (price.clamp(0.0, 1.0) as f32 * SCALE_M).max(LOWEST_M)
}

/// The distance of neighbouring pillars that fills a rectangle of this width per height.
#[must_use]
pub fn gap_m(count: usize, aspect: f32) -> f32 {
    let between = count.saturating_sub(1).max(1) as f32;
    let wide = (aspect * SEEN_M - 2.0 * PILLAR_RADIUS_M) / between;
    wide.clamp(GAP_M.0, GAP_M.1.min(ARC_LONGEST_M / between).max(GAP_M.0))
}

/// Where a pillar stands.
#[must_use]
pub fn pillar(index: usize, count: usize, gap_m: f32) -> Vec3 {
    let angle = (index as f32 - (count as f32 - 1.0) / 2.0) * gap_m / ARC_M;
    Vec3::new(ARC_M * angle.sin(), 0.0, ARC_M * (1.0 - angle.cos()))
}

/// Where a figure stands: in a half ring before the pillars, one's own in the middle of it;
/// whoever finds no room there stands in another one behind.
#[must_use]
pub fn figure(slot: usize, pillars: usize, gap_m: f32) -> Vec3 {
    let (row, place) = (slot / ROW, slot % ROW);
    // 0, 1, −1, 2, −2, …: a row fills from its middle.
    let side = if place % 2 == 0 { -1.0 } else { 1.0 };
    let off = side * place.div_ceil(2) as f32 + if row % 2 == 0 { 0.0 } else { 0.5 };
    let half = (gap_m * pillars as f32 / 2.0).max(4.2);
    let x = off * (half * 2.0 / ROW as f32).clamp(0.78, 1.25);
    let bow = 0.85 * (1.0 - (x / half).powi(2)).max(-0.4);
    Vec3::new(x, 0.0, 2.7 + bow + row as f32 * ROW_GAP_M)
}

/// What must be seen: the scale of every pillar, and so many rows of figures.
pub fn seen(pillars: usize, rows: usize, gap_m: f32) -> impl Iterator<Item = Vec3> {
    let feet = (0..pillars).map(move |index| pillar(index, pillars, gap_m));
    let scales = feet.flat_map(|foot| {
        let side = Vec3::X * PILLAR_RADIUS_M;
        [foot - side, foot + side].into_iter().flat_map(|at| [at, at + Vec3::Y * SCALE_M])
    });
    let rows = (0..rows).flat_map(move |row| [0, 5, 6].map(|place| figure(row * ROW + place, pillars, gap_m)));
    scales.chain(rows)
}

/// How many rows so many figures take.
#[must_use]
pub fn rows(figures: usize) -> usize {
    figures.div_ceil(ROW)
}

/// Where the viewer's eye is, for pillars so far apart: looking level, from above their half.
#[must_use]
pub fn eye(pillars: usize, gap_m: f32) -> Vec3 {
    let away = 13.0 + 0.45 * pillars as f32 * gap_m;
    Vec3::new(0.0, 1.2 + away * 0.21, away)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_stands_in_anyone() {
        for (count, gap) in [(3, 4.4), (5, 2.6), (10, 1.55), (10, 2.66)] {
            let places: Vec<_> = (0..60).map(|slot| figure(slot, count, gap)).collect();
            for (slot, place) in places.iter().enumerate() {
                for other in &places[..slot] {
                    assert!(place.distance(*other) > 0.5, "slot {slot} of {count}");
                }
                for index in 0..count {
                    let foot = pillar(index, count, gap);
                    assert!(place.distance(foot) > PILLAR_RADIUS_M * 2.0, "slot {slot} in pillar {index} of {count}");
                }
            }
        }
    }

    #[test]
    fn pillars_are_further_apart_where_there_is_room() {
        for count in 2..=10 {
            let narrow = gap_m(count, 0.5);
            let wide = gap_m(count, 3.0);
            assert!(narrow >= GAP_M.0 && wide >= narrow, "{count}: {narrow} to {wide}");
            assert!((count - 1) as f32 * wide <= ARC_LONGEST_M + 0.01, "{count}: {wide}");
        }
    }
}
