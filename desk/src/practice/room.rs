//! The practice market with its bots: hears what a client says, and says what a server would.

use super::mission::{Mission, Missions};
use crate::text::practice as words;
use outcry_engine::{
    Direction, Input, Order, OrderId, OutcomeId, Params, PublicOutcome, Rate, Report, Usdc, UserId, amount::RATE_ONE,
};
use outcry_shared::{
    ClientMessage, ServerMessage,
    config::DEFAULT_SLIPPAGE_PERCENT,
    floor::{Floor, public_trades},
    levels,
    message::{
        LeaderRow, LevelChange, NewOrder, OrderAck, PrivateState, Receipt, Seat, Snapshot, TickUpdate, Welcome, You,
    },
    phase::{Clock, Phase},
    standing::leaderboard,
};
use outcry_traders::{Informed, Noise, Pace, PastPrices, Quoter, Seen, Strategy, Trader, Wishes};
use rand_chacha::{ChaCha8Rng, rand_core::SeedableRng};
use std::{collections::BTreeMap, fmt, mem};

/// Time between two ticks, in ms.
pub(super) const TICK_MS: u64 = 1_000;
/// Ticks before the player comes, so that there is something to see.
const BEFORE: u64 = 20;
/// Time between two acts of a bot, in ms.
const BOT_PACE_MS: u64 = 3_000;
/// No server gives this number to a session: an order of here would be refused everywhere else.
const SESSION: u64 = u64::MAX;
/// The player.
const ME: UserId = UserId(1);

/// What an order of the player was.
#[derive(Clone, Copy, Debug)]
struct Mine {
    client_order_id: u64,
    direction: Direction,
}

/// The market, its bots, and what waits for the next tick.
pub(super) struct Room {
    floor: Floor,
    bots: Vec<Trader>,
    prices: PastPrices,
    tick: u64,
    now_ms: u64,
    next_order: u64,
    waiting: Vec<Order>,
    mine: BTreeMap<OrderId, Mine>,
    missions: Missions,
    /// The outcomes with their books, as they were told last.
    told: Vec<PublicOutcome>,
    said: Vec<ServerMessage>,
}

impl fmt::Debug for Room {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Room").field("tick", &self.tick).field("missions", &self.missions).finish_non_exhaustive()
    }
}

/// As at the party, with three outcomes that nobody plays for.
fn params() -> Params {
    let mut params = Params {
        outcome_names: words::OUTCOMES.map(str::to_owned).into(),
        z: Usdc::whole(5_000),
        kappa_start: Rate(RATE_ONE / 10_000),
        kappa_end: Rate(RATE_ONE / 10_000),
        mr_enabled: true,
        total_duration: 86_400,
        ..Params::default()
    };
    params.q0 = params.q0_default();
    params
}

/// What the bots play: the first of the standard mix, by name, so that a page brings no other.
fn strategies() -> [Box<dyn Strategy + Send>; words::BOTS.len()] {
    [Box::new(Noise::default()), Box::new(Informed::default()), Box::new(Noise::default()), Box::new(Quoter)]
}

impl Room {
    pub(super) fn new(seed: u64) -> Option<Self> {
        let params = params();
        let deposit = params.starting_balance;
        let mut floor = Floor::new(params).ok()?;
        let bots = (0..).zip(strategies()).map(|(index, strategy)| Trader {
            user: UserId(ME.0 + 1 + index),
            strategy,
            rng: ChaCha8Rng::seed_from_u64(seed.wrapping_add(u64::from(index))),
            pace: Pace::new(BOT_PACE_MS, u64::from(index) * BOT_PACE_MS / words::BOTS.len() as u64),
        });
        let bots: Vec<Trader> = bots.collect();
        for user in std::iter::once(ME).chain(bots.iter().map(|bot| bot.user)) {
            floor.apply(&Input::Join { user, deposit }).ok()?;
        }
        let mut room = Self {
            told: floor.market().public().outcomes,
            floor,
            bots,
            prices: PastPrices::default(),
            tick: 0,
            now_ms: 0,
            next_order: 1,
            waiting: vec![],
            mine: BTreeMap::new(),
            missions: Missions::default(),
            said: vec![],
        };
        (0..BEFORE).for_each(|_| room.tick(0));
        room.said.clear();
        Some(room)
    }

    pub(super) fn missions(&self) -> Missions {
        self.missions
    }

    /// What there is to be said since the last time.
    pub(super) fn take_said(&mut self) -> Vec<ServerMessage> {
        mem::take(&mut self.said)
    }

    pub(super) fn welcome(&self, name: &str, local_ms: u64) -> Welcome {
        let market = self.floor.market();
        let names = std::iter::once(name).chain(words::BOTS);
        let seat = |(index, name): (u32, &str)| Seat {
            user: UserId(ME.0 + index),
            name: name.to_owned(),
            connected: true,
            bot: index > 0,
        };
        let snapshot = Snapshot {
            session: SESSION,
            session_name: words::TITLE.to_owned(),
            question: String::new(),
            tick: self.tick,
            clock: self.clock(local_ms),
            market: market.public(),
            seats: (0..).zip(names).map(seat).collect(),
            leaders: leaderboard(market),
            tape: self.floor.tape().iter().copied().collect(),
            history: self.floor.history().points().to_vec(),
            metrics: market.metrics(),
            outcomes: self.floor.fates().to_vec(),
            state_hash: [0; 32],
            default_slippage_percent: DEFAULT_SLIPPAGE_PERCENT,
        };
        Welcome {
            build: String::new(),
            you: Some(You { user: ME, name: name.to_owned(), mark: 0 }),
            private: Some(self.private(&Report::default(), &snapshot.leaders)),
            snapshot,
            end: None,
            join_url: String::new(),
            past: vec![],
        }
    }

    fn clock(&self, local_ms: u64) -> Clock {
        Clock {
            phase: Phase::Running,
            now_ms: self.now_ms,
            next_freeze_ms: None,
            resume_ms: None,
            end_ms: u64::from(self.floor.market().params().total_duration) * 1_000,
            next_tick_ms: self.now_ms + TICK_MS,
            server_ms: local_ms,
        }
    }

    /// Takes in what the player asks for.
    pub(super) fn hear(&mut self, message: ClientMessage) {
        match message {
            ClientMessage::Order(order) => self.accept(&order),
            ClientMessage::Cancel { order } => self.cancel(ME, order),
            ClientMessage::CancelAll => {
                let open = self.floor.market().open_orders(ME);
                open.iter().for_each(|order| self.cancel(ME, order.id));
            }
            _ => {}
        }
    }

    fn accept(&mut self, new: &NewOrder) {
        let NewOrder { client_order_id, outcome, side, direction, kind, size, .. } = *new;
        let id = OrderId(self.next_order);
        self.next_order += 1;
        self.waiting.push(Order { id, user: ME, outcome, side, direction, kind, size, ts_ms: self.now_ms });
        self.mine.insert(id, Mine { client_order_id, direction });
        self.said.push(ServerMessage::OrderAck(OrderAck { client_order_id, result: Ok((id, self.now_ms)) }));
    }

    fn cancel(&mut self, user: UserId, order: OrderId) {
        // One that is gone already cannot be taken back, which the next tick says.
        let Ok(report) = self.floor.apply(&Input::Cancel { user, order, now_ms: self.now_ms }) else { return };
        if user == ME {
            self.missions.note(Mission::TakeBack);
        }
        self.publish(&report, &[], None);
    }

    /// Runs a tick: what waits, and what the bots want.
    pub(super) fn tick(&mut self, local_ms: u64) {
        self.now_ms += TICK_MS;
        self.let_bots_act();
        let orders = mem::take(&mut self.waiting);
        let input = Input::Orders { now_ms: self.now_ms, orders };
        let Ok(report) = self.floor.apply(&input) else { return };
        let Input::Orders { orders, .. } = &input else { return };
        self.floor.close_tick(self.now_ms);
        self.prices.remember(&self.floor.market().public());
        for update in report.orders.iter().filter(|update| update.user == ME && update.filled.0 > 0) {
            match self.mine.get(&update.id).map(|mine| mine.direction) {
                Some(Direction::Buy) => self.missions.note(Mission::Buy),
                Some(Direction::Sell) => self.missions.note(Mission::Sell),
                None => {}
            }
        }
        self.publish(&report, orders, Some(local_ms));
    }

    fn let_bots_act(&mut self) {
        let public = self.floor.market().public();
        let own = |user| self.floor.market().own_view(user);
        let seen = (&public as &dyn Seen, &self.prices);
        let wishes = Wishes::of(&mut self.bots, seen, own, self.now_ms, &mut self.next_order);
        wishes.cancels.into_iter().for_each(|(user, order)| self.cancel(user, order));
        self.waiting.extend(wishes.orders);
    }

    /// Says what a step has changed; `local_ms` of a tick, which has a time of its own.
    fn publish(&mut self, report: &Report, orders: &[Order], local_ms: Option<u64>) {
        let leaders = leaderboard(self.floor.market());
        if let Some(local_ms) = local_ms {
            self.tick += 1;
            let update = self.update(report, orders, &leaders, local_ms);
            self.said.push(ServerMessage::Tick(Box::new(update)));
        }
        let own = self.private(report, &leaders);
        self.said.push(ServerMessage::Private(Box::new(own)));
    }

    fn update(&mut self, report: &Report, orders: &[Order], leaders: &[LeaderRow], local_ms: u64) -> TickUpdate {
        let market = self.floor.market();
        let public = market.public();
        let update = TickUpdate {
            tick: self.tick,
            clock: self.clock(local_ms),
            pools: public.outcomes.iter().map(|outcome| outcome.pool).collect(),
            segment_ms: (public.segment_start_ms, public.segment_end_ms),
            levels: changes(&self.told, &public.outcomes),
            trades: public_trades(report, orders),
            actions: vec![],
            events: vec![],
            leaders: leaders.to_vec(),
            metrics: market.metrics(),
            orders: u32::try_from(orders.len()).unwrap_or(u32::MAX),
            state_hash: [0; 32],
        };
        self.told = public.outcomes;
        update
    }

    fn private(&self, report: &Report, leaders: &[LeaderRow]) -> PrivateState {
        let (market, ledger) = (self.floor.market(), self.floor.ledger());
        let mine = report.orders.iter().filter(|order| order.user == ME);
        let touches = |id: OrderId| move |order: Option<OrderId>| order == Some(id);
        let receipts = mine.map(|order| {
            let is_its = touches(order.id);
            let fills = report.fills.iter().filter(|fill| is_its(fill.buyer.order()) || is_its(fill.seller.order()));
            Receipt {
                order: order.clone(),
                client_order_id: self.mine.get(&order.id).map(|mine| mine.client_order_id),
                fills: fills.cloned().collect(),
                cash: report.cash.iter().filter(|cash| cash.user == ME && is_its(cash.order)).copied().collect(),
            }
        });
        PrivateState {
            tick: self.tick,
            own: market.own_view(ME),
            open_orders: market.open_orders(ME),
            positions: ledger.positions(ME),
            statement: ledger.statement(ME),
            rank: leaders.iter().find(|row| row.user == ME).map_or(0, |row| row.rank),
            trade_count: market.account(ME).map_or(0, |account| account.trade_count),
            receipts: receipts.collect(),
        }
    }
}

fn changes(before: &[PublicOutcome], after: &[PublicOutcome]) -> Vec<LevelChange> {
    let pairs = (0..).zip(before.iter().zip(after));
    pairs.flat_map(|(index, (old, new))| levels::changes(OutcomeId(index), &old.levels, &new.levels)).collect()
}
