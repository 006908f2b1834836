//! The lap: one chain of system sets, run a few hundred times a second.

use bevy::{
    ecs::schedule::{LogLevel, ScheduleBuildSettings, SingleThreadedExecutor},
    prelude::*,
};

/// The stations of a lap, in order. All of them run in [`Update`], on one thread.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lap {
    /// Sockets become messages; bounded.
    Receive,
    /// Who says it, may they, is it well formed; id and time given; stored as one group a
    /// lap; then acknowledged.
    Admit,
    /// The session clock advances, never past a deadline.
    Clock,
    /// Acts of the host, rounds and the end when they are due.
    Resolve,
    /// A tick when it is due.
    Match,
    /// What the last two did, as one transaction.
    Commit,
    /// What was committed is encoded once and sent to all; private parts to each.
    Publish,
    /// Presence, limits, figures.
    Housekeep,
}

/// Draws the lap.
pub(super) fn plugin(app: &mut App) {
    app.configure_sets(
        Update,
        (Lap::Receive, Lap::Admit, Lap::Clock, Lap::Resolve, Lap::Match, Lap::Commit, Lap::Publish, Lap::Housekeep)
            .chain(),
    );
    app.edit_schedule(Update, |schedule| {
        // Every system's place is drawn: one left to chance is an error.
        schedule.set_build_settings(ScheduleBuildSettings {
            ambiguity_detection: LogLevel::Error,
            ..ScheduleBuildSettings::new()
        });
        schedule.set_executor(SingleThreadedExecutor::new());
    });
}
