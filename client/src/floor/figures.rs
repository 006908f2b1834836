//! People: a figure before the pillars for everyone who has a seat, as far as there is room. Changed here alone; effects
//! let one hop.

use super::{
    material::{Kind, SolidMaterial},
    meshes,
    mood::Mood,
    palette,
    pillars::Pillars,
    seen::Stage,
    stirring::{Mover, Stirring},
};
use crate::{
    frame::FloorSystems,
    net::Known,
    stage::{
        eased::STEP_MAX_S,
        place::{self, FIGURE_M},
        podium::{self, Look},
    },
};
use bevy::{camera::visibility::NoFrustumCulling, platform::collections::HashMap, prelude::*};
use outcry_engine::UserId;

/// Figures shown; others trade from the dark behind them.
const FIGURES_MAX: usize = 60;
/// How fast a figure goes where it belongs, per s.
const WALK_PER_S: f32 = 3.5;
/// How long a hop takes, in s, and how high it is, in m.
const HOP: (f32, f32) = (0.45, 0.22);
/// Radius of a step of the podium, in m.
const STEP_M: f32 = 0.58;
/// How much larger the first three are on their steps.
const HONOURED: f32 = 1.5;

/// A participant on the floor.
pub(super) struct Figure {
    /// The middle of their feet, in m.
    pub(super) at: Vec3,
    /// Their height, in m.
    pub(super) size_m: f32,
    slot: usize,
    hop_s: f32,
    entity: Entity,
}

/// The participants on the floor.
#[derive(Resource, Default)]
pub(super) struct Figures {
    list: HashMap<UserId, Figure>,
}

impl Figures {
    /// Where a trade of this participant comes from, at the height of their heads; someone
    /// without a figure trades from the dark.
    pub(super) fn hand(&self, user: UserId) -> Vec3 {
        let dark = Vec3::new((user.0 % 13) as f32 - 6.0, 0.3, 8.0);
        self.list.get(&user).map_or(dark, |figure| figure.at + Vec3::Y * figure.size_m)
    }

    /// Lets a participant hop once, for something they did.
    pub(super) fn hop(&mut self, user: UserId) {
        if let Some(figure) = self.list.get_mut(&user) {
            figure.hop_s = HOP.0;
        }
    }

    /// Someone's figure.
    pub(super) fn of(&self, user: UserId) -> Option<&Figure> {
        self.list.get(&user)
    }

    /// Everyone with a figure.
    pub(super) fn iter(&self) -> impl Iterator<Item = (UserId, &Figure)> {
        self.list.iter().map(|(user, figure)| (*user, figure))
    }
}

#[derive(Resource)]
struct Shapes {
    figure: Handle<Mesh>,
    own: Handle<SolidMaterial>,
    lit: Handle<SolidMaterial>,
    dim: Handle<SolidMaterial>,
    steps: [Entity; podium::PLACES],
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Figures>()
        .add_systems(Startup, make_shapes)
        .add_systems(Update, gather.in_set(FloorSystems::Follow))
        .add_systems(Update, (walk, raise_podium).in_set(FloorSystems::Place));
}

fn make_shapes(mut commands: Commands, mut meshes: ResMut<Assets<Mesh>>, mut materials: ResMut<Assets<SolidMaterial>>) {
    let mut material = |colour: LinearRgba, dim: f32| {
        let mut material = SolidMaterial::new(Kind::Figure, colour, 1.0);
        material.solid.state.w = dim;
        materials.add(material)
    };
    let own = material(palette::amber(), 0.0);
    let lit = material(LinearRgba::rgb(0.06, 0.08, 0.17), 0.0);
    let dim = material(LinearRgba::BLACK, 1.0);
    let block = meshes.add(meshes::pillar());
    let step = materials.add(SolidMaterial::new(Kind::Step, palette::amber(), 1.0));
    let steps = [0; podium::PLACES].map(|_| {
        let parts = (Mesh3d(block.clone()), MeshMaterial3d(step.clone()), NoFrustumCulling);
        commands.spawn((parts, Transform::from_scale(Vec3::ZERO), Visibility::Hidden)).id()
    });
    commands.insert_resource(Shapes { figure: meshes.add(meshes::figure()), own, lit, dim, steps });
}

/// Seats and figures are kept in step. A slot is kept for as long as its figure stands; the
/// first is one's own.
fn gather(
    mut commands: Commands,
    mut figures: ResMut<Figures>,
    (model, shapes, stage): (Res<Known>, Res<Shapes>, Res<Stage>),
    mut looks: Query<&mut MeshMaterial3d<SolidMaterial>>,
) {
    let Some(session) = model.session() else { return };
    let (you, podium) = (model.user(), podium::honoured(model.end()));
    figures.list.retain(|user, figure| {
        let stays = session.seats().contains_key(user);
        if !stays {
            commands.entity(figure.entity).despawn();
        }
        stays
    });
    let count = session.market().outcomes.len();
    for (user, seat) in session.seats() {
        let look = Look::of(*user, you, seat.connected, &podium);
        let material = match look {
            Look::Own => &shapes.own,
            Look::Lit => &shapes.lit,
            Look::Dim => &shapes.dim,
        };
        if let Some(figure) = figures.list.get(user) {
            if let Ok(mut worn) = looks.get_mut(figure.entity)
                && worn.0 != *material
            {
                worn.0 = material.clone();
            }
            continue;
        }
        let first = usize::from(you.is_some() && look != Look::Own);
        let free = (first..FIGURES_MAX).find(|slot| figures.list.values().all(|figure| figure.slot != *slot));
        let Some(slot) = free else { continue };
        // They come in from the dark.
        let at = place::figure(slot, count, stage.gap_m) + Vec3::Z * 4.0;
        let parts = (Mesh3d(shapes.figure.clone()), MeshMaterial3d(material.clone()), NoFrustumCulling);
        let entity = commands.spawn((parts, Transform::from_translation(at).with_scale(Vec3::splat(FIGURE_M)))).id();
        figures.list.insert(*user, Figure { at, size_m: FIGURE_M, slot, hop_s: 0.0, entity });
    }
}

fn walk(
    (mut figures, mut stirring): (ResMut<Figures>, ResMut<Stirring>),
    (model, pillars, mood, stage): (Res<Known>, Res<Pillars>, Res<Mood>, Res<Stage>),
    mut transforms: Query<&mut Transform>,
    time: Res<Time<Real>>,
) {
    let dt_s = time.delta_secs().min(STEP_MAX_S);
    let podium = podium::honoured(model.end());
    let mut moves = false;
    for (user, figure) in &mut figures.list {
        let floor = place::figure(figure.slot, pillars.list.len(), stage.gap_m);
        let (goal, size_m) = match podium.iter().find(|one| one.user == *user) {
            Some(one) => (one.stand(), FIGURE_M * HONOURED),
            // Whoever is not on it makes room for it.
            None if !podium.is_empty() => (podium::beside(floor), FIGURE_M),
            None => (floor, FIGURE_M),
        };
        let ease = if mood.motion { 1.0 - (-dt_s * WALK_PER_S).exp() } else { 1.0 };
        moves |= figure.at.distance_squared(goal) > 1e-4 || figure.hop_s > 0.0;
        figure.at = figure.at.lerp(goal, ease);
        figure.size_m += (size_m - figure.size_m) * ease;
        figure.hop_s = if mood.motion { (figure.hop_s - dt_s).max(0.0) } else { 0.0 };
        let part = figure.hop_s / HOP.0;
        let hop = Vec3::Y * HOP.1 * 4.0 * part * (1.0 - part);
        if let Ok(mut transform) = transforms.get_mut(figure.entity) {
            transform.set_if_neq(Transform::from_translation(figure.at + hop).with_scale(Vec3::splat(figure.size_m)));
        }
    }
    stirring.note(Mover::Figures, moves);
}

/// Three steps come out of the ground once it is known who won.
fn raise_podium(
    (model, shapes, mood): (Res<Known>, Res<Shapes>, Res<Mood>),
    mut steps: Query<(&mut Transform, &mut Visibility)>,
    time: Res<Time<Real>>,
) {
    let podium = podium::honoured(model.end());
    for (place, step) in shapes.steps.iter().enumerate() {
        let Ok((mut transform, mut visibility)) = steps.get_mut(*step) else { continue };
        let Some(one) = podium.get(place) else {
            transform.scale = Vec3::ZERO;
            visibility.set_if_neq(Visibility::Hidden);
            continue;
        };
        let ease = if mood.motion { 1.0 - (-time.delta_secs().min(STEP_MAX_S) * WALK_PER_S).exp() } else { 1.0 };
        transform.translation = one.foot;
        transform.scale = transform.scale.lerp(Vec3::new(STEP_M, one.height_m, STEP_M), ease);
        visibility.set_if_neq(Visibility::Inherited);
    }
}
