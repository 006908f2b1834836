//! People: bots that remember everything they were told.

use super::deadline;
use outcry_bots::{Action, Address, Bot, BotError, Dice, Kind, names};
use outcry_engine::{OrderId, OrderStatus, UserId};
use outcry_shared::{
    ClientMessage, ServerMessage,
    message::{EndReport, NewOrder, OrderAck, RefusedOrder},
    phase::Phase,
};
use rand_chacha::{ChaCha8Rng, rand_core::SeedableRng};
use std::{
    collections::BTreeMap,
    sync::{
        Condvar, Mutex,
        mpsc::{Receiver, Sender},
    },
    time::{Duration, Instant},
};

/// Shortest session time between two acts, in ms.
const PACE_MS: u64 = 300;
/// Orders and cancels of one act.
const ACTIONS_MAX: usize = 4;
/// Every so many players trade against the freeze, too, and are rejected.
const STUBBORN: usize = 5;
/// Every so many players now and then take everything back.
const FICKLE: usize = 3;
/// Every such order is sent twice.
const REPEATED: u64 = 7;

/// How long a player waits between two tries to come back to the same place.
const PAUSE: Duration = Duration::from_millis(100);

/// Where the server is now: a new place after every start, or behind one address whatever happens.
#[derive(Default)]
pub(crate) struct Place {
    state: Mutex<(u32, Option<Address>, bool)>,
    moved: Condvar,
    is_steady: bool,
}

impl Place {
    /// An address that stays, whoever answers there.
    pub(crate) fn steady(address: &Address) -> Self {
        Self { state: Mutex::new((1, Some(address.clone()), false)), is_steady: true, ..Self::default() }
    }

    /// The server has started there.
    pub(crate) fn set(&self, address: &Address) {
        let mut state = self.state.lock().expect("nobody panics inside");
        *state = (state.0 + 1, Some(address.clone()), false);
        self.moved.notify_all();
    }

    /// There will be no server any more.
    pub(crate) fn close(&self) {
        self.state.lock().expect("nobody panics inside").2 = true;
        self.moved.notify_all();
    }

    /// The place after `generation`, as soon as there is one; `None` when there will be none.
    fn after(&self, generation: u32, until: Instant) -> Option<(u32, Address)> {
        let mut state = self.state.lock().expect("nobody panics inside");
        if self.is_steady && generation == state.0 {
            state = self.moved.wait_timeout(state, PAUSE).expect("nobody panics inside").0;
            // Somebody may have gone further meanwhile: nobody would wait for what is behind them.
            state.0 = state.0.max(generation + 1);
        }
        loop {
            let left = until.saturating_duration_since(Instant::now());
            match &*state {
                (now, Some(address), false) if *now > generation => return Some((*now, address.clone())),
                (_, _, true) => return None,
                _ if left.is_zero() => return None,
                _ => state = self.moved.wait_timeout(state, left).expect("nobody panics inside").0,
            }
        }
    }
}

/// Sends the players home when the host's side is done or has failed.
pub(crate) struct Closing<'a>(pub(crate) &'a Place);

impl Drop for Closing<'_> {
    fn drop(&mut self) {
        self.0.close();
    }
}

/// What players tell the test while they play.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum News {
    /// Has a seat.
    Joined,
    /// Is back after a loss.
    Resumed,
}

impl News {
    /// Waits until so many players have said it.
    pub(crate) fn expect(news: &Receiver<Self>, expected: &Self, players: usize) {
        for _ in 0..players {
            let left = deadline().saturating_duration_since(Instant::now());
            assert_eq!(news.recv_timeout(left).as_ref(), Ok(expected));
        }
    }
}

/// Everything a player was told in a session.
#[derive(Debug, Default)]
pub(crate) struct Journal {
    pub(crate) session: u64,
    pub(crate) user: Option<UserId>,
    /// By the client's own number; every answer, also to repetitions.
    pub(crate) acks: BTreeMap<u64, Vec<Result<OrderId, RefusedOrder>>>,
    /// The last standing of every order in a receipt.
    pub(crate) standings: BTreeMap<OrderId, OrderStatus>,
    /// Hashes seen, by tick.
    pub(crate) hashes: BTreeMap<u64, [u8; 32]>,
    pub(crate) end: Option<EndReport>,
    pub(crate) unanswered: Vec<u64>,
    pub(crate) resumed: u32,
    /// Those of sessions that were left for this one.
    pub(crate) before: Vec<Self>,
}

/// Plays until the end of the session, through every loss of the server.
pub(crate) fn play(place: &Place, index: usize, news: &Sender<News>, until: Instant) -> Journal {
    let mut journal = Journal::default();
    let Some((mut generation, address)) = place.after(0, until) else { return journal };
    let name = names::name(0, index, 0);
    let mut bot = loop {
        match Bot::join(&address, &name) {
            Ok(bot) => break bot,
            // It may be on its way to another process.
            Err(error) if place.is_steady && error.is_passing() => {
                let Some((next, _)) = place.after(generation, until) else { return journal };
                generation = next;
            }
            Err(error) => panic!("a seat: {error}"),
        }
    };
    (journal.user, journal.session) = (bot.session().user(), bot.session().replica().number());
    news.send(News::Joined).expect("the test listens");
    let mut strategy = Kind::Mix.strategy(index);
    let mut rng = ChaCha8Rng::seed_from_u64(index as u64);
    let mut next_act_ms = 0;
    while bot.session().end().is_none() {
        assert!(Instant::now() < until, "player {index} waits for the end");
        let result = bot.pump(until).and_then(|messages| {
            messages.iter().for_each(|message| journal.note(message));
            let now_ms = bot.session().clock().now_ms;
            let is_stubborn = index.is_multiple_of(STUBBORN) && bot.session().clock().phase == Phase::Frozen;
            // The clock of another session begins anew.
            next_act_ms = next_act_ms.min(now_ms + PACE_MS);
            if !(bot.session().is_open() || is_stubborn) || now_ms < next_act_ms {
                return Ok(());
            }
            next_act_ms = now_ms + PACE_MS;
            let mut actions = strategy.act(&bot.view(), &mut rng);
            actions.truncate(ACTIONS_MAX);
            if index.is_multiple_of(FICKLE) && rng.chance(0.05) {
                actions.push(Action::CancelAll);
            }
            actions.iter().try_for_each(|action| act(&mut bot, action))
        });
        let Err(mut error) = result else { continue };
        // Until a server stays long enough to be spoken to.
        loop {
            assert!(error.is_passing() || matches!(error, BotError::SentAway(_)), "player {index}: {error}");
            let Some((next, address)) = place.after(generation, until) else { return journal };
            generation = next;
            bot.move_to(&address);
            match bot.resume() {
                Ok(()) => break,
                Err(next) => error = next,
            }
        }
        assert_eq!(bot.session().user(), journal.user, "a token resumes its own seat");
        journal.turn_to(bot.session().replica().number());
        journal.resumed += 1;
        news.send(News::Resumed).expect("the test listens");
    }
    journal.end = bot.session().end().cloned();
    // Whoever comes back after the end still hears what became of the last orders.
    let last = bot.pump_until("the last answers", deadline(), |bot| bot.unanswered().next().is_none());
    last.unwrap_or_default().iter().for_each(|message| journal.note(message));
    journal.unanswered = bot.unanswered().collect();
    journal
}

/// Does it, and sends some orders twice.
fn act(bot: &mut Bot, action: &Action) -> Result<(), BotError> {
    let number = bot.act(action)?;
    match (number, action) {
        (Some(client_order_id), &Action::Order { outcome, side, direction, kind, size })
            if client_order_id.is_multiple_of(REPEATED) =>
        {
            let session = bot.session().replica().number();
            let again = NewOrder { session, client_order_id, outcome, side, direction, kind, size, promise: None };
            bot.send(&ClientMessage::Order(again))
        }
        _ => Ok(()),
    }
}

impl Journal {
    /// Another session has begun: what was told in the one before is kept.
    fn turn_to(&mut self, session: u64) {
        if session == self.session {
            return;
        }
        let mut left = std::mem::take(self);
        let before = std::mem::take(&mut left.before);
        *self = Self { session, user: left.user, resumed: left.resumed, before, ..Self::default() };
        self.before.push(left);
    }

    fn note(&mut self, message: &ServerMessage) {
        match message {
            ServerMessage::Snapshot(snapshot) => self.turn_to(snapshot.session),
            ServerMessage::OrderAck(OrderAck { client_order_id, result }) => {
                let answer = result.clone().map(|(order, _)| order);
                self.acks.entry(*client_order_id).or_default().push(answer);
            }
            ServerMessage::Private(private) => {
                let standings = private.receipts.iter().map(|receipt| (receipt.order.id, receipt.order.status));
                self.standings.extend(standings);
            }
            ServerMessage::Tick(update) => {
                let before = self.hashes.insert(update.tick, update.state_hash);
                assert!(before.is_none_or(|hash| hash == update.state_hash), "tick {} has two states", update.tick);
            }
            _ => {}
        }
    }
}
