//! The room: ground, far wall, and the heights that prices are read by.

use super::{
    figures::Figures,
    frames::Frames,
    material::{Ground, GroundMaterial, Kind, PILLARS_MAX, RIPPLES_MAX, SolidMaterial, set_solid},
    meshes,
    mood::Mood,
    palette,
    pillars::Pillars,
    ripples::Ripples,
    seen::Stage,
};
use crate::{
    frame::FloorSystems,
    net::Known,
    stage::{
        canvas::Level,
        place::{self, PILLAR_RADIUS_M, SCALE_M},
    },
};
use bevy::{camera::visibility::NoFrustumCulling, prelude::*};

/// Half the side of the ground, in m.
const GROUND_M: f32 = 60.0;
/// Radius and height of the far wall, in m.
const WALL_M: (f32, f32) = (42.0, 26.0);
/// How far the grid reaches beyond the outer pillars, in m.
const GRID_BEYOND_M: f32 = 0.8;
/// Centre of the room: before the pillars.
const CENTRE: Vec3 = Vec3::new(0.0, 0.0, 1.5);

#[derive(Resource)]
struct Room {
    ground: Handle<GroundMaterial>,
    wall: Handle<SolidMaterial>,
    grid: Handle<Mesh>,
    /// Number of pillars and their distance in m that the grid is made for.
    grid_for: (usize, f32),
}

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Startup, spawn)
        .add_systems(Update, (light_ground, light_wall, span_grid).in_set(FloorSystems::Place));
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
    let grid = meshes.add(meshes::screen(&[Vec3::NEG_Y, Vec3::NEG_Y], 0.0));
    let lines = solids.add(SolidMaterial::new(Kind::Grid, LinearRgba::rgb(0.45, 0.58, 0.9), 1.0));
    commands.spawn((Mesh3d(grid.clone()), MeshMaterial3d(lines), NoFrustumCulling));
    commands.insert_resource(Room { ground, wall, grid, grid_for: (0, 0.0) });
}

fn light_ground(
    room: Res<Room>,
    mut materials: ResMut<Assets<GroundMaterial>>,
    (mood, pillars, ripples, frames): (Res<Mood>, Res<Pillars>, Res<Ripples>, Res<Frames>),
    (model, figures): (Res<Known>, Res<Figures>),
) {
    let rich = frames.level > Level::Low;
    let mut ground = Ground { centre: CENTRE.extend(f32::from(rich)), ..default() };
    if let Some(own) = model.user().and_then(|user| figures.of(user)).filter(|own| own.at.y < 0.05) {
        ground.own = Vec4::new(own.at.x, own.at.z, 1.0, 0.0);
    }
    for (index, pillar) in pillars.list.iter().take(PILLARS_MAX).enumerate() {
        ground.pillars[index] = Vec4::new(pillar.foot.x, pillar.foot.z, pillar.top_m(), pillar.presence());
        ground.colours[index] = pillar.colour.to_vec3().extend(pillar.glow);
    }
    let mut ripple_count = 0.0;
    for (slot, ripple) in ground.ripples.iter_mut().zip(ripples.shown()).take(if rich { RIPPLES_MAX } else { 1 }) {
        *slot = ripple;
        ripple_count += 1.0;
    }
    let counts = Vec2::new(pillars.list.len().min(PILLARS_MAX) as f32, ripple_count);
    ground.scene = counts.extend(mood.light.now).extend(mood.frost.now);
    let (radius, strength) = mood.beat();
    ground.beat = Vec4::new(radius, strength, PILLAR_RADIUS_M, f32::from(rich));
    if let Some(mut material) = materials.get_mut(&room.ground)
        && material.ground != ground
    {
        material.ground = ground;
    }
}

fn light_wall(room: Res<Room>, mood: Res<Mood>, frames: Res<Frames>, mut materials: ResMut<Assets<SolidMaterial>>) {
    let mut solid = SolidMaterial::new(Kind::Wall, palette::amber(), 1.0).solid;
    let rich = frames.level > Level::Low;
    solid.scene = Vec4::new(mood.light.now, f32::from(mood.motion && rich), f32::from(rich), 0.0);
    solid.state.x = mood.frost.now;
    set_solid(&mut materials, &room.wall, solid);
}

/// The grid goes through the axes of all pillars, and a little further.
fn span_grid(
    mut room: ResMut<Room>,
    mut meshes: ResMut<Assets<Mesh>>,
    (pillars, stage): (Res<Pillars>, Res<Stage>),
) -> Result {
    let wanted = (pillars.list.len(), stage.gap_m);
    if room.grid_for == wanted || wanted.0 == 0 {
        return Ok(());
    }
    room.grid_for = wanted;
    let (count, gap_m) = wanted;
    let mut feet: Vec<Vec3> = (0..count).map(|index| place::pillar(index, count, gap_m)).collect();
    let (first, last) = (feet[0], feet[count - 1]);
    feet.insert(0, first - Vec3::X * GRID_BEYOND_M);
    feet.push(last + Vec3::X * GRID_BEYOND_M);
    meshes.insert(&room.grid, meshes::screen(&feet, SCALE_M))?;
    Ok(())
}
