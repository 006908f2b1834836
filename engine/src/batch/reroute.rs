//! Resting orders that the pool now betters are served by it (§5.2).

use super::{
    Tick,
    commit::{apportion, average, in_order, note_fill, party, settle_maker, standing},
};
use crate::{
    amount::{Price, Tokens, Usdc},
    book::{Share, Who, largest_remainder},
    curve::{self, Trade},
    order::{Direction, OutcomeId, Side},
    report::{CashKind, Fill, FillType, Party},
    route::position,
    state::State,
};

/// A tick pool's trade with the maker's pool.
struct ReRoute {
    price: Price,
    trade: Trade,
    fee: Usdc,
    shares: Vec<Share>,
    /// What the price leaves within the limit: the fee, and the rest is the orders'.
    within: Usdc,
}

/// What became of a tick pool's turn.
enum Turn {
    /// The pool does not better it, nor any worse limit.
    Over,
    /// Too little to be worth a micro.
    Nothing,
    Trade(ReRoute),
}

impl Tick<'_> {
    /// Outcome by outcome, YES before NO, bids before asks, best first.
    pub(super) fn re_route(&mut self) {
        for outcome in 0..self.state.pools.len() {
            for side in Side::BOTH {
                for direction in Direction::BOTH {
                    self.re_route_ladder(outcome, side, direction);
                }
            }
        }
    }

    fn re_route_ladder(&mut self, outcome: usize, side: Side, direction: Direction) {
        let mut rank = 0;
        loop {
            match self.plan_re_route((outcome, side, direction), rank) {
                Turn::Over => return,
                Turn::Nothing => rank += 1,
                Turn::Trade(re_route) => {
                    let before = self.state.books[outcome].ladder(side, direction).len();
                    self.commit_re_route(&re_route);
                    // A pool that was filled whole has left: the next one has its rank.
                    let gone = self.state.books[outcome].ladder(side, direction).len() < before;
                    rank += usize::from(!gone);
                }
            }
        }
    }

    /// The trade of the `rank`-th best pool, if the maker's pool betters it.
    fn plan_re_route(&self, place: (usize, Side, Direction), rank: usize) -> Turn {
        let (outcome, side, direction) = place;
        let ladder = self.state.books[outcome].ladder(side, direction);
        let Some(position) = position(direction, ladder.len(), rank) else { return Turn::Over };
        let pool = &ladder[position];
        let with_fee = self.terms.before_fee(direction, pool.price.0.into(), 1);
        let pools = &self.state.pools;
        let none = Tokens::ZERO;
        let size = curve::depth(&self.terms, pools, place, none, with_fee, pool.total);
        if size <= none {
            return Turn::Over;
        }
        let trade = curve::solve(&self.terms, pools, place, size, none);
        let mut shares = Vec::new();
        pool.split(size, pool.total, Who::Everyone, &mut shares);
        let at_limit: Usdc = shares.iter().map(|share| share.cash).sum();
        let within = match direction {
            Direction::Buy => at_limit - trade.value,
            Direction::Sell => trade.value - at_limit,
        };
        if within.0 < 0 {
            return Turn::Nothing;
        }
        // Price and fee together keep the limit: what rounding adds is not charged.
        let fee = self.terms.params.f.of_up(trade.value).min(within);
        Turn::Trade(ReRoute { price: pool.price, trade, fee, shares, within })
    }

    fn commit_re_route(&mut self, re_route: &ReRoute) {
        let ReRoute { price, trade, fee, ref shares, within } = *re_route;
        let Trade { outcome, side, direction, size, value, .. } = trade;
        let within = within_by_share(direction, shares, within);
        let mut room = Vec::new();
        let mut fees = apportion(&within, fee, within.iter().map(|part| part.size).sum(), &mut room);
        let mut withins = within.iter().map(|part| Usdc(part.size.0));
        let State { pools, books, seats, volume, last_trade_id, .. } = &mut *self.state;
        curve::apply(&self.terms, pools, &trade);
        books[outcome].fill((side, direction, price), shares, |resting, share| {
            let (within, fee) = (withins.next().unwrap_or(Usdc::ZERO), fees.next().unwrap_or(Usdc::ZERO));
            *last_trade_id += 1;
            let (trade_id, user) = (*last_trade_id, (resting.user, resting.id));
            settle_maker(seats, resting, share, None, &mut self.report);
            seats.update(resting.user, |account| account.balance += within - fee);
            let value = match direction {
                Direction::Buy => share.cash - within,
                Direction::Sell => share.cash + within,
            };
            match direction {
                Direction::Buy => {
                    self.report.pay(CashKind::Escrow, share.cash, user, Some(trade_id));
                    self.report.pay(CashKind::Cost, Usdc::ZERO - value, user, Some(trade_id));
                }
                Direction::Sell => self.report.pay(CashKind::Proceeds, value, user, Some(trade_id)),
            }
            self.report.pay(CashKind::Fee, Usdc::ZERO - fee, user, Some(trade_id));
            let (buyer, seller) = in_order(direction, party(resting), Party::Pool);
            note_fill(
                &mut self.report,
                Fill {
                    trade_id,
                    buyer,
                    seller,
                    outcome: OutcomeId(outcome as u8),
                    side,
                    price: average(trade.value, size),
                    size: share.size,
                    value,
                    fee,
                    fill_type: FillType::Amm,
                    ts_ms: self.now_ms,
                },
            );
            self.report.orders.push(standing(resting));
        });
        *volume += value;
        self.state.fees += fee;
    }
}

/// The shares of what the price leaves within the limit. A bid's is at most what it pays: parts
/// of a micro-token pay nothing, and get nothing back.
fn within_by_share(direction: Direction, shares: &[Share], within: Usdc) -> Vec<Share> {
    let weight = |share: &Share| match direction {
        Direction::Buy => Share { size: Tokens(share.cash.0), ..*share },
        Direction::Sell => *share,
    };
    let mut parts: Vec<Share> = shares.iter().map(weight).collect();
    let whole = parts.iter().map(|part| part.size.0).sum();
    largest_remainder(&mut parts, within.0, whole);
    parts
}
