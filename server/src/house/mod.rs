//! A house: several rooms in one process. Opens those that the database keeps, opens and closes others as its organiser asks,
//! and clears away after each; in a fleet it opens what it has claimed, and ends what it has lost. Nobody else changes the
//! table of rooms. A room that fails takes no other with it.

mod before;
mod opening;
mod kept;
mod play;

use crate::{
    board::Posted,
    code::Code,
    config::WantedRooms,
    fleet::{End, Keeper},
    rooms::{Ask, Behind, Rooms},
    stop::Stop,
    store::{Claimed, KeptRoom},
};
use kept::Called;
pub(crate) use opening::Common;
use opening::{Failed, Opened};
use outcry_shared::config::SessionConfig;
use play::{Event, Play};
use std::{collections::BTreeMap, time::Duration};
use tokio::sync::mpsc;

/// Rooms that are given away at once: the others go on meanwhile.
const GIVEN_AT_ONCE: usize = 4;
/// Time between two looks at what is due.
const LOOK: Duration = Duration::from_millis(100);

/// Tells whoever has asked for a room what came of it; they may be gone.
type Reply = Box<dyn FnOnce(Result<Code, String>)>;

/// The house.
pub(crate) struct House {
    common: Common,
    rooms: Rooms,
    play: Play,
    /// Its part in a fleet.
    keeper: Option<Keeper>,
    /// Whether the process is to end.
    asked: Stop,
    /// Who waits for the rooms on their way in.
    asking: BTreeMap<Code, Reply>,
}

impl House {
    /// A house without rooms. One in a fleet has a keeper; any ends when `asked` is told to stop.
    ///
    /// # Errors
    /// When the system gives no threads.
    pub(crate) fn new(common: Common, rooms: Rooms, keeper: Option<Keeper>, asked: Stop) -> Result<Self, String> {
        let play = Play::new().map_err(|error| format!("the system gives no threads: {error}"))?;
        Ok(Self { common, rooms, play, keeper, asked, asking: BTreeMap::new() })
    }

    /// Sees to it that all rooms are there that are wanted, and opens those that are kept. In a fleet they are claimed instead,
    /// one by one. Says which there are.
    ///
    /// # Errors
    /// When the database keeps no rooms. A room that cannot go on is no reason: the table says why.
    pub(crate) async fn open_all(&mut self, wanted: &WantedRooms) -> Result<Vec<Code>, String> {
        let rooms = kept::all_of(&self.common, wanted).await?;
        let codes = rooms.iter().map(|room| room.code.clone()).collect();
        if self.keeper.is_none() {
            rooms.into_iter().for_each(|room| self.play.begin(&self.common, alone(room)));
            while !self.play.is_open()
                && let Some(event) = self.play.next().await
            {
                self.note(event).await;
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
                Some(event) = self.play.next() => self.note(event).await,
                _ = looks.tick() => {}
            }
            self.tend().await;
            if self.common.ground.stop.is_of_all() && self.play.is_over() {
                break;
            }
        }
        if let Some(keeper) = self.keeper {
            keeper.leave().await;
        }
        self.play.join();
    }

    async fn answer(&mut self, ask: Ask) {
        // Whoever asked may be gone.
        match ask {
            Ask::Closed { reply } => _ = reply.send(kept::closed(&self.common).await),
            Ask::Purge { code, reply } => _ = reply.send(self.purge(&code).await),
            Ask::Close { code, reply } => _ = reply.send(self.close(&code).await),
            Ask::Open { config, reply } => {
                let reply: Reply = Box::new(|opened| _ = reply.send(opened));
                match self.another(&config).await {
                    Ok(code) => self.when_open(code, reply),
                    Err(why) => reply(Err(why)),
                }
            }
            Ask::Again { code, reply } => {
                let reply: Reply = Box::new(|opened| _ = reply.send(opened.map(|_| ())));
                match self.open_again(&code).await {
                    Ok(()) => self.when_open(code, reply),
                    Err(why) => reply(Err(why)),
                }
            }
        }
    }

    /// Another room is kept; it is on its way in, unless another process is to open it.
    async fn another(&mut self, config: &SessionConfig) -> Result<Code, String> {
        let room = kept::another(&self.common, config, Called::WithNumber).await?;
        let code = room.code.clone();
        let claimed = match &mut self.keeper {
            None => Some(alone(room)),
            Some(keeper) if keeper.is_draining() => None,
            Some(keeper) => keeper.claim(&code, 0).await,
        };
        if let Some(claimed) = claimed {
            self.play.begin(&self.common, claimed);
            self.asking.insert(code.clone(), Box::new(drop));
        }
        Ok(code)
    }

    /// A room that is closed, or cannot go on, is on its way in; in a fleet it is there for whoever claims it.
    async fn open_again(&mut self, code: &Code) -> Result<(), String> {
        if self.asking.contains_key(code) || matches!(self.rooms.find(code), Some(Behind::Room(_))) {
            return Err(format!("room {code} is open"));
        }
        let was_open = kept::is_open(&self.common, code).await?;
        let room = kept::open_again(&self.common, code).await?;
        match &mut self.keeper {
            None => {
                self.play.begin(&self.common, alone(room));
                self.asking.insert(code.clone(), Box::new(drop));
            }
            Some(_) if self.rooms.find(code).is_some() => self.give_up(code).await,
            Some(keeper) if was_open => keeper.take_from_broken(code).await?,
            Some(_) => {}
        }
        Ok(())
    }

    /// Replies when a room is open, or has failed to be; at once where it is not on its way in here.
    fn when_open(&mut self, code: Code, reply: Reply) {
        match self.asking.get_mut(&code) {
            Some(waiting) => *waiting = reply,
            None => reply(Ok(code)),
        }
    }

    async fn purge(&self, code: &Code) -> Result<(), String> {
        if self.rooms.find(code).is_some() || self.asking.contains_key(code) {
            return Err(format!("room {code} has not ended yet: try again in a moment"));
        }
        kept::purge(&self.common, code).await?;
        tracing::info!(room = %code, "the record of a room is deleted");
        Ok(())
    }

    async fn close(&mut self, code: &Code) -> Result<(), String> {
        if self.asking.contains_key(code) {
            return Err(format!("room {code} is on its way in: try again in a moment"));
        }
        let closed = self.common.building.close_room(code).await;
        if !closed.map_err(|error| format!("the room would be open again: {error}"))? {
            return Err(format!("there is no room {code}"));
        }
        self.end(code).await;
        Ok(())
    }

    /// Ends a room that is closed, if it is here.
    async fn end(&mut self, code: &Code) {
        match self.rooms.find(code) {
            Some(Behind::Room(room)) => room.stop.close(),
            Some(Behind::Broken(_)) => self.give_up(code).await,
            None => {}
        }
    }

    async fn note(&mut self, event: Event) {
        match event {
            Event::Opened(code, term, opened) => self.settle(code, term, *opened).await,
            Event::Ended(code, term, last_words) => self.note_end(code, term, last_words).await,
        }
    }

    /// Puts up what came of opening a room.
    async fn settle(&mut self, code: Code, term: u64, opened: Result<Opened, Failed>) {
        let reply = self.asking.remove(&code);
        let came = match opened {
            Ok((_, outside, _)) if !self.is_ours(&code, term) => {
                tracing::info!(room = %code, "a room was lost while it was opened");
                self.play.clear(code.clone(), term, outside);
                Ok(code)
            }
            Ok(opened) => {
                tracing::info!(room = %code, link = %opened.0.link, "a room is open");
                self.rooms.put(code.clone(), Behind::Room(opened.0.clone()));
                self.play.run(code.clone(), term, opened);
                Ok(code)
            }
            Err(Failed { why, may_pass }) => {
                tracing::error!(room = %code, why, "a room cannot be opened");
                if self.keeper.is_some() && may_pass {
                    self.give_up(&code).await;
                } else if self.is_ours(&code, term) {
                    self.rooms.put(code, Behind::Broken(why.clone()));
                }
                Err(why)
            }
        };
        if let Some(reply) = reply {
            reply(came);
        }
    }

    /// A room has ended: it was closed, is to go on elsewhere, or cannot go on.
    async fn note_end(&mut self, code: Code, term: u64, last_words: Option<String>) {
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
        let is_used =
            keeper.held().any(|code| matches!(rooms.find(code), Some(Behind::Room(_))) && !is_quiet(rooms, code));
        for (code, end) in keeper.beat(|code| posted(rooms, code), is_used).await {
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
            self.play.begin(&self.common, claimed);
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
                Some(Behind::Room(room)) if going < GIVEN_AT_ONCE => {
                    going += 1;
                    room.stop.move_on();
                }
                // Another time; what is not there is on its way in.
                Some(Behind::Room(_)) | None => {}
            }
        }
        if held.is_empty() && self.play.is_over() {
            self.common.ground.stop.ask();
        }
    }
}

/// A room that no other process could have.
const fn alone(room: KeptRoom) -> Claimed {
    Claimed { room, term: 0, is_warm: false }
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
