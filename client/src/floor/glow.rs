//! Light in the air: around the heads of pillars, and over one's own figure. Discs that face
//! the viewer, as are the lights that fly.

use super::{figures::Figures, mood::Mood, palette, pillars::Pillars};
use crate::{
    net::Known,
    stage::{
        canvas::Level,
        place::{FIGURE_M, PILLAR_RADIUS_M, SCALE_M},
    },
};
use bevy::{ecs::system::SystemParam, prelude::*};

/// A disc of light; its size is its width and height in m.
pub(super) struct Disc {
    pub(super) at: Vec3,
    pub(super) size_m: Vec2,
    pub(super) colour: LinearRgba,
}

/// What shines by itself.
#[derive(SystemParam)]
pub(super) struct Shining<'w> {
    pillars: Res<'w, Pillars>,
    figures: Res<'w, Figures>,
    mood: Res<'w, Mood>,
    model: Res<'w, Known>,
}

impl Shining<'_> {
    /// All discs; fewer and smaller ones where graphics are weak, since they cover much.
    pub(super) fn discs(&self, level: Level, towards_viewer: Vec3) -> Vec<Disc> {
        let mut discs = Vec::new();
        let light = 0.45 + 0.55 * self.mood.light.now;
        for pillar in &self.pillars.list {
            let alive = pillar.presence() * (1.0 - pillar.crack.now).max(0.0) * light;
            if alive < 0.02 {
                continue;
            }
            let head = pillar.head() + towards_viewer * PILLAR_RADIUS_M * 1.3;
            let near = 0.34 + 0.8 * pillar.glow;
            let width = Vec2::new(2.6, 1.5) * (1.0 + 0.5 * pillar.glow);
            discs.push(Disc { at: head, size_m: width, colour: pillar.colour * (alive * near) });
            if level == Level::Low {
                continue;
            }
            // Haze behind the glass, and a ray over the head up to the end of the scale.
            let behind = pillar.foot - towards_viewer * 1.2;
            let tall = pillar.top_m().max(1.0);
            let haze = Disc {
                at: behind + Vec3::Y * tall * 0.55,
                size_m: Vec2::new(3.4, tall * 1.9 + 1.6),
                colour: pillar.colour * (0.055 * alive * (1.0 + 2.0 * pillar.glow)),
            };
            let rise = (SCALE_M - pillar.top_m()).max(0.4);
            let ray = Disc {
                at: pillar.head() + Vec3::Y * rise * 0.45,
                size_m: Vec2::new(PILLAR_RADIUS_M * 1.7, rise * 1.5),
                colour: pillar.colour * (0.10 * alive * (1.0 + 2.0 * pillar.glow)),
            };
            discs.extend([haze, ray]);
        }
        if let Some(own) = self.model.user().and_then(|user| self.figures.of(user)) {
            let at = own.at + Vec3::Y * own.size_m * 0.8 - towards_viewer * 0.3;
            let size_m = Vec2::new(0.9, 1.5) * own.size_m / FIGURE_M;
            discs.push(Disc { at, size_m, colour: palette::amber() * 0.34 * light });
        }
        discs
    }
}
