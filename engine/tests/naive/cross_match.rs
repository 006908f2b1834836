//! Matching bids with bids and asks with asks of the two tokens of an outcome (§5.4).

use super::model::{Fill, Model, ceil_div, value_down};
use outcry_engine::{Direction, FillType, OrderId, Side, UserId};

impl Model {
    pub(crate) fn cross_match(&mut self) {
        for i in self.active() {
            for direction in Direction::BOTH {
                for (yes, no) in self.pairs_of_ticks(i, direction) {
                    while self.match_ticks(i, direction, yes, no) {}
                }
            }
        }
    }

    /// Ticks of the YES and the NO book that meet: bids dearest first, asks cheapest first.
    fn pairs_of_ticks(&self, i: usize, direction: Direction) -> Vec<(i128, i128)> {
        let mut pairs = Vec::new();
        for yes in self.ticks(i, Side::Yes, direction) {
            for no in self.ticks(i, Side::No, direction) {
                if self.meet(direction, yes + no) {
                    pairs.push((yes, no));
                }
            }
        }
        pairs.sort_by_key(|&(yes, no)| (yes + no, yes));
        if direction == Direction::Buy {
            pairs.reverse();
        }
        pairs
    }

    fn meet(&self, direction: Direction, sum: i128) -> bool {
        let half_fee = i128::from(self.params.f_match.0);
        let two = 2_000_000_000;
        match direction {
            Direction::Buy => sum * (two - half_fee) >= two * 1_000_000,
            Direction::Sell => sum * (two + half_fee) <= two * 1_000_000,
        }
    }

    /// Who takes part: nobody meets themselves.
    fn partners(&self, yes: Vec<OrderId>, no: Vec<OrderId>) -> (Vec<OrderId>, Vec<OrderId>) {
        let users = |orders: &[OrderId]| orders.iter().map(|&id| self.rest(id).user).collect::<Vec<UserId>>();
        let (yes_users, no_users) = (users(&yes), users(&no));
        let without = |orders: &[OrderId], users: &[UserId]| {
            orders.iter().copied().filter(|&id| !users.contains(&self.rest(id).user)).collect::<Vec<OrderId>>()
        };
        let others = without(&yes, &no_users);
        if !others.is_empty() {
            return (others, no);
        }
        let others = without(&no, &yes_users);
        if !others.is_empty() {
            return (yes, others);
        }
        let oldest: Vec<OrderId> = yes.into_iter().take(1).collect();
        let others = without(&no, &users(&oldest));
        (oldest, others)
    }

    /// One match of two tick pools; says whether anything was matched.
    fn match_ticks(&mut self, i: usize, direction: Direction, yes_price: i128, no_price: i128) -> bool {
        let yes = self.resting(i, Side::Yes, direction, yes_price);
        let no = self.resting(i, Side::No, direction, no_price);
        let (yes, no) = self.partners(yes, no);
        let d = self.volume_of(&yes).min(self.volume_of(&no));
        if d == 0 {
            return false;
        }
        let yes_parts = self.pro_rata(&yes, d);
        let no_parts = self.pro_rata(&no, d);
        let room = match direction {
            Direction::Buy => self.at_limit(&yes_parts) + self.at_limit(&no_parts) - d,
            Direction::Sell => d - self.at_limit(&yes_parts) - self.at_limit(&no_parts),
        };
        // Limits rounded order by order can fall short of the pair by micros: the fees make them up.
        if self.fees + room < 0 {
            return false;
        }
        let half_sum = i128::from(self.params.f_match.0) * (yes_price + no_price);
        let fee = ceil_div(half_sum * d, 2 * 1_000_000_000_000_000).min(room);
        let fills = self.overlaps(&yes_parts, &no_parts);
        self.hand_over(i, Side::Yes, direction, &yes_parts);
        self.hand_over(i, Side::No, direction, &no_parts);
        let over = room - fee;
        self.note_pairs(i, direction, yes_price, fills, fee);
        self.pools[i].pairs += if direction == Direction::Buy { d } else { -d };
        self.fees += fee;
        self.pools[i].v += over;
        self.pools[i].seigniorage += over;
        true
    }

    /// Both sides laid end to end, oldest first: each overlap is a fill of two users.
    fn overlaps(&self, yes: &[(OrderId, i128)], no: &[(OrderId, i128)]) -> Vec<(UserId, UserId, i128)> {
        let mut fills = Vec::new();
        let mut yes_start = 0;
        for &(yes_id, yes_size) in yes {
            let mut no_start = 0;
            for &(no_id, no_size) in no {
                let size = (yes_start + yes_size).min(no_start + no_size) - yes_start.max(no_start);
                if size > 0 {
                    fills.push((self.rest(yes_id).user, self.rest(no_id).user, size));
                }
                no_start += no_size;
            }
            yes_start += yes_size;
        }
        fills
    }

    fn note_pairs(
        &mut self,
        outcome: usize,
        direction: Direction,
        price: i128,
        fills: Vec<(UserId, UserId, i128)>,
        fee: i128,
    ) {
        let kind = if direction == Direction::Buy { FillType::Mint } else { FillType::Merge };
        let total: i128 = fills.iter().map(|fill| fill.2).sum();
        for (yes, no, size) in fills {
            let (buyer, seller) = (Some(yes), Some(no));
            let (value, fee) = (value_down(price, size), fee * size / total);
            self.note(Fill { buyer, seller, outcome, side: Side::Yes, value, size, fee, kind });
        }
    }
}
