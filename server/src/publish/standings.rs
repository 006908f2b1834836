//! Value and rank of everyone.

use crate::{players::SeatNews, record::Done, session::Session};
use bevy::prelude::*;
use outcry_engine::{Direction, Market, OutcomeId, Side, Tokens, Usdc, UserId};
use outcry_shared::{formulas, limits::LEADERBOARD_ROWS, message::LeaderRow};
use std::{cmp::Reverse, collections::BTreeMap};

/// Where a participant stands.
pub type Standing = LeaderRow;

/// Everyone whose seat is open, best first.
#[derive(Resource, Debug, Default)]
pub struct Standings {
    rows: Vec<Standing>,
    ranks: BTreeMap<UserId, u32>,
}

impl Standings {
    /// The rows of the leaderboard.
    #[must_use]
    pub fn leaders(&self) -> Vec<LeaderRow> {
        self.rows.iter().take(LEADERBOARD_ROWS).copied().collect()
    }

    /// Everyone.
    #[must_use]
    pub fn all(&self) -> &[Standing] {
        &self.rows
    }

    /// The rank of a participant; 0 of one whose seat is closed.
    #[must_use]
    pub fn rank(&self, user: UserId) -> u32 {
        self.ranks.get(&user).copied().unwrap_or_default()
    }

    /// Ranks everyone by value, equal ones alike.
    #[must_use]
    pub fn of(market: &Market) -> Self {
        let mut rows: Vec<Standing> = values(market)
            .into_iter()
            .filter_map(|(user, value)| {
                let account = market.account(user).filter(|account| account.open)?;
                let gain_bp = formulas::gain_bp(value, account.deposit);
                Some(Standing { rank: 0, user, value, gain_bp, trades: account.trade_count })
            })
            .collect();
        rows.sort_by_key(|row| (Reverse(row.value), row.user));
        let mut last: Option<(Usdc, u32)> = None;
        for (place, row) in (1..).zip(&mut rows) {
            row.rank = last.filter(|(value, _)| *value == row.value).map_or(place, |(_, rank)| rank);
            last = Some((row.value, row.rank));
        }
        let ranks = rows.iter().map(|row| (row.user, row.rank)).collect();
        Self { rows, ranks }
    }
}

/// Everyone's value: balance, escrow and all tokens at the pool's spot.
fn values(market: &Market) -> BTreeMap<UserId, Usdc> {
    let active = market.active();
    let spots: Vec<[f64; 2]> = (0..market.params().n_outcomes)
        .map(OutcomeId)
        .map(
            |outcome| {
                if active.contains(&outcome) { Side::BOTH.map(|side| market.spot(outcome, side)) } else { [0.0; 2] }
            },
        )
        .collect();
    let spot = |outcome: OutcomeId, side: Side| spots.get(outcome.index()).map_or(0.0, |pair| pair[side.index()]);
    let mut escrow: BTreeMap<UserId, i64> = BTreeMap::new();
    let mut asked: BTreeMap<UserId, Vec<(Tokens, f64)>> = BTreeMap::new();
    for order in market.all_open_orders() {
        *escrow.entry(order.user).or_default() += order.escrow.0;
        if order.direction == Direction::Sell {
            let remaining = Tokens(order.size.0 - order.filled.0);
            asked.entry(order.user).or_default().push((remaining, spot(order.outcome, order.side)));
        }
    }
    let value = |(user, account): (UserId, &outcry_engine::Account)| {
        let free = (0_u8..)
            .zip(&account.free)
            .flat_map(|(outcome, held)| Side::BOTH.map(|side| (held[side.index()], spot(OutcomeId(outcome), side))));
        let locked = asked.get(&user).into_iter().flatten().copied();
        let escrow = Usdc(escrow.get(&user).copied().unwrap_or_default());
        (user, formulas::value(account.balance, escrow, free.chain(locked)))
    };
    market.accounts().map(value).collect()
}

/// Ranks everyone anew when values or seats have changed.
pub(super) fn rank(done: Res<Done>, session: Res<Session>, news: Res<SeatNews>, mut standings: ResMut<Standings>) {
    if done.beat || done.group || !news.0.is_empty() {
        *standings = Standings::of(&session.floor.market);
    }
}
