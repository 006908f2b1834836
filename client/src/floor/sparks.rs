//! Light that flies: every moving effect is made of these, drawn as one mesh.

use super::{
    camera::FloorCamera,
    detail::Frames,
    glow::{Disc, Shining},
    material::{Kind, SolidMaterial},
};
use crate::stage::eased::STEP_MAX_S;
use bevy::{
    asset::RenderAssetUsages,
    camera::visibility::NoFrustumCulling,
    mesh::{Indices, PrimitiveTopology},
    prelude::*,
};

/// How a spark flies.
#[derive(Clone, Copy, Debug)]
pub(super) enum Path {
    /// To a place, in an arc that is so high.
    To {
        /// Where it arrives.
        place: Vec3,
        /// Height of the arc, in m.
        lift_m: f32,
    },
    /// Thrown, and drawn down.
    Thrown {
        /// At the start, in m/s.
        velocity: Vec3,
        /// In m/s².
        gravity: f32,
    },
}

/// A light that flies.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spark {
    /// Where it starts.
    pub(super) from: Vec3,
    /// How it flies.
    pub(super) path: Path,
    /// When it starts, in s from now.
    pub(super) delay_s: f32,
    /// How long it lives, in s.
    pub(super) life_s: f32,
    /// Its size, in m.
    pub(super) size_m: f32,
    /// Its light.
    pub(super) colour: LinearRgba,
}

impl Spark {
    fn place(&self, age: f32) -> Vec3 {
        match self.path {
            Path::To { place, lift_m } => {
                let eased = age * age * (3.0 - 2.0 * age);
                self.from.lerp(place, eased) + Vec3::Y * lift_m * 4.0 * eased * (1.0 - eased)
            }
            Path::Thrown { velocity, gravity } => {
                let t = age * self.life_s;
                let place = self.from + velocity * t - Vec3::Y * 0.5 * gravity * t * t;
                // They come to rest on the ground.
                place.with_y(place.y.max(0.02))
            }
        }
    }
}

/// All lights that fly.
#[derive(Resource, Default)]
pub(super) struct Sparks {
    list: Vec<(Spark, f32)>,
    limit: usize,
}

impl Sparks {
    /// Lets one fly, unless too many do.
    pub(super) fn fly(&mut self, spark: Spark) {
        if self.list.len() < self.limit {
            self.list.push((spark, -spark.delay_s));
        }
    }

    /// How many may fly at a time; beyond it new ones are left out.
    pub(super) fn limit(&mut self, limit: usize) {
        self.limit = limit;
    }

    /// The part of a wish that leaves room for others: fewer where few may fly.
    pub(super) fn some(&self, wish: usize) -> usize {
        (wish * self.limit / 1_400).max(wish.min(4))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    pub(super) fn clear(&mut self) {
        self.list.clear();
    }
}

#[derive(Resource)]
struct Cloud {
    mesh: Handle<Mesh>,
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Sparks>()
        .add_systems(Startup, spawn)
        .add_systems(Update, age.in_set(super::FloorSystems::Move))
        .add_systems(PostUpdate, draw);
}

fn spawn(mut commands: Commands, mut meshes: ResMut<Assets<Mesh>>, mut materials: ResMut<Assets<SolidMaterial>>) {
    let mesh = meshes.add(cloud(&[], &[], Vec3::X, Vec3::Y));
    let material = materials.add(SolidMaterial::new(Kind::Light, LinearRgba::WHITE, 1.0));
    let parts = (Mesh3d(mesh.clone()), MeshMaterial3d(material), NoFrustumCulling);
    commands.spawn(parts);
    commands.insert_resource(Cloud { mesh });
}

fn age(mut sparks: ResMut<Sparks>, time: Res<Time<Real>>) {
    if sparks.list.is_empty() {
        return;
    }
    let dt_s = time.delta_secs().min(STEP_MAX_S);
    sparks.list.retain_mut(|(spark, age_s)| {
        *age_s += dt_s;
        *age_s < spark.life_s
    });
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
        meshes.insert(&cloud_at.mesh, cloud(&sparks.list, &discs, *place.right(), *place.up()))?;
    }
    Ok(())
}

/// A mesh of squares that face the viewer. Never empty, since an empty one cannot be drawn.
fn cloud(list: &[(Spark, f32)], discs: &[Disc], right: Vec3, up: Vec3) -> Mesh {
    const CORNERS: [Vec2; 4] = [Vec2::new(0.0, 1.0), Vec2::new(1.0, 1.0), Vec2::new(1.0, 0.0), Vec2::new(0.0, 0.0)];
    let mut positions = Vec::with_capacity(list.len() * 4);
    let mut uvs = Vec::with_capacity(list.len() * 4);
    let mut colours: Vec<[f32; 4]> = Vec::with_capacity(list.len() * 4);
    let mut indices = Vec::with_capacity(list.len() * 6);
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
    for (spark, age_s) in list.iter().filter(|(_, age_s)| *age_s >= 0.0) {
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
