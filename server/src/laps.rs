//! Runs laps: of one room on the thread that calls, of many on a few threads. What happens in a lap is not its business.

use crate::{
    code::Code,
    market::Session,
    net::{Gate, Links},
    record::Recorder,
    room::Inside,
    stop::Stop,
};
use bevy::prelude::*;
use std::{
    io,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::mpsc::{Receiver, RecvError, Sender, channel},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};
use tokio::sync::oneshot;

/// Shortest time from one lap's begin to the next one's while the session clock runs.
const LAP: Duration = Duration::from_millis(5);
/// The same while it stands: nobody trades, and a join may take a little longer.
const IDLE_LAP: Duration = Duration::from_millis(25);
/// The same of a room of many in which nobody is and nothing is to be done: only its store is looked after. Whoever comes
/// ends it.
const REST: Duration = Duration::from_secs(2);
/// Threads for the laps of many rooms.
const THREADS_MAX: usize = 8;

const FAULT: &str = "the room has stopped by a fault of its own: its record is kept, and a restart goes on with it";

/// Runs the laps of one room until one of them ends it.
pub(crate) fn run(mut app: App) {
    app.finish();
    app.cleanup();
    loop {
        let began = Instant::now();
        app.update();
        if app.should_exit().is_some() {
            return;
        }
        let lap = if clock_runs(&app) { LAP } else { IDLE_LAP };
        thread::sleep(lap.saturating_sub(began.elapsed()));
    }
}

fn clock_runs(app: &App) -> bool {
    app.world().resource::<Session>().phase().clock_runs()
}

/// What runs beside a room, and ends after it in its own time.
pub(crate) type Beside = Option<JoinHandle<()>>;

/// A room on its way to a thread.
struct Entry {
    code: Code,
    inside: Inside,
    /// Told, or dropped, when there are no laps any more.
    over: oneshot::Sender<Beside>,
}

/// The threads that run the laps of many rooms, each with some of them.
pub(crate) struct Threads {
    entries: Vec<Sender<Entry>>,
    joins: Vec<JoinHandle<()>>,
    next: usize,
}

impl Threads {
    /// As many as the machine can run at once.
    ///
    /// # Errors
    /// When the system gives none.
    pub(crate) fn start() -> io::Result<Self> {
        let count = thread::available_parallelism().map_or(1, |count| count.get().min(THREADS_MAX));
        let (mut entries, mut joins) = (Vec::new(), Vec::new());
        for number in 0..count {
            let (sender, receiver) = channel();
            entries.push(sender);
            joins
                .push(thread::Builder::new().name(format!("outcry-laps-{number}")).spawn(move || run_many(&receiver))?);
        }
        Ok(Self { entries, joins, next: 0 })
    }

    /// Runs the laps of a room until one of them ends it; what is returned ends then, too, with what ran beside it.
    pub(crate) fn take(&mut self, code: Code, inside: Inside) -> oneshot::Receiver<Beside> {
        let (over, ended) = oneshot::channel();
        self.next = (self.next + 1) % self.entries.len();
        // A thread ends only after its sender: an entry that is not taken is over at once.
        if let Some(thread) = self.entries.get(self.next) {
            let _ = thread.send(Entry { code, inside, over });
        }
        ended
    }

    /// Waits for the threads, whose rooms have ended.
    pub(crate) fn join(self) {
        drop(self.entries);
        self.joins.into_iter().for_each(|thread| drop(thread.join()));
    }
}

fn run_many(entries: &Receiver<Entry>) {
    let mut turns: Vec<Turn> = Vec::new();
    loop {
        if turns.is_empty() {
            match entries.recv() {
                Ok(entry) => turns.extend(Turn::begin(entry)),
                Err(RecvError) => return,
            }
        }
        while let Ok(entry) = entries.try_recv() {
            turns.extend(Turn::begin(entry));
        }
        turns.retain_mut(Turn::goes_on);
        let next = turns.iter().map(|turn| turn.due).min();
        let pause = next.map_or(IDLE_LAP, |due| due.saturating_duration_since(Instant::now()));
        thread::sleep(pause.min(IDLE_LAP));
    }
}

/// A room on its thread.
struct Turn {
    code: Code,
    app: Option<App>,
    beside: Beside,
    stop: Stop,
    /// When the next lap is due.
    due: Instant,
    rests: bool,
    over: Option<oneshot::Sender<Beside>>,
}

impl Turn {
    fn begin(entry: Entry) -> Option<Self> {
        let Entry { code, inside, over } = entry;
        let stop = inside.stop();
        let begun = catch_unwind(AssertUnwindSafe(|| {
            let (mut app, beside) = inside.app();
            app.finish();
            app.cleanup();
            (app, beside)
        }));
        let Ok((app, beside)) = begun else {
            stop.say(FAULT);
            return None;
        };
        Some(Self { code, app: Some(app), beside, stop, due: Instant::now(), rests: false, over: Some(over) })
    }

    /// Runs a lap if one is due. A room in which one panics ends alone.
    fn goes_on(&mut self) -> bool {
        let Some(app) = &mut self.app else { return false };
        let began = Instant::now();
        let is_woken = self.rests && (self.stop.is_asked() || !app.world().resource::<Gate>().is_quiet());
        if began < self.due && !is_woken {
            return true;
        }
        let ended = catch_unwind(AssertUnwindSafe(|| {
            app.update();
            app.should_exit().is_some()
        }));
        match ended {
            Ok(false) => {
                let runs = clock_runs(app);
                self.rests = !runs && is_quiet(app);
                self.due = began
                    + if runs {
                        LAP
                    } else if self.rests {
                        REST
                    } else {
                        IDLE_LAP
                    };
                return true;
            }
            Ok(true) => {}
            Err(_) => {
                tracing::error!(room = %self.code, "a room has stopped by a fault of its own");
                self.stop.say(FAULT);
            }
        }
        // What a fault has left may have another one in its end.
        let app = self.app.take();
        let _ = catch_unwind(AssertUnwindSafe(|| drop(app)));
        if let Some(over) = self.over.take() {
            // Nobody listens where the process has given up.
            let _ = over.send(self.beside.take());
        }
        false
    }
}

/// Whether nobody is there and nothing is to be done.
fn is_quiet(app: &App) -> bool {
    let world = app.world();
    world.resource::<Links>().is_empty()
        && world.resource::<Gate>().is_quiet()
        && world.resource::<Recorder>().is_quiet()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        http::Turns,
        market::{Opening, open_session},
        net::{ConnId, LinkEvent, Opened, Outbox},
        peer::Peer,
        players::DoorLimits,
        room::{Ground, Outside, Plan, furnish},
        store::MemoryStore,
        vault::SealKey,
    };
    use outcry_shared::{config::presets, phase::Phase};
    use std::sync::Arc;
    use tokio::{runtime::Handle, sync::mpsc};

    /// A room on its thread, in its lobby.
    fn turn(runtime: &Handle) -> (Turn, Outside) {
        let store = Arc::new(MemoryStore::default());
        let opening = Opening { config: presets()[0].config.clone(), phase: Phase::Lobby, asked: false };
        let recovered = runtime.block_on(open_session(&*store, &opening)).unwrap();
        let ground = Ground {
            runtime: runtime.clone(),
            stop: Stop::default(),
            key: SealKey::fresh().unwrap(),
            limits: DoorLimits::default(),
            origins: Arc::default(),
            turns: Turns::default(),
            shadow: false,
            rehearsing: Arc::default(),
        };
        let code = Code::fresh().unwrap();
        let plan = Plan {
            code: Some(code.clone()),
            link: "http://host/r/CODE".into(),
            password: "corn".into(),
            master: None,
            store,
            recovered,
        };
        let (outside, inside) = furnish(&ground, plan).unwrap();
        (Turn::begin(Entry { code, inside, over: oneshot::channel().0 }).unwrap(), outside)
    }

    #[test]
    fn a_room_with_a_fault_ends_alone() {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let ((mut faulty, _first), (mut other, _second)) = (turn(runtime.handle()), turn(runtime.handle()));
        assert!(faulty.goes_on() && other.goes_on());
        faulty.app.as_mut().unwrap().add_systems(Last, || std::panic::resume_unwind(Box::new("a fault")));
        (faulty.due, other.due) = (Instant::now(), Instant::now());
        assert!(!faulty.goes_on());
        assert_eq!(faulty.stop.last_words().as_deref(), Some(FAULT));
        assert!(other.goes_on() && other.stop.last_words().is_none());
    }

    #[test]
    fn a_room_that_somebody_comes_into_rests_no_more() {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let (mut turn, _outside) = turn(runtime.handle());
        let ((links, before), (_front, requests)) = (mpsc::channel(1), mpsc::channel(1));
        turn.app.as_mut().unwrap().insert_resource(Gate { links: before, requests });
        while !turn.rests {
            turn.due = Instant::now();
            assert!(turn.goes_on());
        }
        let ((out, _frames), (close, _closed)) = (Outbox::new(), oneshot::channel());
        let peer = Peer::direct([127, 0, 0, 1].into());
        links.try_send(LinkEvent::Opened(Opened { conn: ConnId(1), peer, cookie: None, out, close })).unwrap();
        assert!(turn.goes_on(), "it does not wait until its rest is over");
        assert!(!turn.rests, "somebody is there");
        turn.due = Instant::now();
        assert!(turn.goes_on() && !turn.rests, "and still is");
    }

    #[test]
    fn who_is_in_a_room_that_another_process_has_is_to_come_back() {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        for is_lost in [true, false] {
            let (mut turn, outside) = turn(runtime.handle());
            let ((links, before), (_front, requests)) = (mpsc::channel(1), mpsc::channel(1));
            turn.app.as_mut().unwrap().insert_resource(Gate { links: before, requests });
            let ((out, _frames), (close, mut closed)) = (Outbox::new(), oneshot::channel());
            let peer = Peer::direct([127, 0, 0, 1].into());
            links.try_send(LinkEvent::Opened(Opened { conn: ConnId(1), peer, cookie: None, out, close })).unwrap();
            assert!(turn.goes_on());
            if is_lost {
                outside.stop.lose();
            } else {
                outside.stop.move_on();
            }
            turn.due = Instant::now();
            while turn.goes_on() {
                assert!(!is_lost, "what is another's ends at once");
                turn.due = Instant::now();
            }
            let told = closed.try_recv().unwrap();
            assert_eq!(told.code, 1001, "a client tries again");
            assert!(told.reason.contains("goes on in another process"), "{}", told.reason);
            assert_eq!(outside.stop.last_words(), None, "it is not broken");
        }
    }

    #[test]
    fn a_room_without_anybody_rests_until_it_is_told_to_stop() {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let (mut turn, outside) = turn(runtime.handle());
        // What is noted at the start is stored first.
        while !turn.rests {
            turn.due = Instant::now();
            assert!(turn.goes_on());
        }
        let due = turn.due;
        assert!(turn.goes_on());
        assert_eq!(turn.due, due, "it rests: no lap was run");
        outside.stop.close();
        while turn.goes_on() {
            turn.due = Instant::now();
        }
        assert!(turn.app.is_none() && turn.stop.last_words().is_none());
    }
}
