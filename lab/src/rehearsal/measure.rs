//! What a session is measured by while it is played: looks, and changes nothing.

use crate::{
    mechanism::Mechanism,
    metrics::{
        coherence::{overround, sure_profit},
        depth::cost_of,
        forecast::{forecast, spots_of},
        probe::Quotes,
        traders::gini,
    },
    session::{PlayError, Script, Watch},
    setup::Setup,
    summary::{Summary, summarise_beside},
};
use outcry_engine::{Input, OutcomeId, Report, UserId};
use std::time::Duration;

/// Looks at prices in a session: one in so many.
pub(super) const LOOKS: u64 = 20;
/// USDC of the purchase that late depth is measured by.
const MONEY: f64 = 25.0;
/// Of the session's time, in tenths: from when on depth is late.
const LATE: u64 = 9;

/// Prices at one moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Look {
    /// Session clock, ms.
    pub(super) at_ms: u64,
    /// p̂ of the leader, and of the one that wins in the end.
    pub(super) leader: f64,
    pub(super) winner: f64,
    pub(super) overround: f64,
    /// Of the best basket ÷ Z.
    pub(super) sure_profit: f64,
}

/// Everything of one session.
#[derive(Clone, Debug)]
pub(super) struct Measured {
    pub(super) summary: Summary,
    /// What the best basket gains before anybody has traded ÷ Z.
    pub(super) opening: f64,
    pub(super) looks: Vec<Look>,
    /// `cost_25` of the maker alone at the looks in the last tenth, their mean; none where it cannot be bought.
    pub(super) late_cost: Option<f64>,
    /// The largest jump of a survivor's p̂ at an elimination; none without one.
    pub(super) jump: Option<f64>,
    /// Of final balances.
    pub(super) gini: f64,
    /// CPU of the slowest tick, where there is a clock.
    pub(super) slowest: Option<Duration>,
}

/// A clock of the thread's own time.
pub type Clock<'a> = &'a (dyn Fn() -> Duration + Sync);

/// Plays a session and measures it.
///
/// # Errors
/// As a session.
pub(super) fn measure(setup: &Setup, seed: u64, clock: Option<Clock<'_>>) -> Result<Measured, PlayError> {
    let mut meter = Meter::new(setup, clock);
    let summary = summarise_beside(setup, seed, &mut meter)?;
    let late_cost = (!meter.late.is_empty())
        .then(|| meter.late.iter().copied().collect::<Option<Vec<f64>>>())
        .flatten()
        .map(|costs| costs.iter().sum::<f64>() / costs.len() as f64);
    let Meter { opening, looks, jump, balances, slowest, .. } = meter;
    Ok(Measured { summary, opening, looks, late_cost, jump, gini: gini(&balances), slowest })
}

struct Meter<'a> {
    seats: u32,
    subsidy: f64,
    at_most: f64,
    f_match: f64,
    end_ms: u64,
    interval_ms: u64,
    winner: OutcomeId,
    /// The forecast after the last input: at an elimination, that before it.
    forecast: Vec<f64>,
    opening: f64,
    looks: Vec<Look>,
    late: Vec<Option<f64>>,
    jump: Option<f64>,
    balances: Vec<f64>,
    clock: Option<Clock<'a>>,
    began: Duration,
    slowest: Option<Duration>,
}

impl<'a> Meter<'a> {
    fn new(setup: &Setup, clock: Option<Clock<'a>>) -> Self {
        let params = &setup.config.params;
        Self {
            seats: u32::try_from(setup.seats).unwrap_or(u32::MAX),
            subsidy: params.z.as_f64(),
            at_most: params.subsidy_start().as_f64(),
            f_match: params.f_match.as_f64(),
            end_ms: params.end_ms(),
            interval_ms: u64::from(params.batch_interval_ms),
            winner: OutcomeId::default(),
            forecast: Vec::new(),
            opening: 0.0,
            looks: Vec::new(),
            late: Vec::new(),
            jump: None,
            balances: Vec::new(),
            clock,
            began: Duration::ZERO,
            slowest: None,
        }
    }

    /// Whether prices are looked at: at the first tick of every twentieth of the time, and at the last.
    fn looks_at(&self, now_ms: u64) -> bool {
        let part = |now_ms: u64| now_ms * LOOKS / self.end_ms.max(1);
        part(now_ms) != part(now_ms.saturating_sub(self.interval_ms))
    }

    /// What the best basket gains ÷ Z.
    fn sure_profit(&self, market: &dyn Mechanism, now_ms: u64) -> f64 {
        sure_profit(&Quotes { market: &*market.seen(), now_ms }, self.f_match, self.at_most).profit / self.subsidy
    }

    /// The maker alone: what people happen to show is theirs, and would hide what it asks.
    fn without_book(&self, market: &dyn Mechanism) -> Box<dyn Mechanism> {
        let mut alone = market.boxed();
        for user in (1..=self.seats).map(UserId) {
            for order in market.own_view(user).orders {
                // An order that rests can be taken back.
                let _ = alone.apply(&Input::Cancel { user, order: order.id, now_ms: 0 });
            }
        }
        alone
    }

    /// How far a survivor's p̂ is from its share of what the survivors had before.
    fn jumped(&self, after: &[f64], market: &dyn Mechanism) -> f64 {
        let stays = |outcome: &usize| u8::try_from(*outcome).is_ok_and(|outcome| market.is_active(OutcomeId(outcome)));
        let survivors: Vec<usize> = (0..after.len()).filter(stays).collect();
        let before: f64 = survivors.iter().map(|outcome| self.forecast[*outcome]).sum();
        let by = |outcome: &usize| (after[*outcome] - self.forecast[*outcome] / before).abs();
        if before > 0.0 { survivors.iter().map(by).fold(0.0, f64::max) } else { 0.0 }
    }
}

fn forecast_of(market: &dyn Mechanism) -> Vec<f64> {
    forecast(&spots_of(market))
}

impl Watch for Meter<'_> {
    fn opened(&mut self, script: &Script, market: &dyn Mechanism) {
        self.winner = script.winner;
        self.forecast = forecast_of(market);
        self.opening = self.sure_profit(market, 0);
    }

    fn ticking(&mut self) {
        self.began = self.clock.map_or(Duration::ZERO, |clock| clock());
    }

    fn applied(&mut self, input: &Input, _report: &Report, market: &dyn Mechanism) {
        match input {
            Input::Orders { .. } => {
                if let Some(clock) = self.clock {
                    self.slowest = self.slowest.max(Some(clock().saturating_sub(self.began)));
                }
            }
            Input::Eliminate { .. } => {
                let jump = self.jumped(&forecast_of(market), market);
                self.jump = Some(self.jump.map_or(jump, |most| most.max(jump)));
            }
            Input::Final { .. } => {
                let users = (0..self.seats).filter_map(|seat| market.account(UserId(seat + 1)));
                self.balances = users.map(|account| account.balance.as_f64()).collect();
            }
            _ => {}
        }
    }

    fn ticked(&mut self, now_ms: u64, frozen: bool, market: &dyn Mechanism) {
        // What an elimination is compared with.
        self.forecast = forecast_of(market);
        if frozen || !self.looks_at(now_ms) {
            return;
        }
        self.looks.push(Look {
            at_ms: now_ms,
            leader: self.forecast.iter().copied().fold(0.0, f64::max),
            winner: self.forecast[self.winner.index()],
            overround: overround(&spots_of(market)),
            sure_profit: self.sure_profit(market, now_ms),
        });
        if now_ms * 10 > self.end_ms * LATE {
            let alone = self.without_book(market);
            self.late.push(cost_of(&Quotes { market: &*alone.seen(), now_ms }, MONEY));
        }
    }
}
