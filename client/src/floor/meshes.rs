//! Shapes made in code: pillars, rings whole and broken, figures, screens, the far wall.

use bevy::{
    asset::RenderAssetUsages,
    mesh::{Indices, PrimitiveTopology},
    prelude::*,
};
use std::f32::consts::TAU;

/// A shape made by turning a profile of (radius, height) around the vertical axis. Profile
/// points that are given twice make an edge.
pub(super) fn lathe(profile: &[Vec2], segments: u32) -> Mesh {
    let mut surface = Surface::default();
    for step in 0..=segments {
        let turn = step as f32 / segments as f32;
        let (sin, cos) = (turn * TAU).sin_cos();
        for (index, point) in profile.iter().enumerate() {
            let n = profile_normal(profile, index);
            let position = Vec3::new(point.x * sin, point.y, point.x * cos);
            surface.vertex(position, Vec3::new(n.x * sin, n.y, n.x * cos), Vec2::new(turn, point.y));
        }
    }
    surface.grid(segments, profile.len() as u32);
    surface.mesh()
}

/// The outward normal at a point of a profile that goes upwards on the outside.
fn profile_normal(profile: &[Vec2], index: usize) -> Vec2 {
    let here = profile[index];
    let differs = |other: &&Vec2| other.distance(here) > 1e-4;
    let edge_before = index > 0 && !differs(&&profile[index - 1]);
    let edge_after = profile.get(index + 1).is_some_and(|next| !differs(&next));
    let before = if edge_before { None } else { index.checked_sub(1).map(|i| profile[i]) };
    let after = if edge_after { None } else { profile.get(index + 1).copied() };
    let along = after.unwrap_or(here) - before.unwrap_or(here);
    Vec2::new(along.y, -along.x).normalize_or(Vec2::Y)
}

/// A pillar of height 1 and radius 1 with a closed head.
pub(super) fn pillar() -> Mesh {
    lathe(&[Vec2::new(1.0, 0.0), Vec2::new(1.0, 1.0), Vec2::new(1.0, 1.0), Vec2::new(0.0, 1.0)], 40)
}

/// An open tube of height 1 and radius 1.
pub(super) fn tube() -> Mesh {
    lathe(&[Vec2::new(1.0, 0.0), Vec2::new(1.0, 1.0)], 40)
}

/// A person, of height 1: a coat that is narrow at the ground, shoulders, and a head that
/// floats over them.
pub(super) fn figure() -> Mesh {
    let profile = [
        (0.085, 0.000),
        (0.095, 0.010),
        (0.105, 0.120),
        (0.130, 0.340),
        (0.165, 0.540),
        (0.178, 0.620),
        (0.168, 0.675),
        (0.130, 0.710),
        (0.060, 0.726),
        (0.000, 0.730),
        (0.000, 0.765),
        (0.045, 0.772),
        (0.086, 0.806),
        (0.106, 0.866),
        (0.098, 0.930),
        (0.060, 0.982),
        (0.000, 1.000),
    ];
    lathe(&profile.map(|(radius, height)| Vec2::new(radius, height)), 20)
}

/// An upright screen of a height that goes through places on the ground.
pub(super) fn screen(feet: &[Vec3], height_m: f32) -> Mesh {
    let mut surface = Surface::default();
    let last = feet.len().saturating_sub(1).max(1) as f32;
    for (index, foot) in feet.iter().enumerate() {
        for y in [1.0, 0.0] {
            surface.vertex(*foot + Vec3::Y * y * height_m, Vec3::Z, Vec2::new(index as f32 / last, y));
        }
    }
    surface.grid(feet.len().saturating_sub(1) as u32, 2);
    surface.mesh()
}

/// A disc of radius 1 and height 1 without its middle, which is in a pillar; `broken` leaves
/// gaps, so that asks and bids differ in shape.
pub(super) fn ring(broken: bool) -> Mesh {
    const PARTS: u32 = 12;
    let mut surface = Surface::default();
    let segments = if broken { 4 } else { 48 };
    let parts = if broken { PARTS } else { 1 };
    let arc = if broken { TAU / PARTS as f32 * 0.62 } else { TAU };
    for part in 0..parts {
        let start = part as f32 * TAU / PARTS as f32;
        for (inner, outer) in [(false, true), (true, true), (true, false)] {
            surface.band(start, arc, segments, inner, outer);
        }
    }
    surface.mesh()
}

/// The inside of a round wall of radius and height 1.
pub(super) fn wall() -> Mesh {
    let mut surface = Surface::default();
    const SEGMENTS: u32 = 64;
    for step in 0..=SEGMENTS {
        let turn = step as f32 / SEGMENTS as f32;
        let (sin, cos) = (turn * TAU).sin_cos();
        for y in [1.0, 0.0] {
            surface.vertex(Vec3::new(sin, y, cos), Vec3::new(-sin, 0.0, -cos), Vec2::new(turn, y));
        }
    }
    surface.grid(SEGMENTS, 2);
    surface.mesh()
}

#[derive(Default)]
struct Surface {
    positions: Vec<Vec3>,
    normals: Vec<Vec3>,
    uvs: Vec<Vec2>,
    indices: Vec<u32>,
}

impl Surface {
    fn vertex(&mut self, position: Vec3, normal: Vec3, uv: Vec2) {
        self.positions.push(position);
        self.normals.push(normal);
        self.uvs.push(uv);
    }

    /// Joins the last vertices, which came in columns of `rows`.
    fn grid(&mut self, columns: u32, rows: u32) {
        let first = self.positions.len() as u32 - (columns + 1) * rows;
        for column in 0..columns {
            for row in 0..rows - 1 {
                let a = first + column * rows + row;
                self.indices.extend([a, a + rows, a + 1, a + 1, a + rows, a + rows + 1]);
            }
        }
    }

    /// A side of a ring's arc: its bottom, outside or top by which edges are the outer ones.
    fn band(&mut self, start: f32, arc: f32, segments: u32, low_outer: bool, high_outer: bool) {
        const INNER: f32 = 0.45;
        let (low, high) = match (low_outer, high_outer) {
            (false, true) => (Vec2::new(INNER, -0.5), Vec2::new(1.0, -0.5)),
            (true, true) => (Vec2::new(1.0, -0.5), Vec2::new(1.0, 0.5)),
            _ => (Vec2::new(1.0, 0.5), Vec2::new(INNER, 0.5)),
        };
        let along = (high - low).normalize_or(Vec2::Y);
        let normal = Vec2::new(along.y, -along.x);
        for step in 0..=segments {
            let turn = start + arc * step as f32 / segments as f32;
            let (sin, cos) = turn.sin_cos();
            for point in [low, high] {
                let position = Vec3::new(point.x * sin, point.y, point.x * cos);
                self.vertex(position, Vec3::new(normal.x * sin, normal.y, normal.x * cos), Vec2::new(turn, point.y));
            }
        }
        self.grid(segments, 2);
    }

    fn mesh(self) -> Mesh {
        Mesh::new(PrimitiveTopology::TriangleList, RenderAssetUsages::RENDER_WORLD)
            .with_inserted_attribute(Mesh::ATTRIBUTE_POSITION, self.positions)
            .with_inserted_attribute(Mesh::ATTRIBUTE_NORMAL, self.normals)
            .with_inserted_attribute(Mesh::ATTRIBUTE_UV_0, self.uvs)
            .with_inserted_indices(Indices::U32(self.indices))
    }
}
