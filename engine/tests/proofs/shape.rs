//! The curve's shape and its digits.

use super::{cases, for_all, must, place::Place};
use crate::dice::Dice;
use crate::real::Real;
use outcry_engine::{Direction, Tokens};

/// Floating-point noise in a value of the curve.
const NOISE: f64 = 1e-12;

fn in_direction(seed: u64, direction: Direction) -> (Dice, Place) {
    let mut dice = Dice::new(seed);
    let mut place = Place::random(&mut dice);
    place.direction = direction;
    (dice, place)
}

#[test]
fn raw_cost_grows_and_is_convex_while_nothing_was_traded() {
    for_all(cases(), |seed| {
        let (mut dice, mut place) = in_direction(seed, Direction::Buy);
        place.done = 0;
        let curve = place.curve();
        let high = place.size(&mut dice) as f64 + 2.0;
        let middle = dice.between(1, high as i64 - 1) as f64;
        let (x_middle, x_high) = (curve.raw(middle), curve.raw(high));
        must(x_middle > 0.0 && x_high > x_middle, || format!("cost of {middle} {x_middle}, of {high} {x_high}"))?;
        let chord = x_high * (middle / high);
        must(x_middle <= chord * (1.0 + NOISE), || format!("cost of {middle} {x_middle} above the chord {chord}"))
    });
}

#[test]
fn raw_proceeds_are_concave() {
    for_all(cases(), |seed| {
        let (mut dice, place) = in_direction(seed, Direction::Sell);
        let curve = place.curve();
        let high = place.size(&mut dice) as f64;
        let middle = dice.between(1, high as i64) as f64;
        let chord = curve.raw(high) * (middle / high);
        let raw = curve.raw(middle);
        must(raw >= chord * (1.0 - NOISE), || format!("proceeds of {middle} {raw} below the chord {chord}"))
    });
}

#[test]
fn proceeds_are_never_negative_or_above_the_price() {
    for_all(cases(), |seed| {
        let (mut dice, place) = in_direction(seed, Direction::Sell);
        let size = place.size(&mut dice);
        let Some(value) = place.curve().value(Tokens(size)) else { return Ok(()) };
        let at_price = i128::from(size) * i128::from(place.q());
        must(value.0 >= 0 && i128::from(value.0) * i128::from(place.l()) <= at_price, || {
            format!("{size} bring {value}")
        })
    });
}

/// X(Δ) and m(Δ) to 10⁻¹² of what the trade moves, and rounded against the trader.
#[test]
fn solves_are_right_to_twelve_digits_and_round_against_the_trader() {
    for_all(cases(), |seed| {
        let mut dice = Dice::new(seed);
        let place = Place::random(&mut dice);
        let size = place.size(&mut dice);
        let (curve, symbols, d) = (place.curve(), place.situation().symbols(), Real::micros(size.into()));
        let is_buy = place.direction == Direction::Buy;
        let raw = if is_buy { symbols.raw_cost(&d) } else { symbols.raw_proceeds(&d).max(Real::int(0)) };
        let exact = raw.to_f64() * 1e6;
        // A sale's X is a difference: its digits are those of the money at the price.
        let scale = if is_buy { exact } else { exact.max(size as f64 * place.q() as f64 / place.l() as f64) };
        let ours = curve.raw(size as f64);
        must((ours - exact).abs() <= NOISE * scale, || {
            format!("X({size}) is {ours}, exactly {exact}: {:?}", place.situation())
        })?;
        let Some(value) = curve.value(Tokens(size)) else { return Ok(()) };
        let (least, most) = match is_buy {
            true => (place.situation().cost(size.into()) as f64 - 1.0, f64::INFINITY),
            false => (f64::NEG_INFINITY, symbols.real_proceeds(&d).to_f64() * 1e6),
        };
        let value = value.0 as f64;
        // Beside the floor a last digit decides whether it is met.
        let floor_slack = place.situation().floor_slack();
        let near_floor = is_buy && symbols.is_near_floor(size.into(), floor_slack);
        let slack = if near_floor { floor_slack as f64 } else { 0.0 };
        must(value >= least * (1.0 - NOISE) - slack && value <= most * (1.0 + NOISE), || {
            format!("{size} rounded to {value}, exactly {least} {most}")
        })
    });
}

#[test]
fn the_marginal_price_is_the_slope() {
    for_all(cases(), |seed| {
        let mut dice = Dice::new(seed);
        let place = Place::random(&mut dice);
        let size = place.size(&mut dice);
        let (symbols, d) = (place.situation().symbols(), Real::micros(size.into()));
        let is_buy = place.direction == Direction::Buy;
        let raw = |d: &Real| if is_buy { symbols.raw_cost(d) } else { symbols.raw_proceeds(d) };
        if !is_buy && raw(&d) <= Real::int(0) {
            return Ok(());
        }
        let step = &d * Real::ratio(1, 1_000_000_000_000);
        let slope = ((raw(&(&d + &step)) - raw(&(&d - &step))) / (Real::int(2) * step)).to_f64();
        let marginal = place.curve().marginal(size as f64);
        // The slope is of second order, a sale's price a difference of prices and convexity.
        let convexity = place.market.params.kappa_start.0 as f64 * 2e-15 * (place.done + size) as f64;
        let scale = slope.abs() + 1.0 + convexity;
        must((marginal - slope).abs() <= 1e-10 * scale, || format!("m({size}) is {marginal}, the slope {slope}"))
    });
}
