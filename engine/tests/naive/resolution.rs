//! Eliminations, settlement, cancels (§7).

use super::model::Model;
use super::real::Real;
use outcry_engine::{Direction, OrderId, PublicMarket, Side, UserId};

impl Model {
    /// A cancel by whoever asks; true when there was such an order of theirs.
    pub(crate) fn cancel(&mut self, user: UserId, id: OrderId) -> bool {
        let found = self.book.iter().any(|o| o.id == id && o.user == user);
        if found {
            self.withdraw(id);
        }
        found
    }

    /// Closes a seat: its orders are cancelled, its holdings stay.
    pub(crate) fn close(&mut self, user: UserId) {
        let own: Vec<OrderId> = self.book.iter().filter(|o| o.user == user).map(|o| o.id).collect();
        for id in own {
            self.withdraw(id);
        }
        self.user(user).open = false;
    }

    fn cancel_all_of(&mut self, outcome: usize) {
        let here: Vec<OrderId> = self.book.iter().filter(|o| o.outcome == outcome).map(|o| o.id).collect();
        for id in here {
            self.withdraw(id);
        }
    }

    /// Pays 1 per free token of a side and takes the tokens; says how much. Orders are cancelled before.
    fn pay_out(&mut self, outcome: usize, side: Side) -> i128 {
        let mut sum = 0;
        for (&id, user) in &mut self.users {
            let held = std::mem::take(&mut user.free[outcome][side.index()]);
            user.balance += held;
            sum += held;
            if held > 0 {
                *self.payouts.entry(id).or_default() += held;
            }
        }
        sum
    }

    fn forget_tokens(&mut self, outcome: usize) {
        for user in self.users.values_mut() {
            user.free[outcome] = [0, 0];
        }
    }

    /// Moves the end and every round not yet held or passed over.
    pub(crate) fn extend(&mut self, by_ms: u64) {
        let by_s = (by_ms / 1000) as u32;
        for k in 0..self.params.rounds.len() {
            if self.is_to_come(Some(k as u32)) {
                self.params.rounds[k].at_s += by_s;
            }
        }
        self.params.total_duration += by_s;
        self.start_segment(self.segment_start_ms);
    }

    pub(crate) fn can_eliminate(&self, list: &[usize]) -> bool {
        let mut distinct = list.to_vec();
        distinct.sort_unstable();
        distinct.dedup();
        let active = self.active();
        !list.is_empty()
            && distinct.len() == list.len()
            && distinct.iter().all(|k| active.contains(k))
            && distinct.len() < active.len()
    }

    pub(crate) fn eliminate(&mut self, list: &[usize], round: Option<u32>, now_ms: u64, resume_ms: u64) {
        self.begin_step(now_ms);
        let prices_before = self.yes_prices();
        let q0 = i128::from(self.params.q0.0);
        let mut freed = 0;
        for &k in list {
            self.cancel_all_of(k);
            let paid = self.pay_out(k, Side::No);
            self.forget_tokens(k);
            let subsidy = self.setting().subsidy(self.pools[k].v);
            let pool = &mut self.pools[k];
            freed += pool.v + subsidy + pool.pairs - paid;
            self.paid_in += subsidy;
            (pool.v, pool.pairs, pool.virtual_yes, pool.q, pool.active) = (0, 0, 0, [q0, q0], false);
        }
        let left = self.active();
        let n = left.len() as i128;
        for (rank, &j) in left.iter().enumerate() {
            self.pools[j].v += freed.div_euclid(n) + i128::from((rank as i128) < freed.rem_euclid(n));
        }
        self.renormalise(&prices_before);
        self.held.extend(round);
        self.start_segment(resume_ms);
    }

    fn yes_prices(&self) -> Vec<Real> {
        self.active().into_iter().map(|j| self.spot(j, Side::Yes)).collect()
    }

    /// Lifts all YES prices by one factor, as far towards the old sum as the leader allows.
    fn renormalise(&mut self, before: &[Real]) {
        let sum = |prices: &[Real]| prices.iter().fold(Real::int(0), |sum, p| sum + p);
        let now = self.yes_prices();
        let leader = now.iter().cloned().reduce(Real::max).unwrap();
        let cap = Real::micros(i128::from(self.params.renorm_cap.0));
        let factor = (sum(before) / sum(&now)).min(cap / leader).max(Real::int(1));
        for j in self.active() {
            let pool = &mut self.pools[j];
            let lifted = &factor * &Real::micros(pool.effective(Side::Yes));
            let new = lifted.micros_down() - pool.q[0];
            pool.virtual_yes = if self.params.vc_enabled { new.max(0) } else { new };
        }
    }

    /// ⌊λ·p·L⌋ is the rounded result of a solve too: the engine's is taken where it is right
    /// to a micro and 10⁻¹².
    pub(crate) fn follow_renormalisation(&mut self, engine: &PublicMarket) -> Result<(), String> {
        for (i, (ours, theirs)) in self.pools.iter_mut().zip(&engine.outcomes).enumerate() {
            let virtual_yes = i128::from(theirs.pool.virtual_yes.0);
            let miss = (virtual_yes - ours.virtual_yes).abs();
            if miss > 1 + (ours.q[0] + ours.virtual_yes) / 1_000_000_000_000 {
                return Err(format!("outcome {i} virtual: engine {virtual_yes}, exactly {}", ours.virtual_yes));
            }
            ours.virtual_yes = virtual_yes;
        }
        Ok(())
    }

    pub(crate) fn settle(&mut self, winner: usize, now_ms: u64) {
        self.begin_step(now_ms);
        let q0 = i128::from(self.params.q0.0);
        for i in 0..self.pools.len() {
            self.cancel_all_of(i);
        }
        for i in self.active() {
            let paid = self.pay_out(i, if i == winner { Side::Yes } else { Side::No });
            let pool = &mut self.pools[i];
            pool.v += pool.pairs - paid;
            (pool.pairs, pool.virtual_yes, pool.q, pool.active) = (0, 0, [q0, q0], false);
            self.forget_tokens(i);
        }
        self.settled = true;
    }

    /// Tokens of all users, free and escrowed.
    pub(crate) fn held(&self, outcome: usize, side: Side) -> i128 {
        let free: i128 = self.users.values().map(|user| user.free[outcome][side.index()]).sum();
        let asks = self.book.iter().filter(|o| (o.outcome, o.side, o.direction) == (outcome, side, Direction::Sell));
        free + asks.map(|o| o.remaining()).sum::<i128>()
    }
}
