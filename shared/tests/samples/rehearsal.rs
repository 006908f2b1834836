//! A rehearsal as the host is told of it, whole.

use outcry_shared::{
    config::presets,
    message::{Light, Progress, Reading, Rehearsal, RehearsedSheet, Spread},
};

pub(super) fn rehearsal() -> Rehearsal {
    let reading = Reading {
        id: "information".into(),
        about: "what prices know".into(),
        light: Light::Amber,
        value: Some(0.2),
        amber: 0.3,
        red: 0.0,
        worst_seed: Some(u64::MAX),
    };
    let (unit, count) = ("USDC".into(), 1_000);
    let volume =
        Spread { id: "volume".into(), unit, count, least: 0.0, p5: 1.0, median: 2.0, p95: 3.0, most: 4.0, mean: 2.5 };
    let sheet = RehearsedSheet {
        hash: "5e".repeat(32),
        config: presets().swap_remove(0).config,
        sessions: 1_000,
        seats: 20,
        lights: vec![reading],
        figures: vec![volume],
    };
    Rehearsal {
        progress: Some(Progress { done: 1, of: 1_006 }),
        failed: Some("it did not end".into()),
        sheet: Some(Box::new(sheet)),
    }
}
