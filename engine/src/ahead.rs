//! What a tick does before it takes an order: resting orders that the pool betters are served, and one's own
//! orders that come first are taken; what that leaves of market and account, as far as one's own knowledge
//! goes. Works on copies, which nobody else sees. What is matched of orders that rest is not replayed: who sits
//! out of it, since they stand on both sides, is not public (§5.4).

use crate::{
    amount::{Price, Tokens, Usdc},
    book::{Resting, Who},
    check::{self, Bounds, Means},
    curve,
    exact::mul_div_down,
    levels::{Taker, Venue},
    order::{Direction, Leg, Order, OrderKind, OutcomeId, Side},
    pool::PoolState,
    public::{Level, OwnOrder, OwnView, PublicBooks, PublicMarket},
    reason::RejectReason,
    reroute,
    route::{Route, Total},
    trial::Trial,
    ways::Ways,
};

/// Micros by which the parts of a limit's orders may come to less than the whole, each being rounded: where so
/// little decides whether the pool serves them, it is taken not to.
const ROUNDED: i64 = 64;

pub(crate) struct Ahead {
    pub(crate) market: PublicMarket,
    pub(crate) own: OwnView,
    /// What was held as the tick began, when orders are looked at for their form.
    at_start: Vec<[Tokens; 2]>,
    /// D₀ of each leg that was traded with the pool.
    traded: Vec<(Leg, Tokens)>,
}

impl Ahead {
    pub(crate) fn new(market: &PublicMarket, own: &OwnView) -> Self {
        Self { market: market.clone(), own: own.clone(), at_start: own.free.clone(), traded: Vec::new() }
    }

    /// Those of the waiting orders that a tick takes before `order`, which comes after them: limit
    /// orders first, each kind by time.
    pub(crate) fn of<'w>(waiting: &'w [Order], order: &Order) -> Vec<&'w Order> {
        let is_market = |order: &Order| matches!(order.kind, OrderKind::Market { .. });
        let mut first: Vec<&Order> = waiting.iter().filter(|waiting| is_market(order) || !is_market(waiting)).collect();
        first.sort_by_key(|order| (is_market(order), order.ts_ms, order.id));
        first
    }

    /// Serves the resting orders that the pool betters, as a tick begins with it: those of a limit together, one's
    /// own among them by their part.
    pub(crate) fn re_route(&mut self, now_ms: u64) {
        let mut pools = self.market.pools();
        for (outcome, _) in (0..).map(OutcomeId).zip(0..pools.len()) {
            for side in Side::BOTH {
                for direction in Direction::BOTH {
                    self.re_route_ladder(Leg { outcome, side, direction }, &mut pools, now_ms);
                }
            }
        }
        for (outcome, pool) in self.market.outcomes.iter_mut().zip(pools) {
            outcome.pool = pool;
        }
    }

    fn re_route_ladder(&mut self, leg: Leg, pools: &mut [PoolState], now_ms: u64) {
        let mut rank = 0;
        while let Some((limit, total)) = self.books().level(leg, rank, Who::Everyone) {
            let terms = self.market.terms(now_ms);
            let Some(trade) = reroute::trade(&terms, pools, leg, limit, total) else { return };
            let at_limit = match leg.direction {
                Direction::Buy => limit.cost(trade.size),
                Direction::Sell => limit.proceeds(trade.size),
            };
            let within = reroute::within(&trade, at_limit);
            let served = within.0 >= ROUNDED;
            if served {
                let over = within - reroute::fee(&terms, &trade, within);
                curve::apply(&terms, pools, &trade);
                self.serve_own(leg, limit, (trade.size, total), over);
                self.change_level(leg, limit, |level| level.take(trade.size));
            }
            rank += usize::from(!served || trade.size < total);
        }
    }

    /// One's own part of `size` of the `total` tokens at a limit, which leave `over` beyond it.
    fn serve_own(&mut self, leg: Leg, limit: Price, (size, total): (Tokens, Tokens), over: Usdc) {
        for order in self.own.orders.iter_mut().filter(|order| order.leg() == leg && order.price == limit) {
            let part = Tokens(mul_div_down(order.remaining.0, size.0, total.0));
            order.remaining -= part;
            self.own.balance += Usdc(mul_div_down(over.0, part.0, size.0));
            match leg.direction {
                Direction::Sell => self.own.balance += limit.proceeds(part),
                Direction::Buy => {
                    if let Some(free) = self.own.free.get_mut(leg.outcome.index()) {
                        free[leg.side.index()] += part;
                    }
                }
            }
        }
        self.own.orders.retain(|order| order.remaining.0 > 0);
    }

    fn books(&self) -> PublicBooks<'_> {
        PublicBooks { market: &self.market, own: &self.own.orders }
    }

    /// Gas of every order is taken before the first is carried out; returns that of the one after those that wait.
    pub(crate) fn charge_gas(&mut self, waiting: &[Order]) -> Usdc {
        let fee = self.market.params.gas_fee;
        let mut gas = Usdc::ZERO;
        for _ in 0..=waiting.len() {
            gas = fee.min(self.own.balance);
            self.own.balance -= gas;
        }
        gas
    }

    /// Whether a tick would take the order in, before it carries out the first.
    ///
    /// # Errors
    /// What is wrong with its form.
    pub(crate) fn admit(&self, order: &Order) -> Result<(), RejectReason> {
        check::form(&self.market.params, &self.market.pools(), order, self.held_at_start(order.leg()))
    }

    /// Free tokens of what an order trades, before the tick carried out anything.
    pub(crate) fn held_at_start(&self, leg: Leg) -> Tokens {
        self.at_start.get(leg.outcome.index()).map_or(Tokens::ZERO, |free| free[leg.side.index()])
    }

    pub(crate) fn done(&self, leg: Leg) -> Tokens {
        self.traded.iter().filter(|(traded, _)| *traded == leg).map(|(_, size)| *size).sum()
    }

    /// Carries an order out where a tick would.
    pub(crate) fn take(&mut self, order: &Order, now_ms: u64) {
        let leg = order.leg();
        let (pools, terms, held) = (self.market.pools(), self.market.terms(now_ms), self.own.held(leg));
        if self.admit(order).is_err() {
            return;
        }
        let (limit, max_slippage) = order.kind.bounds();
        let taker = Taker { user: order.user, leg, size: order.size, limit, done: self.done(leg) };
        let means = Means { balance: self.own.balance, held };
        let (terms, pools) = (&terms, pools.as_slice());
        let venue = Venue { terms, pools, resting: &self.books() };
        let trial = Trial { venue, taker, bounds: Bounds { terms, pools, max_slippage, means }, own: &[] };
        let mut route = Route::default();
        if trial.passes(&mut Ways::default(), &mut route) {
            let escrow = route.total.escrow(&taker);
            self.carry_out(order, &route, escrow);
        }
    }

    fn carry_out(&mut self, order: &Order, route: &Route, escrow: Usdc) {
        let leg = order.leg();
        for (outcome, pool) in self.market.outcomes.iter_mut().zip(&route.pools) {
            outcome.pool = *pool;
        }
        self.traded.extend(route.total.pool.iter().map(|trade| (leg, trade.size)));
        for part in &route.parts {
            self.change_level(part.leg, part.price, |level| level.take(part.size));
        }
        for fill in &route.auto_fills.fills {
            self.change_level(fill.leg, fill.price, |level| level.take_opted_in(fill.size));
        }
        let Total { filled, value, fee, .. } = route.total;
        let rest = order.size - filled;
        let (cash, tokens) = match order.direction {
            Direction::Buy => (route.refund() - value - fee - escrow, filled),
            Direction::Sell => (value - fee, Tokens::ZERO - order.size),
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
