//! What stands in a taker's way: resting orders of the same token, and those of the other token that a
//! pair implies, best all-in price first (§5.5). Reads books and pools; changes nothing.

use crate::{
    amount::{MICRO, Price, RATE_ONE, Tokens, Usdc},
    book::{Resting, Share, Who},
    exact::narrow,
    fill::FillType,
    fraction::Fraction,
    order::{Direction, Leg, UserId},
    pool::{PoolState, Terms},
};

/// Where a taker trades: terms, pools and resting orders of one moment.
pub(crate) struct Venue<'a, R> {
    pub(crate) terms: &'a Terms<'a>,
    pub(crate) pools: &'a [PoolState],
    pub(crate) resting: &'a R,
}

/// What a taker asks for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Taker {
    pub(crate) user: UserId,
    pub(crate) leg: Leg,
    pub(crate) size: Tokens,
    /// A limit order takes nothing worse; a market order takes all of its size.
    pub(crate) limit: Option<Price>,
    /// D₀.
    pub(crate) done: Tokens,
}

impl Taker {
    /// Whether a price is as good as the limit, if there is one.
    pub(crate) fn accepts(&self, price: Price) -> bool {
        self.limit.is_none_or(|limit| match self.leg.direction {
            Direction::Buy => price <= limit,
            Direction::Sell => price >= limit,
        })
    }
}

/// A level that competes with the pool.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Offer {
    /// Whose orders are taken: the other way, or the other token's.
    pub(crate) leg: Leg,
    /// Among the ladder's levels, as it stood.
    pub(crate) rank: usize,
    /// The resting orders' limit.
    pub(crate) limit: Price,
    pub(crate) free: Tokens,
    pub(crate) fill_type: FillType,
    /// The pool is better up to this marginal price.
    pub(crate) pool_price: Fraction,
}

/// When a level's turn comes.
pub(crate) struct Turn {
    pool_price: Fraction,
    is_direct: bool,
    direction: Direction,
}

impl Turn {
    /// Whether another level is taken before.
    pub(crate) fn is_after(&self, offer: &Offer) -> bool {
        let ordering = match self.direction {
            Direction::Buy => offer.pool_price.cmp(&self.pool_price),
            Direction::Sell => self.pool_price.cmp(&offer.pool_price),
        };
        ordering.then_with(|| (!offer.is_direct()).cmp(&!self.is_direct)).is_lt()
    }
}

impl Offer {
    /// Whether the same token is offered, not one that a pair implies.
    pub(crate) fn is_direct(&self) -> bool {
        self.fill_type == FillType::Lob
    }
}

/// The levels that a taker may take: the best not yet taken of either kind.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Levels {
    direct: Option<Offer>,
    implied: Option<Offer>,
}

impl Levels {
    pub(crate) fn new<R: Resting>(venue: &Venue<'_, R>, taker: &Taker) -> Self {
        Self { direct: venue.direct(taker, 0), implied: venue.implied(taker, 0) }
    }

    /// Those after the given levels of either kind.
    pub(crate) fn after<R: Resting>(
        venue: &Venue<'_, R>,
        taker: &Taker,
        direct: Option<Price>,
        implied: Option<Price>,
    ) -> Self {
        let rank = |leg, last: Option<Price>| last.map_or(0, |price| venue.resting.rank(leg, price) + 1);
        let direct = venue.direct(taker, rank(taker.leg.opposite(), direct));
        Self { direct, implied: venue.implied(taker, rank(taker.leg.paired(), implied)) }
    }

    /// The best of those left.
    pub(crate) fn next<R: Resting>(&mut self, venue: &Venue<'_, R>, taker: &Taker) -> Option<Offer> {
        let take_direct = match (&self.direct, &self.implied) {
            (Some(direct), Some(implied)) => match taker.leg.direction {
                Direction::Buy => direct.pool_price <= implied.pool_price,
                Direction::Sell => direct.pool_price >= implied.pool_price,
            },
            (direct, _) => direct.is_some(),
        };
        if take_direct {
            let offer = self.direct?;
            self.direct = venue.direct(taker, offer.rank + 1);
            return Some(offer);
        }
        let offer = self.implied?;
        self.implied = venue.implied(taker, offer.rank + 1);
        Some(offer)
    }
}

impl<R: Resting> Venue<'_, R> {
    /// The next level of the same token's opposite orders, which carries the same fee as
    /// the pool: compared without it.
    fn direct(&self, taker: &Taker, rank: usize) -> Option<Offer> {
        let leg = taker.leg.opposite();
        let (price, free) = self.resting.level(leg, rank, Who::Except(taker.user))?;
        let fill_type = FillType::Lob;
        taker.accepts(price).then_some(Offer { leg, rank, limit: price, free, fill_type, pool_price: price.into() })
    }

    /// The next level that a pair with an order of the other token implies. It carries
    /// no fee f: the pool must be better with its fee.
    fn implied(&self, taker: &Taker, rank: usize) -> Option<Offer> {
        if !self.implies(taker) {
            return None;
        }
        let leg = taker.leg.paired();
        let (price, free) = self.resting.level(leg, rank, Who::Except(taker.user))?;
        let (pool_price, fill_type) = self.implied_price(leg, price)?;
        Some(Offer { leg, rank, limit: price, free, fill_type, pool_price })
    }

    /// Whether orders of the other token stand in a taker's way.
    fn implies(&self, taker: &Taker) -> bool {
        taker.limit.is_none() && self.terms.params.cm_enabled
    }

    /// What the pool's price must be to come to what a pair with an order at `price` does.
    fn implied_price(&self, leg: Leg, price: Price) -> Option<(Fraction, FillType)> {
        // All-in, a token costs 1/(1 − f_match/2) − S (brings 1/(1 + f_match/2) − S): in parts of a
        // micro-USDC, so that it is exact.
        let f_match = self.terms.params.f_match.0;
        let (parts, fill_type) = match leg.direction {
            Direction::Buy => (2 * RATE_ONE - f_match, FillType::Mint),
            Direction::Sell => (2 * RATE_ONE + f_match, FillType::Merge),
        };
        let all_in = Some(2 * RATE_ONE * MICRO - parts * i64::from(price.0)).filter(|&all_in| all_in > 0)?;
        Some((self.terms.before_fee(leg.direction, all_in, parts), fill_type))
    }

    /// The level of a leg at a price, as it stands.
    pub(crate) fn at(&self, taker: &Taker, leg: Leg, price: Price) -> Option<Offer> {
        let rank = self.resting.rank(leg, price);
        let is_direct = leg == taker.leg.opposite();
        let offer = if is_direct { self.direct(taker, rank) } else { self.implied(taker, rank) };
        offer.filter(|offer| offer.limit == price)
    }

    /// Where a level of a leg at a price would come among the taker's; `None` when nowhere.
    pub(crate) fn turn(&self, taker: &Taker, leg: Leg, price: Price) -> Option<Turn> {
        let is_direct = leg == taker.leg.opposite();
        let is_met = is_direct || (leg == taker.leg.paired() && self.implies(taker));
        let pool_price = if is_direct { price.into() } else { self.implied_price(leg, price).filter(|_| is_met)?.0 };
        Some(Turn { pool_price, is_direct, direction: taker.leg.direction })
    }

    /// What the taker pays or gets for `size` of a level, and the fee on it; how it is split over the level's
    /// orders is added to `shares`.
    pub(crate) fn take(&self, taker: &Taker, offer: &Offer, size: Tokens, shares: &mut Vec<Share>) -> (Usdc, Usdc) {
        let start = shares.len();
        self.resting.split(offer.leg, offer.rank, size, Who::Except(taker.user), shares);
        let each = |share: &Share| {
            let value = share_value(self.terms, offer.fill_type, taker.leg.direction, offer.limit, share.size);
            (value, share_fee(self.terms, offer.fill_type, value))
        };
        let both = shares[start..].iter().map(each);
        both.fold((Usdc::ZERO, Usdc::ZERO), |sums, (value, fee)| (sums.0 + value, sums.1 + fee))
    }
}

/// What the taker pays or gets for its fill with one resting order, without the fee.
pub(crate) fn share_value(
    terms: &Terms<'_>,
    fill_type: FillType,
    direction: Direction,
    limit: Price,
    size: Tokens,
) -> Usdc {
    match (fill_type, direction) {
        (FillType::Mint, _) => implied_cost(terms, limit, size),
        (FillType::Merge, _) => implied_proceeds(terms, limit, size),
        (_, Direction::Buy) => limit.cost(size),
        (_, Direction::Sell) => limit.proceeds(size),
    }
}

/// The taker's fee on a fill with one resting order: an implied level carries f_match
/// in its price instead.
pub(crate) fn share_fee(terms: &Terms<'_>, fill_type: FillType, value: Usdc) -> Usdc {
    if fill_type == FillType::Lob { terms.params.f.of_up(value) } else { Usdc::ZERO }
}

/// A YES buy against a NO bid at S costs 1/(1 − f_match/2) − S a token; rounded up.
fn implied_cost(terms: &Terms<'_>, limit: Price, size: Tokens) -> Usdc {
    let (one, f_match) = (i128::from(2 * RATE_ONE), i128::from(terms.params.f_match.0));
    let net = one - f_match;
    let numerator = one * i128::from(MICRO) - i128::from(limit.0) * net;
    Usdc(narrow(-(-i128::from(size.0) * numerator).div_euclid(net * i128::from(MICRO))))
}

/// A YES sale against a NO ask at S brings 1/(1 + f_match/2) − S a token; rounded down.
fn implied_proceeds(terms: &Terms<'_>, limit: Price, size: Tokens) -> Usdc {
    let (one, f_match) = (i128::from(2 * RATE_ONE), i128::from(terms.params.f_match.0));
    let gross = one + f_match;
    let numerator = one * i128::from(MICRO) - i128::from(limit.0) * gross;
    Usdc(narrow((i128::from(size.0) * numerator).div_euclid(gross * i128::from(MICRO))))
}
