//! The lap: one chain of system sets, run a few hundred times a second. Every place in it has its
//! label here, so that no feature names another to stand before or after it.

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
    /// Acts of the host, rounds and the end when they are due. Not while the store is behind.
    Resolve,
    /// A tick when it is due. Not while the store is behind.
    Match,
    /// What the last two did, as one transaction.
    Commit,
    /// What was committed is encoded once and sent to all; private parts to each. Not while the
    /// store is behind.
    Publish,
    /// Presence, limits, figures.
    Housekeep,
}

/// The steps of [`Lap::Admit`], in order.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Admit {
    /// Reads who is gone and who comes.
    Join,
    /// Checks orders and cancels, and gives them id and time.
    Trade,
    /// Stores, as one group, what the steps before have admitted.
    Store,
    /// Gives seats to those whose seats are stored.
    Seat,
    /// Says yes to orders and cancels that are stored.
    Acknowledge,
    /// Looks at passwords and at the right of every act.
    Host,
}

/// The steps of [`Lap::Resolve`], in order.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Resolve {
    /// The last tick of a server that is told to stop.
    Stop,
    /// Does what the host has asked for.
    Act,
    /// Does what the session clock has made due.
    Rounds,
}

/// The steps of [`Lap::Commit`], in order.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Commit {
    /// Stores what the lap did.
    Write,
    /// Goes over to another session that is stored now.
    Follow,
}

/// The steps of [`Lap::Publish`], in order.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Publish {
    /// Tells participants and spectators.
    Floor,
    /// Tells the host, who hears of an act after everyone has heard what it did.
    Host,
}

/// The steps of [`Lap::Housekeep`], in order.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Housekeep {
    /// Looks after the store.
    Store,
    /// Tells the host why nothing moves.
    Host,
    /// Lets a server that is told to stop say goodbye.
    Stop,
    /// Writes figures.
    Figures,
    /// Sends every connection what this lap has for it.
    Send,
}

/// Draws the lap.
pub(super) fn plugin(app: &mut App) {
    let stations =
        (Lap::Receive, Lap::Admit, Lap::Clock, Lap::Resolve, Lap::Match, Lap::Commit, Lap::Publish, Lap::Housekeep);
    let admit = (Admit::Join, Admit::Trade, Admit::Store, Admit::Seat, Admit::Acknowledge, Admit::Host);
    app.configure_sets(Update, stations.chain())
        .configure_sets(Update, admit.chain().in_set(Lap::Admit))
        .configure_sets(Update, (Resolve::Stop, Resolve::Act, Resolve::Rounds).chain().in_set(Lap::Resolve))
        .configure_sets(Update, (Commit::Write, Commit::Follow).chain().in_set(Lap::Commit))
        .configure_sets(Update, (Publish::Floor, Publish::Host).chain().in_set(Lap::Publish))
        .configure_sets(
            Update,
            (Housekeep::Store, Housekeep::Host, Housekeep::Stop, Housekeep::Figures, Housekeep::Send)
                .chain()
                .in_set(Lap::Housekeep),
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
