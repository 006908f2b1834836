//! Carrying out the matches of YES with NO orders (§5.4); like every commit it cannot fail.

use super::{
    settle::{note_fill, pay_maker, settle_maker, standing},
    tick::Tick,
};
use crate::{
    amount::{Tokens, Usdc},
    cross_match::{self, Match},
    exact::mul_div_down,
    fill::{Fill, FillType, Party},
    order::{Direction, Leg, OrderId, OutcomeId, Side, UserId},
    state::State,
};

/// One order's part of a match, as the fills are laid end to end.
struct Strip {
    user: UserId,
    order: OrderId,
    size: Tokens,
    /// What it pays or gets at its limit.
    cash: Usdc,
}

impl Strip {
    /// Cuts off the cash that belongs to the first `size`.
    fn cut(&mut self, size: Tokens) -> Usdc {
        let cash = Usdc(mul_div_down(self.cash.0, size.0, self.size.0));
        self.cash -= cash;
        self.size -= size;
        cash
    }
}

impl Tick<'_> {
    pub(super) fn cross_match(&mut self) {
        let params = self.terms.params;
        for outcome in (0..params.n_outcomes).map(OutcomeId) {
            while let Some(found) = cross_match::next(params, &self.state.books, outcome, self.state.fees) {
                self.commit_match(outcome, &found);
            }
        }
    }

    fn commit_match(&mut self, outcome: OutcomeId, found: &Match) {
        let State { pools, books, seats, fees, volume, .. } = &mut *self.state;
        *fees += found.fee;
        *volume += found.size.at_par();
        let pool = &mut pools[outcome.index()];
        pool.v += found.surplus;
        pool.seigniorage += found.surplus;
        match found.direction {
            Direction::Buy => pool.pairs += found.size,
            Direction::Sell => pool.pairs -= found.size,
        }
        let mut strips: [Vec<Strip>; 2] = [Vec::new(), Vec::new()];
        for side in Side::BOTH {
            let leg = Leg { outcome, side, direction: found.direction };
            books.fill(leg, found.prices[side.index()], &found.shares[side.index()], |resting, share| {
                settle_maker(seats, resting, share, None, &mut self.report);
                let (user, order) = (resting.user, resting.id);
                strips[side.index()].push(Strip { user, order, size: share.size, cash: share.cash });
                self.report.orders.push(standing(resting));
            });
        }
        self.note_pairs(outcome, found, strips);
    }

    /// One fill for each overlap of the YES parts and the NO parts.
    fn note_pairs(&mut self, outcome: OutcomeId, found: &Match, [mut yes, mut no]: [Vec<Strip>; 2]) {
        let (mut fee_left, mut size_left) = (found.fee, found.size);
        let fill_type = if found.direction == Direction::Buy { FillType::Mint } else { FillType::Merge };
        let (mut yes_at, mut no_at) = (0, 0);
        while yes_at < yes.len() && no_at < no.len() {
            let strips = [&mut yes[yes_at], &mut no[no_at]];
            let size = strips[0].size.min(strips[1].size);
            let fee = Usdc(mul_div_down(fee_left.0, size.0, size_left.0));
            fee_left -= fee;
            size_left -= size;
            self.state.last_trade_id += 1;
            let trade_id = self.state.last_trade_id;
            let [buyer, seller] = strips.each_ref().map(|strip| Party::User { user: strip.user, order: strip.order });
            let [value, _] = strips.map(|strip| self.note_cut(found.direction, strip, size, trade_id));
            let fill = Fill {
                trade_id,
                buyer,
                seller,
                outcome,
                side: Side::Yes,
                price: found.prices[0],
                size,
                value,
                fee,
                fill_type,
                ts_ms: self.now_ms,
            };
            note_fill(&mut self.report, fill);
            yes_at += usize::from(yes[yes_at].size.0 == 0);
            no_at += usize::from(no[no_at].size.0 == 0);
        }
    }

    /// Cuts an overlap off a part and notes its cash. Settling the part counted one trade:
    /// the last of its fills; those before it count here.
    fn note_cut(&mut self, direction: Direction, strip: &mut Strip, size: Tokens, trade_id: u64) -> Usdc {
        let cash = strip.cut(size);
        pay_maker(&mut self.report, direction, cash, (strip.user, strip.order), Some(trade_id));
        if strip.size.0 > 0 {
            self.state.seats.update(strip.user, |account| account.trade_count += 1);
        }
        cash
    }
}
