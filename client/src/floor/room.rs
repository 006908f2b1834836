//! The room: ground and far wall.

use super::{
    detail::{Frames, Level},
    layout,
    material::{Ground, GroundMaterial, Kind, PILLARS_MAX, RIPPLES_MAX, SolidMaterial, set_solid},
    meshes,
    mood::Mood,
    palette,
    pillars::Pillars,
    ripples::Ripples,
};
use bevy::{camera::visibility::NoFrustumCulling, prelude::*};

/// Half the side of the ground, in m.
const GROUND_M: f32 = 60.0;
/// Radius and height of the far wall, in m.
const WALL_M: (f32, f32) = (38.0, 15.0);
/// Centre of the room: before the pillars.
const CENTRE: Vec3 = Vec3::new(0.0, 0.0, 1.5);

#[derive(Resource)]
struct Room {
    ground: Handle<GroundMaterial>,
    wall: Handle<SolidMaterial>,
}

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Startup, spawn).add_systems(Update, (light_ground, light_wall).in_set(super::FloorSystems::Place));
}

fn spawn(
    mut commands: Commands,
    mut meshes: ResMut<Assets<Mesh>>,
    mut grounds: ResMut<Assets<GroundMaterial>>,
    mut solids: ResMut<Assets<SolidMaterial>>,
) {
    let ground = grounds.add(GroundMaterial::default());
    let wall = solids.add(SolidMaterial::new(Kind::Wall, palette::amber(), 1.0));
    commands.spawn((
        Mesh3d(meshes.add(Plane3d::new(Vec3::Y, Vec2::splat(GROUND_M)))),
        MeshMaterial3d(ground.clone()),
        NoFrustumCulling,
    ));
    commands.spawn((
        Mesh3d(meshes.add(meshes::wall())),
        MeshMaterial3d(wall.clone()),
        Transform::from_translation(CENTRE).with_scale(Vec3::new(WALL_M.0, WALL_M.1, WALL_M.0)),
        NoFrustumCulling,
    ));
    commands.insert_resource(Room { ground, wall });
}

fn light_ground(
    room: Res<Room>,
    mut materials: ResMut<Assets<GroundMaterial>>,
    (mood, pillars, ripples, frames): (Res<Mood>, Res<Pillars>, Res<Ripples>, Res<Frames>),
) {
    let mut ground = Ground { centre: CENTRE.extend(0.0), ..default() };
    for (index, pillar) in pillars.list.iter().take(PILLARS_MAX).enumerate() {
        ground.pillars[index] = Vec4::new(pillar.foot.x, pillar.foot.z, pillar.top_m(), pillar.presence());
        ground.colours[index] = pillar.colour.to_vec3().extend(pillar.glow);
    }
    let rich = frames.level > Level::Low;
    let mut ripple_count = 0.0;
    for (slot, ripple) in ground.ripples.iter_mut().zip(ripples.shown()).take(if rich { RIPPLES_MAX } else { 1 }) {
        *slot = ripple;
        ripple_count += 1.0;
    }
    let counts = Vec2::new(pillars.list.len().min(PILLARS_MAX) as f32, ripple_count);
    ground.scene = counts.extend(mood.light.now).extend(mood.frost.now);
    let (radius, strength) = mood.beat();
    let reflect = if rich { 1.0 } else { 0.0 };
    ground.beat = Vec4::new(radius, strength, layout::PILLAR_RADIUS_M, reflect);
    if let Some(mut material) = materials.get_mut(&room.ground)
        && material.ground != ground
    {
        material.ground = ground;
    }
}

fn light_wall(room: Res<Room>, mood: Res<Mood>, frames: Res<Frames>, mut materials: ResMut<Assets<SolidMaterial>>) {
    let mut solid = SolidMaterial::new(Kind::Wall, palette::amber(), 1.0).solid;
    let motion = mood.motion && frames.level > Level::Low;
    solid.scene = Vec4::new(mood.light.now, f32::from(motion), 0.0, 0.0);
    set_solid(&mut materials, &room.wall, solid);
}
