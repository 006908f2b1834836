//! Value and rank of everyone, made anew when either may have changed.

use crate::{market::Session, players::SeatNews, record::Done};
use bevy::prelude::*;
use outcry_engine::{Market, UserId};
use outcry_shared::{limits::LEADERBOARD_ROWS, message::LeaderRow, standing::leaderboard};
use std::collections::BTreeMap;

/// Everyone whose seat is open, best first.
#[derive(Resource, Debug, Default)]
pub struct Standings {
    rows: Vec<LeaderRow>,
    ranks: BTreeMap<UserId, u32>,
}

impl Standings {
    /// The rows of the leaderboard.
    #[must_use]
    pub fn leaders(&self) -> Vec<LeaderRow> {
        self.rows.iter().take(LEADERBOARD_ROWS).copied().collect()
    }

    /// The rank of a participant; 0 of one whose seat is closed.
    #[must_use]
    pub fn rank(&self, user: UserId) -> u32 {
        self.ranks.get(&user).copied().unwrap_or_default()
    }

    /// Ranks everyone by value, equal ones alike.
    #[must_use]
    pub fn of(market: &Market) -> Self {
        let rows = leaderboard(market);
        let ranks = rows.iter().map(|row| (row.user, row.rank)).collect();
        Self { rows, ranks }
    }
}

/// Ranks everyone anew when values or seats have changed.
pub(super) fn rank(done: Res<Done>, session: Res<Session>, news: Res<SeatNews>, mut standings: ResMut<Standings>) {
    if done.beat() || done.group() || !news.is_empty() {
        *standings = Standings::of(session.market());
    }
}
