//! For those who work on the floor: pictures of a moment, and what a frame costs.

use crate::{
    floor::Frames,
    frame::{DrawSystems, FloorSystems},
    net::{Heard, NetSystems},
    ui::UiState,
};
use bevy::{
    prelude::*,
    render::view::screenshot::{Screenshot, ScreenshotCaptured, save_to_disk},
    time::TimeUpdateStrategy,
};
use bevy_egui::EguiPrimaryContextPass;
use clap::{Args, ValueEnum};
use outcry_desk::model::Notice;
use outcry_engine::{Event, FillType};
use outcry_shared::{message::ActionKind, phase::Phase};
use std::{
    path::PathBuf,
    time::{Duration, Instant},
};

/// A picture is taken after so many frames at the earliest: the first ones lack what is still
/// being compiled for the graphics card.
const FRAMES_BEFORE: u32 = 30;
/// Frames that are not measured, for the same reason.
const FRAMES_TO_WARM: usize = 30;

/// What to look at.
#[derive(Args, Clone, Debug)]
pub(crate) struct Inspection {
    /// Writes a picture of the window to this PNG file and ends.
    #[arg(long, value_name = "FILE")]
    screenshot: Option<PathBuf>,
    /// When the picture is taken, in seconds after the start, or after the moment of --at.
    #[arg(long, value_name = "SECONDS", default_value_t = 5.0)]
    after: f32,
    /// The moment that the picture waits for.
    #[arg(long, value_enum)]
    at: Option<Moment>,
    /// Lets this time pass in every frame, however long it takes: smooth pictures on slow machines.
    #[arg(long, value_name = "MS")]
    step_ms: Option<u64>,
    /// Size of the window, as 1600x900.
    #[arg(long, value_name = "WIDTHxHEIGHT", value_parser = size)]
    size: Option<(u32, u32)>,
    /// Types this amount into the ticket.
    #[arg(long, value_name = "AMOUNT")]
    amount: Option<String>,
    /// Measures so many frames, prints what they cost, and ends.
    #[arg(long, value_name = "FRAMES")]
    measure: Option<usize>,
}

/// What may happen in a market.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Moment {
    /// A trade with the pool.
    Fill,
    /// Buyers of both sides get a new pair, or sellers give one back.
    Pair,
    /// A cross-impact fills resting orders.
    AutoFill,
    /// An order comes to rest.
    Placed,
    /// A resting order is pulled.
    Pulled,
    /// Trading stops.
    Freeze,
    /// An outcome leaves.
    Elimination,
    /// The market is settled.
    End,
}

impl Moment {
    fn is(self, notice: &Notice) -> bool {
        let update = match notice {
            Notice::Phase { to: Phase::Frozen, .. } => return self == Self::Freeze,
            Notice::End => return self == Self::End,
            Notice::Tick { update, .. } => update,
            _ => return false,
        };
        let pairs = [FillType::Mint, FillType::Merge];
        let acted = |kind| update.actions.iter().any(|action| action.kind == kind);
        match self {
            Self::Fill => update.trades.iter().any(|trade| trade.fill_type == FillType::Amm),
            Self::Pair => update.trades.iter().any(|trade| pairs.contains(&trade.fill_type)),
            Self::AutoFill => update.events.iter().any(|event| matches!(event, Event::AutoFill { .. })),
            Self::Placed => acted(ActionKind::Placed),
            Self::Pulled => acted(ActionKind::Pulled),
            Self::Elimination => update.events.iter().any(|event| matches!(event, Event::Elimination { .. })),
            Self::Freeze | Self::End => false,
        }
    }
}

fn size(text: &str) -> Result<(u32, u32), String> {
    let bad = || format!("\"{text}\" is not a size: it looks like 1600x900");
    let (width, height) = text.split_once('x').ok_or_else(bad)?;
    Ok((width.parse().map_err(|_| bad())?, height.parse().map_err(|_| bad())?))
}

/// Does to the app what was asked for.
pub(crate) fn apply(app: &mut App, wanted: &Inspection) {
    if let Some((width, height)) = wanted.size {
        let world = app.world_mut();
        for mut window in world.query::<&mut Window>().iter_mut(world) {
            window.resolution.set(width as f32, height as f32);
        }
    }
    if let Some(step_ms) = wanted.step_ms {
        app.insert_resource(TimeUpdateStrategy::ManualDuration(Duration::from_millis(step_ms)));
    }
    if let Some(amount) = wanted.amount.clone() {
        app.add_systems(Update, move |mut ui: ResMut<UiState>| ui.draft.amount.clone_from(&amount));
    }
    if let Some(file) = wanted.screenshot.clone() {
        take_picture(app, file, wanted.at, wanted.after);
    }
    if let Some(frames) = wanted.measure {
        measure(app, frames);
    }
}

fn take_picture(app: &mut App, file: PathBuf, at: Option<Moment>, after_s: f32) {
    let mut left_s = at.is_none().then_some(after_s);
    let (mut drawn, mut taken) = (0, false);
    let system = move |mut commands: Commands,
                       mut heard: MessageReader<Heard>,
                       (time, frames): (Res<Time<Real>>, Res<Frames>)| {
        drawn += 1;
        let came = heard.read().any(|heard| at.is_some_and(|moment| moment.is(&heard.0)));
        if came && drawn > FRAMES_BEFORE {
            left_s.get_or_insert(after_s);
        }
        let Some(left_s) = &mut left_s else { return };
        *left_s -= time.delta_secs();
        if taken || *left_s > 0.0 || drawn <= FRAMES_BEFORE {
            return;
        }
        taken = true;
        info!("drawn with detail {:?}, {:.0} frames per second", frames.level, frames.per_s);
        commands.spawn(Screenshot::primary_window()).observe(save_to_disk(file.clone())).observe(end);
    };
    app.add_systems(Update, system.before(FloorSystems::Frame));
}

fn end(_: On<ScreenshotCaptured>, mut exit: MessageWriter<AppExit>) {
    exit.write(AppExit::Success);
}

/// What the parts of a frame took.
#[derive(Resource, Default)]
struct Costs {
    started: [Option<Instant>; PARTS.len()],
    now: [Duration; PARTS.len()],
    all: [Vec<Duration>; PARTS.len()],
}

const PARTS: [&str; 3] = ["floor, model, network", "panels and labels", "whole frame on its thread"];
const FLOOR: usize = 0;
const PANELS: usize = 1;
const WHOLE: usize = 2;

fn start<const PART: usize>(mut costs: ResMut<Costs>) {
    costs.started[PART] = Some(Instant::now());
}

/// Panels may be drawn twice in a frame: their times are added up.
fn stop<const PART: usize>(mut costs: ResMut<Costs>) {
    if let Some(started) = costs.started[PART].take() {
        costs.now[PART] += started.elapsed();
    }
}

fn measure(app: &mut App, frames: usize) {
    app.init_resource::<Costs>()
        .add_systems(First, start::<WHOLE>)
        .add_systems(PreUpdate, start::<FLOOR>.before(NetSystems::Receive))
        .add_systems(PostUpdate, stop::<FLOOR>.before(TransformSystems::Propagate))
        .add_systems(EguiPrimaryContextPass, start::<PANELS>.before(DrawSystems::Scene))
        .add_systems(EguiPrimaryContextPass, stop::<PANELS>.after(DrawSystems::Panels));
    app.add_systems(
        Last,
        (stop::<WHOLE>, move |costs: ResMut<Costs>, exit: MessageWriter<AppExit>| sum_up(costs, exit, frames)).chain(),
    );
}

fn sum_up(mut costs: ResMut<Costs>, mut exit: MessageWriter<AppExit>, frames: usize) {
    let costs = &mut *costs;
    for (all, now) in costs.all.iter_mut().zip(&mut costs.now) {
        all.push(std::mem::take(now));
    }
    if costs.all[WHOLE].len() != frames + FRAMES_TO_WARM {
        return;
    }
    for (part, all) in PARTS.iter().zip(&mut costs.all) {
        let mut ms: Vec<f64> = all.drain(..).skip(FRAMES_TO_WARM).map(|took| took.as_secs_f64() * 1e3).collect();
        ms.sort_by(f64::total_cmp);
        let mean = ms.iter().sum::<f64>() / ms.len().max(1) as f64;
        let at = |share: f64| ms.get((ms.len() as f64 * share) as usize).copied().unwrap_or(mean);
        info!("{part}: median {:.2} ms, mean {mean:.2}, 95 % below {:.2}", at(0.5), at(0.95));
    }
    exit.write(AppExit::Success);
}
