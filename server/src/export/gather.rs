//! Reads from the store what an export needs: one state of the session.

use super::kind::Export;
use crate::store::{Contents, SessionId, Store, StoreError, UserRow, Wanted};
use outcry_engine::{CashKind, OrderId, OutcomeId, Usdc, UserId};
use std::collections::BTreeMap;

/// What an export is made of. Tables that it does not need are empty.
pub(super) struct Gathered {
    pub(super) session: SessionId,
    pub(super) contents: Contents,
    users: BTreeMap<UserId, UserRow>,
    money: BTreeMap<(u64, OrderId), Money>,
}

/// What a fill moved for one of its orders; what is paid is negative.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Money {
    /// For the tokens.
    pub(super) tokens: Usdc,
    pub(super) fee: Usdc,
    /// Rebates.
    pub(super) other: Usdc,
}

/// What each fill moved for each of its orders. What was locked before, and is set free to be paid, is no
/// movement of wealth.
fn money(contents: &Contents) -> BTreeMap<(u64, OrderId), Money> {
    let mut money: BTreeMap<(u64, OrderId), Money> = BTreeMap::new();
    for cash in contents.cash.iter().flat_map(|row| row.cash.iter().flatten()) {
        let Some(key) = cash.trade_id.zip(cash.order) else { continue };
        let moved = money.entry(key).or_default();
        match cash.kind {
            CashKind::Cost | CashKind::Proceeds => moved.tokens += cash.amount,
            CashKind::Fee => moved.fee += cash.amount,
            CashKind::Escrow => {}
            CashKind::Gas | CashKind::Rebate | CashKind::Refund | CashKind::Payout => moved.other += cash.amount,
        }
    }
    money
}

impl Gathered {
    pub(super) async fn from(store: &dyn Store, session: SessionId, export: Export) -> Result<Self, StoreError> {
        let needs = |kinds: &[Export]| export == Export::Archive || kinds.contains(&export);
        use Export::{
            Cash, ChartPng, ChartSvg, Checks, Config, Events, Funnel, Metrics, Orders, Refused, Rehearsal,
            RehearsalPage, Trades,
        };
        let wanted = Wanted {
            trades: needs(&[Trades, Checks]),
            orders: needs(&[Orders, Checks]),
            events: needs(&[Events, Refused, Checks, Config, Funnel, Rehearsal, RehearsalPage]),
            ticks: needs(&[Metrics, Trades, Orders, Cash]),
            metrics: needs(&[Metrics, ChartPng, ChartSvg]),
            cash: needs(&[Cash, Trades, Checks]),
        };
        let contents = store.contents(session, wanted).await?;
        let users = contents.users.iter().map(|user| (user.user, user.clone())).collect();
        let money = money(&contents);
        Ok(Self { session, contents, users, money })
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

    /// People and bots who have had a seat.
    pub(super) fn people(&self) -> (usize, usize) {
        let bots = self.contents.users.iter().filter(|user| user.bot).count();
        (self.contents.users.len() - bots, bots)
    }

    /// What a fill moved for one of its orders; nothing where that was not recorded.
    pub(super) fn money(&self, trade_id: u64, order: OrderId) -> Option<Money> {
        self.money.get(&(trade_id, order)).copied()
    }

    /// The time of day at which a tick was stored.
    pub(super) fn tick_at(&self, tick: u64) -> &str {
        let ticks = &self.contents.ticks;
        let found = ticks.binary_search_by_key(&tick, |(row, _)| row.tick);
        found.map_or("", |at| ticks[at].1.as_str())
    }
}
