//! The invariants (§9) and the maker's figures, by the plainest sums.

use super::model::Model;
use outcry_engine::Side;

impl Model {
    /// Σ(V + pairs) of all outcomes.
    fn reserves(&self) -> i128 {
        self.pools.iter().map(|pool| pool.v + pool.pairs).sum()
    }

    /// The maker's worst case over each winner still possible.
    pub(crate) fn worst_case_loss(&self) -> i128 {
        let payouts = |winner: usize| -> i128 {
            let side = |i: usize| if i == winner { Side::Yes } else { Side::No };
            self.active().into_iter().map(|i| self.held(i, side(i))).sum()
        };
        let worst = self.active().into_iter().map(payouts).max().unwrap_or(0);
        worst + self.paid_in - self.reserves()
    }

    pub(crate) fn mm_risk(&self) -> i128 {
        self.active().into_iter().map(|i| self.setting().subsidy(self.pools[i].v)).sum()
    }

    pub(crate) fn seigniorage(&self) -> i128 {
        self.pools.iter().map(|pool| pool.seigniorage).sum()
    }

    pub(crate) fn mm_profit(&self) -> i128 {
        if self.settled { self.fees + self.reserves() - self.paid_in } else { self.fees + self.seigniorage() }
    }

    /// Every invariant; says which one is broken.
    pub(crate) fn audit(&self) -> Result<(), String> {
        let must = |holds: bool, what: String| if holds { Ok(()) } else { Err(what) };
        for i in self.active() {
            let pool = &self.pools[i];
            for side in Side::BOTH {
                let q = pool.effective(side);
                must(q > 0, format!("outcome {i} {side:?}: supply {q}"))?;
                must(self.setting().bearable(pool.v, q), format!("outcome {i} {side:?}: price above p_max: {pool:?}"))?;
                let (held, made) =
                    (self.held(i, side), pool.q[side.index()] - i128::from(self.params.q0.0) + pool.pairs);
                must(held == made, format!("outcome {i} {side:?}: {held} held, {made} made"))?;
            }
        }
        let loss = self.worst_case_loss();
        must(loss <= i128::from(self.params.z.0), format!("worst case {loss} above Z"))?;
        let escrow: i128 = self.book.iter().map(|order| order.escrow()).sum();
        let balances: i128 = self.users.values().map(|user| user.balance).sum();
        let deposits: i128 = self.users.values().map(|user| user.deposit).sum();
        let all = balances + escrow + self.reserves() + self.fees + self.gas - self.paid_in;
        must(all == deposits, format!("money: {all} of {deposits}"))?;
        must(self.fees >= 0 && self.gas >= 0 && self.volume >= 0, format!("fees {}", self.fees))?;
        for (id, user) in &self.users {
            let free = user.free.iter().flatten().all(|&tokens| tokens >= 0);
            must(user.balance >= 0 && free, format!("{id:?}: {user:?}"))?;
        }
        let book = self.book.iter().all(|order| order.escrow() >= 0 && order.remaining() > 0);
        must(book, "a resting order holds less than nothing".into())
    }
}
