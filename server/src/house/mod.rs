//! A house: several rooms in one process. Opens those that the database keeps, opens and closes others as its organiser asks,
//! and clears away after each. Nobody else changes the table of rooms. A room that fails takes no other with it.

mod before;
mod opening;
mod kept;

use crate::{
    code::Code,
    config::WantedRooms,
    laps::Threads,
    rooms::{Ask, Behind, Rooms},
};
use kept::Called;
pub(crate) use opening::Common;
use opening::{Opened, open};
use outcry_shared::config::SessionConfig;
use std::{sync::Arc, time::Duration};
use tokio::{
    sync::{Semaphore, mpsc},
    task::JoinSet,
};

/// Rooms that are opened at once: each asks the database for much, and the others wait.
const OPENED_AT_ONCE: usize = 4;
/// Time between two looks at whether the server is to stop.
const LOOK: Duration = Duration::from_millis(100);

/// The house.
pub(crate) struct House {
    common: Common,
    rooms: Rooms,
    threads: Threads,
    /// The rooms in play: each task ends when the room has, and everything of it is closed.
    playing: JoinSet<(Code, Option<String>)>,
}

impl House {
    /// A house without rooms.
    ///
    /// # Errors
    /// When the system gives no threads.
    pub(crate) fn new(common: Common, rooms: Rooms) -> Result<Self, String> {
        let threads = Threads::start().map_err(|error| format!("the system gives no threads: {error}"))?;
        Ok(Self { common, rooms, threads, playing: JoinSet::new() })
    }

    /// Opens the rooms that are kept, and others until all are there that are wanted.
    ///
    /// # Errors
    /// When the database keeps no rooms. A room that cannot go on is no reason: the table says why.
    pub(crate) async fn open_all(&mut self, wanted: &WantedRooms) -> Result<(), String> {
        let common = &self.common;
        kept::take_over(common).await?;
        let mut rooms = kept::all(common).await?;
        rooms.retain(|room| room.is_open);
        let missing = kept::missing(&rooms, wanted, &common.opening.config);
        tracing::info!(kept = rooms.len(), new = missing.len(), "every room that was open goes on");
        for (config, called) in missing {
            rooms.push(kept::another(common, &config, called).await?);
        }
        for room in &mut rooms {
            kept::say_anew(room, wanted, &common.opening);
        }
        let (turns, mut opened) = (Arc::new(Semaphore::new(OPENED_AT_ONCE)), JoinSet::new());
        for room in rooms {
            let (common, turns) = (self.common.clone(), Arc::clone(&turns));
            opened.spawn(async move {
                // Nobody closes it.
                let _turn = turns.acquire_owned().await;
                (room.code.clone(), open(&common, room).await)
            });
        }
        while let Some(opened) = opened.join_next().await {
            let (code, opened) = opened.map_err(|lost| lost.to_string())?;
            self.settle(code, opened);
        }
        Ok(())
    }

    /// Serves until told to stop and the last room has ended.
    pub(crate) async fn run(mut self, mut asks: mpsc::Receiver<Ask>) {
        let mut looks = tokio::time::interval(LOOK);
        loop {
            tokio::select! {
                Some(ask) = asks.recv() => self.answer(ask).await,
                Some(ended) = self.playing.join_next() => self.note_end(ended),
                _ = looks.tick() => {}
            }
            if self.common.ground.stop.is_of_all() && self.playing.is_empty() {
                break;
            }
        }
        self.threads.join();
    }

    async fn answer(&mut self, ask: Ask) {
        // Whoever asked may be gone.
        match ask {
            Ask::Open { config, reply } => _ = reply.send(self.open_another(*config).await),
            Ask::Closed { reply } => _ = reply.send(kept::closed(&self.common).await),
            Ask::Again { code, reply } => _ = reply.send(self.open_again(&code).await),
            Ask::Purge { code, reply } => _ = reply.send(self.purge(&code).await),
            Ask::Close { code, reply } => _ = reply.send(self.close(&code).await),
        }
    }

    async fn open_another(&mut self, config: SessionConfig) -> Result<Code, String> {
        let room = kept::another(&self.common, &config, Called::WithNumber).await?;
        let code = room.code.clone();
        let opened = open(&self.common, room).await;
        let failed = opened.as_ref().err().cloned();
        self.settle(code.clone(), opened);
        failed.map_or(Ok(code), Err)
    }

    async fn open_again(&mut self, code: &Code) -> Result<(), String> {
        if let Some(Behind::Room(_)) = self.rooms.find(code) {
            return Err(format!("room {code} is open"));
        }
        let room = kept::open_again(&self.common, code).await?;
        let opened = open(&self.common, room).await;
        let failed = opened.as_ref().err().cloned();
        self.settle(code.clone(), opened);
        failed.map_or(Ok(()), Err)
    }

    async fn purge(&self, code: &Code) -> Result<(), String> {
        if self.rooms.find(code).is_some() {
            return Err(format!("room {code} has not ended yet: try again in a moment"));
        }
        kept::purge(&self.common, code).await?;
        tracing::info!(room = %code, "the record of a room is deleted");
        Ok(())
    }

    async fn close(&self, code: &Code) -> Result<(), String> {
        let Some(behind) = self.rooms.find(code) else { return Err(format!("there is no room {code}")) };
        let closed = self.common.building.close_room(code).await;
        closed.map_err(|error| format!("the room would be open again: {error}"))?;
        match behind {
            Behind::Room(room) => room.stop.close(),
            Behind::Broken(_) => self.rooms.take(code),
        }
        Ok(())
    }

    /// Puts up what came of opening a room.
    fn settle(&mut self, code: Code, opened: Result<Opened, String>) {
        let (room, outside, inside) = match opened {
            Ok(opened) => opened,
            Err(why) => {
                tracing::error!(room = %code, why, "a room cannot be opened");
                return self.rooms.put(code, Behind::Broken(why));
            }
        };
        tracing::info!(room = %code, link = %room.link, "a room is open");
        self.rooms.put(code.clone(), Behind::Room(room));
        let ended = self.threads.take(code.clone(), inside);
        self.playing.spawn(async move {
            // Without a word where a room has not even begun.
            if let Ok(Some(beside)) = ended.await {
                let _ = tokio::task::spawn_blocking(|| beside.join()).await;
            }
            outside.finish().await;
            (code, outside.stop.last_words())
        });
    }

    /// A room has ended: it was closed, or cannot go on.
    fn note_end(&self, ended: Result<(Code, Option<String>), tokio::task::JoinError>) {
        match ended {
            Ok((code, Some(why))) => {
                tracing::error!(room = %code, why, "a room cannot go on");
                self.rooms.put(code, Behind::Broken(why));
            }
            Ok((code, None)) => {
                tracing::info!(room = %code, "a room is closed");
                self.rooms.take(&code);
            }
            Err(error) => tracing::error!(%error, "a room was not cleared away"),
        }
    }
}
