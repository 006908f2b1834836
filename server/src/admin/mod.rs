//! The host: login, rights checked message by message, acts and what the host watches. What an act
//! does to session, seats or record is done by their owners.

mod desk;
mod brake;
mod login;
mod words;
mod stage;
mod run;
mod reset;
mod hall;
mod acts;
mod requests;
mod watch;

pub use login::{Password, PasswordError};

use crate::lap::{Admit, Commit, Housekeep, Publish, Resolve};
use bevy::prelude::*;

/// Login, acts, and the host's view.
pub(super) fn plugin(app: &mut App) {
    app.init_resource::<desk::Desk>()
        .init_resource::<watch::Rhythm>()
        .add_systems(Update, (login::look, login::renew, requests::admit).chain().in_set(Admit::Host))
        .add_systems(Update, acts::perform.in_set(Resolve::Act))
        .add_systems(Update, reset::follow.in_set(Commit::Follow))
        .add_systems(Update, watch::tell_trouble.in_set(Housekeep::Host))
        .add_systems(Update, (requests::reply, watch::tell_hosts).chain().in_set(Publish::Host));
}
