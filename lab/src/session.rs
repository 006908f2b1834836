//! A session without clock, sockets or people: traders on a mechanism from the first tick to the settlement. The same
//! setup and seed give the same session bit for bit, on every platform.

use crate::{
    cards::{drawn, shuffle},
    mechanism::Mechanism,
    setup::Setup,
};
use outcry_engine::{Input, OutcomeId, Refusal, Report, UserId, Violation};
use outcry_shared::config::{Choice, Elimination};
use outcry_traders::{
    Informed, Kind, Pace, PastPrices, Strategy, Trader, Wishes,
    card::{Card, posterior},
};
use rand_chacha::{ChaCha8Rng, rand_core::SeedableRng};

/// Streams of a session's generator: the script, the cards, and one for every trader.
const SCRIPT_STREAM: u64 = 0;
const CARDS_STREAM: u64 = 1;
const TRADERS_STREAM: u64 = 1_000;

/// Why a session could not be played.
#[derive(Debug, thiserror::Error)]
pub enum PlayError {
    /// The configuration is not one.
    #[error("the configuration is not valid: {}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Config(Vec<Violation>),
    /// An attack on it could not be tried.
    #[error("no attack can be tried: {0}")]
    Attack(String),
    /// The market refused an input of the session itself.
    #[error("the market refused an input at {now_ms} ms: {refusal}")]
    Refused {
        /// Session clock.
        now_ms: u64,
        /// Why.
        refusal: Refusal,
    },
}

/// Who looks on: what is told of a session is made from this alone.
pub trait Watch {
    /// Before the first tick: everybody is seated.
    fn opened(&mut self, _script: &Script, _market: &dyn Mechanism) {}
    /// Before a tick's orders, which are all there.
    fn ticking(&mut self) {}
    /// After every input.
    fn applied(&mut self, _input: &Input, _report: &Report, _market: &dyn Mechanism) {}
    /// After every tick.
    fn ticked(&mut self, _now_ms: u64, _frozen: bool, _market: &dyn Mechanism) {}
}

/// Two who look on, one after the other.
pub struct Both<'a>(pub &'a mut dyn Watch, pub &'a mut dyn Watch);

impl Watch for Both<'_> {
    fn opened(&mut self, script: &Script, market: &dyn Mechanism) {
        self.0.opened(script, market);
        self.1.opened(script, market);
    }

    fn ticking(&mut self) {
        self.0.ticking();
        self.1.ticking();
    }

    fn applied(&mut self, input: &Input, report: &Report, market: &dyn Mechanism) {
        self.0.applied(input, report, market);
        self.1.applied(input, report, market);
    }

    fn ticked(&mut self, now_ms: u64, frozen: bool, market: &dyn Mechanism) {
        self.0.ticked(now_ms, frozen, market);
        self.1.ticked(now_ms, frozen, market);
    }
}

/// What was drawn for a session before it began.
#[derive(Clone, Debug, PartialEq)]
pub struct Script {
    /// Who wins.
    pub winner: OutcomeId,
    /// Who leaves, by round.
    pub eliminate: Vec<Vec<OutcomeId>>,
    /// What sits on each seat.
    pub kinds: Vec<Kind>,
    /// The card of each seat that has one.
    pub cards: Vec<Option<Card>>,
}

impl Script {
    /// Draws winner, eliminations and cards.
    #[must_use]
    pub fn draw(setup: &Setup, seed: u64) -> Self {
        let n = setup.config.params.n_outcomes;
        let mut rng = generator(seed, SCRIPT_STREAM);
        let even = vec![1.0 / f64::from(n); usize::from(n)];
        let winner = match setup.config.script.winner {
            Choice::Fixed(outcome) if setup.deck.is_none() => outcome,
            _ => drawn(&even, &mut rng),
        };
        let mut losers: Vec<OutcomeId> = (0..n).map(OutcomeId).filter(|outcome| *outcome != winner).collect();
        shuffle(&mut losers, &mut rng);
        let mut leave = |plan: &Elimination| {
            let fixed = if let Elimination::Fixed(outcomes) = plan { outcomes.as_slice() } else { &[] };
            // One who cannot leave, since it wins, is replaced.
            losers.sort_by_key(|loser| !fixed.contains(loser));
            let number = plan.count().min(losers.len());
            losers.drain(..number).collect::<Vec<_>>()
        };
        let eliminate = setup.config.script.eliminate.iter().map(&mut leave).collect();
        let kinds: Vec<Kind> = (0..setup.seats).map(|seat| setup.kind.of(seat)).collect();
        let informed = kinds.iter().filter(|kind| **kind == Kind::Informed).count();
        let mut rng = generator(seed, CARDS_STREAM);
        let mut dealt = setup.deck.map(|deck| deck.deal(winner, n, informed, &mut rng)).unwrap_or_default().into_iter();
        let cards = kinds.iter().map(|kind| if *kind == Kind::Informed { dealt.next() } else { None }).collect();
        Self { winner, eliminate, kinds, cards }
    }

    /// The pooled posterior π: of an even prior, every card dealt and the outcomes still in the game.
    #[must_use]
    pub fn pooled(&self, market: &dyn Mechanism) -> Vec<f64> {
        let outcomes = (0..market.params().n_outcomes).map(OutcomeId);
        let active: Vec<OutcomeId> = outcomes.filter(|&outcome| market.is_active(outcome)).collect();
        let even = vec![1.0; usize::from(market.params().n_outcomes)];
        posterior(&even, &active, self.cards.iter().flatten())
    }
}

fn generator(seed: u64, stream: u64) -> ChaCha8Rng {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    rng.set_stream(stream);
    rng
}

/// A session on its way.
struct Session<'a> {
    market: Box<dyn Mechanism>,
    watch: &'a mut dyn Watch,
    traders: Vec<Trader>,
    prices: PastPrices,
    next_order: u64,
}

/// Plays a session to its settlement, and returns the market.
///
/// # Errors
/// A configuration that is none, or an input that the market refuses.
pub fn play(setup: &Setup, seed: u64, watch: &mut dyn Watch) -> Result<(Script, Box<dyn Mechanism>), PlayError> {
    let script = Script::draw(setup, seed);
    let market = setup.open().map_err(PlayError::Config)?;
    let traders = (0..)
        .zip(script.kinds.iter().zip(&script.cards))
        .map(|(number, (kind, card))| trader(setup, seed, number, *kind, card));
    let traders = traders.collect();
    let mut session = Session { market, watch, traders, prices: PastPrices::default(), next_order: 1 };
    session.join(setup)?;
    session.watch.opened(&script, &*session.market);
    session.run(setup, &script)?;
    Ok((script, session.market))
}

fn trader(setup: &Setup, seed: u64, number: u32, kind: Kind, card: &Option<Card>) -> Trader {
    let strategy: Box<dyn Strategy + Send> = match card {
        Some(card) => Box::new(Informed::with(card.clone())),
        None => kind.strategy(number as usize),
    };
    // Spread over the pace, so that a crowd does not act as one.
    let first_ms = setup.pace_ms * u64::from(number) / setup.seats.max(1) as u64;
    let rng = generator(seed, TRADERS_STREAM + u64::from(number));
    Trader { user: UserId(number + 1), strategy, rng, pace: Pace::new(setup.pace_ms, first_ms) }
}

impl Session<'_> {
    fn apply(&mut self, input: &Input, now_ms: u64) -> Result<(), PlayError> {
        let report = self.market.apply(input).map_err(|refusal| PlayError::Refused { now_ms, refusal })?;
        self.watch.applied(input, &report, &*self.market);
        Ok(())
    }

    fn join(&mut self, setup: &Setup) -> Result<(), PlayError> {
        let deposit = setup.config.params.starting_balance;
        (0..setup.seats).try_for_each(|seat| self.apply(&Input::Join { user: self.traders[seat].user, deposit }, 0))
    }

    /// Every tick from the first to the end, then the settlement.
    fn run(&mut self, setup: &Setup, script: &Script) -> Result<(), PlayError> {
        let params = &setup.config.params;
        let (interval, end_ms) = (u64::from(params.batch_interval_ms), params.end_ms());
        let (mut rounds, mut resume_ms) = (params.rounds.iter().zip(&script.eliminate).zip(0..).peekable(), 0);
        for now_ms in (1..=end_ms / interval).map(|tick| tick * interval) {
            if let Some(((at, outcomes), round)) = rounds.next_if(|((at, _), _)| u64::from(at.at_s) * 1_000 <= now_ms) {
                resume_ms = now_ms + u64::from(at.freeze_s) * 1_000;
                let (outcomes, round) = (outcomes.clone(), Some(round));
                self.apply(&Input::Eliminate { outcomes, round, now_ms, resume_ms }, now_ms)?;
            }
            let frozen = now_ms < resume_ms;
            if !frozen {
                self.tick(now_ms)?;
            }
            self.watch.ticked(now_ms, frozen, &*self.market);
        }
        self.apply(&Input::Final { winner: script.winner, now_ms: end_ms }, end_ms)
    }

    /// Lets everyone act who is due, cancels first, and runs the tick.
    fn tick(&mut self, now_ms: u64) -> Result<(), PlayError> {
        let Wishes { cancels, orders } = {
            let seen = self.market.seen();
            self.prices.remember(&*seen);
            let (market, own) = ((&*seen, &self.prices), |user| self.market.own_view(user));
            Wishes::of(&mut self.traders, market, own, now_ms, &mut self.next_order)
        };
        for (user, order) in cancels {
            self.apply(&Input::Cancel { user, order, now_ms }, now_ms)?;
        }
        self.watch.ticking();
        self.apply(&Input::Orders { now_ms, orders }, now_ms)
    }
}
