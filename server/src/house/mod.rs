//! A house: several rooms in one process. Opens those that the database keeps, opens and closes others as its organiser asks,
//! and clears away after each; in a fleet it opens what it has claimed, and ends what it has lost. Nobody else changes the
//! table of rooms. A room that fails takes no other with it.

mod before;
mod opening;
mod kept;

use crate::{
    board::Posted,
    code::Code,
    fleet::{End, Keeper},
    laps::Threads,
    rooms::{Ask, Behind, Rooms},
    stop::Stop,
    store::Claimed,
};
pub(crate) use opening::Common;
use opening::{Failed, Opened, open};
use outcry_shared::config::SessionConfig;
use std::{
    collections::BTreeMap,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    time::Duration,
};
use tokio::{
    sync::{Semaphore, mpsc, oneshot},
    task::{JoinError, JoinSet},
};

/// Rooms that are opened, or given away, at once: each asks the database for much, and the others wait.
const AT_ONCE: usize = 4;
/// Time between two looks at what is due.
const LOOK: Duration = Duration::from_millis(100);

const FAULT: &str = "the room cannot be opened by a fault of its own: its record is kept";

/// The house.
pub(crate) struct House {
    common: Common,
    rooms: Rooms,
    threads: Threads,
    /// Its part in a fleet.
    keeper: Option<Keeper>,
    /// Whether the process is to end.
    asked: Stop,
    /// The rooms on their way in, each with the term by which it is this process's.
    opening: JoinSet<(Code, u64, Result<Opened, Failed>)>,
    turns: Arc<Semaphore>,
    /// Who has asked for them.
    asking: BTreeMap<Code, oneshot::Sender<Result<Code, String>>>,
    /// The rooms in play: each task ends when the room has, and everything of it is closed.
    playing: JoinSet<(Code, u64, Option<String>)>,
}

impl House {
    /// A house without rooms. One in a fleet has a keeper; any ends when `asked` is told to stop.
    ///
    /// # Errors
    /// When the system gives no threads.
    pub(crate) fn new(common: Common, rooms: Rooms, keeper: Option<Keeper>, asked: Stop) -> Result<Self, String> {
        let threads = Threads::start().map_err(|error| format!("the system gives no threads: {error}"))?;
        let (opening, playing, turns) = (JoinSet::new(), JoinSet::new(), Arc::new(Semaphore::new(AT_ONCE)));
        Ok(Self { common, rooms, threads, keeper, asked, opening, turns, asking: BTreeMap::new(), playing })
    }

    /// Sees to it that there are so many rooms, and opens all that are kept. In a fleet they are claimed instead, one by one.
    /// Says which there are.
    ///
    /// # Errors
    /// When the database keeps no rooms. A room that cannot go on is no reason: the table says why.
    pub(crate) async fn open_all(&mut self, count: usize) -> Result<Vec<Code>, String> {
        let rooms = kept::so_many(&self.common, count).await?;
        let codes = rooms.iter().map(|room| room.code.clone()).collect();
        if self.keeper.is_none() {
            rooms.into_iter().for_each(|room| self.begin(Claimed { room, term: 0, is_warm: false }));
            while let Some(opened) = self.opening.join_next().await {
                self.settle(opened).await;
            }
        }
        Ok(codes)
    }

    /// Serves until told to stop and the last room has ended.
    pub(crate) async fn run(mut self, mut asks: mpsc::Receiver<Ask>) {
        let mut looks = tokio::time::interval(LOOK);
        looks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                Some(ask) = asks.recv() => self.answer(ask).await,
                Some(opened) = self.opening.join_next() => self.settle(opened).await,
                Some(ended) = self.playing.join_next() => self.note_end(ended).await,
                _ = looks.tick() => {}
            }
            self.tend().await;
            if self.common.ground.stop.is_of_all() && self.opening.is_empty() && self.playing.is_empty() {
                break;
            }
        }
        if let Some(keeper) = self.keeper {
            keeper.leave().await;
        }
        self.threads.join();
    }

    async fn answer(&mut self, ask: Ask) {
        // Whoever asked may be gone.
        match ask {
            Ask::Open { config, reply } => self.open_another(&config, reply).await,
            Ask::Close { code, reply } => _ = reply.send(self.close(&code).await),
        }
    }

    async fn open_another(&mut self, config: &SessionConfig, reply: oneshot::Sender<Result<Code, String>>) {
        let room = match kept::another(&self.common, config).await {
            Ok(room) => room,
            Err(why) => {
                // Whoever asked may be gone.
                let _ = reply.send(Err(why));
                return;
            }
        };
        let code = room.code.clone();
        let claimed = match &mut self.keeper {
            None => Some(Claimed { room, term: 0, is_warm: false }),
            Some(keeper) if keeper.is_draining() => None,
            Some(keeper) => keeper.claim(&code, 0).await,
        };
        match claimed {
            Some(claimed) => {
                self.asking.insert(code, reply);
                self.begin(claimed);
            }
            // Another process opens it.
            None => _ = reply.send(Ok(code)),
        }
    }

    async fn close(&mut self, code: &Code) -> Result<(), String> {
        let closed = self.common.building.close_room(code).await;
        if !closed.map_err(|error| format!("the room would be open again: {error}"))? {
            return Err(format!("there is no room {code}"));
        }
        self.end(code).await;
        Ok(())
    }

    /// Ends a room that is closed for good, if it is here.
    async fn end(&mut self, code: &Code) {
        match self.rooms.find(code) {
            Some(Behind::Room(room)) => room.stop.close(),
            Some(Behind::Broken(_)) => self.give_up(code).await,
            None => {}
        }
    }

    /// Opens a room on a thread of its own: a replay is work, and must not keep the house from giving signs of life.
    fn begin(&mut self, claimed: Claimed) {
        let (common, turns) = (self.common.clone(), Arc::clone(&self.turns));
        self.opening.spawn_blocking(move || {
            let (code, term) = (claimed.room.code.clone(), claimed.term);
            let opened = catch_unwind(AssertUnwindSafe(|| {
                common.ground.runtime.clone().block_on(async {
                    // Nobody closes it.
                    let _turn = turns.acquire().await;
                    open(&common, claimed.room, claimed.is_warm).await
                })
            }));
            (code, term, opened.unwrap_or_else(|_| Err(Failed::for_good(FAULT))))
        });
    }

    /// Puts up what came of opening a room.
    async fn settle(&mut self, opened: Result<(Code, u64, Result<Opened, Failed>), JoinError>) {
        let (code, term, opened) = match opened {
            Ok(opened) => opened,
            Err(error) => return tracing::error!(%error, "a room was not opened"),
        };
        let failed = match opened {
            Ok((_, outside, _)) if !self.is_ours(&code, term) => {
                tracing::info!(room = %code, "a room was lost while it was opened");
                self.playing.spawn(async move {
                    outside.finish().await;
                    (code.clone(), term, None)
                });
                return;
            }
            Ok(opened) => {
                self.put_up(code.clone(), term, opened);
                None
            }
            Err(failed) => Some(failed),
        };
        if let Some(Failed { why, may_pass }) = &failed {
            tracing::error!(room = %code, why, "a room cannot be opened");
            if self.keeper.is_some() && *may_pass {
                self.give_up(&code).await;
            } else if self.is_ours(&code, term) {
                self.rooms.put(code.clone(), Behind::Broken(why.clone()));
            }
        }
        if let Some(reply) = self.asking.remove(&code) {
            // Whoever asked may be gone.
            let _ = reply.send(failed.map_or(Ok(code), |failed| Err(failed.why)));
        }
    }

    fn put_up(&mut self, code: Code, term: u64, (room, outside, inside): Opened) {
        tracing::info!(room = %code, link = %room.link, "a room is open");
        self.rooms.put(code.clone(), Behind::Room(room));
        let ended = self.threads.take(code.clone(), inside);
        self.playing.spawn(async move {
            // Without a word where a room has not even begun.
            if let Ok(Some(beside)) = ended.await {
                let _ = tokio::task::spawn_blocking(|| beside.join()).await;
            }
            outside.finish().await;
            (code, term, outside.stop.last_words())
        });
    }

    /// A room has ended: it was closed, is to go on elsewhere, or cannot go on.
    async fn note_end(&mut self, ended: Result<(Code, u64, Option<String>), JoinError>) {
        let (code, term, last_words) = match ended {
            Ok(ended) => ended,
            Err(error) => return tracing::error!(%error, "a room was not cleared away"),
        };
        if last_words.is_some() {
            // It may have learnt from its record what the table would say.
            self.beat().await;
        }
        if !self.is_ours(&code, term) {
            return tracing::info!(room = %code, "a room has ended here: another process may have it");
        }
        match last_words {
            Some(why) => {
                tracing::error!(room = %code, why, "a room cannot go on");
                self.rooms.put(code, Behind::Broken(why));
            }
            None => {
                tracing::info!(room = %code, "a room has ended here");
                self.give_up(&code).await;
            }
        }
    }

    /// Whether a room is this process's by that term.
    fn is_ours(&self, code: &Code, term: u64) -> bool {
        self.keeper.as_ref().is_none_or(|keeper| keeper.term(code) == Some(term))
    }

    /// Takes a room that has ended out of the table, and lets it go.
    async fn give_up(&mut self, code: &Code) {
        self.rooms.take(code);
        if let Some(keeper) = &mut self.keeper {
            keeper.let_go(code).await;
        }
    }

    /// Does what is due in a fleet.
    async fn tend(&mut self) {
        let Some(keeper) = &mut self.keeper else { return };
        if self.asked.is_of_all() {
            keeper.drain();
        }
        if keeper.is_beat_due() {
            self.beat().await;
        }
        self.sweep().await;
        self.drain().await;
    }

    /// Gives a sign of life, and ends what it shows to be lost or closed.
    async fn beat(&mut self) {
        let (Some(keeper), rooms) = (&mut self.keeper, &self.rooms) else { return };
        for (code, end) in keeper.beat(|code| posted(rooms, code)).await {
            match end {
                End::Closed => self.end(&code).await,
                End::Lost => {
                    tracing::warn!(room = %code, "a room is lost: another process may have it");
                    if let Some(Behind::Room(room)) = self.rooms.find(&code) {
                        room.stop.lose();
                    }
                    self.rooms.take(&code);
                }
            }
        }
    }

    /// Claims what nobody has, and lets others have what is too much.
    async fn sweep(&mut self) {
        let (Some(keeper), rooms) = (self.keeper.as_mut().filter(|keeper| keeper.is_sweep_due()), &self.rooms) else {
            return;
        };
        let swept = keeper.sweep(|code| is_quiet(rooms, code)).await;
        for code in swept.surplus {
            if let Some(Behind::Room(room)) = self.rooms.find(&code) {
                tracing::info!(room = %code, "a room in which nobody is goes to another process");
                room.stop.move_on();
            }
        }
        for claimed in swept.claimed {
            tracing::info!(room = %claimed.room.code, term = claimed.term, "a room is claimed");
            self.begin(claimed);
        }
    }

    /// Gives the rooms away, some at a time, and ends when none is left.
    async fn drain(&mut self) {
        let Some(keeper) = self.keeper.as_ref().filter(|keeper| keeper.is_draining()) else { return };
        let held: Vec<_> = keeper.held().cloned().collect();
        let mut going = 0;
        for code in &held {
            match self.rooms.find(code) {
                Some(Behind::Broken(_)) => self.give_up(code).await,
                Some(Behind::Room(room)) if going < AT_ONCE => {
                    going += 1;
                    room.stop.move_on();
                }
                // Another time; what is not there is on its way in.
                Some(Behind::Room(_)) | None => {}
            }
        }
        if held.is_empty() && self.opening.is_empty() && self.playing.is_empty() {
            self.common.ground.stop.ask();
        }
    }
}

/// What the table of the fleet shows of a room of this process.
fn posted(rooms: &Rooms, code: &Code) -> String {
    let posted = match rooms.find(code) {
        Some(Behind::Room(room)) => Posted { shown: Some(room.board.shown()), trouble: room.health.trouble() },
        Some(Behind::Broken(why)) => Posted { shown: None, trouble: Some(why) },
        None => Posted::default(),
    };
    serde_json::to_string(&posted).unwrap_or_else(|_| "{}".to_owned())
}

/// Whether nobody would miss a room for a second.
fn is_quiet(rooms: &Rooms, code: &Code) -> bool {
    let Some(Behind::Room(room)) = rooms.find(code) else { return false };
    let shown = room.board.shown();
    shown.session > 0 && shown.connections == 0 && !shown.phase.clock_runs()
}
