//! From the record to a running server: the latest snapshot, the inputs after it, and the recorded
//! hash of every tick as proof. It never goes on with another state than was recorded; what changes
//! nothing in it, an input that the market does not take or a snapshot that cannot be read, is no reason
//! to stop.

use super::{
    choice::{Choice, choose},
    session::{Session, carried_out},
    waiting::Waiting,
};
use crate::{
    config::Asked,
    store::{EventRow, NewSession, Record, RecordedInput, Scribe, SessionId, Store, StoreError, UserRow},
};
use outcry_engine::{Input, OrderId, UserId};
use outcry_shared::{config::SessionConfig, floor::Floor, phase::Phase};

/// How long a session that another server has taken over stands still: people's pages find the way in it.
const TAKE_OVER_MS: u64 = 3_000;

/// What to open when the store has no session to go on with.
#[derive(Clone, Debug)]
pub struct Opening {
    /// What the new session is opened with.
    pub config: SessionConfig,
    /// `Draft` or `Lobby`.
    pub phase: Phase,
    /// Whether the configuration was asked for: then a session that is over, or that nobody
    /// has joined, makes way for a new one.
    pub asked: bool,
}

/// A session ready to be served.
#[derive(Debug)]
pub struct Recovered {
    /// The session as it stood when the record ended.
    pub session: Session,
    /// Everyone who has a seat.
    pub users: Vec<UserRow>,
    /// What was answered to orders: participant, the client's own number, the order, its time.
    pub answers: Vec<(UserId, u64, OrderId, u64)>,
    /// What was acknowledged and is in no tick.
    pub waiting: Waiting,
    /// Goes on with the record.
    pub scribe: Scribe,
    /// Groups stored so far.
    pub groups: u64,
    /// Number of the last piece of the public history.
    pub pieces: u64,
    /// What the record is to keep of this start.
    pub notes: Vec<EventRow>,
}

impl Recovered {
    /// The server that served it is gone, and there is nobody who has started this one and could let it go on: a session
    /// whose clock ran goes on by itself. One in which something of the record could not be carried out pauses all the same.
    pub fn take_over(&mut self) {
        if self.session.phase().clock_runs() && self.notes.is_empty() {
            self.session.go_on_after(TAKE_OVER_MS);
        }
    }
}

/// Why a session cannot be gone on with.
#[derive(Debug, thiserror::Error)]
pub enum RecoverError {
    /// The store says so.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A configuration that no market can be opened with.
    #[error("the configuration cannot be used: {0}")]
    Config(String),
    /// A snapshot that cannot be read.
    #[error("the snapshot of session {0} at tick {1} cannot be read: {2}")]
    Snapshot(SessionId, u64, String),
    /// A recorded input that the market refuses, and without which it does not stand as recorded.
    #[error(
        "input {seq} of session {session} is refused in the replay ({why}), and tick {tick} is another without it: \
         start the version of the server that recorded it, or take the record home with export --session {session}"
    )]
    Refused {
        /// The session that was to go on.
        session: SessionId,
        /// The input's number.
        seq: u64,
        /// The first tick that differs.
        tick: u64,
        /// What the market says.
        why: String,
    },
    /// The replay gives another state.
    #[error("tick {1} of session {0} gives another state in the replay than was recorded: the record was changed")]
    Hash(SessionId, u64),
}

/// Goes on with the newest session of a store that one server has to itself, or opens one.
///
/// # Errors
/// As [`open_session_of`].
pub async fn open_session(store: &dyn Store, opening: &Opening) -> Result<Recovered, RecoverError> {
    open_session_of("", Asked::Own, store, opening).await
}

/// Goes on with the server's own session, with the one asked for, or opens one. `server` is the name by
/// which it knows its own; empty where it has the store to itself.
///
/// # Errors
/// When the store fails, another server serves the session, or the replay differs from the
/// record.
pub async fn open_session_of(
    server: &str,
    asked: Asked,
    store: &dyn Store,
    opening: &Opening,
) -> Result<Recovered, RecoverError> {
    let sessions = store.sessions().await?;
    let session = match choose(&sessions, asked, server, opening.asked) {
        Choice::Open(why) => {
            let opened = open_new(store, opening).await?;
            tracing::info!(session = opened.session.id().0, why, "a new session is opened");
            return Ok(opened);
        }
        Choice::GoOn(session, why) => {
            tracing::info!(session = session.0, why, "the session goes on");
            session
        }
    };
    if opening.asked {
        tracing::warn!(session = session.0, "the session goes on: the configuration asked for is not used");
    }
    store.claim(session).await?;
    match recover(store.load(session).await?) {
        Err(RecoverError::Snapshot(_, tick, why)) => {
            tracing::warn!(session = session.0, tick, why, "a snapshot is passed over: the whole record is replayed");
            recover(store.load_whole(session).await?)
        }
        recovered => recovered,
    }
}

async fn open_new(store: &dyn Store, opening: &Opening) -> Result<Recovered, RecoverError> {
    let floor = new_floor(&opening.config)?;
    let new = NewSession::empty(opening.config.clone(), opening.phase);
    let id = store.create(&new).await?;
    let scribe = Scribe::new(0, floor.market());
    let session = Session::fresh(id, new.config, new.phase, floor);
    let waiting = Waiting::default();
    Ok(Recovered {
        session,
        users: Vec::new(),
        answers: Vec::new(),
        waiting,
        scribe,
        groups: 0,
        pieces: 0,
        notes: Vec::new(),
    })
}

/// A session that has just been stored, with everyone who has a seat in it.
///
/// # Errors
/// A configuration that no market can be opened with.
pub(crate) fn begin(id: SessionId, new: NewSession) -> Result<Session, RecoverError> {
    let floor = new_floor(&new.config)?;
    let mut session = Session::fresh(id, new.config, new.phase, floor);
    for user in &new.users {
        session.seat(user.user, user.deposit);
    }
    Ok(session)
}

fn new_floor(config: &SessionConfig) -> Result<Floor, RecoverError> {
    Floor::new(config.params.clone()).map_err(|violations| {
        let sentences: Vec<_> = violations.iter().map(ToString::to_string).collect();
        RecoverError::Config(sentences.join("; "))
    })
}

/// Rebuilds a session from its record.
///
/// # Errors
/// When the replay differs from the record.
fn recover(record: Record) -> Result<Recovered, RecoverError> {
    let (floor, refused) = replay(&record)?;
    let Record {
        id,
        mut state,
        users,
        answers,
        waiting_orders,
        waiting_cancels,
        last_order,
        last_seq,
        last_group,
        last_piece,
        ..
    } = record;
    state.clock_ms = state.clock_ms.max(record.last_ms);
    let mut session = Session::restored(id, state, floor, last_order, &waiting_orders);
    let notes: Vec<_> = refused.iter().map(|refused| refused.note(session.now_ms())).collect();
    if let Some(first) = refused.first().filter(|_| session.phase().is_live()) {
        session.interrupt(format!("input {} of the record could not be carried out: {}", first.seq, first.why));
    }
    let orders = waiting_orders.into_iter().map(|accepted| accepted.order).collect();
    let scribe = Scribe::new(last_seq, session.market());
    let waiting = Waiting::new(orders, waiting_cancels);
    Ok(Recovered { session, users, answers, waiting, scribe, groups: last_group, pieces: last_piece, notes })
}

/// A recorded input that the market does not take: it changes nothing.
struct Refused {
    seq: u64,
    why: String,
}

impl Refused {
    fn note(&self, now_ms: u64) -> EventRow {
        EventRow::named("SET_ASIDE", &serde_json::json!({ "input": self.seq, "why": self.why }), now_ms)
    }
}

/// The floor after every recorded input, and the inputs that it refused although it stands as recorded.
fn replay(record: &Record) -> Result<(Floor, Vec<Refused>), RecoverError> {
    let mut floor = match &record.snapshot {
        None => new_floor(&record.state.config)?,
        Some(snapshot) => {
            let damaged = |reason| RecoverError::Snapshot(record.id, snapshot.tick, reason);
            let floor = Floor::decode(&snapshot.bytes).map_err(damaged)?;
            if floor.market().state_hash() != snapshot.state_hash {
                return Err(damaged("its state is not the one it was taken of".to_owned()));
            }
            floor
        }
    };
    let mut refused = Vec::new();
    let mut apply = |floor: &mut Floor, recorded: &RecordedInput| {
        if let Err(why) = carried_out(|| floor.apply(&recorded.input)) {
            tracing::error!(input = recorded.seq, why, "a recorded input is refused in the replay");
            refused.push(Refused { seq: recorded.seq, why });
        }
    };
    let mut inputs = record.inputs.iter().peekable();
    for (tick, hash) in &record.hashes {
        let mut now_ms = None;
        while let Some(recorded) = inputs.next_if(|recorded| recorded.tick <= *tick) {
            apply(&mut floor, recorded);
            now_ms = input_ms(&recorded.input).or(now_ms);
        }
        if floor.market().state_hash() != *hash {
            return Err(differs(record.id, *tick, refused.pop()));
        }
        if let Some(now_ms) = now_ms {
            floor.close_tick(now_ms);
        }
    }
    for recorded in inputs {
        apply(&mut floor, recorded);
    }
    Ok((floor, refused))
}

/// Why a tick gives another state: without the input that was refused last, or for no reason known.
fn differs(session: SessionId, tick: u64, refused: Option<Refused>) -> RecoverError {
    match refused {
        Some(Refused { seq, why }) => RecoverError::Refused { session, seq, tick, why },
        None => RecoverError::Hash(session, tick),
    }
}

const fn input_ms(input: &Input) -> Option<u64> {
    match input {
        Input::Join { .. } => None,
        Input::Orders { now_ms, .. }
        | Input::Frozen { now_ms, .. }
        | Input::Cancel { now_ms, .. }
        | Input::Close { now_ms, .. }
        | Input::Extend { now_ms, .. }
        | Input::Eliminate { now_ms, .. }
        | Input::Final { now_ms, .. } => Some(*now_ms),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        market::{Beat, finish, interrupt},
        store::{Group, MemoryStore, NewUser, SnapshotRow, Step},
    };
    use outcry_engine::{Report, Usdc};
    use outcry_shared::config::presets;

    const TICK_MS: u64 = 1_000;

    fn opening() -> Opening {
        Opening { config: presets()[0].config.clone(), phase: Phase::Running, asked: false }
    }

    fn user(number: u32, seq: u64, deposit: Usdc) -> NewUser {
        let name = format!("Guest {number}");
        NewUser { user: UserId(number), skeleton: name.clone(), name, token_hash: [7; 32], bot: false, deposit, seq }
    }

    /// A running session whose record has a join that no market takes.
    async fn overdrawn() -> (MemoryStore, Recovered) {
        let store = MemoryStore::default();
        let mut recovered = open_session(&store, &opening()).await.unwrap();
        let deposit = recovered.session.market().params().starting_balance;
        let users = vec![user(1, 1, deposit), user(2, 2, Usdc(i64::MAX))];
        store.accept(&Group { number: 1, users, ..Group::default() }).await.unwrap();
        recovered.session.seat(UserId(1), deposit);
        recovered.scribe = Scribe::new(2, recovered.session.market());
        (store, recovered)
    }

    /// Stores a tick with these inputs, of which the market took the last alone.
    async fn tick(store: &MemoryStore, recovered: &mut Recovered, inputs: Vec<Input>, tick: u64) {
        let session = &mut recovered.session;
        session.apply(inputs.last().unwrap()).unwrap();
        session.close_tick();
        let steps: Vec<_> = inputs.into_iter().map(|input| Step { input, report: Report::default() }).collect();
        let at = (tick, tick * TICK_MS, Phase::Running);
        let batch = recovered.scribe.batch(at, &steps, session.market(), &[], &[]);
        store.commit_tick(&batch).await.unwrap();
    }

    fn no_orders(tick: u64) -> Input {
        Input::Orders { now_ms: tick * TICK_MS, orders: Vec::new() }
    }

    /// What the market never took cannot be missing from it: the session pauses, and ends when it is told to.
    #[tokio::test]
    async fn a_recorded_input_that_the_market_refuses_does_not_stop_the_start() {
        let (store, mut before) = overdrawn().await;
        let odd = Input::Extend { by_ms: 1, now_ms: 0 };
        tick(&store, &mut before, vec![odd, no_orders(1)], 1).await;
        let server = store.another();
        drop(store);
        let Recovered { mut session, mut waiting, notes, .. } = open_session(&server, &opening()).await.unwrap();
        assert_eq!(session.market().state_hash(), before.session.market().state_hash());
        assert!(notes.iter().all(|note| note.kind == "SET_ASIDE"));
        assert_eq!(notes.len(), 2, "the join and the extension are in the record as refused");
        let mut beat = Beat::default();
        let why = session.take_interruption().unwrap();
        assert!(why.contains("input 2 of the record"), "{why}");
        interrupt(&mut session, &mut waiting, &mut beat, why);
        assert_eq!(session.phase(), Phase::Paused);
        finish(&mut session, &mut waiting, &mut beat);
        assert_eq!((session.phase(), beat.is_broken()), (Phase::Resolved, false), "the host can end and pay");
    }

    /// Where the record has what the market does not take any more, nobody goes on with less.
    #[tokio::test]
    async fn a_state_that_needs_a_refused_input_is_not_made_up() {
        let (store, mut before) = overdrawn().await;
        tick(&store, &mut before, vec![no_orders(1)], 1).await;
        let batch = before.scribe.batch(
            (2, 2 * TICK_MS, Phase::Running),
            &[Step { input: Input::Extend { by_ms: 1, now_ms: 0 }, report: Report::default() }],
            before.session.market(),
            &[],
            &[],
        );
        store.commit_tick(&crate::store::TickBatch { state_hash: [1; 32], ..batch }).await.unwrap();
        let server = store.another();
        drop(store);
        let refused = open_session(&server, &opening()).await.unwrap_err().to_string();
        assert!(refused.contains("input 4 of session 1") && refused.contains("tick 2"), "{refused}");
    }

    /// A snapshot of another format, or of another state, costs a replay from the start.
    #[tokio::test]
    async fn a_snapshot_that_cannot_be_read_is_replayed_over() {
        for bytes in [vec![255, 1, 2], Vec::new(), new_floor(&opening().config).unwrap().encode()] {
            let store = MemoryStore::default();
            let mut before = open_session(&store, &opening()).await.unwrap();
            for number in 1..=3 {
                tick(&store, &mut before, vec![no_orders(number)], number).await;
            }
            let state_hash = before.session.market().state_hash();
            store
                .snapshot(&SnapshotRow { session: before.session.id(), tick: 2, seq: 2, state_hash, bytes })
                .await
                .unwrap();
            let server = store.another();
            drop(store);
            let after = open_session(&server, &opening()).await.unwrap();
            assert_eq!((after.session.tick(), after.session.market().state_hash()), (3, state_hash));
        }
    }
}
