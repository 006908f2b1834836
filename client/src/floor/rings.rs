//! The book on the pillars: what rests is a ring at its price, as thick as its size. Bids are
//! whole rings, asks broken ones; YES and NO have their colours and radii.

use super::{
    layout::{self, Eased, PILLAR_RADIUS_M},
    material::{Kind, SolidMaterial},
    meshes,
    mood::Mood,
    palette,
    pillars::Pillars,
};
use crate::model::Model;
use bevy::{camera::visibility::NoFrustumCulling, platform::collections::HashMap, prelude::*};
use outcry_engine::{Direction, Level, OutcomeId, Price, Side};

/// Levels of one pillar that are shown: the thickest.
const LEVELS_MAX: usize = 9;
/// Thickness of the smallest and of the largest level of the floor, in m.
const THICKNESS_M: (f32, f32) = (0.03, 0.18);
/// Radius of a ring for YES and for NO, as a multiple of the pillar's.
const RADII: [f32; 2] = [1.10, 1.24];
/// How fast a ring takes its size, per s.
const GROW_PER_S: f32 = 7.0;

type Key = (OutcomeId, Side, Direction, Price);

struct Ring {
    entity: Entity,
    thickness: Eased,
}

/// The rings of the book.
#[derive(Resource, Default)]
pub(super) struct Rings {
    list: HashMap<Key, Ring>,
    seen: Option<(u64, u64)>,
    /// Whether one of them moves.
    pub(super) stirring: bool,
}

#[derive(Resource)]
struct Shapes {
    whole: Handle<Mesh>,
    broken: Handle<Mesh>,
    materials: [Handle<SolidMaterial>; 2],
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Rings>()
        .add_systems(Startup, make_shapes)
        .add_systems(Update, follow.in_set(super::FloorSystems::Follow))
        .add_systems(Update, grow.in_set(super::FloorSystems::Place));
}

fn make_shapes(mut commands: Commands, mut meshes: ResMut<Assets<Mesh>>, mut materials: ResMut<Assets<SolidMaterial>>) {
    commands.insert_resource(Shapes {
        whole: meshes.add(meshes::ring(false)),
        broken: meshes.add(meshes::ring(true)),
        materials: Side::BOTH.map(|side| materials.add(SolidMaterial::new(Kind::Ring, palette::side(side), 1.0))),
    });
}

/// The levels to show of an outcome, the thickest.
fn thickest(levels: &[Level]) -> Vec<Level> {
    let mut levels = levels.to_vec();
    levels.sort_by_key(|level| std::cmp::Reverse(level.total));
    levels.truncate(LEVELS_MAX);
    levels
}

/// After every update the book may be another one.
fn follow(mut commands: Commands, mut rings: ResMut<Rings>, model: Res<Model>, shapes: Res<Shapes>) {
    let Some(session) = &model.session else { return };
    let seen = Some((session.number, session.tick));
    if rings.seen == seen {
        return;
    }
    rings.seen = seen;
    let mut book: HashMap<Key, f32> = HashMap::default();
    let largest = session.market.outcomes.iter().flat_map(|outcome| &outcome.levels).map(|level| level.total.0).max();
    let largest = largest.unwrap_or(1).max(1) as f32;
    for id in session.ids().filter(|id| session.is_active(*id)) {
        let Some(outcome) = session.market.outcomes.get(id.index()) else { continue };
        for level in thickest(&outcome.levels) {
            let part = level.total.0 as f32 / largest;
            let thickness = THICKNESS_M.0 + (THICKNESS_M.1 - THICKNESS_M.0) * part;
            book.insert((id, level.side, level.direction, level.price), thickness);
        }
    }
    for (key, ring) in &mut rings.list {
        ring.thickness.target = book.remove(key).unwrap_or(0.0);
    }
    for (key, target) in book {
        let mesh = if key.2 == Direction::Buy { &shapes.whole } else { &shapes.broken };
        let material = &shapes.materials[key.1.index()];
        let parts = (Mesh3d(mesh.clone()), MeshMaterial3d(material.clone()), NoFrustumCulling);
        let entity = commands.spawn((parts, Transform::from_scale(Vec3::ZERO))).id();
        rings.list.insert(key, Ring { entity, thickness: Eased { now: 0.0, target } });
    }
}

fn grow(
    mut commands: Commands,
    mut rings: ResMut<Rings>,
    mut transforms: Query<&mut Transform>,
    (pillars, mood): (Res<Pillars>, Res<Mood>),
    time: Res<Time<Real>>,
) {
    let dt_s = time.delta_secs().min(layout::STEP_MAX_S);
    let per_s = if mood.motion { GROW_PER_S } else { f32::INFINITY };
    let mut stirring = false;
    rings.list.retain(|(outcome, side, _, price), ring| {
        stirring |= ring.thickness.advance(dt_s, per_s);
        let Some(pillar) = pillars.list.get(outcome.index()) else {
            commands.entity(ring.entity).despawn();
            return false;
        };
        if ring.thickness.now <= 0.001 && ring.thickness.target == 0.0 {
            commands.entity(ring.entity).despawn();
            return false;
        }
        if let Ok(mut transform) = transforms.get_mut(ring.entity) {
            let place = pillar.foot + Vec3::Y * layout::height_m(price.as_f64());
            // A new ring closes in on its pillar.
            let wide = 1.0 + 0.5 * (1.0 - (ring.thickness.now / ring.thickness.target.max(0.03)).min(1.0));
            let radius = PILLAR_RADIUS_M * RADII[side.index()] * wide;
            let scale = Vec3::new(radius, ring.thickness.now, radius);
            transform.set_if_neq(Transform::from_translation(place).with_scale(scale));
        }
        true
    });
    rings.stirring = stirring;
}
