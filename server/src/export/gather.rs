//! Reads from the store what an export needs, page by page.

use super::kind::Export;
use crate::store::{
    Answer, EventRow, MetricsRow, OrderRow, PAGE_ROWS, SessionId, SessionState, Store, StoreError, TickRow, TradeRow,
    UserRow,
};
use outcry_engine::{OutcomeId, UserId};
use std::collections::BTreeMap;

/// What an export is made of. Tables that it does not need are empty.
pub(super) struct Gathered {
    pub(super) session: SessionId,
    pub(super) state: SessionState,
    pub(super) users: Vec<UserRow>,
    pub(super) names: BTreeMap<UserId, String>,
    pub(super) trades: Vec<TradeRow>,
    pub(super) orders: Vec<OrderRow>,
    pub(super) events: Vec<(u64, EventRow)>,
    pub(super) ticks: Vec<TickRow>,
    pub(super) metrics: Vec<MetricsRow>,
}

impl Gathered {
    pub(super) async fn from(store: &dyn Store, session: SessionId, export: Export) -> Result<Self, StoreError> {
        let needs = |kinds: &[Export]| export == Export::Archive || kinds.contains(&export);
        let users = store.users(session).await?;
        let mut gathered = Self {
            session,
            state: store.session(session).await?,
            names: users.iter().map(|user| (user.user, user.name.clone())).collect(),
            users,
            trades: Vec::new(),
            orders: Vec::new(),
            events: Vec::new(),
            ticks: Vec::new(),
            metrics: Vec::new(),
        };
        if needs(&[Export::Trades]) {
            gathered.trades = every(|after| store.trades(session, after), |row| row.fill.trade_id).await?;
        }
        if needs(&[Export::Orders]) {
            gathered.orders = every(|after| store.orders(session, after), |row| row.order.id.0).await?;
        }
        if needs(&[Export::Events]) {
            gathered.events = every(|after| store.events(session, after), |row| row.0).await?;
        }
        if needs(&[Export::Metrics]) {
            gathered.ticks = every(|after| store.ticks(session, after), |row| row.tick).await?;
        }
        if needs(&[Export::Metrics, Export::ChartPng, Export::ChartSvg]) {
            gathered.metrics = every(|after| store.metrics(session, after), |row| row.tick).await?;
        }
        Ok(gathered)
    }

    /// The name of an outcome.
    pub(super) fn outcome(&self, outcome: OutcomeId) -> &str {
        self.state.config.params.outcome_names.get(outcome.index()).map_or("", String::as_str)
    }

    /// The name of a participant.
    pub(super) fn user(&self, user: UserId) -> &str {
        self.names.get(&user).map_or("", String::as_str)
    }
}

/// Every row of a long table.
async fn every<'s, T>(page: impl Fn(u64) -> Answer<'s, Vec<T>>, key: impl Fn(&T) -> u64) -> Result<Vec<T>, StoreError> {
    let mut rows: Vec<T> = Vec::new();
    loop {
        let next = page(rows.last().map_or(0, &key)).await?;
        let last = next.len() < PAGE_ROWS as usize;
        rows.extend(next);
        if last {
            return Ok(rows);
        }
    }
}
