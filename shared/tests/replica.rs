//! Whoever follows a session by its updates knows what a newcomer gets whole, whatever happens.

mod random_market;

use outcry_engine::{Direction, Event, OutcomeId, Price, PublicMarket, Report, Side, UserId, amount::MICRO};
use outcry_shared::{
    levels,
    limits::TAPE_TRADES,
    message::{HistoryPoint, LeaderRow, Outcome, PublicTrade, Seat, SeatChange, Snapshot, TickUpdate},
    phase::{Clock, Phase},
    replica::{Applied, Replica},
};
use proptest::prelude::*;
use random_market::{DEPOSIT, Happening, RandomMarket, USERS, happening};

/// Whoever runs the market, and tells of it.
struct Teller {
    random: RandomMarket,
    tick: u64,
    /// As everyone has been told.
    shown: PublicMarket,
    seats: Vec<Seat>,
    tape: Vec<PublicTrade>,
    history: Vec<HistoryPoint>,
    fates: Vec<Outcome>,
}

impl Teller {
    fn new() -> Self {
        let random = RandomMarket::new();
        let shown = random.market.public();
        let seat = |user| Seat { user: UserId(user), name: format!("Player {user}"), connected: true, bot: false };
        let fates = vec![Outcome::Active; shown.outcomes.len()];
        let seats = (0..USERS).map(seat).collect();
        Self { random, tick: 0, shown, seats, tape: vec![], history: vec![], fates }
    }

    fn clock(&self) -> Clock {
        let RandomMarket { market, now_ms, .. } = &self.random;
        let phase = if market.is_settled() { Phase::Resolved } else { Phase::Running };
        Clock { phase, now_ms: *now_ms, end_ms: market.params().end_ms(), ..Clock::default() }
    }

    fn leaders(&self) -> Vec<LeaderRow> {
        let row = |(user, account): (UserId, &outcry_engine::Account)| LeaderRow {
            rank: 1,
            user,
            value: account.balance,
            gain_bp: (account.balance.0 - DEPOSIT.0) / 100_000,
            trades: account.trade_count,
        };
        self.random.market.accounts().map(row).collect()
    }

    fn snapshot(&self) -> Snapshot {
        let market = &self.random.market;
        Snapshot {
            session: 3,
            session_name: "Friday night".to_owned(),
            tick: self.tick,
            clock: self.clock(),
            market: market.public(),
            seats: self.seats.clone(),
            leaders: self.leaders(),
            tape: self.tape[self.tape.len().saturating_sub(TAPE_TRADES)..].to_vec(),
            history: self.history.clone(),
            metrics: market.metrics(),
            outcomes: self.fates.clone(),
            state_hash: market.state_hash(),
            default_slippage_percent: 5,
        }
    }

    /// What everyone is told of a step.
    fn tell(&mut self, report: &Report) -> TickUpdate {
        self.tick += 1;
        self.note_fates(&report.events);
        let trades: Vec<PublicTrade> = report.fills.iter().map(trade).collect();
        self.tape.extend(&trades);
        self.history.push(self.point());
        let market = &self.random.market;
        let before = std::mem::replace(&mut self.shown, market.public());
        let outcomes = (0..).map(OutcomeId).zip(before.outcomes.iter().zip(&self.shown.outcomes));
        let levels = outcomes.flat_map(|(outcome, (old, new))| levels::changes(outcome, &old.levels, &new.levels));
        TickUpdate {
            tick: self.tick,
            clock: self.clock(),
            pools: self.shown.outcomes.iter().map(|outcome| outcome.pool).collect(),
            segment_ms: (self.shown.segment_start_ms, self.shown.segment_end_ms),
            levels: levels.collect(),
            trades,
            actions: vec![],
            events: report.events.clone(),
            leaders: self.leaders(),
            metrics: market.metrics(),
            orders: 0,
            state_hash: market.state_hash(),
        }
    }

    fn note_fates(&mut self, events: &[Event]) {
        for event in events {
            match event {
                Event::Elimination { outcome, .. } => {
                    self.fates[outcome.index()] = Outcome::Eliminated { at_ms: self.random.now_ms };
                }
                Event::Final { winner, .. } => {
                    for (outcome, fate) in (0..).map(OutcomeId).zip(&mut self.fates) {
                        match fate {
                            Outcome::Active if outcome == *winner => *fate = Outcome::Won,
                            Outcome::Active => *fate = Outcome::Lost,
                            _ => {}
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn point(&self) -> HistoryPoint {
        let (market, metrics) = (&self.random.market, self.random.market.metrics());
        let price = |outcome| Price((market.spot(OutcomeId(outcome), Side::Yes) * MICRO as f64).round() as u32);
        HistoryPoint {
            now_ms: self.random.now_ms,
            yes: (0..market.params().n_outcomes).map(price).collect(),
            volume: metrics.volume,
            mm_risk: metrics.mm_risk,
            worst_case_loss: metrics.worst_case_loss,
            mm_profit: metrics.mm_profit,
            frozen: false,
        }
    }
}

fn trade(fill: &outcry_engine::Fill) -> PublicTrade {
    PublicTrade {
        trade_id: fill.trade_id,
        ts_ms: fill.ts_ms,
        outcome: fill.outcome,
        side: fill.side,
        price: fill.price,
        size: fill.size,
        fill_type: fill.fill_type,
        buyer: fill.buyer.user(),
        seller: fill.seller.user(),
        taker: Direction::Buy,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn who_follows_knows_what_a_newcomer_gets(happenings in prop::collection::vec(happening(), 1..40), winner in any::<prop::sample::Index>()) {
        let mut teller = Teller::new();
        let mut replica = Replica::from(teller.snapshot());
        for happening in &happenings {
            let Some(report) = teller.random.happen(happening) else { continue };
            if let Happening::Close(user) = happening {
                teller.seats.retain(|seat| seat.user != UserId(*user));
                replica.change_seats(&[SeatChange::Gone(UserId(*user))]);
            }
            prop_assert_eq!(replica.apply(&teller.tell(&report)), Applied::Yes);
            prop_assert_eq!(&replica, &Replica::from(teller.snapshot()));
        }
        let report = teller.random.settle(winner);
        prop_assert_eq!(replica.apply(&teller.tell(&report)), Applied::Yes);
        prop_assert_eq!(&replica, &Replica::from(teller.snapshot()));
    }
}
