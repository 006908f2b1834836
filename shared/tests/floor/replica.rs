//! Whoever follows a session by its updates knows what a newcomer gets whole, whatever happens.

use crate::random::{DEPOSIT, Happening, RandomFloor, Step, USERS, happening};
use outcry_engine::{OutcomeId, PublicMarket, UserId};
use outcry_shared::{
    floor::public_trades,
    levels,
    message::{LeaderRow, Seat, SeatChange, Snapshot, TickUpdate},
    phase::{Clock, Phase},
    replica::{Applied, Replica},
};
use proptest::prelude::*;

/// Whoever runs the market, and tells of it.
struct Teller {
    random: RandomFloor,
    tick: u64,
    /// As everyone has been told.
    shown: PublicMarket,
    seats: Vec<Seat>,
}

impl Teller {
    fn new() -> Self {
        let random = RandomFloor::new();
        let shown = random.floor.market().public();
        let seat = |user| Seat { user: UserId(user), name: format!("Player {user}"), connected: true, bot: false };
        Self { random, tick: 0, shown, seats: (0..USERS).map(seat).collect() }
    }

    fn clock(&self) -> Clock {
        let market = self.random.floor.market();
        let phase = match market.is_settled() {
            true => Phase::Resolved,
            false if self.random.is_frozen() => Phase::Frozen,
            false => Phase::Running,
        };
        Clock { phase, now_ms: self.random.now_ms, end_ms: market.params().end_ms(), ..Clock::default() }
    }

    fn leaders(&self) -> Vec<LeaderRow> {
        let row = |(user, account): (UserId, &outcry_engine::Account)| LeaderRow {
            rank: 1,
            user,
            value: account.balance,
            gain_bp: (account.balance.0 - DEPOSIT.0) / 100_000,
            trades: account.trade_count,
        };
        self.random.floor.market().accounts().map(row).collect()
    }

    /// What a newcomer gets.
    fn snapshot(&self) -> Snapshot {
        let floor = &self.random.floor;
        Snapshot {
            session: 3,
            session_name: "Friday night".to_owned(),
            question: "Who wins the final?".to_owned(),
            tick: self.tick,
            clock: self.clock(),
            market: floor.market().public(),
            seats: self.seats.clone(),
            leaders: self.leaders(),
            tape: floor.tape().iter().copied().collect(),
            history: floor.history().points().to_vec(),
            metrics: floor.market().metrics(),
            outcomes: floor.fates().to_vec(),
            state_hash: floor.market().state_hash(),
            default_slippage_percent: 5,
        }
    }

    /// What everyone is told of a step.
    fn tell(&mut self, Step { orders, report }: Step) -> TickUpdate {
        self.tick += 1;
        let market = self.random.floor.market();
        let before = std::mem::replace(&mut self.shown, market.public());
        let outcomes = (0..).map(OutcomeId).zip(before.outcomes.iter().zip(&self.shown.outcomes));
        let levels = outcomes.flat_map(|(outcome, (old, new))| levels::changes(outcome, &old.levels, &new.levels));
        TickUpdate {
            tick: self.tick,
            clock: self.clock(),
            pools: self.shown.outcomes.iter().map(|outcome| outcome.pool).collect(),
            segment_ms: (self.shown.segment_start_ms, self.shown.segment_end_ms),
            levels: levels.collect(),
            trades: public_trades(&report, &orders),
            actions: vec![],
            events: report.events,
            leaders: self.leaders(),
            metrics: market.metrics(),
            orders: 0,
            state_hash: market.state_hash(),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn who_follows_knows_what_a_newcomer_gets(happenings in prop::collection::vec(happening(), 1..40), winner in any::<prop::sample::Index>()) {
        let mut teller = Teller::new();
        let mut replica = Replica::from(teller.snapshot());
        for happening in &happenings {
            let Some(step) = teller.random.happen(happening) else { continue };
            if let Happening::Close(user) = happening {
                teller.seats.retain(|seat| seat.user != UserId(*user));
                replica.change_seats(&[SeatChange::Gone(UserId(*user))]);
            }
            prop_assert_eq!(replica.apply(&teller.tell(step)), Applied::Yes);
            prop_assert_eq!(&replica, &Replica::from(teller.snapshot()));
        }
        let step = teller.random.settle(winner);
        prop_assert_eq!(replica.apply(&teller.tell(step)), Applied::Yes);
        prop_assert_eq!(&replica, &Replica::from(teller.snapshot()));
    }
}
