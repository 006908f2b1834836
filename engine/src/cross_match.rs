//! Participants' YES and NO orders making or burning pairs among themselves (§5.4). Finds the next
//! match; who carries it out changes the book.

use crate::{
    amount::{MICRO, Price, RATE_ONE, Tokens, Usdc},
    book::{Books, Share, TickPool, ranked},
    exact::narrow,
    order::{Direction, Leg, OutcomeId, Side, UserId},
    params::Params,
};

/// A fill of a YES pool with a NO pool of one outcome.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Match {
    /// `Buy`: both bid, a mint. `Sell`: both ask, a merge.
    pub(crate) direction: Direction,
    /// The YES limit T and the NO limit S.
    pub(crate) prices: [Price; 2],
    pub(crate) size: Tokens,
    /// Parts per side, YES first.
    pub(crate) shares: [Vec<Share>; 2],
    /// The maker's fee; negative by a micro where rounding fell short of it.
    pub(crate) fee: Usdc,
    /// What the limits leave beyond pairs and fee: to V and seigniorage.
    pub(crate) surplus: Usdc,
}

/// Whether limits T and S meet: T + S ∓ f_match·(T + S)/2 reaches 1.
fn meets(params: &Params, direction: Direction, prices: [Price; 2]) -> bool {
    let sum = i128::from(prices[0].0) + i128::from(prices[1].0);
    let one = i128::from(2 * RATE_ONE);
    let f_match = i128::from(params.f_match.0);
    match direction {
        Direction::Buy => sum * (one - f_match) >= one * i128::from(MICRO),
        Direction::Sell => sum * (one + f_match) <= one * i128::from(MICRO),
    }
}

/// ⌈f_match·(T + S)/2·Δ⌉.
fn fee(params: &Params, prices: [Price; 2], size: Tokens) -> Usdc {
    let sum = i128::from(prices[0].0) + i128::from(prices[1].0);
    let scaled = sum * i128::from(params.f_match.0) * i128::from(size.0);
    Usdc(narrow(-(-scaled).div_euclid(i128::from(2 * RATE_ONE) * i128::from(MICRO))))
}

/// One outcome's orders in one direction, with what the search for a match must know.
struct Matching<'a> {
    params: &'a Params,
    direction: Direction,
    /// The maker's fees so far, which make up for rounding.
    fees: Usdc,
}

/// The next match of an outcome: mints before merges; of mints the highest T + S, of
/// merges the lowest, then the highest (lowest) T.
pub(crate) fn next(params: &Params, books: &Books, outcome: OutcomeId, fees: Usdc) -> Option<Match> {
    Direction::BOTH.into_iter().find_map(|direction| next_of(&Matching { params, direction, fees }, books, outcome))
}

fn next_of(matching: &Matching<'_>, books: &Books, outcome: OutcomeId) -> Option<Match> {
    let Matching { params, direction, .. } = *matching;
    let [yes, no] = Side::BOTH.map(|side| books.ladder(Leg { outcome, side, direction }));
    let (best_yes, best_no) = (ranked(yes, direction, 0)?, ranked(no, direction, 0)?);
    if !meets(params, direction, [best_yes.price, best_no.price]) {
        return None;
    }
    if let Some(found) = pair_up(matching, best_yes, best_no) {
        return Some(found);
    }
    // Beyond the best pair there are others only where one user stands on both sides.
    let mut pairs: Vec<(&TickPool, &TickPool)> = Vec::new();
    for yes in yes {
        let meeting = |no: &&TickPool| meets(params, direction, [yes.price, no.price]);
        pairs.extend(no.iter().filter(meeting).map(|no| (yes, no)));
    }
    pairs.sort_by_key(|(yes, no)| {
        let key = (i64::from(yes.price.0) + i64::from(no.price.0), i64::from(yes.price.0));
        match direction {
            Direction::Buy => (-key.0, -key.1),
            Direction::Sell => key,
        }
    });
    pairs.into_iter().find_map(|(yes, no)| pair_up(matching, yes, no))
}

fn pair_up(matching: &Matching<'_>, yes: &TickPool, no: &TickPool) -> Option<Match> {
    let both = users_in_both(yes, no);
    let (parts, volumes) = participants(yes, no, &both)?;
    let size = volumes[0].min(volumes[1]);
    let shares = [parts[0].split(yes, size, volumes[0]), parts[1].split(no, size, volumes[1])];
    let prices = [yes.price, no.price];
    let cash: Usdc = shares.iter().flatten().map(|share| share.cash).sum();
    // What the limits leave beyond the pairs' own USDC; rounding alone can make it fall
    // short, by a micro or so, where no fee is taken.
    let over = match matching.direction {
        Direction::Buy => cash - size.at_par(),
        Direction::Sell => size.at_par() - cash,
    };
    if (over + matching.fees).0 < 0 {
        return None;
    }
    let fee = over.min(fee(matching.params, prices, size));
    let surplus = over - fee;
    Some(Match { direction: matching.direction, prices, size, shares, fee, surplus })
}

fn users_in_both(yes: &TickPool, no: &TickPool) -> Vec<UserId> {
    let in_no = |user| no.orders.iter().any(|order| order.user == user);
    let mut both: Vec<UserId> = yes.orders.iter().map(|order| order.user).filter(|&user| in_no(user)).collect();
    both.sort_unstable();
    both.dedup();
    both
}

/// Which orders of a pool take part in a match.
#[derive(Clone, Copy)]
enum Eligible<'a> {
    All,
    /// Those of nobody listed; sorted.
    Without(&'a [UserId]),
    Oldest,
    /// Those of everybody but one.
    Others(UserId),
}

impl Eligible<'_> {
    fn includes(self, index: usize, user: UserId) -> bool {
        match self {
            Self::All => true,
            Self::Without(users) => users.binary_search(&user).is_err(),
            Self::Oldest => index == 0,
            Self::Others(than) => user != than,
        }
    }

    fn volume(self, pool: &TickPool) -> Tokens {
        let taking_part = pool.orders.iter().enumerate().filter(|(index, order)| self.includes(*index, order.user));
        taking_part.map(|(_, order)| order.remaining()).sum()
    }

    fn split(self, pool: &TickPool, size: Tokens, available: Tokens) -> Vec<Share> {
        let mut shares = Vec::new();
        pool.split_among(size, available, |index, order| self.includes(index, order.user), &mut shares);
        shares
    }
}

/// A user with orders in both pools sits out of the YES pool; if that leaves none, out of
/// the NO pool; if that leaves none either, the oldest YES order meets the others' NO orders.
fn participants<'a>(yes: &TickPool, no: &TickPool, both: &'a [UserId]) -> Option<([Eligible<'a>; 2], [Tokens; 2])> {
    let oldest = yes.orders.first()?.user;
    let choices = [
        [Eligible::Without(both), Eligible::All],
        [Eligible::All, Eligible::Without(both)],
        [Eligible::Oldest, Eligible::Others(oldest)],
    ];
    let with_volumes = choices.into_iter().map(|parts| (parts, [parts[0].volume(yes), parts[1].volume(no)]));
    with_volumes.into_iter().find(|(_, volumes)| volumes[0].0 > 0 && volumes[1].0 > 0)
}
