//! Ripples on the ground: a trade at one pillar reaches the others.

use super::{material::RIPPLES_MAX, mood::Mood};
use crate::frame::FloorSystems;
use bevy::prelude::*;
use std::collections::VecDeque;

/// How long a ripple is seen, in s.
const LIFE_S: f32 = 1.5;
/// How fast it grows, in m/s.
const M_PER_S: f32 = 6.5;

struct Ripple {
    at: Vec2,
    age_s: f32,
    strength: f32,
}

/// Ripples on the ground, oldest first.
#[derive(Resource, Default)]
pub(super) struct Ripples(VecDeque<Ripple>);

impl Ripples {
    /// Starts one at a foot; beyond the most that are shown, the oldest gives way.
    pub(super) fn start(&mut self, foot: Vec3, strength: f32) {
        if self.0.len() == RIPPLES_MAX {
            self.0.pop_front();
        }
        self.0.push_back(Ripple { at: foot.xz(), age_s: 0.0, strength });
    }

    /// x, z, radius and strength of each.
    pub(super) fn shown(&self) -> impl Iterator<Item = Vec4> {
        self.0.iter().map(|ripple| {
            let left = 1.0 - ripple.age_s / LIFE_S;
            ripple.at.extend(0.4 + ripple.age_s * M_PER_S).extend(ripple.strength * left * left)
        })
    }
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Ripples>().add_systems(Update, spread.in_set(FloorSystems::Move));
}

fn spread(mut ripples: ResMut<Ripples>, mood: Res<Mood>, time: Res<Time<Real>>) {
    if !mood.motion {
        ripples.0.clear();
        return;
    }
    if ripples.0.is_empty() {
        return;
    }
    let dt_s = time.delta_secs();
    ripples.0.iter_mut().for_each(|ripple| ripple.age_s += dt_s);
    ripples.0.retain(|ripple| ripple.age_s < LIFE_S);
}
