//! depth(t): the largest size no worse than t.

use super::{cases, for_all, must, place::Place};
use crate::dice::Dice;
use crate::real::Real;
use outcry_engine::{Direction, Tokens};

/// A price worth asking for: every tick, a micro beside it, the bounds, near the spot.
fn price(dice: &mut Dice, place: &Place) -> i64 {
    let p = &place.market.params;
    let (tick, low, high) = (i64::from(p.tick_size.0), i64::from(p.p_min.0), i64::from(p.p_max.0));
    let spot = place.q() as f64 / place.l() as f64 * 1e6;
    let near = (spot / tick as f64) as i64 * tick + dice.between(-2, 2) * tick;
    let any = dice.between(low / tick, high / tick) * tick;
    let beside = dice.pick(&[-1, 0, 0, 1]);
    (dice.pick(&[near, near, any, low, high]) + beside).clamp(1, 1_000_000)
}

#[test]
fn depth_is_the_largest_size_no_worse_than_the_price() {
    for_all(cases(), |seed| {
        let mut dice = Dice::new(seed);
        let place = Place::random(&mut dice);
        let (t, want) = (price(&mut dice, &place), place.size(&mut dice));
        let depth = place.curve().depth(t as f64 / 1e6, Tokens(want)).0;
        let (situation, t) = (place.situation(), Real::micros(t.into()));
        let (symbols, is_buy) = (situation.symbols(), place.direction == Direction::Buy);
        let within = |d: i128| d <= 0 || symbols.is_within(is_buy, &Real::micros(d), &t);
        let slack = situation.depth_slack(&t);
        must(0 <= depth && depth <= want, || format!("{depth} of {want}"))?;
        must(within(i128::from(depth) - slack), || format!("depth {depth} of {want} is too much"))?;
        let more = i128::from(depth) + slack;
        must(more >= want.into() || !within(more), || {
            format!("depth {depth} of {want} at {} is too little: {situation:?}", t.to_f64())
        })
    });
}

#[test]
fn what_is_taken_to_a_depth_keeps_the_price() {
    for_all(cases(), |seed| {
        let mut dice = Dice::new(seed);
        let place = Place::random(&mut dice);
        let (t, want) = (price(&mut dice, &place), place.size(&mut dice));
        let depth = place.curve().depth(t as f64 / 1e6, Tokens(want)).0;
        let Some(value) = place.curve().value(Tokens(depth)) else { return Ok(()) };
        let at_price = i128::from(depth) * i128::from(t);
        let holds = match place.direction {
            Direction::Buy => i128::from(value.0) <= -(-at_price).div_euclid(1_000_000),
            Direction::Sell => i128::from(value.0) >= at_price.div_euclid(1_000_000),
        };
        must(holds, || format!("{depth} at {t} micros for {value}"))
    });
}
