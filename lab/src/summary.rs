//! A session in one row: what it came to, and a digest of everything that happened. Made of what the session tells.

use crate::{
    mechanism::Mechanism,
    metrics::{
        accuracy::{distance, efficiency},
        forecast::{forecast, spots_of},
    },
    session::{Both, PlayError, Script, Watch, play},
    setup::Setup,
};
use blake3::Hasher;
use outcry_engine::{Event, Input, Report, Usdc, UserId};
use outcry_traders::{Kind, card::normalised};

/// Figures of a session; money in USDC.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// The seed that gives it again.
    pub seed: u64,
    /// Orders sent.
    pub orders: u32,
    /// Of them, rejected.
    pub rejected: u32,
    /// Fills of all kinds.
    pub fills: u32,
    /// Σ value of all fills; a matched pair counts what its first side pays.
    pub volume: Usdc,
    /// What the maker had at the end beyond the beginning: below 0 it lost.
    pub maker_gain: Usdc,
    /// The largest worst-case loss of any tick, fees not netted.
    pub worst_loss: Usdc,
    /// Mean gain of a seat by kind, in the order of [`Kind::ALL`]; none where nobody plays it.
    pub gains: [Option<f64>; 7],
    /// Σ(p̂ − π)², with π of all cards: of the even forecast, and of prices, each the mean over the last tenth of the
    /// trading time.
    pub distance_even: f64,
    /// As `distance_even`, of the prices.
    pub distance: f64,
    /// Hash of every report and of every final balance.
    pub digest: [u8; 32],
}

impl Summary {
    /// What share of all that the cards say the prices took up; none where the even forecast is right already.
    #[must_use]
    pub fn efficiency(&self) -> Option<f64> {
        efficiency(self.distance, self.distance_even)
    }
}

/// Plays a session and sums it up.
///
/// # Errors
/// As [`play`].
pub fn summarise(setup: &Setup, seed: u64) -> Result<Summary, PlayError> {
    struct Nobody;
    impl Watch for Nobody {}
    summarise_beside(setup, seed, &mut Nobody)
}

/// The same while somebody else looks on too.
///
/// # Errors
/// As [`play`].
pub fn summarise_beside(setup: &Setup, seed: u64, other: &mut dyn Watch) -> Result<Summary, PlayError> {
    let mut watcher = Watcher { end_ms: setup.config.params.end_ms(), ..Watcher::default() };
    let (script, market) = play(setup, seed, &mut Both(&mut watcher, other))?;
    Ok(watcher.sum_up(seed, &script, &*market))
}

/// Counts as a session goes.
#[derive(Default)]
struct Watcher {
    script: Option<Script>,
    end_ms: u64,
    hasher: Hasher,
    orders: u32,
    rejected: u32,
    fills: u32,
    volume: Usdc,
    worst_loss: Usdc,
    distances: Vec<(f64, f64)>,
}

impl Watch for Watcher {
    fn opened(&mut self, script: &Script, _market: &dyn Mechanism) {
        self.script = Some(script.clone());
    }

    fn applied(&mut self, _input: &Input, report: &Report, _market: &dyn Mechanism) {
        // Nothing in a report can fail to encode.
        self.hasher.update(&postcard::to_stdvec(report).unwrap_or_default());
        for event in &report.events {
            match event {
                Event::Tick { orders, fills } => {
                    self.orders += orders;
                    self.fills += fills;
                }
                Event::OrderRejected { .. } => self.rejected += 1,
                _ => {}
            }
        }
        self.volume += report.fills.iter().map(|fill| fill.value).sum();
    }

    fn ticked(&mut self, now_ms: u64, frozen: bool, market: &dyn Mechanism) {
        self.worst_loss = self.worst_loss.max(market.worst_case_loss());
        let Some(script) = self.script.as_ref().filter(|_| !frozen && now_ms * 10 >= self.end_ms * 9) else { return };
        let pooled = script.pooled(market);
        let spots = spots_of(market);
        let even = normalised(spots.iter().map(|spot| f64::from(u8::from(spot.is_some()))).collect());
        self.distances.push((distance(&even, &pooled), distance(&forecast(&spots), &pooled)));
    }
}

impl Watcher {
    fn sum_up(mut self, seed: u64, script: &Script, market: &dyn Mechanism) -> Summary {
        let gain = |seat: u32| {
            let account = market.account(UserId(seat + 1));
            account.map_or(Usdc::ZERO, |account| account.balance - account.deposit)
        };
        let seats = || (0_u32..).zip(&script.kinds);
        let all: Usdc = seats().map(|(seat, _)| gain(seat)).sum();
        for (seat, _) in seats() {
            self.hasher.update(&gain(seat).0.to_le_bytes());
        }
        let of_kind = |kind: Kind| {
            let gains: Vec<f64> = seats().filter(|(_, is)| **is == kind).map(|(seat, _)| gain(seat).as_f64()).collect();
            (!gains.is_empty()).then(|| gains.iter().sum::<f64>() / gains.len() as f64)
        };
        let ticks = self.distances.len().max(1) as f64;
        let sums = self.distances.iter().fold((0.0, 0.0), |sums, (even, prices)| (sums.0 + even, sums.1 + prices));
        Summary {
            seed,
            orders: self.orders,
            rejected: self.rejected,
            fills: self.fills,
            volume: self.volume,
            maker_gain: Usdc::ZERO - all,
            worst_loss: self.worst_loss,
            gains: Kind::ALL.map(of_kind),
            distance_even: sums.0 / ticks,
            distance: sums.1 / ticks,
            digest: *self.hasher.finalize().as_bytes(),
        }
    }
}
