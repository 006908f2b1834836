//! The book on the pillars: what rests is a ring at its price, as broad as its size: neighbouring prices
//! do not touch, and the whole is the profile of the book. Bids are
//! whole rings, asks broken ones; YES and NO have their colours and radii.

use super::{
    material::{Kind, SolidMaterial},
    meshes,
    mood::Mood,
    palette,
    pillars::Pillars,
    stirring::{Mover, Stirring},
};
use crate::{
    frame::FloorSystems,
    net::Known,
    stage::{
        eased::{Eased, STEP_MAX_S},
        place::{self, PILLAR_RADIUS_M},
    },
};
use bevy::{camera::visibility::NoFrustumCulling, platform::collections::HashMap, prelude::*};
use outcry_engine::{Direction, Level, OutcomeId, Price, Side};

/// Levels of one pillar that are shown: the thickest.
const LEVELS_MAX: usize = 9;
/// Breadth of the smallest and of the largest level of the floor, in m. Two pillars at their
/// least distance stay apart.
const BREADTH_M: (f32, f32) = (0.07, 0.30);
/// Radius at which a ring of YES and of NO begins, as a multiple of the pillar's.
const CLOSE: [f32; 2] = [1.0, 1.03];
/// Height of a ring, in m: less than that of a cent.
const THICKNESS_M: f32 = 0.035;
/// How fast a ring takes its size, per s.
const GROW_PER_S: f32 = 7.0;

type Key = (OutcomeId, Side, Direction, Price);

struct Ring {
    entity: Entity,
    breadth: Eased,
}

/// The rings of the book.
#[derive(Resource, Default)]
pub(super) struct Rings {
    list: HashMap<Key, Ring>,
    seen: Option<(u64, u64)>,
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
        .add_systems(Update, follow.in_set(FloorSystems::Follow))
        .add_systems(Update, grow.in_set(FloorSystems::Place));
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
fn follow(mut commands: Commands, mut rings: ResMut<Rings>, model: Res<Known>, shapes: Res<Shapes>) {
    let Some(session) = model.session() else { return };
    let seen = Some((session.number(), session.tick()));
    if rings.seen == seen {
        return;
    }
    rings.seen = seen;
    let mut book: HashMap<Key, f32> = HashMap::default();
    let largest = session.market().outcomes.iter().flat_map(|outcome| &outcome.levels).map(|level| level.total.0).max();
    let largest = largest.unwrap_or(1).max(1) as f32;
    for id in session.ids().filter(|id| session.is_active(*id)) {
        let Some(outcome) = session.market().outcomes.get(id.index()) else { continue };
        for level in thickest(&outcome.levels) {
            let part = level.total.0 as f32 / largest;
            let breadth = BREADTH_M.0 + (BREADTH_M.1 - BREADTH_M.0) * part.sqrt();
            book.insert((id, level.side, level.direction, level.price), breadth);
        }
    }
    for (key, ring) in &mut rings.list {
        ring.breadth.target = book.remove(key).unwrap_or(0.0);
    }
    for (key, target) in book {
        let mesh = if key.2 == Direction::Buy { &shapes.whole } else { &shapes.broken };
        let material = &shapes.materials[key.1.index()];
        let parts = (Mesh3d(mesh.clone()), MeshMaterial3d(material.clone()), NoFrustumCulling);
        let entity = commands.spawn((parts, Transform::from_scale(Vec3::ZERO))).id();
        rings.list.insert(key, Ring { entity, breadth: Eased { now: 0.0, target } });
    }
}

fn grow(
    mut commands: Commands,
    (mut rings, mut stirring): (ResMut<Rings>, ResMut<Stirring>),
    mut transforms: Query<&mut Transform>,
    (pillars, mood): (Res<Pillars>, Res<Mood>),
    time: Res<Time<Real>>,
) {
    let dt_s = time.delta_secs().min(STEP_MAX_S);
    let per_s = if mood.motion { GROW_PER_S } else { f32::INFINITY };
    let mut moves = false;
    rings.list.retain(|(outcome, side, _, price), ring| {
        moves |= ring.breadth.advance(dt_s, per_s);
        let Some(pillar) = pillars.list.get(outcome.index()) else {
            commands.entity(ring.entity).despawn();
            return false;
        };
        if ring.breadth.now <= 0.001 && ring.breadth.target == 0.0 {
            commands.entity(ring.entity).despawn();
            return false;
        }
        if let Ok(mut transform) = transforms.get_mut(ring.entity) {
            // Where rings of both sides meet, none flickers through the other.
            let over = THICKNESS_M * 0.4 * side.index() as f32;
            let at = pillar.foot + Vec3::Y * (place::height_m(price.as_f64()) + over);
            let radius = PILLAR_RADIUS_M * CLOSE[side.index()] + ring.breadth.now;
            let scale = Vec3::new(radius, THICKNESS_M, radius);
            transform.set_if_neq(Transform::from_translation(at).with_scale(scale));
        }
        true
    });
    stirring.note(Mover::Rings, moves);
}
