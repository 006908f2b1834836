//! From sending an order to seeing its trade on another connection, less the wait for the tick.

use outcry_bots::{Action, Address, Bot};
use outcry_engine::{Direction, OrderKind, OutcomeId, Rate, Side, Tokens, UserId};
use outcry_shared::ServerMessage;
use std::{
    collections::HashMap,
    fmt,
    sync::{
        atomic::{AtomicU64, Ordering},
        mpsc::{Receiver, channel},
    },
    thread,
    time::{Duration, Instant},
};

const SENDERS: u64 = 4;
/// Time between two orders of a sender, in ms: not a multiple of the tick's.
const PAUSE_MS: u64 = 310;

/// What the sender knows of an order.
struct Sent {
    /// Whose it is and how large: together, which it is.
    key: (UserId, Tokens),
    at: Instant,
    /// When its sender was told that it is stored.
    acknowledged: Instant,
    /// Session clock when it was taken in, in ms.
    ts_ms: u64,
}

/// What the observer sees of it.
struct Seen {
    at: Instant,
    /// Session clock of its tick, in ms.
    now_ms: u64,
}

/// A name that nobody has had in this process.
fn name(role: &str) -> String {
    static GIVEN: AtomicU64 = AtomicU64::new(0);
    format!("{role} of {}", GIVEN.fetch_add(1, Ordering::Relaxed))
}

fn observe(address: &Address, until: Instant) -> HashMap<(UserId, Tokens), Seen> {
    let mut observer = Bot::join(address, &name("Observer")).unwrap();
    let mut seen = HashMap::new();
    while Instant::now() < until {
        let messages = observer.pump(until).unwrap();
        let at = Instant::now();
        for message in messages {
            let ServerMessage::Tick(tick) = message else { continue };
            for trade in tick.trades {
                let Some(user) = trade.buyer else { continue };
                seen.entry((user, trade.size)).or_insert(Seen { at, now_ms: tick.clock.now_ms });
            }
        }
    }
    seen
}

/// Sends an order now and then, each of a size of its own.
fn trade(address: &Address, nth: u64, until: Instant) -> Vec<Sent> {
    let mut bot = Bot::join(address, &name(&format!("Sender {nth}"))).unwrap();
    let user = bot.session().user().unwrap();
    let mut orders = Vec::new();
    let mut waiting = HashMap::new();
    let mut next = Instant::now();
    let mut size = 1_000_000 + nth as i64;
    while Instant::now() < until {
        if Instant::now() >= next {
            next += Duration::from_millis(PAUSE_MS);
            size += SENDERS as i64;
            let kind = OrderKind::Market { max_slippage: Rate(1_000_000_000) };
            let (outcome, side, direction) = (OutcomeId((size % 5) as u8), Side::Yes, Direction::Buy);
            let order = Action::Order { outcome, side, direction, kind, size: Tokens(size) };
            let at = Instant::now();
            if let Some(client) = bot.act(&order).unwrap() {
                waiting.insert(client, ((user, Tokens(size)), at));
            }
        }
        for message in bot.pump(next.min(until)).unwrap() {
            let ServerMessage::OrderAck(ack) = message else { continue };
            let (Some((key, at)), Ok((_, ts_ms))) = (waiting.remove(&ack.client_order_id), ack.result) else {
                continue;
            };
            orders.push(Sent { key, at, acknowledged: Instant::now(), ts_ms });
        }
    }
    orders
}

/// How long orders took, in ms, sorted.
pub(crate) struct Latencies(Vec<f64>);

impl Latencies {
    fn of(times: impl Iterator<Item = f64>) -> Self {
        let mut all: Vec<f64> = times.collect();
        all.sort_by(f64::total_cmp);
        Self(all)
    }

    fn at(&self, share: f64) -> f64 {
        self.0.get((self.0.len().saturating_sub(1) as f64 * share) as usize).copied().unwrap_or(f64::NAN)
    }
}

impl fmt::Display for Latencies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (median, high, worst) = (self.at(0.5), self.at(0.99), self.at(1.0));
        write!(f, "median {median:.1} ms · p99 {high:.1} ms · worst {worst:.1} ms of {} orders", self.0.len())
    }
}

/// Sends orders for so long, with whatever else goes on in the room: how long they took to be seen, less the wait for the tick.
pub(crate) fn measure(address: &Address, window: Duration) -> Latencies {
    seen_and_acknowledged(address, window).0
}

/// The same, and how long orders took to be acknowledged.
pub(crate) fn seen_and_acknowledged(address: &Address, window: Duration) -> (Latencies, Latencies) {
    let until = Instant::now() + window;
    let (sender, orders): (_, Receiver<Vec<Sent>>) = channel();
    let seen = thread::scope(|scope| {
        for nth in 0..SENDERS {
            let sender = sender.clone();
            scope.spawn(move || sender.send(trade(address, nth, until)));
        }
        drop(sender);
        observe(address, until + Duration::from_secs(1))
    });
    let orders: Vec<Sent> = orders.iter().flatten().collect();
    let latency = |sent: &Sent| {
        let seen = seen.get(&sent.key)?;
        let wait_ms = seen.now_ms.saturating_sub(sent.ts_ms) as f64;
        Some((seen.at - sent.at).as_secs_f64() * 1e3 - wait_ms)
    };
    let acknowledged = Latencies::of(orders.iter().map(|sent| (sent.acknowledged - sent.at).as_secs_f64() * 1e3));
    (Latencies::of(orders.iter().filter_map(latency)), acknowledged)
}
