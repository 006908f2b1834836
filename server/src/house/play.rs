//! The rooms of a house on their way in, in play and on their way out: each is opened on a thread of its own, has its laps
//! run, and is cleared away. What becomes of it is not decided here.

use super::opening::{Common, Failed, Opened, open};
use crate::{code::Code, laps::Threads, room::Outside, store::Claimed};
use std::{
    io,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};
use tokio::{sync::Semaphore, task::JoinSet};

/// Rooms that are opened at once: each asks the database for much, and the others wait.
const AT_ONCE: usize = 4;

const FAULT: &str = "the room cannot be opened by a fault of its own: its record is kept";

/// What has become of a room, which is this process's by that term.
pub(super) enum Event {
    /// It is open, or could not be opened.
    Opened(Code, u64, Box<Result<Opened, Failed>>),
    /// It has ended, and everything of it is closed; why, if it could not go on.
    Ended(Code, u64, Option<String>),
}

/// The rooms.
pub(super) struct Play {
    threads: Threads,
    opening: JoinSet<Event>,
    turns: Arc<Semaphore>,
    playing: JoinSet<Event>,
}

impl Play {
    /// None yet.
    ///
    /// # Errors
    /// When the system gives no threads.
    pub(super) fn new() -> io::Result<Self> {
        let (opening, playing, turns) = (JoinSet::new(), JoinSet::new(), Arc::new(Semaphore::new(AT_ONCE)));
        Ok(Self { threads: Threads::start()?, opening, turns, playing })
    }

    /// Opens a room, on a thread of its own: a replay is work, and must not keep the house from giving signs of life.
    pub(super) fn begin(&mut self, common: &Common, claimed: Claimed) {
        let (common, turns) = (common.clone(), Arc::clone(&self.turns));
        self.opening.spawn_blocking(move || {
            let (code, term) = (claimed.room.code.clone(), claimed.term);
            let opened = catch_unwind(AssertUnwindSafe(|| {
                common.ground.runtime.clone().block_on(async {
                    // Nobody closes it.
                    let _turn = turns.acquire().await;
                    open(&common, claimed.room, claimed.is_warm).await
                })
            }));
            Event::Opened(code, term, Box::new(opened.unwrap_or_else(|_| Err(Failed::for_good(FAULT)))))
        });
    }

    /// Lets the laps of a room begin.
    pub(super) fn run(&mut self, code: Code, term: u64, (_, outside, inside): Opened) {
        let ended = self.threads.take(code.clone(), inside);
        self.playing.spawn(async move {
            // Without a word where a room has not even begun.
            if let Ok(Some(beside)) = ended.await {
                let _ = tokio::task::spawn_blocking(|| beside.join()).await;
            }
            outside.finish().await;
            Event::Ended(code, term, outside.stop.last_words())
        });
    }

    /// Clears away a room that was opened and is to have no laps.
    pub(super) fn clear(&mut self, code: Code, term: u64, outside: Outside) {
        self.playing.spawn(async move {
            outside.finish().await;
            Event::Ended(code, term, None)
        });
    }

    /// Whether no room is on its way in.
    pub(super) fn is_open(&self) -> bool {
        self.opening.is_empty()
    }

    /// Whether there is no room any more.
    pub(super) fn is_over(&self) -> bool {
        self.opening.is_empty() && self.playing.is_empty()
    }

    /// The next that happens; nothing where there is no room.
    pub(super) async fn next(&mut self) -> Option<Event> {
        let next = tokio::select! {
            Some(opened) = self.opening.join_next() => opened,
            Some(ended) = self.playing.join_next() => ended,
            else => return None,
        };
        next.inspect_err(|error| tracing::error!(%error, "a room was not cleared away")).ok()
    }

    /// Waits for the threads, once there is no room any more.
    pub(super) fn join(self) {
        self.threads.join();
    }
}
