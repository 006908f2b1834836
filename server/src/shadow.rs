//! Other rules beside the session (instrument.md §3): they take the orders that are stored, after the market and on a
//! thread that comes last. No lap waits for them; all that a lap does is to say which session is served.

use crate::{
    aside,
    lap::Housekeep,
    market::Session,
    store::{RecordedInput, SessionId, Store},
};
use bevy::prelude::*;
use outcry_engine::Usdc;
use outcry_lab::{
    adversary::{Setting, attained},
    shadow,
};
use outcry_shared::{config::SessionConfig, message::Shadow};
use std::{io, sync::Arc, thread::JoinHandle, time::Duration};
use tokio::{runtime::Handle, sync::watch, time::timeout};

/// Time between two looks at the record.
const LOOK: Duration = Duration::from_secs(2);

/// The search for what this market can be made to lose: short, since the way into a corner is most of it.
const SEARCH_SEED: u64 = 1;
const SEARCH_PLANS: u32 = 100;

/// What is followed, and what was seen of it last.
#[derive(Resource, Debug)]
pub(crate) struct Shadows {
    asked: watch::Sender<Option<Asked>>,
    shown: watch::Receiver<Shadow>,
}

/// A session to be followed.
#[derive(Clone, Debug)]
struct Asked {
    id: SessionId,
    config: SessionConfig,
}

/// Nobody follows.
impl Default for Shadows {
    fn default() -> Self {
        Self { asked: watch::Sender::new(None), shown: watch::channel(Shadow::default()).1 }
    }
}

impl Shadows {
    /// How the other rules stand.
    pub(crate) fn shown(&self) -> Shadow {
        self.shown.borrow().clone()
    }
}

/// Says which session is served.
pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Shadows>().add_systems(Update, point.in_set(Housekeep::Figures));
}

fn point(session: Res<Session>, shadows: Res<Shadows>) {
    shadows.asked.send_if_modified(|asked| {
        let other = asked.as_ref().is_none_or(|asked| asked.id != session.id());
        if other {
            *asked = Some(Asked { id: session.id(), config: session.config().clone() });
        }
        other
    });
}

/// Lets other rules follow whatever session the app serves, until the app is gone.
///
/// # Errors
/// When the system gives no thread.
pub(crate) fn start(app: &mut App, store: Arc<dyn Store>, runtime: Handle) -> io::Result<JoinHandle<()>> {
    let (asked, asked_for) = watch::channel(None);
    let (showing, shown) = watch::channel(Shadow::default());
    app.insert_resource(Shadows { asked, shown });
    aside::spawn("shadow", move || follow(asked_for, &showing, &*store, &runtime))
}

fn follow(
    mut asked: watch::Receiver<Option<Asked>>,
    showing: &watch::Sender<Shadow>,
    store: &dyn Store,
    runtime: &Handle,
) {
    let mut follower: Option<Follower> = None;
    loop {
        let now = asked.borrow_and_update().clone();
        if follower.as_ref().map(|follower| follower.id) != now.as_ref().map(|asked| asked.id) {
            follower = now.and_then(|asked| Follower::of(asked.id, &asked.config));
        }
        if let Some(follower) = &mut follower {
            match runtime.block_on(store.inputs(follower.id, follower.seq)) {
                // One at a time: whoever serves another session, or stops, does not wait for all of them.
                Ok(inputs) => {
                    inputs
                        .iter()
                        .take_while(|_| asked.has_changed().is_ok_and(|other| !other))
                        .for_each(|input| follower.take(input));
                }
                Err(error) => tracing::debug!(%error, "the record cannot be read beside the market"),
            }
            showing.send_replace(follower.shown());
        }
        if let Ok(Err(_gone)) = runtime.block_on(async { timeout(LOOK, asked.changed()).await }) {
            return;
        }
    }
}

/// Other rules on their way through a record.
struct Follower {
    id: SessionId,
    /// The last input taken.
    seq: u64,
    loss: Usdc,
    rules: shadow::Shadow,
}

impl Follower {
    /// Every rule can lose as much as this market can be made to lose, as far as a short search finds.
    fn of(id: SessionId, config: &SessionConfig) -> Option<Self> {
        let found = attained(&Setting::new(config.params.clone()), SEARCH_SEED, SEARCH_PLANS);
        let loss = found.inspect_err(|why| tracing::warn!(why, "no rule is followed")).ok()?.played.gain;
        Some(Self { id, seq: 0, loss, rules: shadow::Shadow::open(config, loss).ok()? })
    }

    fn take(&mut self, input: &RecordedInput) {
        self.rules.follow(&input.input);
        self.seq = input.seq;
    }

    fn shown(&self) -> Shadow {
        Shadow { ticks: self.rules.ticks(), loss: self.loss, rows: self.rules.rows() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        market::{Beat, Opening, Waiting, open_session, run_tick},
        store::{AcceptedOrder, Group, MemoryStore, NewUser, Sending},
    };
    use outcry_engine::{Direction, Order, OrderId, OrderKind, OutcomeId, Rate, Side, Tokens, UserId};
    use outcry_shared::{config::presets, phase::Phase};
    use std::thread;

    const ADA: UserId = UserId(1);

    /// A session of one tick, in which somebody buys.
    async fn played() -> (MemoryStore, SessionId, SessionConfig) {
        let store = MemoryStore::default();
        let opening = Opening { config: presets()[0].config.clone(), phase: Phase::Running, asked: false };
        let mut recovered = open_session(&store, &opening).await.unwrap();
        let deposit = opening.config.params.starting_balance;
        let (name, skeleton) = ("Ada".to_owned(), "ada".to_owned());
        let seq = recovered.scribe.next_seq();
        let ada = NewUser { user: ADA, name, skeleton, token_hash: [1; 32], bot: false, deposit, seq };
        let order = Order {
            id: OrderId(1),
            user: ADA,
            outcome: OutcomeId(0),
            side: Side::Yes,
            direction: Direction::Buy,
            kind: OrderKind::Market { max_slippage: Rate(i64::MAX) },
            size: Tokens(50_000_000),
            ts_ms: 0,
        };
        let orders = vec![AcceptedOrder { order: order.clone(), client_order_id: None, sending: Sending::default() }];
        let group = Group { number: 1, users: vec![ada], orders, ..Group::default() };
        store.accept(&group).await.unwrap();
        recovered.session.seat(ADA, deposit);
        let (mut waiting, mut beat) = (Waiting::new(vec![order], Vec::new()), Beat::default());
        run_tick(&mut recovered.session, &mut waiting, &mut beat);
        let session = &recovered.session;
        let batch = recovered.scribe.batch((1, 1_000, Phase::Running), beat.steps(), session.market(), &[], &[]);
        store.commit_tick(&batch).await.unwrap();
        (store, recovered.session.id(), opening.config)
    }

    /// What is stored is followed, from its first input; whoever asked no more is let go at once.
    #[test]
    fn other_rules_follow_what_is_stored() {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let (store, id, config) = runtime.block_on(played());
        let (asked, asked_for) = watch::channel(Some(Asked { id, config }));
        let (showing, mut shown) = watch::channel(Shadow::default());
        let handle = runtime.handle().clone();
        let following = thread::spawn(move || follow(asked_for, &showing, &store, &handle));
        runtime.block_on(shown.wait_for(|shadow| shadow.ticks == 1)).unwrap();
        drop(asked);
        following.join().unwrap();
        let shadow = shown.borrow().clone();
        assert!(shadow.loss > Usdc::ZERO && shadow.rows.len() > 5, "{shadow:?}");
        let lmsr = shadow.rows.iter().find(|row| row.rule == "lmsr").unwrap();
        assert_eq!((lmsr.executed, lmsr.stopped.as_deref()), (Some(1.0), None));
        assert!(lmsr.dearer.is_some_and(|dearer| dearer != 0.0), "{lmsr:?}");
        let book = shadow.rows.iter().find(|row| row.rule == "book").unwrap();
        assert_eq!((book.executed, book.dearer), (Some(0.0), None), "nobody else sells");
    }
}
