//! What everyone is worth, and who stands where: the one valuation and the one ranking behind
//! leaderboard, record, end report and export.

use crate::{formulas, message::LeaderRow};
use outcry_engine::{Account, Direction, Market, OpenOrder, OutcomeId, Side, Tokens, Usdc, UserId};
use std::{cmp::Reverse, collections::BTreeMap};

/// One state of the market, made ready to value accounts.
#[derive(Clone, Debug)]
pub struct Valuation {
    /// YES and NO price of every outcome in the game.
    spots: Vec<[f64; 2]>,
    tied: BTreeMap<UserId, Tied>,
}

/// What a participant's open orders hold.
#[derive(Clone, Debug, Default)]
struct Tied {
    escrow: Usdc,
    /// Tokens asked for sale, with their spot price.
    tokens: Vec<(Tokens, f64)>,
}

impl Valuation {
    /// The market at its pools' spot prices, with the open orders of everyone who will be asked
    /// for.
    #[must_use]
    pub fn of<'o>(market: &Market, open: impl IntoIterator<Item = &'o OpenOrder>) -> Self {
        let active = market.active();
        let spots = (0..market.params().n_outcomes).map(OutcomeId).map(|outcome| {
            if active.contains(&outcome) { Side::BOTH.map(|side| market.spot(outcome, side)) } else { [0.0; 2] }
        });
        let mut valuation = Self { spots: spots.collect(), tied: BTreeMap::new() };
        for order in open {
            let spot = valuation.spot(order.outcome, order.side);
            let tied = valuation.tied.entry(order.user).or_default();
            tied.escrow += order.escrow;
            if order.direction == Direction::Sell {
                tied.tokens.push((order.remaining(), spot));
            }
        }
        valuation
    }

    /// The spot price of a token, 0 to 1; 0 once its outcome is out of the game.
    #[must_use]
    pub fn spot(&self, outcome: OutcomeId, side: Side) -> f64 {
        self.spots.get(outcome.index()).map_or(0.0, |pair| pair[side.index()])
    }

    /// The spot prices, YES and NO of every outcome.
    #[must_use]
    pub fn spots(&self) -> &[[f64; 2]] {
        &self.spots
    }

    /// The value of an account ([`formulas::value`]): balance, escrow and all tokens at the
    /// pools' spot prices.
    #[must_use]
    pub fn value(&self, user: UserId, account: &Account) -> Usdc {
        let free = account.free.iter().zip(&self.spots);
        let free = free.flat_map(|(held, spot)| Side::BOTH.map(|side| (held[side.index()], spot[side.index()])));
        let tied = self.tied.get(&user);
        let asked = tied.into_iter().flat_map(|tied| tied.tokens.iter().copied());
        let escrow = tied.map_or(Usdc::ZERO, |tied| tied.escrow);
        formulas::value(account.balance, escrow, free.chain(asked))
    }
}

/// Everyone whose account is open, by value: the leaderboard in full.
#[must_use]
pub fn leaderboard(market: &Market) -> Vec<LeaderRow> {
    let open = market.all_open_orders();
    let valuation = Valuation::of(market, &open);
    let row = |(user, account): (UserId, &Account)| {
        let value = valuation.value(user, account);
        let gain_bp = formulas::gain_bp(value, account.deposit);
        LeaderRow { rank: 0, user, value, gain_bp, trades: account.trade_count }
    };
    let rows = market.accounts().filter(|(_, account)| account.open).map(row);
    let rows = ranked(rows, |row| (row.value, row.user));
    rows.into_iter().map(|(rank, row)| LeaderRow { rank, ..row }).collect()
}

/// Puts rows in order, best value first and equal ones by number, and gives each its rank, which
/// equal values share: 1, 2, 2, 4.
#[must_use]
pub fn ranked<T>(rows: impl IntoIterator<Item = T>, key: impl Fn(&T) -> (Usdc, UserId)) -> Vec<(u32, T)> {
    let mut rows: Vec<T> = rows.into_iter().collect();
    rows.sort_by_key(|row| {
        let (value, user) = key(row);
        (Reverse(value), user)
    });
    let mut last: Option<(Usdc, u32)> = None;
    let with_rank = |(place, row): (u32, T)| {
        let (value, _) = key(&row);
        let rank = last.filter(|(before, _)| *before == value).map_or(place, |(_, rank)| rank);
        last = Some((value, rank));
        (rank, row)
    };
    (1..).zip(rows).map(with_rank).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_share_a_rank_and_stand_by_number() {
        let rows = [(5, 1), (7, 4), (7, 2), (-1, 3), (7, 5)];
        let ranks = ranked(rows, |(value, user)| (Usdc(*value), UserId(*user)));
        assert_eq!(ranks, [(1, (7, 2)), (1, (7, 4)), (1, (7, 5)), (4, (5, 1)), (5, (-1, 3))]);
        assert_eq!(ranked([], |row: &(Usdc, UserId)| *row), []);
    }
}
