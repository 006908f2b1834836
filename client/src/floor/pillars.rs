//! One pillar per outcome: as high as its YES price. Changed here alone; effects let one shine or hold still.

use super::{
    frames::Frames,
    material::{Kind, Solid, SolidMaterial, set_solid},
    meshes,
    mood::Mood,
    palette,
    seen::Stage,
    stirring::{Mover, Stirring},
};
use crate::{
    frame::FloorSystems,
    net::Known,
    stage::{
        canvas::Level,
        eased::{Eased, STEP_MAX_S},
        place::{self as stage, PILLAR_RADIUS_M, SCALE_M},
    },
    ui::UiState,
};
use bevy::{camera::visibility::NoFrustumCulling, prelude::*};
use outcry_engine::{OutcomeId, Side};
use outcry_shared::{message::Outcome, replica::Replica};

/// How fast a pillar follows its price, per s.
const RISE_PER_S: f32 = 4.5;
/// How fast cracks open and a pillar sinks, per s.
const BREAK_PER_S: f32 = 1.3;
/// How fast a glow fades, per s.
const FADE_PER_S: f32 = 2.6;
/// The brightest a pillar gets, however much happens at it.
const GLOW_MAX: f32 = 1.0;
/// How much the winner glows.
const WINNER_GLOW: f32 = 0.6;
/// A ghost nearer to the price than this is not shown, in m.
const GHOST_LEAST_M: f32 = 0.02;

/// An outcome's pillar, as high as its YES price.
pub(super) struct Pillar {
    /// Whose price it shows.
    pub(super) outcome: OutcomeId,
    pub(super) colour: LinearRgba,
    /// The middle of its base, in m.
    pub(super) foot: Vec3,
    /// How much it glows from what just happened.
    pub(super) glow: f32,
    /// Seconds for which it does not follow its price yet.
    hold_s: f32,
    height: Eased,
    /// How far it is broken, 0 to 1.
    pub(super) crack: Eased,
    sink: Eased,
    ghost: Option<f32>,
    body: Part,
    scale: Part,
    shade: Part,
}

struct Part {
    entity: Entity,
    material: Handle<SolidMaterial>,
}

impl Pillar {
    /// Height of its head over the ground, in m.
    pub(super) fn top_m(&self) -> f32 {
        self.height.now * (1.0 - self.sink.now)
    }

    /// Where its head is.
    pub(super) fn head(&self) -> Vec3 {
        self.foot + Vec3::Y * self.top_m()
    }

    /// 1 while it stands, 0 once it has sunk.
    pub(super) fn presence(&self) -> f32 {
        1.0 - self.sink.now
    }
}

/// The pillars, by outcome.
#[derive(Resource, Default)]
pub(super) struct Pillars {
    /// One for each outcome, in their order.
    pub(super) list: Vec<Pillar>,
    session: Option<u64>,
}

impl Pillars {
    /// Something reached a pillar, and it shines. Where it stands, if there is one.
    pub(super) fn shine(&mut self, outcome: OutcomeId, glow: f32) -> Option<Vec3> {
        let pillar = self.list.get_mut(outcome.index())?;
        pillar.glow = (pillar.glow + glow).min(GLOW_MAX);
        Some(pillar.foot)
    }

    /// A pillar does not follow its price for so many s. Where its head is, if there is one.
    pub(super) fn hold(&mut self, outcome: OutcomeId, hold_s: f32) -> Option<Vec3> {
        let pillar = self.list.get_mut(outcome.index())?;
        pillar.hold_s = hold_s;
        Some(pillar.head())
    }
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Pillars>()
        .add_systems(Update, build.in_set(FloorSystems::Follow))
        .add_systems(Update, advance.in_set(FloorSystems::Move))
        .add_systems(Update, place.in_set(FloorSystems::Place));
}

/// Another session, or another number of outcomes: all pillars anew.
fn build(
    mut commands: Commands,
    mut pillars: ResMut<Pillars>,
    mut meshes: ResMut<Assets<Mesh>>,
    mut materials: ResMut<Assets<SolidMaterial>>,
    (model, seen): (Res<Known>, Res<Stage>),
) {
    let Some(session) = model.session() else { return };
    let count = session.market().outcomes.len();
    if pillars.session == Some(session.number()) && pillars.list.len() == count {
        return;
    }
    pillars.session = Some(session.number());
    for pillar in pillars.list.drain(..) {
        for part in [&pillar.body, &pillar.scale, &pillar.shade] {
            commands.entity(part.entity).despawn();
        }
    }
    let solid = meshes.add(meshes::pillar());
    let tube = meshes.add(meshes::tube());
    for outcome in session.ids() {
        let colour = palette::outcome(outcome);
        let mut part = |kind, mesh: &Handle<Mesh>| {
            let material = materials.add(SolidMaterial::new(kind, colour, 1.0));
            let parts =
                (Mesh3d(mesh.clone()), MeshMaterial3d(material.clone()), Transform::default(), NoFrustumCulling);
            Part { entity: commands.spawn(parts).id(), material }
        };
        let (body, scale, shade) = (part(Kind::Pillar, &solid), part(Kind::Scale, &tube), part(Kind::Ghost, &tube));
        let gone = !matches!(fate(session, outcome), Outcome::Active | Outcome::Won);
        pillars.list.push(Pillar {
            outcome,
            colour,
            foot: stage::pillar(outcome.index(), count, seen.gap_m),
            glow: 0.0,
            hold_s: 0.0,
            height: Eased { now: 0.0, target: stage::height_m(session.spot(outcome, Side::Yes)) },
            crack: Eased::at(if gone { 1.0 } else { 0.0 }),
            sink: Eased::at(if gone { 1.0 } else { 0.0 }),
            ghost: None,
            body,
            scale,
            shade,
        });
    }
}

fn fate(session: &Replica, outcome: OutcomeId) -> Outcome {
    session.fates().get(outcome.index()).copied().unwrap_or(Outcome::Active)
}

fn advance(
    (mut pillars, mut stirring): (ResMut<Pillars>, ResMut<Stirring>),
    (model, ui, mood, seen): (Res<Known>, Res<UiState>, Res<Mood>, Res<Stage>),
    time: Res<Time<Real>>,
) {
    let Some(session) = model.session() else { return };
    let dt_s = time.delta_secs().min(STEP_MAX_S);
    let hurry = if mood.motion { 1.0 } else { f32::INFINITY };
    let mut moves = false;
    let count = pillars.list.len();
    for pillar in &mut pillars.list {
        let outcome = pillar.outcome;
        pillar.foot = stage::pillar(outcome.index(), count, seen.gap_m);
        let standing = pillar.hold_s <= 0.0;
        pillar.hold_s = if mood.motion { (pillar.hold_s - dt_s).max(0.0) } else { 0.0 };
        match fate(session, outcome) {
            Outcome::Active if standing => pillar.height.target = stage::height_m(session.spot(outcome, Side::Yes)),
            Outcome::Won if standing => pillar.height.target = SCALE_M,
            Outcome::Eliminated { .. } | Outcome::Lost => {
                pillar.crack.target = 1.0;
                // It breaks first and sinks then.
                pillar.sink.target = if pillar.crack.now > 0.75 && standing { 1.0 } else { 0.0 };
            }
            Outcome::Active | Outcome::Won => {}
        }
        // The winner goes on shining.
        let rest = if fate(session, outcome) == Outcome::Won { WINNER_GLOW } else { 0.0 };
        let fading = if mood.motion { (-dt_s * FADE_PER_S).exp() } else { 0.0 };
        pillar.glow = rest + (pillar.glow - rest) * fading;
        moves |= pillar.height.advance(dt_s, RISE_PER_S * hurry);
        moves |= pillar.crack.advance(dt_s, BREAK_PER_S * hurry);
        moves |= pillar.sink.advance(dt_s, BREAK_PER_S * hurry);
        moves |= (pillar.glow - rest).abs() > 0.01 || pillar.hold_s > 0.0;
        let ghost = ui.floor.ghosts.get(outcome.index()).map(|spots| stage::height_m(spots[0]));
        pillar.ghost =
            ghost.filter(|ghost| (ghost - pillar.height.now).abs() > GHOST_LEAST_M && session.is_active(outcome));
        moves |= pillar.ghost.is_some();
    }
    stirring.note(Mover::Pillars, moves);
}

fn place(
    pillars: Res<Pillars>,
    (ui, mood, frames): (Res<UiState>, Res<Mood>, Res<Frames>),
    mut materials: ResMut<Assets<SolidMaterial>>,
    mut parts: Query<(&mut Transform, &mut Visibility)>,
) {
    for (index, pillar) in pillars.list.iter().enumerate() {
        let selected = if ui.floor.selected == Some(pillar.outcome) { 1.0 } else { 0.0 };
        let rich = f32::from(frames.level > Level::Low);
        let light = Vec4::new(mood.light.now, f32::from(mood.motion), rich, 0.0);
        let base = |kind, height: f32| {
            let mut solid = Solid::new(kind, pillar.colour, pillar.presence());
            solid.shape = Vec4::new(solid.shape.x, height, selected, index as f32);
            solid.state = Vec4::new(mood.frost.now, pillar.crack.now, pillar.glow, pillar.sink.now * 0.5);
            solid.scene = light;
            solid
        };
        let sunk = pillar.foot - Vec3::Y * pillar.height.now * pillar.sink.now * 1.02;
        let column = |from: f32, to: f32, radius: f32| {
            let scale = Vec3::new(radius, (to - from).max(0.001), radius);
            Transform::from_translation(sunk + Vec3::Y * from).with_scale(scale)
        };
        let mut put = |part: &Part, transform: Transform, shown: bool, solid: Solid| {
            set_solid(&mut materials, &part.material, solid);
            if let Ok((mut at, mut visibility)) = parts.get_mut(part.entity) {
                at.set_if_neq(transform);
                visibility.set_if_neq(if shown { Visibility::Inherited } else { Visibility::Hidden });
            }
        };
        let height = pillar.height.now;
        let standing = pillar.sink.now < 0.99;
        put(&pillar.body, column(0.0, height, PILLAR_RADIUS_M), standing, base(Kind::Pillar, pillar.top_m()));
        let scale = column(0.0, SCALE_M, PILLAR_RADIUS_M * 0.98);
        put(&pillar.scale, scale, pillar.sink.now < 0.5, base(Kind::Scale, pillar.top_m()));
        let ghost = pillar.ghost.unwrap_or(height);
        let shade = column(ghost.min(height), ghost.max(height), PILLAR_RADIUS_M * 1.16);
        put(&pillar.shade, shade, pillar.ghost.is_some(), base(Kind::Ghost, ghost));
    }
}
