//! A house: several rooms in one process. Opens those that are kept, opens and closes others as its organiser asks, and
//! clears away after each. Nobody else changes the table of rooms. A room that fails takes no other with it.

mod kept;

use crate::{
    code::Code,
    config::Asked,
    laps::Threads,
    market::{Opening, Recovered, open_session_of},
    room::{self, Ground, Inside, Outside, Plan},
    rooms::{Ask, Behind, Room, Rooms},
    store::{Building, Store},
    vault::host_password,
};
use kept::Kept;
use outcry_shared::config::SessionConfig;
use std::{path::PathBuf, sync::Arc, time::Duration};
use tokio::{
    sync::{Semaphore, mpsc},
    task::JoinSet,
};

/// Rooms that are opened at once: each asks the database for much, and the others wait.
const OPENED_AT_ONCE: usize = 4;
/// Times that another code is drawn when one was given before.
const DRAWS: usize = 8;
/// Time between two looks at whether the server is to stop.
const LOOK: Duration = Duration::from_millis(100);

/// What the rooms of a house have in common.
#[derive(Clone)]
pub(crate) struct Common {
    pub(crate) ground: Ground,
    pub(crate) building: Arc<Building>,
    /// The server's name in the database.
    pub(crate) server: String,
    pub(crate) data_dir: PathBuf,
    /// The address of the house.
    pub(crate) origin: Arc<str>,
    /// The operator's password.
    pub(crate) master: Arc<str>,
    /// What new rooms are opened with.
    pub(crate) opening: Opening,
}

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

    /// Opens the rooms that are kept, and others until there are so many.
    ///
    /// # Errors
    /// When the data directory keeps no rooms. A room that cannot go on is no reason: the table says why.
    pub(crate) async fn open_all(&mut self, count: usize) -> Result<(), String> {
        let data_dir = &self.common.data_dir;
        let cannot =
            |error| format!("rooms cannot be kept in {}: {error}: choose another --data-dir", data_dir.display());
        let mut kept = kept::all(data_dir).map_err(cannot)?;
        if kept.len() > count {
            tracing::info!(kept = kept.len(), asked = count, "every room that was open goes on");
        }
        while kept.len() < count {
            kept.push(self.another()?);
        }
        let (turns, mut opened) = (Arc::new(Semaphore::new(OPENED_AT_ONCE)), JoinSet::new());
        for room in kept {
            let (common, turns) = (self.common.clone(), Arc::clone(&turns));
            opened.spawn(async move {
                // Nobody closes it.
                let _turn = turns.acquire_owned().await;
                (room.code.clone(), open(&common, &room).await)
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
            Ask::Close { code, reply } => _ = reply.send(self.close(&code)),
        }
    }

    async fn open_another(&mut self, config: SessionConfig) -> Result<Code, String> {
        let room = self.another()?;
        let mut common = self.common.clone();
        common.opening.config = config;
        let opened = open(&common, &room).await;
        let failed = opened.as_ref().err().cloned();
        self.settle(room.code.clone(), opened);
        failed.map_or(Ok(room.code), Err)
    }

    fn close(&self, code: &Code) -> Result<(), String> {
        let Some(behind) = self.rooms.find(code) else { return Err(format!("there is no room {code}")) };
        kept::no_longer(&self.common.data_dir, code)
            .map_err(|error| format!("the room would be open again: {error}"))?;
        match behind {
            Behind::Room(room) => room.stop.close(),
            Behind::Broken(_) => self.rooms.take(code),
        }
        Ok(())
    }

    /// A directory for another room.
    fn another(&self) -> Result<Kept, String> {
        let data_dir = &self.common.data_dir;
        let cannot = |error| format!("a room cannot be kept in {}: {error}", data_dir.display());
        let number = kept::all(data_dir).map_err(cannot)?.last().map_or(1, |last| last.number + 1);
        for _ in 0..DRAWS {
            let code = Code::fresh().map_err(|error| error.to_string())?;
            match kept::another(data_dir, code, number) {
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
                kept => return kept.map_err(cannot),
            }
        }
        Err("every code that was drawn was given before: try again".to_owned())
    }

    /// Puts up what came of opening a room.
    fn settle(&mut self, code: Code, opened: Result<(Room, Outside, Inside), String>) {
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

/// Opens a room: its session goes on, or begins.
async fn open(common: &Common, kept: &Kept) -> Result<(Room, Outside, Inside), String> {
    let code = &kept.code;
    let (password, _) = host_password(&kept.directory).map_err(|error| error.to_string())?;
    let store = common.building.room(code.as_str());
    let opened = recover(common, kept, &*store).await.and_then(|recovered| {
        let (link, password): (Arc<str>, Arc<str>) = (format!("{}/r/{code}", common.origin).into(), password.into());
        let plan = Plan {
            code: Some(code.clone()),
            link: Arc::clone(&link),
            password: Arc::clone(&password),
            master: Some(Arc::clone(&common.master)),
            store: Arc::clone(&store),
            recovered,
        };
        let (outside, inside) = room::furnish(&common.ground, plan)?;
        let room = Room {
            number: kept.number,
            router: outside.router.clone(),
            health: outside.health.clone(),
            board: outside.board.clone(),
            stop: outside.stop.clone(),
            link,
            password,
        };
        Ok((room, outside, inside))
    });
    if opened.is_err() {
        // Why it failed is what counts.
        let _ = store.close().await;
    }
    opened
}

async fn recover(common: &Common, kept: &Kept, store: &dyn Store) -> Result<Recovered, String> {
    let mut opening = common.opening.clone();
    opening.config = numbered(opening.config, kept.number);
    let server = format!("{}/{}", common.server, kept.code);
    open_session_of(&server, Asked::Own, store, &opening).await.map_err(|error| error.to_string())
}

/// A configuration whose name tells this room from others, if there is space for it.
fn numbered(config: SessionConfig, number: u32) -> SessionConfig {
    let named = SessionConfig { name: format!("{} · {number}", config.name), ..config.clone() };
    if named.validate().is_empty() { named } else { config }
}
