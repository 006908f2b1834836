//! The most that a maker was made to lose: of the way into a corner, and of what a search finds.

use crate::adversary::{
    action::{ANY_PRICE, order},
    attack::Attack,
    play::{Played, Setting, open},
    search::{Found, search},
};
use outcry_engine::{Direction, Input, Leg, Order, OutcomeId, Side, Tokens, Usdc, UserId};

/// Turns of the way into a corner, at most.
const TURNS_MAX: u64 = 400;

/// The attained worst loss: at least so much can be lost. Fees and gas are left out, since every maker would earn them.
///
/// # Errors
/// A setting that no market takes.
pub fn attained(setting: &Setting, seed: u64, trials: u32) -> Result<Found, String> {
    let setting = setting.without_fees();
    let (corner, searched) = (corner(&setting)?, search(&setting, &Attack::Loss.hunt(&setting), seed, trials)?);
    let trials = corner.trials + searched.trials;
    let best = if corner.played.gain >= searched.played.gain { corner } else { searched };
    Ok(Found { trials, ..best })
}

/// The way of one who buys YES of the first outcome and NO of all others, a turn a tick, larger pieces as long as they
/// cost the maker more and smaller ones after.
fn corner(setting: &Setting) -> Result<Found, String> {
    let (mut market, user) = (open(setting)?, UserId(0));
    let deposit = market.account(user).map(|account| account.balance).unwrap_or_default();
    let (n, interval) = (setting.params.n_outcomes, u64::from(setting.params.batch_interval_ms));
    let (mut worst, mut capital, mut inputs) = (Usdc::ZERO, Usdc::ZERO, Vec::new());
    let mut kept = 0;
    // What moves prices little; it grows and shrinks from there.
    let mut size = Tokens(setting.params.subsidy_start().0 / 50);
    for turn in (0..TURNS_MAX).take_while(|turn| turn * interval < setting.params.end_ms()) {
        let now_ms = turn * interval;
        let leg = |outcome: u8| {
            let side = if outcome == 0 { Side::Yes } else { Side::No };
            Leg { outcome: OutcomeId(outcome), side, direction: Direction::Buy }
        };
        let id = |outcome: u8| 1 + turn * u64::from(n) + u64::from(outcome);
        let orders: Vec<Order> =
            (0..n).map(|outcome| order(id(outcome), user, leg(outcome), size, ANY_PRICE, now_ms)).collect();
        let input = Input::Orders { now_ms, orders };
        market.apply(&input).map_err(|refusal| refusal.to_string())?;
        inputs.push(input);
        let loss = market.worst_case_loss();
        // Less than a thousandth of the piece is no gain for its size.
        let gained = (loss - worst).0 > size.0 / 1_000;
        if loss > worst {
            (worst, kept) = (loss, inputs.len());
            capital = deposit - market.account(user).map(|account| account.balance).unwrap_or_default();
        }
        size = Tokens(if gained { size.0 + size.0 / 4 } else { size.0 / 2 });
        if size.0 < 20_000 {
            break;
        }
    }
    inputs.truncate(kept);
    let played = Played { gain: worst, hope: worst, cash: Usdc::ZERO - capital, capital, ticks: kept as u32, inputs };
    Ok(Found { actions: Vec::new(), played, accounts: 1, trials: 1 })
}
