//! What a taker meets, best first, and how it is taken.

use super::model::{Fill, Model, rate_up, value_down, value_up};
use super::real::Real;
use outcry_engine::{Direction, FillType, Order, OrderId, OrderKind, Rate, Side};

/// Resting orders of one tick that a taker may meet.
#[derive(Clone, Debug)]
pub(crate) struct Offer {
    /// The resting orders' limit, and whether they stand on the other token's side.
    pub(crate) limit: i128,
    pub(crate) implied: bool,
    pub(crate) orders: Vec<OrderId>,
    /// All-in price for the taker as an exact fraction, fees included.
    all_in: (i128, i128),
    /// The pool's price that costs the taker as much.
    pool_price: Real,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Route {
    pub(crate) takes: Vec<(Offer, i128)>,
    pub(crate) pool: i128,
}

#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Taken {
    /// Tokens, and what they cost or brought without f.
    pub(crate) size: i128,
    pub(crate) value: i128,
}

const ONE: i128 = 1_000_000_000;
const MICRO: i128 = 1_000_000;

impl Model {
    /// Others' resting orders of one tick.
    fn others(&self, order: &Order, side: Side, direction: Direction, limit: i128) -> Vec<OrderId> {
        let here = self.resting(order.outcome.index(), side, direction, limit);
        here.into_iter().filter(|&id| self.rest(id).user != order.user).collect()
    }

    /// 1 plus the rate for a buyer, 1 minus it for a seller, in 10⁻⁹.
    fn with(rate: Rate, direction: Direction) -> i128 {
        match direction {
            Direction::Buy => ONE + i128::from(rate.0),
            Direction::Sell => ONE - i128::from(rate.0),
        }
    }

    fn direct_offer(&self, order: &Order, limit: i128) -> Offer {
        let orders = self.others(order, order.side, order.direction.opposite(), limit);
        let all_in = (limit * Self::with(self.params.f, order.direction), MICRO * ONE);
        Offer { limit, implied: false, orders, all_in, pool_price: Real::micros(limit) }
    }

    /// The price of a token by way of an order of the same direction on the other side.
    fn implied_price(&self, direction: Direction, limit: i128) -> (i128, i128) {
        let half_fee = i128::from(self.params.f_match.0);
        let pair = match direction {
            Direction::Buy => 2 * ONE - half_fee,
            Direction::Sell => 2 * ONE + half_fee,
        };
        (2 * ONE * MICRO - limit * pair, pair * MICRO)
    }

    fn implied_offer(&self, order: &Order, limit: i128) -> Offer {
        let orders = self.others(order, order.side.other(), order.direction, limit);
        let all_in = self.implied_price(order.direction, limit);
        let with_fee = Real::ratio(Self::with(self.params.f, order.direction), ONE);
        Offer { limit, implied: true, orders, all_in, pool_price: Real::ratio(all_in.0, all_in.1) / with_fee }
    }

    /// Everything resting that a market order may meet, best first.
    fn offers(&self, order: &Order) -> Vec<Offer> {
        let i = order.outcome.index();
        let direct = self.ticks(i, order.side, order.direction.opposite());
        let mut offers: Vec<Offer> = direct.into_iter().map(|limit| self.direct_offer(order, limit)).collect();
        let is_market = matches!(order.kind, OrderKind::Market { .. });
        if is_market && self.params.cm_enabled {
            let implied = self.ticks(i, order.side.other(), order.direction);
            offers.extend(implied.into_iter().map(|limit| self.implied_offer(order, limit)));
        }
        offers.retain(|offer| !offer.orders.is_empty() && offer.all_in.0 > 0);
        offers.sort_by(|x, y| {
            let (x, y) = ((x.all_in.0 * y.all_in.1, x.implied), (y.all_in.0 * x.all_in.1, y.implied));
            match order.direction {
                Direction::Buy => x.0.cmp(&y.0),
                Direction::Sell => y.0.cmp(&x.0),
            }
            .then(x.1.cmp(&y.1))
        });
        offers
    }

    fn walk(&self, order: &Order, offers: Vec<Offer>) -> Route {
        let mut route = Route::default();
        let mut left = i128::from(order.size.0);
        for offer in offers {
            let pool = self.depth_for(order, &offer.pool_price, route.pool + left).max(route.pool);
            left -= pool - route.pool;
            route.pool = pool;
            let take = left.min(self.volume_of(&offer.orders));
            left -= take;
            if take > 0 {
                route.takes.push((offer, take));
            }
        }
        route
    }

    fn depth_for(&self, order: &Order, t: &Real, want: i128) -> i128 {
        let i = order.outcome.index();
        let at = self.situation(i, order.side, self.d0(order.user, i, order.side, order.direction));
        self.solver.depth(self, &at, order.direction == Direction::Buy, t, want)
    }

    /// What a limit order takes at once.
    pub(crate) fn limit_route(&self, order: &Order, limit: i128) -> Route {
        let mut offers = self.offers(order);
        offers.retain(|offer| match order.direction {
            Direction::Buy => offer.limit <= limit,
            Direction::Sell => offer.limit >= limit,
        });
        let mut route = self.walk(order, offers);
        let taken: i128 = route.takes.iter().map(|take| take.1).sum();
        let want = i128::from(order.size.0) - taken;
        route.pool = self.depth_for(order, &Real::micros(limit), want).max(route.pool);
        route
    }

    /// What a market order takes: what no level betters comes from the pool.
    pub(crate) fn market_route(&self, order: &Order) -> Route {
        let mut route = self.walk(order, self.offers(order));
        let taken: i128 = route.takes.iter().map(|take| take.1).sum();
        route.pool = i128::from(order.size.0) - taken;
        route
    }

    /// Takes from resting orders. A seller's tokens have left the free ones already.
    pub(crate) fn take_levels(&mut self, order: &Order, takes: &[(Offer, i128)]) -> Taken {
        let mut taken = Taken::default();
        for (offer, amount) in takes {
            for (id, d) in self.pro_rata(&offer.orders, *amount) {
                if d == 0 {
                    continue;
                }
                taken.size += d;
                taken.value += match (offer.implied, order.direction) {
                    (false, Direction::Buy) => self.buy_from_ask(order, offer.limit, id, d),
                    (false, Direction::Sell) => self.sell_to_bid(order, offer.limit, id, d),
                    (true, Direction::Buy) => self.mint_with_bid(order, offer.limit, id, d),
                    (true, Direction::Sell) => self.merge_with_ask(order, offer.limit, id, d),
                };
            }
        }
        taken
    }

    fn buy_from_ask(&mut self, order: &Order, limit: i128, id: OrderId, d: i128) -> i128 {
        let (i, side, maker) = (order.outcome.index(), order.side, self.rest(id).user);
        let value = value_up(limit, d);
        let fee = rate_up(self.params.f, value);
        let paid = self.take_ask(id, d);
        self.user(maker).balance += paid;
        self.user(order.user).balance -= value + fee;
        self.user(order.user).free[i][side.index()] += d;
        self.fees += fee + value - paid;
        let (buyer, seller) = (Some(order.user), Some(maker));
        self.note(Fill { buyer, seller, outcome: i, side, value, size: d, fee, kind: FillType::Lob });
        value
    }

    fn sell_to_bid(&mut self, order: &Order, limit: i128, id: OrderId, d: i128) -> i128 {
        let (i, side, maker) = (order.outcome.index(), order.side, self.rest(id).user);
        let value = value_down(limit, d);
        let fee = rate_up(self.params.f, value);
        let paid = self.take_bid(id, d);
        self.user(maker).free[i][side.index()] += d;
        self.user(order.user).balance += value - fee;
        self.fees += paid - value + fee;
        let (buyer, seller) = (Some(maker), Some(order.user));
        self.note(Fill { buyer, seller, outcome: i, side, value, size: d, fee, kind: FillType::Lob });
        value
    }

    /// Both buy: a pair is made. The taker pays what is missing to 1, f_match included.
    fn mint_with_bid(&mut self, order: &Order, limit: i128, id: OrderId, d: i128) -> i128 {
        let (i, side, maker) = (order.outcome.index(), order.side, self.rest(id).user);
        let (num, den) = self.implied_price(Direction::Buy, limit);
        let value = super::model::ceil_div(num * d, den);
        let paid = self.take_bid(id, d);
        self.user(order.user).balance -= value;
        self.user(order.user).free[i][side.index()] += d;
        self.user(maker).free[i][side.other().index()] += d;
        self.pools[i].pairs += d;
        self.fees += value + paid - d;
        let (buyer, seller) = (Some(order.user), Some(maker));
        self.note(Fill { buyer, seller, outcome: i, side, value, size: d, fee: 0, kind: FillType::Mint });
        value
    }

    /// Both sell: a pair is burned. The taker gets what is left of 1, f_match taken off.
    fn merge_with_ask(&mut self, order: &Order, limit: i128, id: OrderId, d: i128) -> i128 {
        let (i, side, maker) = (order.outcome.index(), order.side, self.rest(id).user);
        let (num, den) = self.implied_price(Direction::Sell, limit);
        let value = (num * d).div_euclid(den);
        let paid = self.take_ask(id, d);
        self.user(order.user).balance += value;
        self.user(maker).balance += paid;
        self.pools[i].pairs -= d;
        self.fees += d - value - paid;
        // Of a matched pair the buyer is who holds or held the side named.
        let (buyer, seller) = (Some(order.user), Some(maker));
        self.note(Fill { buyer, seller, outcome: i, side, value, size: d, fee: 0, kind: FillType::Merge });
        value
    }

    /// The pool's part, one trade. A seller's tokens have left the free ones already.
    pub(crate) fn take_pool(&mut self, order: &Order, d: i128) -> Option<i128> {
        if d == 0 {
            return None;
        }
        let (i, side, direction) = (order.outcome.index(), order.side, order.direction);
        let at = self.situation(i, side, self.d0(order.user, i, side, direction));
        let is_buy = direction == Direction::Buy;
        let x = if is_buy { self.solver.cost(self, &at, d) } else { self.solver.proceeds(self, &at, d) };
        let fee = rate_up(self.params.f, x);
        self.impact(i, side, direction, d, x);
        self.fees += fee;
        let user = self.user(order.user);
        if is_buy {
            user.balance -= x + fee;
            user.free[i][side.index()] += d;
        } else {
            user.balance += x - fee;
        }
        self.traded.push((order.user, i, side, direction, d));
        let (buyer, seller) = if is_buy { (Some(order.user), None) } else { (None, Some(order.user)) };
        self.note(Fill { buyer, seller, outcome: i, side, value: x, size: d, fee, kind: FillType::Amm });
        Some(x)
    }
}
