//! From the record to a running server: the latest snapshot, the inputs after it, and the recorded
//! hash of every tick as proof. It never goes on with another state than was recorded.

use super::{
    choice::{Choice, choose},
    session::{Session, carried_out},
    waiting::Waiting,
};
use crate::{
    config::Asked,
    store::{NewSession, Record, Scribe, SessionId, Store, StoreError, UserRow},
};
use outcry_engine::{Input, OrderId, UserId};
use outcry_shared::{config::SessionConfig, floor::Floor, phase::Phase};

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
    /// A recorded input that the market refuses.
    #[error("input {1} of session {0} is refused in the replay: {2}")]
    Refused(SessionId, u64, String),
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
    recover(store.load(session).await?)
}

async fn open_new(store: &dyn Store, opening: &Opening) -> Result<Recovered, RecoverError> {
    let floor = new_floor(&opening.config)?;
    let new = NewSession::empty(opening.config.clone(), opening.phase);
    let id = store.create(&new).await?;
    let scribe = Scribe::new(0, floor.market());
    let session = Session::fresh(id, new.config, new.phase, floor);
    let waiting = Waiting::default();
    Ok(Recovered { session, users: Vec::new(), answers: Vec::new(), waiting, scribe, groups: 0 })
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
    let floor = replay(&record)?;
    let Record {
        id, mut state, users, answers, waiting_orders, waiting_cancels, last_order, last_seq, last_group, ..
    } = record;
    state.clock_ms = state.clock_ms.max(record.last_ms);
    let session = Session::restored(id, state, floor, last_order, &waiting_orders);
    let orders = waiting_orders.into_iter().map(|accepted| accepted.order).collect();
    let scribe = Scribe::new(last_seq, session.market());
    let waiting = Waiting::new(orders, waiting_cancels);
    Ok(Recovered { session, users, answers, waiting, scribe, groups: last_group })
}

/// The floor after every recorded input.
fn replay(record: &Record) -> Result<Floor, RecoverError> {
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
    let mut inputs = record.inputs.iter().peekable();
    for (tick, hash) in &record.hashes {
        let mut now_ms = None;
        while let Some(recorded) = inputs.next_if(|recorded| recorded.tick <= *tick) {
            apply(&mut floor, record.id, recorded.seq, &recorded.input)?;
            now_ms = input_ms(&recorded.input).or(now_ms);
        }
        if floor.market().state_hash() != *hash {
            return Err(RecoverError::Hash(record.id, *tick));
        }
        if let Some(now_ms) = now_ms {
            floor.close_tick(now_ms);
        }
    }
    for recorded in inputs {
        apply(&mut floor, record.id, recorded.seq, &recorded.input)?;
    }
    Ok(floor)
}

fn apply(floor: &mut Floor, id: SessionId, seq: u64, input: &Input) -> Result<(), RecoverError> {
    carried_out(|| floor.apply(input)).map(|_| ()).map_err(|refusal| RecoverError::Refused(id, seq, refusal))
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
