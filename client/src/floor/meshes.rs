//! Shapes made in code: pillars, rings whole and broken, figures, the far wall.

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

/// A person, of height 1.
pub(super) fn figure() -> Mesh {
    let profile = [
        (0.30, 0.00),
        (0.30, 0.03),
        (0.25, 0.06),
        (0.17, 0.22),
        (0.13, 0.42),
        (0.16, 0.56),
        (0.12, 0.63),
        (0.06, 0.66),
        (0.12, 0.71),
        (0.165, 0.80),
        (0.155, 0.89),
        (0.10, 0.97),
        (0.0, 1.00),
    ];
    lathe(&profile.map(|(radius, height)| Vec2::new(radius, height)), 20)
}

/// A flat-sided ring of radius 1, of thickness 1 in height and 0.09 across; `broken` leaves
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
        const ACROSS: f32 = 0.09;
        let (low, high) = match (low_outer, high_outer) {
            (false, true) => (Vec2::new(1.0, -0.5), Vec2::new(1.0 + ACROSS, -0.5)),
            (true, true) => (Vec2::new(1.0 + ACROSS, -0.5), Vec2::new(1.0 + ACROSS, 0.5)),
            _ => (Vec2::new(1.0 + ACROSS, 0.5), Vec2::new(1.0, 0.5)),
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
