//! One's own orders that a tick takes before another: what they leave of market and account, as far as
//! one's own knowledge goes. Works on copies, which nobody else sees.

use crate::{
    amount::{Price, Tokens, Usdc},
    check::{self, Means, Trial},
    order::{Direction, Leg, Order, OrderKind, Side},
    public::{Level, OwnOrder, OwnView, PublicBooks, PublicMarket},
    route::{Route, Taker},
};

pub(crate) struct Ahead {
    pub(crate) market: PublicMarket,
    pub(crate) own: OwnView,
    /// D₀ of each leg that was traded with the pool.
    traded: Vec<(Leg, Tokens)>,
}

impl Ahead {
    pub(crate) fn new(market: &PublicMarket, own: &OwnView) -> Self {
        Self { market: market.clone(), own: own.clone(), traded: Vec::new() }
    }

    /// Those of the waiting orders that a tick takes before `order`, which comes after them: limit
    /// orders first, each kind by time.
    pub(crate) fn of<'w>(waiting: &'w [Order], order: &Order) -> Vec<&'w Order> {
        let is_market = |order: &Order| matches!(order.kind, OrderKind::Market { .. });
        let mut first: Vec<&Order> = waiting.iter().filter(|waiting| is_market(order) || !is_market(waiting)).collect();
        first.sort_by_key(|order| (is_market(order), order.ts_ms, order.id));
        first
    }

    /// Gas of every order is taken before the first is carried out.
    pub(crate) fn charge_gas(&mut self, waiting: &[Order]) {
        for _ in waiting {
            self.own.balance -= self.market.params.gas_fee.min(self.own.balance);
        }
    }

    pub(crate) fn done(&self, leg: Leg) -> Tokens {
        self.traded.iter().filter(|(traded, _)| *traded == leg).map(|(_, size)| *size).sum()
    }

    /// Carries an order out where a tick would.
    pub(crate) fn take(&mut self, order: &Order, now_ms: u64) {
        let leg = order.leg();
        let (pools, terms, held) = (self.market.pools(), self.market.terms(now_ms), self.own.held(leg));
        if check::form(&self.market.params, &pools, order, held).is_err() {
            return;
        }
        let (limit, max_slippage) = order.kind.bounds();
        let taker = Taker { user: order.user, leg, size: order.size, limit, done: self.done(leg) };
        let means = Means { balance: self.own.balance, held };
        let resting = &PublicBooks { market: &self.market, own: &self.own.orders };
        let trial = Trial { terms: &terms, pools: &pools, resting, taker, max_slippage, means };
        let mut route = Route::default();
        if trial.passes(&mut route) {
            let escrow = check::escrow(&taker, &route);
            self.carry_out(order, &route, escrow);
        }
    }

    fn carry_out(&mut self, order: &Order, route: &Route, escrow: Usdc) {
        let leg = order.leg();
        for (outcome, pool) in self.market.outcomes.iter_mut().zip(&route.pools) {
            outcome.pool = *pool;
        }
        self.traded.extend(route.pool.iter().map(|trade| (leg, trade.size)));
        for part in &route.parts {
            self.change_level(part.leg, part.price, |level| level.take(part.size));
        }
        for fill in &route.auto_fills.fills {
            self.change_level(fill.leg, fill.price, |level| level.take_opted_in(fill.size));
        }
        let rest = order.size - route.filled;
        let (cash, tokens) = match order.direction {
            Direction::Buy => (route.refund() - route.value - route.fee - escrow, route.filled),
            Direction::Sell => (route.value - route.fee, Tokens::ZERO - order.size),
        };
        self.own.balance += cash;
        if let Some(free) = self.own.free.get_mut(leg.outcome.index()) {
            free[leg.side.index()] += tokens;
        }
        if let OrderKind::Limit { price, af_opt_in } = order.kind
            && rest.0 > 0
        {
            self.change_level(leg, price, |level| level.add(rest, af_opt_in));
            let Leg { outcome, side, direction } = leg;
            self.own.orders.push(OwnOrder {
                id: order.id,
                outcome,
                side,
                direction,
                price,
                remaining: rest,
                af_opt_in,
            });
        }
    }

    /// Changes a level of the book, which comes and goes with what rests there.
    fn change_level(&mut self, leg: Leg, price: Price, change: impl FnOnce(&mut Level)) {
        let Some(outcome) = self.market.outcomes.get_mut(leg.outcome.index()) else { return };
        let key = |side: Side, direction, price| (side, direction, price);
        let wanted = key(leg.side, leg.direction, price);
        let at = outcome.levels.partition_point(|level| key(level.side, level.direction, level.price) < wanted);
        let there = outcome.levels.get(at).is_some_and(|level| key(level.side, level.direction, level.price) == wanted);
        if !there {
            let (total, opt_in) = (Tokens::ZERO, Tokens::ZERO);
            outcome.levels.insert(at, Level { side: leg.side, direction: leg.direction, price, total, opt_in });
        }
        change(&mut outcome.levels[at]);
        if outcome.levels[at].total.0 <= 0 {
            outcome.levels.remove(at);
        }
    }
}

impl Level {
    fn add(&mut self, size: Tokens, af_opt_in: bool) {
        self.total += size;
        self.opt_in += if af_opt_in { size } else { Tokens::ZERO };
    }

    /// Who of a level is met is not public: those who opted in as the others.
    fn take(&mut self, size: Tokens) {
        let (opt_in, total) = (i128::from(self.opt_in.0), i128::from(self.total.0.max(1)));
        self.total -= size;
        self.opt_in = Tokens((opt_in * i128::from(self.total.0) / total) as i64);
    }

    fn take_opted_in(&mut self, size: Tokens) {
        self.total -= size;
        self.opt_in -= size;
    }
}
