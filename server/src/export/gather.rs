//! Reads from the store what an export needs: one state of the session.

use super::kind::Export;
use crate::store::{Contents, SessionId, Store, StoreError, UserRow, Wanted};
use outcry_engine::{OutcomeId, UserId};
use std::collections::BTreeMap;

/// What an export is made of. Tables that it does not need are empty.
pub(super) struct Gathered {
    pub(super) session: SessionId,
    pub(super) contents: Contents,
    users: BTreeMap<UserId, UserRow>,
}

impl Gathered {
    pub(super) async fn from(store: &dyn Store, session: SessionId, export: Export) -> Result<Self, StoreError> {
        let needs = |kinds: &[Export]| export == Export::Archive || kinds.contains(&export);
        let wanted = Wanted {
            trades: needs(&[Export::Trades]),
            orders: needs(&[Export::Orders]),
            events: needs(&[Export::Events]),
            ticks: needs(&[Export::Metrics, Export::Trades, Export::Orders]),
            metrics: needs(&[Export::Metrics, Export::ChartPng, Export::ChartSvg]),
        };
        let contents = store.contents(session, wanted).await?;
        let users = contents.users.iter().map(|user| (user.user, user.clone())).collect();
        Ok(Self { session, contents, users })
    }

    /// The name of an outcome.
    pub(super) fn outcome(&self, outcome: OutcomeId) -> &str {
        self.contents.state.config.params.outcome_names.get(outcome.index()).map_or("", String::as_str)
    }

    /// The name of a participant.
    pub(super) fn user(&self, user: UserId) -> &str {
        self.users.get(&user).map_or("", |user| user.name.as_str())
    }

    /// Whether a participant declared itself a bot.
    pub(super) fn is_bot(&self, user: UserId) -> bool {
        self.users.get(&user).is_some_and(|user| user.bot)
    }

    /// The time of day at which a tick was stored.
    pub(super) fn tick_at(&self, tick: u64) -> &str {
        let ticks = &self.contents.ticks;
        let found = ticks.binary_search_by_key(&tick, |(row, _)| row.tick);
        found.map_or("", |at| ticks[at].1.as_str())
    }
}
