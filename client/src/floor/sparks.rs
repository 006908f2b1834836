//! Light that flies: every moving effect is made of these.

use super::{
    frames::Frames,
    stirring::{Mover, Stirring},
};
use crate::{
    frame::FloorSystems,
    stage::{canvas::Level, eased::STEP_MAX_S},
};
use bevy::prelude::*;

/// The most lights that fly at a time.
const MOST: usize = 1_400;

/// How a spark flies.
#[derive(Clone, Copy, Debug)]
pub(super) enum Path {
    /// To a place, in an arc that is so high.
    To {
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
    pub(super) from: Vec3,
    pub(super) path: Path,
    /// When it starts, in s from now.
    pub(super) delay_s: f32,
    /// How long it lives, in s.
    pub(super) life_s: f32,
    /// Its size, in m.
    pub(super) size_m: f32,
    pub(super) colour: LinearRgba,
}

impl Spark {
    /// Where it is at a share of its life.
    pub(super) fn place(&self, age: f32) -> Vec3 {
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
    /// How many may fly at a time; beyond it new ones are left out.
    limit: usize,
}

impl Sparks {
    /// Lets one fly, unless too many do.
    pub(super) fn fly(&mut self, spark: Spark) {
        if self.list.len() < self.limit {
            self.list.push((spark, -spark.delay_s));
        }
    }

    /// The part of a wish that leaves room for others: fewer where few may fly.
    pub(super) fn some(&self, wish: usize) -> usize {
        (wish * self.limit / MOST).max(wish.min(4))
    }

    /// Those that fly, each with its age in s; below 0 it waits.
    pub(super) fn flying(&self) -> impl Iterator<Item = (&Spark, f32)> {
        self.list.iter().filter(|(_, age_s)| *age_s >= 0.0).map(|(spark, age_s)| (spark, *age_s))
    }

    /// None flies any more.
    pub(super) fn clear(&mut self) {
        self.list.clear();
    }
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Sparks>()
        .add_systems(Update, limit.in_set(FloorSystems::Frame))
        .add_systems(Update, age.in_set(FloorSystems::Move));
}

/// Fewer lights fly where frames are slow.
fn limit(frames: Res<Frames>, mut sparks: ResMut<Sparks>) {
    sparks.limit = match frames.level {
        Level::High => MOST,
        Level::Middle => 600,
        Level::Low => 160,
    };
}

fn age(mut sparks: ResMut<Sparks>, mut stirring: ResMut<Stirring>, time: Res<Time<Real>>) {
    let dt_s = time.delta_secs().min(STEP_MAX_S);
    sparks.list.retain_mut(|(spark, age_s)| {
        *age_s += dt_s;
        *age_s < spark.life_s
    });
    stirring.note(Mover::Sparks, !sparks.list.is_empty());
}
