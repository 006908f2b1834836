//! All light in the air as one mesh: lights that fly, and discs around what shines.

use super::{
    frames::Frames,
    glow::{Disc, Shining},
    material::{Kind, SolidMaterial},
    seen::FloorCamera,
    sparks::Sparks,
};
use bevy::{
    asset::RenderAssetUsages,
    camera::visibility::NoFrustumCulling,
    mesh::{Indices, PrimitiveTopology},
    prelude::*,
};

#[derive(Resource)]
struct Cloud {
    mesh: Handle<Mesh>,
}

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Startup, spawn).add_systems(PostUpdate, draw);
}

fn spawn(mut commands: Commands, mut meshes: ResMut<Assets<Mesh>>, mut materials: ResMut<Assets<SolidMaterial>>) {
    let mesh = meshes.add(cloud(&Sparks::default(), &[], Vec3::X, Vec3::Y));
    let material = materials.add(SolidMaterial::new(Kind::Light, LinearRgba::WHITE, 1.0));
    let parts = (Mesh3d(mesh.clone()), MeshMaterial3d(material), NoFrustumCulling);
    commands.spawn(parts);
    commands.insert_resource(Cloud { mesh });
}

fn draw(
    (sparks, shining, cloud_at): (Res<Sparks>, Shining, Res<Cloud>),
    frames: Res<Frames>,
    camera: Single<(&Camera, &Transform), With<FloorCamera>>,
    mut meshes: ResMut<Assets<Mesh>>,
) -> Result {
    let (camera, place) = *camera;
    if camera.is_active {
        let discs = shining.discs(frames.level, *place.back());
        meshes.insert(&cloud_at.mesh, cloud(&sparks, &discs, *place.right(), *place.up()))?;
    }
    Ok(())
}

/// A mesh of squares that face the viewer. Never empty, since an empty one cannot be drawn.
fn cloud(sparks: &Sparks, discs: &[Disc], right: Vec3, up: Vec3) -> Mesh {
    const CORNERS: [Vec2; 4] = [Vec2::new(0.0, 1.0), Vec2::new(1.0, 1.0), Vec2::new(1.0, 0.0), Vec2::new(0.0, 0.0)];
    let count = discs.len() + sparks.flying().count() + 1;
    let mut positions = Vec::with_capacity(count * 4);
    let mut uvs = Vec::with_capacity(count * 4);
    let mut colours: Vec<[f32; 4]> = Vec::with_capacity(count * 4);
    let mut indices = Vec::with_capacity(count * 6);
    let mut square = |place: Vec3, size_m: Vec2, colour: LinearRgba| {
        let first = positions.len() as u32;
        for corner in CORNERS {
            let off = (corner - 0.5) * size_m;
            positions.push(place + right * off.x - up * off.y);
            uvs.push(corner);
            colours.push([colour.red, colour.green, colour.blue, 1.0]);
        }
        indices.extend([0, 1, 2, 0, 2, 3].map(|corner| first + corner));
    };
    square(Vec3::NEG_Y, Vec2::ZERO, LinearRgba::BLACK);
    for disc in discs {
        square(disc.at, disc.size_m, disc.colour);
    }
    for (spark, age_s) in sparks.flying() {
        let age = age_s / spark.life_s;
        let fade = (age * 8.0).min(1.0) * (1.0 - age * age);
        square(spark.place(age), Vec2::splat(spark.size_m * (0.6 + 0.4 * fade)), spark.colour * fade);
    }
    let normals = vec![Vec3::Y; positions.len()];
    Mesh::new(PrimitiveTopology::TriangleList, RenderAssetUsages::RENDER_WORLD)
        .with_inserted_attribute(Mesh::ATTRIBUTE_POSITION, positions)
        .with_inserted_attribute(Mesh::ATTRIBUTE_NORMAL, normals)
        .with_inserted_attribute(Mesh::ATTRIBUTE_UV_0, uvs)
        .with_inserted_attribute(Mesh::ATTRIBUTE_COLOR, colours)
        .with_inserted_indices(Indices::U32(indices))
}
