//! Sharing a whole out in proportion: largest remainder, exact to the single unit.

use crate::{amount::Usdc, exact::mul_div_rem};

/// Parts whose remainders are ranked without allocating; more of them allocate.
const RANKED_IN_PLACE: usize = 64;

/// Replaces weights, which sum to `whole`, by their parts of `amount`: rounded down, what is
/// left in single units to the largest remainders, ties to the earlier. Weights and amount may
/// be of different units; `units` finds the number in an entry.
pub(crate) fn largest_remainder<T>(parts: &mut [T], units: impl Fn(&mut T) -> &mut i64, amount: i64, whole: i64) {
    if amount == whole {
        return;
    }
    let mut in_place = [0; RANKED_IN_PLACE];
    let mut allocated = Vec::new();
    let remainders = match in_place.get_mut(..parts.len()) {
        Some(remainders) => remainders,
        None => {
            allocated.resize(parts.len(), 0);
            &mut allocated[..]
        }
    };
    let mut left = amount;
    for (entry, remainder) in parts.iter_mut().zip(&mut *remainders) {
        let weight = units(entry);
        (*weight, *remainder) = mul_div_rem(amount, *weight, whole);
        left -= *weight;
    }
    let Some(last) = usize::try_from(left).ok().and_then(|left| left.checked_sub(1)) else { return };
    let cutoff = nth_largest(remainders, last);
    let larger = remainders.iter().filter(|&&remainder| remainder > cutoff).count();
    let mut ties = last + 1 - larger;
    for (entry, &remainder) in parts.iter_mut().zip(&*remainders) {
        let tie = remainder == cutoff && ties > 0;
        ties -= usize::from(tie);
        *units(entry) += i64::from(tie || remainder > cutoff);
    }
}

/// Shares money out by weights; `room` is where the parts are laid.
pub(crate) fn apportion(
    amount: Usdc,
    weights: impl Iterator<Item = i64>,
    room: &mut Vec<i64>,
) -> impl Iterator<Item = Usdc> {
    room.clear();
    room.extend(weights);
    let whole = room.iter().sum();
    largest_remainder(room, |part| part, amount.0, whole);
    room.iter().copied().map(Usdc)
}

/// The remainder that has `rank` others before it in descending order.
fn nth_largest(remainders: &[i64], rank: usize) -> i64 {
    let nth = |ranked: &mut [i64]| *ranked.select_nth_unstable_by(rank, |a, b| b.cmp(a)).1;
    let mut in_place = [0; RANKED_IN_PLACE];
    match in_place.get_mut(..remainders.len()) {
        Some(ranked) => {
            ranked.copy_from_slice(remainders);
            nth(ranked)
        }
        None => nth(&mut remainders.to_vec()),
    }
}

#[cfg(test)]
mod tests {
    use super::{RANKED_IN_PLACE, largest_remainder};

    fn check(weights: &[i64], amount: i64, expected: &[i64]) {
        let mut parts = weights.to_vec();
        largest_remainder(&mut parts, |part| part, amount, weights.iter().sum());
        assert_eq!(parts, expected, "{amount} over {weights:?}");
    }

    #[test]
    fn what_is_left_goes_to_the_largest_remainders_and_of_equal_ones_to_the_earlier() {
        check(&[1, 1, 1], 2, &[1, 1, 0]);
        check(&[1, 2, 3], 5, &[1, 2, 2]);
        check(&[5, 3, 2], 7, &[4, 2, 1]);
        check(&[7], 3, &[3]);
        check(&[], 0, &[]);
        check(&[4, 4], 8, &[4, 4]);
    }

    #[test]
    fn many_are_ranked_like_few() {
        let many = RANKED_IN_PLACE + 1;
        let expected: Vec<i64> = (0..many).map(|place| i64::from(place < 5)).collect();
        check(&vec![1; many], 5, &expected);
    }
}
