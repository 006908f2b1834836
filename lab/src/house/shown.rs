//! A house as everyone sees it. Changes nothing: what an order would do is done to a copy.

use super::{
    check::{Means, form, verdict},
    exact,
    fill::commit,
    plan::{Plan, plan},
    state::State,
    tick,
};
use outcry_engine::{
    Account, Direction, FillType, Level, Order, OrderKind, OutcomeId, OwnView, Params, Price, Quote, QuotePart, Report,
    Side, Tokens, Usdc, UserId,
};
use outcry_traders::Seen;
use std::borrow::Cow;

/// Parameters and state, to look at.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shown<'a> {
    pub(super) params: &'a Params,
    pub(super) state: &'a State,
}

impl Shown<'_> {
    /// Whose an order is that is asked about: the owner of the resting orders shown with it, since nobody meets their own.
    fn owner(&self, own: &OwnView, order: &Order) -> UserId {
        let first = own.orders.first().map(|order| order.id);
        self.state.book.all().find(|order| Some(order.id) == first).map_or(order.user, |order| order.user)
    }

    /// The state that an order of somebody meets: after what a tick serves first, and after one's own orders before it.
    fn ahead(&self, own: &OwnView, waiting: &[Order], order: &Order, now_ms: u64) -> Cow<'_, State> {
        let is_limit = |order: &Order| matches!(order.kind, OrderKind::Limit { .. });
        let place = |order: &Order| (!is_limit(order), order.ts_ms, order.id);
        let first: Vec<Order> = waiting.iter().filter(|other| place(other) < place(order)).cloned().collect();
        if first.is_empty() && !tick::serves_any(self.params, self.state) {
            return Cow::Borrowed(self.state);
        }
        let mut state = self.state.clone();
        let (free, open) = (own.free.clone(), true);
        let account = Account { balance: own.balance, deposit: own.balance, free, open, ..Account::default() };
        state.seats.insert(order.user, account);
        let owned = |first: Order| Order { user: order.user, ..first };
        tick::run(self.params, &mut state, &first.into_iter().map(owned).collect::<Vec<_>>(), now_ms, false);
        Cow::Owned(state)
    }

    /// YES and NO price of every outcome.
    fn spots(&self) -> Vec<[f64; 2]> {
        let outcomes = (0..self.params.n_outcomes).map(OutcomeId);
        outcomes.map(|outcome| Side::BOTH.map(|side| self.state.price(outcome, side))).collect()
    }

    /// The same after a plan.
    fn spots_after(&self, order: &Order, plan: &Plan, now_ms: u64) -> Vec<[f64; 2]> {
        let mut state = self.state.without_accounts();
        commit(&mut state, &mut Report::default(), order, plan, now_ms);
        Shown { state: &state, ..*self }.spots()
    }

    /// A plan in figures.
    fn describe(&self, order: &Order, plan: &Plan, gas: Usdc) -> Quote {
        let part = |fill_type, size: Tokens, value: Usdc, fee| {
            let price = Price::nearest(value.0 as f64 / size.0 as f64).unwrap_or_default();
            QuotePart { fill_type, price, size, value, fee }
        };
        let levels = plan.parts.iter().map(|level| part(level.fill_type, level.size, level.value, level.fee));
        let of_rule = plan.of_rule.iter().map(|rule| part(FillType::Amm, rule.size, rule.value, rule.fee));
        let parts: Vec<QuotePart> = levels.chain(of_rule).collect();
        let buys = order.direction == Direction::Buy;
        let prices = parts.iter().map(|part| part.price);
        let spot = self.state.price(order.outcome, order.side);
        Quote {
            filled: plan.filled,
            rests: order.size - plan.filled,
            escrow: plan.escrow(order),
            average: (plan.filled.0 > 0).then(|| part(FillType::Amm, plan.filled, plan.value, plan.fee).price),
            worst: if buys { prices.max() } else { prices.min() },
            spot,
            slippage: exact::above(plan.value, plan.filled, spot, buys),
            fee: plan.fee,
            gas,
            refund: Usdc::ZERO,
            total: if buys { plan.needed(order) + gas } else { plan.value - plan.fee - gas },
            spots_after: self.spots(),
            nearest: None,
            reject: None,
            parts,
        }
    }

    /// The quote of an order, `held_at_start` being what its owner had of it as the tick began.
    fn judge(&self, means: Means, held_at_start: Tokens, order: &Order, gas: Usdc, now_ms: u64) -> Quote {
        let judged = |order: &Order| {
            form(self.params, self.state, order, held_at_start)?;
            verdict(self.params, self.state, order, means)
        };
        let reason = match judged(order) {
            Ok(plan) => {
                let spots_after = self.spots_after(order, &plan, now_ms);
                return Quote { spots_after, ..self.describe(order, &plan, gas) };
            }
            Err(reason) => reason,
        };
        // Of an outcome that there is not, nothing can be planned.
        let known = order.outcome.index() < usize::from(self.params.n_outcomes);
        let plan = if known { plan(self.params, self.state, order) } else { Plan::default() };
        let nearest = reason.nearest(order, held_at_start, |order| judged(order).err());
        Quote { reject: Some(reason), nearest, ..self.describe(order, &plan, gas) }
    }
}

impl Seen for Shown<'_> {
    fn params(&self) -> &Params {
        self.params
    }

    fn is_active(&self, outcome: OutcomeId) -> bool {
        self.state.is_active(outcome)
    }

    fn spot(&self, outcome: OutcomeId, side: Side) -> f64 {
        self.state.price(outcome, side)
    }

    fn best(&self, outcome: OutcomeId, side: Side, direction: Direction) -> Option<Level> {
        self.state.book.best(outcome, side, direction)
    }

    fn quote(&self, own: &OwnView, waiting: &[Order], order: &Order, now_ms: u64) -> Quote {
        let order = &Order { user: self.owner(own, order), ..order.clone() };
        let held = |free: &[[Tokens; 2]]| {
            free.get(order.outcome.index()).map_or(Tokens::ZERO, |pair| pair[order.side.index()])
        };
        let ahead = self.ahead(own, waiting, order, now_ms);
        let (balance, left) = match &ahead {
            Cow::Borrowed(_) => (own.balance, held(&own.free)),
            Cow::Owned(state) => {
                let account = state.seats.get(&order.user);
                account.map_or((own.balance, held(&own.free)), |account| (account.balance, held(&account.free)))
            }
        };
        let gas = self.params.gas_fee.min(balance);
        let means = Means { balance: balance - gas, held: left };
        Shown { state: &ahead, ..*self }.judge(means, held(&own.free), order, gas, now_ms)
    }
}
