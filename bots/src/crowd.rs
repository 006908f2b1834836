//! Many bots at once, one thread each: they come, play their strategies, come back when the
//! connection is lost, and are counted.

use crate::{address::Address, bot::Bot, error::BotError, names, seats::Seats, stats::Stats};
use outcry_shared::{
    ServerMessage,
    backoff::Backoff,
    message::{ConnectRefusal, RefusalCode},
};
use outcry_traders::{Dice, Kind, Pace, Strategy};
use rand_chacha::{ChaCha8Rng, rand_core::SeedableRng};
use std::{
    thread,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

/// The waits between two attempts to connect.
const BACKOFF: Backoff = Backoff { first_ms: 250, longest_ms: 8_000 };
/// Attempts in a row after which a bot gives up.
const ATTEMPTS_MAX: u32 = 30;
/// Other names a bot tries when its own is taken.
const NAMES_MAX: usize = 8;
/// How long a bot waits for the next message before it looks at the clock.
const PATIENCE: Duration = Duration::from_secs(1);
/// Orders and cancels a bot sends at once at most, well below the server's burst.
const ACTIONS_MAX: usize = 6;
/// The generator's stream that spreads the waits, apart from those that decide.
const BACKOFF_STREAM: u64 = 1 << 32;

/// A crowd of bots.
#[derive(Clone, Debug)]
pub struct Crowd {
    /// The server on which they play.
    pub address: Address,
    /// How many play, each on a thread and a connection of its own.
    pub count: usize,
    /// The same seed and the same messages give the same orders.
    pub seed: u64,
    /// Which strategies they play; of [`Kind::Mix`], each bot the next one.
    pub kind: Kind,
    /// The shortest session time between two acts of a bot, in ms.
    pub pace_ms: u64,
    /// How long they play; until the session ends when nothing is said.
    pub duration: Option<Duration>,
    /// Whether they wait for the next session after the end of one.
    pub stay: bool,
    /// Where they keep their seats for the next start; they take new ones when nothing is said.
    pub seats: Option<Seats>,
}

/// What became of a crowd.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// What all did together.
    pub stats: Stats,
    /// Why some could not go on, by their index.
    pub failures: Vec<(usize, BotError)>,
}

impl Crowd {
    /// Plays until the end and says what all did together.
    #[must_use]
    pub fn play(&self) -> Outcome {
        let until = self.duration.map(|duration| Instant::now() + duration);
        let lives: Vec<_> = thread::scope(|scope| {
            let threads: Vec<_> = (0..self.count).map(|index| scope.spawn(move || self.life(index, until))).collect();
            threads.into_iter().filter_map(|thread| thread.join().ok()).collect()
        });
        let mut outcome = Outcome::default();
        for (index, (stats, failure)) in lives.into_iter().enumerate() {
            outcome.stats.add(&stats);
            outcome.failures.extend(failure.map(|error| (index, error)));
        }
        outcome
    }

    fn life(&self, index: usize, until: Option<Instant>) -> (Stats, Option<BotError>) {
        let mut waits = self.generator(index as u64 + BACKOFF_STREAM);
        let mut bot = match self.persist(until, &mut waits, || self.join(index)) {
            Ok(bot) => bot,
            Err(error) => return (Stats::default(), Some(error)),
        };
        let mut strategy = self.kind.strategy(index);
        let mut rng = self.generator(index as u64);
        let mut stats = Stats::default();
        loop {
            // Spread over the pace, so that a crowd does not act as one.
            let first_ms = bot.session().clock().now_ms + self.pace_ms * index as u64 / self.count.max(1) as u64;
            let pace = Pace::new(self.pace_ms, first_ms);
            let error = match self.session(&mut bot, (strategy.as_mut(), &mut rng), pace, until) {
                Ok(()) => None,
                Err(error) if error.is_passing() => match self.persist(until, &mut waits, || bot.resume()) {
                    Ok(()) => continue,
                    Err(error) => Some(error),
                },
                Err(error) => Some(error),
            };
            stats.add(bot.stats());
            let is_over = until.is_some_and(|until| Instant::now() >= until);
            match error {
                // A new session has begun, in which the old seat does not exist.
                Some(error) if self.stay && !is_over && has_no_seat(&error) => {
                    match self.persist(until, &mut waits, || self.join(index)) {
                        Ok(next) => bot = next,
                        Err(error) => return (stats, Some(error)),
                    }
                }
                Some(BotError::Late(_)) if is_over => return (stats, None),
                error => return (stats, error),
            }
        }
    }

    /// Plays over one connection.
    fn session(
        &self,
        bot: &mut Bot,
        (strategy, rng): (&mut dyn Strategy, &mut ChaCha8Rng),
        mut pace: Pace,
        until: Option<Instant>,
    ) -> Result<(), BotError> {
        loop {
            let now = Instant::now();
            if until.is_some_and(|until| now >= until) || !self.stay && bot.session().end().is_some() {
                return Ok(());
            }
            let deadline = until.map_or(now + PATIENCE, |until| until.min(now + PATIENCE));
            let messages = bot.pump(deadline)?;
            let ticked = messages.iter().any(|message| matches!(message, ServerMessage::Tick(_)));
            if !ticked || !bot.session().is_open() || !pace.is_due(bot.session().clock().now_ms) {
                continue;
            }
            for action in strategy.act(&bot.view(), rng).into_iter().take(ACTIONS_MAX) {
                bot.act(&action)?;
            }
        }
    }

    /// Comes back to the seat that was kept, or takes one.
    fn join(&self, index: usize) -> Result<Bot, BotError> {
        let Some(seats) = &self.seats else { return self.take_seat(index) };
        if let Some(token) = seats.token(index) {
            match Bot::come_back(&self.address, token, first_order()) {
                Err(error) if has_no_seat(&error) => {}
                result => return result,
            }
        }
        let bot = self.take_seat(index)?;
        if let Some(token) = bot.token() {
            seats.keep(index, token).map_err(|error| BotError::Seat(error.to_string()))?;
        }
        Ok(bot)
    }

    /// Joins, under another name when the own one is taken.
    fn take_seat(&self, index: usize) -> Result<Bot, BotError> {
        let mut attempt = 0;
        loop {
            match Bot::join(&self.address, &names::name(self.seed, index, attempt)) {
                Err(BotError::Refused(ConnectRefusal { code: RefusalCode::Name, .. })) if attempt < NAMES_MAX => {
                    attempt += 1;
                }
                result => return result,
            }
        }
    }

    /// Tries until it works, it cannot work, or time is up.
    fn persist<T>(
        &self,
        until: Option<Instant>,
        waits: &mut ChaCha8Rng,
        mut attempt: impl FnMut() -> Result<T, BotError>,
    ) -> Result<T, BotError> {
        for failed in 1..ATTEMPTS_MAX {
            match attempt() {
                Err(error) if error.is_passing() => {
                    let pause = Duration::from_millis(BACKOFF.wait_ms(failed, waits.between(0.0, 1.0)));
                    if until.is_some_and(|until| Instant::now() + pause >= until) {
                        return Err(error);
                    }
                    thread::sleep(pause);
                }
                result => return result,
            }
        }
        attempt()
    }

    fn generator(&self, stream: u64) -> ChaCha8Rng {
        let mut rng = ChaCha8Rng::seed_from_u64(self.seed);
        rng.set_stream(stream);
        rng
    }
}

/// A number that no earlier run has given to an order: they are given one by one, and no bot sends
/// a thousand in a second.
fn first_order() -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(now.as_millis()).unwrap_or(u64::MAX)
}

fn has_no_seat(error: &BotError) -> bool {
    match error {
        BotError::SentAway(_) => true,
        BotError::Refused(refusal) => refusal.code == RefusalCode::UnknownSeat,
        _ => false,
    }
}
