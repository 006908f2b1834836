//! The judge of refusals: every level walked, every size planned whole. [`Trial`] must say the same.

use super::Trial;
use crate::{
    amount::{MICRO, Price, RATE_ONE, Rate, Tokens, Usdc},
    book::{Books, Resting, Share, Who},
    chance::{self, Dice, USERS, any_leg, any_limit, params, seeds, state},
    check::{Bounds, Fault, Means},
    curve,
    exact::in_range,
    levels::{Levels, Taker, Venue},
    order::{Direction, Leg, OpenOrder, OrderId, OutcomeId, SIZE_MAX, SIZE_MIN, Side, UserId},
    params::Params,
    reason::RejectReason,
    route::{self, LEVELS_UNASKED, Route, Total},
    state::State,
    ways::Ways,
};
use std::{cell::Cell, collections::BTreeMap};

/// Markets when nothing is said, and orders tried in each.
const MARKETS: u64 = 150;
const ORDERS: u64 = 40;

impl<R: Resting> Trial<'_, R> {
    /// What the plan has come to where it can only be refused for want of money, level by level.
    fn walk_to_the_end_of_means(&self) -> Option<Usdc> {
        let Self { venue, taker, .. } = self;
        let (mut levels, mut shares, mut parts) = (Levels::new(venue, taker), Vec::new(), 0);
        let (mut sum, mut from_pool) = (Total::default(), Tokens::ZERO);
        while (sum.filled + from_pool) < taker.size
            && let Some(offer) = levels.next(venue, taker)
        {
            let at_most = taker.size - sum.filled;
            let depth = curve::depth(venue.terms, venue.pools, taker.leg, taker.done, offer.pool_price, at_most);
            from_pool = from_pool.max(depth);
            let size = offer.free.min(at_most - from_pool);
            if size.0 <= 0 {
                continue;
            }
            shares.clear();
            let (value, fee) = venue.take(taker, &offer, size, &mut shares);
            (sum.filled, sum.value, sum.fee) = (sum.filled + size, sum.value + value, sum.fee + fee);
            parts += 1;
            let mut reached = sum;
            reached.add_pool(venue, taker, from_pool);
            if parts > LEVELS_UNASKED && self.is_beyond_means(&reached) {
                return Some(reached.value + reached.fee);
            }
        }
        None
    }

    fn judge_of_size(&self, size: Tokens) -> Result<(), Fault> {
        let (taker, mut plan) = (Taker { size, ..self.taker }, Route::default());
        let judged = in_range(|| {
            route::plan(&self.venue, &taker, || true, &mut plan);
            self.bounds.check(&taker, &plan.total, plan.refund())?;
            self.bounds.check_pools(&plan.pools)
        });
        judged.unwrap_or(Err(Fault::OutOfRange))
    }

    fn judge(&self) -> Result<(), Fault> {
        let end = in_range(|| self.walk_to_the_end_of_means()).map_err(|_| Fault::OutOfRange)?;
        end.map_or_else(|| self.judge_of_size(self.taker.size), |needed| Err(Fault::Funds(needed)))
    }

    /// The largest size that passes, if passing changes once: by bisection of all sizes.
    fn judge_largest(&self) -> Tokens {
        let (mut low, mut high) = (0, self.taker.size.min(self.means_bound()).0 / SIZE_MIN.0 + 1);
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            match self.judge_of_size(Tokens(middle * SIZE_MIN.0)) {
                Ok(()) => low = middle,
                Err(_) => high = middle,
            }
        }
        Tokens(low * SIZE_MIN.0)
    }
}

/// A refusal without the size that it names, and that size.
fn told(verdict: Result<(), RejectReason>) -> Option<(RejectReason, Tokens)> {
    let mut reason = verdict.err()?;
    let named = chance::take_size(&mut reason);
    Some((reason, named))
}

/// How often each reason came up, and how often its size was not the judge's.
type Seen = BTreeMap<String, [u64; 2]>;

fn compare<R: Resting>(trial: &Trial<'_, R>, ways: &mut Ways, seen: &mut Seen) -> Result<(), String> {
    let ours = told(trial.run(ways, &mut Route::default()));
    let held = || trial.taker.leg.direction == Direction::Buy || trial.taker.size <= trial.bounds.means.held;
    if !held() {
        return Ok(());
    }
    let judge = trial.judge().map_err(|fault| trial.reason(fault, &mut Ways::default()));
    let judge = told(judge).map(|(reason, _)| reason);
    if ours.as_ref().map(|(reason, _)| reason) != judge.as_ref() {
        return Err(format!("{ours:?}, the judge {judge:?}"));
    }
    let Some((reason, size)) = ours else { return Ok(()) };
    let name = format!("{reason:?}").split(' ').next().unwrap_or_default().to_owned();
    let counts = seen.entry(name).or_default();
    counts[0] += 1;
    let judged = trial.judge_largest();
    if size == judged {
        return Ok(());
    }
    // Rounding: sizes that pass and sizes that do not take turns. Ours must be one that does, before one that does not.
    counts[1] += 1;
    let passes = |size: Tokens| size.0 == 0 || trial.judge_of_size(size).is_ok();
    let next = size + SIZE_MIN;
    if !passes(size) || (passes(next) && next < trial.taker.size) {
        return Err(format!("{reason:?} names {size}, the judge {judged}"));
    }
    Ok(())
}

#[test]
#[expect(clippy::print_stdout, reason = "how much a long run compared")]
fn refusals_are_those_of_whole_plans() {
    let mut seen = Seen::new();
    for seed in seeds::seeds("refusals", seeds::count("OUTCRY_SCENARIOS", MARKETS)) {
        let dice = &mut Dice::new(seed);
        let params = params(dice);
        let state = state(dice, &params);
        let terms = state.terms(&params, 2_000);
        let (terms, pools, resting) = (&terms, state.pools.as_slice(), &state.books);
        // Shared by all, as in a tick whose orders are all refused.
        let mut ways = Ways::default();
        for number in 0..ORDERS {
            let user = UserId(dice.below(USERS.into()) as u32);
            let seat = state.seats.get(user).unwrap();
            let leg = any_leg(dice);
            let means = Means { balance: seat.account.balance, held: seat.account.held(leg) };
            let any = dice.of_any_size(10_000, 10_000 * MICRO);
            let size = Tokens(dice.pick(&[any, any, any, SIZE_MAX.0, means.held.0.max(1)]));
            let limit = dice.once_in(3).then(|| any_limit(dice, &params));
            let slippage = Rate(dice.pick(&[0, RATE_ONE / 100, RATE_ONE / 2, 1_000 * RATE_ONE, i64::MAX]));
            let max_slippage = limit.is_none().then_some(slippage);
            let done = Tokens(dice.pick(&[0, 0, 5 * MICRO]));
            let taker = Taker { user, leg, size, limit, done };
            let bounds = Bounds { terms, pools, max_slippage, means };
            let venue = Venue { terms, pools, resting };
            let trial = Trial { venue, taker, bounds, own: &seat.orders };
            compare(&trial, &mut ways, &mut seen)
                .unwrap_or_else(|wrong| panic!("seed {seed} order {number}: {wrong}\n{taker:?} {means:?}"));
        }
    }
    println!("{seen:?}");
    for reason in ["Slippage", "Funds", "NoProceeds", "NeverPaysBack"] {
        let [times, rounded] = seen.get(reason).copied().unwrap_or_default();
        assert!(times >= 100, "{reason} hardly came up: {seen:?}");
        assert!(rounded * 100 <= times, "{reason}: sizes of rounding are no exceptions: {seen:?}");
    }
}

/// The books, counting how often they are looked at.
struct Counting<'a> {
    books: &'a Books,
    looks: Cell<usize>,
}

impl Resting for Counting<'_> {
    fn level(&self, leg: Leg, rank: usize, who: Who) -> Option<(Price, Tokens)> {
        self.looks.set(self.looks.get() + 1);
        self.books.level(leg, rank, who)
    }

    fn rank(&self, leg: Leg, price: Price) -> usize {
        self.looks.set(self.looks.get() + 1);
        self.books.rank(leg, price)
    }

    fn split(&self, leg: Leg, rank: usize, size: Tokens, who: Who, shares: &mut Vec<Share>) {
        self.looks.set(self.looks.get() + 1);
        self.books.split(leg, rank, size, who, shares);
    }
}

/// Looks at the books that each of so many refusals takes, one after the other.
fn looks(levels: u32, refused: &[(Taker, Rate)]) -> Vec<usize> {
    let params = Params { tick_size: Price(1_000), q0: Params::default().q0_default(), ..Params::default() };
    let mut state = State::new(&params);
    let ask = |n: u32| OpenOrder {
        id: OrderId(n.into()),
        user: UserId(9),
        outcome: OutcomeId(0),
        side: Side::Yes,
        direction: Direction::Sell,
        price: Price(510_000 + n * 1_000),
        size: SIZE_MIN,
        filled: Tokens::ZERO,
        af_opt_in: false,
        ts_ms: 0,
        rested: SIZE_MIN,
        escrow: Usdc::ZERO,
    };
    (0..levels).for_each(|n| state.books.insert(ask(n)));
    let terms = state.terms(&params, 0);
    let (terms, pools) = (&terms, state.pools.as_slice());
    let counting = Counting { books: &state.books, looks: Cell::default() };
    let mut ways = Ways::default();
    let each = refused.iter().map(|&(taker, max_slippage)| {
        counting.looks.set(0);
        let means = Means { balance: Usdc::whole(1_000_000), held: Tokens::ZERO };
        let bounds = Bounds { terms, pools, max_slippage: Some(max_slippage), means };
        let trial = Trial { venue: Venue { terms, pools, resting: &counting }, taker, bounds, own: &[] };
        assert!(trial.run(&mut ways, &mut Route::default()).is_err());
        counting.looks.get()
    });
    each.collect()
}

/// What stands in the way is looked at once, however many orders are refused for whatever price and size.
#[test]
fn refusals_after_the_first_do_not_walk_the_levels_again() {
    let leg = Leg { outcome: OutcomeId(0), side: Side::Yes, direction: Direction::Buy };
    let taker = |size| Taker { user: UserId(1), leg, size, limit: None, done: Tokens::ZERO };
    let any_price = Rate(1_000 * RATE_ONE);
    let refused = [
        (taker(SIZE_MAX), any_price),
        (taker(SIZE_MAX - Tokens(1)), any_price),
        (taker(Tokens::whole(100_000)), Rate(RATE_ONE / 20)),
        (taker(Tokens::whole(90_000)), Rate(RATE_ONE / 2)),
        (taker(Tokens::whole(80_000)), any_price),
    ];
    let [few, many] = [10, 480].map(|levels| looks(levels, &refused));
    assert!(many[0] >= 480, "{many:?}");
    assert!(few[1..].iter().zip(&many[1..]).all(|(few, many)| *many <= few + 40), "{few:?} {many:?}");
}
