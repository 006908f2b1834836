//! Rehearsals beside the session (instrument.md §6): a configuration is played many times by a thread that comes last,
//! one at a time. A lap says what is to be rehearsed and looks at what came; it waits for nothing, and no lock that the
//! thread holds is ever in its way. Who is told of it is the host alone.

use crate::{aside, lap::Housekeep};
use bevy::prelude::*;
use cpu_time::ThreadTime;
use outcry_engine::Params;
use outcry_lab::{
    rehearsal::{Means, Rehearsal, Sheet, rehearse},
    setup::Setup,
};
use outcry_shared::{
    config::SessionConfig,
    message::{self, Progress, RehearsedSheet},
};
use std::{
    collections::VecDeque,
    fmt, io,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
        mpsc,
    },
};
use tokio::sync::{
    oneshot::{self, error::TryRecvError},
    watch,
};

/// Sessions of a rehearsal (P13), and the fewest of one whose sessions are long: a median of less says nothing.
const SESSIONS: u64 = 1_000;
const SESSIONS_MIN: u64 = 10;
/// Ticks of all sessions of a rehearsal: a thousand quarters of an hour.
const TICKS_MAX: u64 = 900_000;
/// Sheets that are kept: whatever of them is started in the end, its record has the sheet.
const SHEETS_MAX: usize = 16;

/// What somebody who rehearses is told before each part: how many of how many are done. It stops where that says no.
pub type GoesOn<'a> = &'a (dyn Fn(usize, usize) -> bool + Sync);

/// Who rehearses: a sheet, nothing where it was stopped, or a sentence why there is none.
pub type Rehearser = Box<dyn FnMut(&SessionConfig, GoesOn<'_>) -> Result<Option<Sheet>, String> + Send>;

/// A configuration with its sheet.
#[derive(Debug)]
pub struct Rehearsed {
    /// What was rehearsed.
    pub config: SessionConfig,
    /// What came of it.
    pub sheet: Sheet,
}

/// The newest sheet, for whoever may fetch it whole.
pub type Newest = watch::Receiver<Option<Arc<Rehearsed>>>;

/// What is rehearsed, and what came of it. It is kept as long as the server runs.
#[derive(Resource, Debug)]
pub struct Rehearsals {
    /// None where nobody rehearses.
    work: Option<mpsc::Sender<Asked>>,
    running: Option<Running>,
    failed: Option<String>,
    sheets: VecDeque<Arc<Rehearsed>>,
    newest: watch::Sender<Option<Arc<Rehearsed>>>,
}

/// What came of a rehearsal.
type Outcome = Result<Option<Sheet>, String>;

/// What is under way. Whoever lets go of it stops it.
struct Running {
    config: SessionConfig,
    steps: Arc<Steps>,
    outcome: oneshot::Receiver<Outcome>,
}

impl fmt::Debug for Running {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Running").field("steps", &self.steps).finish_non_exhaustive()
    }
}

/// Parts that are done, of how many.
#[derive(Debug, Default)]
struct Steps {
    done: AtomicU32,
    of: AtomicU32,
}

/// A rehearsal that waits for its turn.
struct Asked {
    config: SessionConfig,
    steps: Arc<Steps>,
    outcome: oneshot::Sender<Outcome>,
}

/// Nobody rehearses.
impl Default for Rehearsals {
    fn default() -> Self {
        let newest = watch::Sender::new(None);
        Self { work: None, running: None, failed: None, sheets: VecDeque::new(), newest }
    }
}

impl Rehearsals {
    /// Rehearsals by a thread of their own, which ends when they are dropped.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn by(mut rehearser: Rehearser) -> io::Result<Self> {
        let (work, asked) = mpsc::channel::<Asked>();
        aside::spawn("rehearsal", move || asked.iter().for_each(|asked| answer(asked, &mut rehearser)))?;
        Ok(Self { work: Some(work), ..Self::default() })
    }

    /// Where the newest sheet is found.
    #[must_use]
    pub fn newest(&self) -> Newest {
        self.newest.subscribe()
    }

    /// Begins one.
    ///
    /// # Errors
    /// One sentence: one is under way, the sessions are too long, or nobody rehearses here.
    pub(crate) fn begin(&mut self, config: &SessionConfig) -> Result<(), String> {
        if self.running.is_some() {
            return Err("a rehearsal is under way: stop it first, or wait for it".to_owned());
        }
        sessions(&config.params)?;
        let (sender, outcome) = oneshot::channel();
        let steps = Arc::new(Steps::default());
        let asked = Asked { config: config.clone(), steps: Arc::clone(&steps), outcome: sender };
        let gone = "this server cannot rehearse: start it again".to_owned();
        self.work.as_ref().and_then(|work| work.send(asked).ok()).ok_or(gone)?;
        self.running = Some(Running { config: config.clone(), steps, outcome });
        self.failed = None;
        Ok(())
    }

    /// Gives up the one that is under way.
    ///
    /// # Errors
    /// One sentence: none is.
    pub(crate) fn stop(&mut self) -> Result<(), String> {
        self.running.take().map(drop).ok_or_else(|| "no rehearsal is under way".to_owned())
    }

    /// Takes in what has come.
    fn look(&mut self) {
        let Some(running) = &mut self.running else { return };
        let outcome = match running.outcome.try_recv() {
            Err(TryRecvError::Empty) => return,
            Err(TryRecvError::Closed) => Err("the rehearsal ended without a sheet".to_owned()),
            Ok(outcome) => outcome,
        };
        let Some(Running { config, .. }) = self.running.take() else { return };
        match outcome {
            Ok(Some(sheet)) => self.keep(Rehearsed { config, sheet }),
            Ok(None) => {}
            Err(why) => {
                tracing::warn!(why, "a rehearsal came to nothing");
                self.failed = Some(why);
            }
        }
    }

    fn keep(&mut self, rehearsed: Rehearsed) {
        tracing::info!(sheet = rehearsed.sheet.hash, light = rehearsed.sheet.light().name(), "rehearsed");
        let rehearsed = Arc::new(rehearsed);
        if self.sheets.len() == SHEETS_MAX {
            self.sheets.pop_front();
        }
        self.newest.send_replace(Some(Arc::clone(&rehearsed)));
        self.sheets.push_back(rehearsed);
    }

    /// The newest sheet of this very configuration.
    pub(crate) fn sheet_of(&self, config: &SessionConfig) -> Option<&Sheet> {
        self.sheets.iter().rev().find(|rehearsed| rehearsed.config == *config).map(|rehearsed| &rehearsed.sheet)
    }

    /// How it stands, for the host.
    pub(crate) fn shown(&self) -> message::Rehearsal {
        let steps = |Running { steps, .. }: &Running| Progress {
            done: steps.done.load(Ordering::Relaxed),
            of: steps.of.load(Ordering::Relaxed),
        };
        message::Rehearsal {
            progress: self.running.as_ref().map(steps),
            failed: self.failed.clone(),
            sheet: self.sheets.back().map(|rehearsed| Box::new(told(rehearsed))),
        }
    }
}

fn told(Rehearsed { config, sheet }: &Rehearsed) -> RehearsedSheet {
    RehearsedSheet {
        hash: sheet.hash.clone(),
        config: config.clone(),
        sessions: sheet.rehearsed.sessions,
        seats: sheet.rehearsed.seats,
        lights: sheet.lights().cloned().collect(),
        figures: sheet.rehearsed.figures.clone(),
    }
}

/// Takes in what the thread has done.
pub(super) fn plugin(app: &mut App) {
    let look = |mut rehearsals: ResMut<Rehearsals>| rehearsals.look();
    app.init_resource::<Rehearsals>().add_systems(Update, look.in_set(Housekeep::Host));
}

/// Rehearses, as long as somebody waits for it.
fn answer(Asked { config, steps, outcome }: Asked, rehearser: &mut Rehearser) {
    let goes_on = |done: usize, of: usize| {
        let count = |count| u32::try_from(count).unwrap_or(u32::MAX);
        steps.done.store(count(done), Ordering::Relaxed);
        steps.of.store(count(of), Ordering::Relaxed);
        !outcome.is_closed()
    };
    let fault = || Err("the rehearsal failed by a fault of this program: its log says more".to_owned());
    let came = catch_unwind(AssertUnwindSafe(|| rehearser(&config, &goes_on))).unwrap_or_else(|_| fault());
    // Nobody waits for one that was stopped.
    let _ = outcome.send(came);
}

/// How many sessions of this length are played.
///
/// # Errors
/// One sentence: they are too long.
fn sessions(params: &Params) -> Result<u64, String> {
    let ticks = (params.end_ms() / u64::from(params.batch_interval_ms).max(1)).max(1);
    let sessions = (TICKS_MAX / ticks).min(SESSIONS);
    let most = TICKS_MAX / SESSIONS_MIN;
    let long = || {
        format!(
            "a session of {ticks} ticks is too long to rehearse here: at most {most} are possible, or use outcry-lab"
        )
    };
    (sessions >= SESSIONS_MIN).then_some(sessions).ok_or_else(long)
}

/// On the market's own engine, by the standard mix, on the thread that asks.
///
/// # Errors
/// One sentence: why there is no sheet.
pub(crate) fn on_the_engine(config: &SessionConfig, goes_on: GoesOn<'_>) -> Outcome {
    let sessions = sessions(&config.params)?;
    let rehearsal = Rehearsal { sessions, ..Rehearsal::new(Setup::new(config.clone())) };
    let clock = || ThreadTime::now().as_duration();
    rehearse(&rehearsal, Means { threads: 1, clock: Some(&clock), goes_on }).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use outcry_shared::config::presets;
    use std::sync::Mutex;

    #[test]
    fn long_sessions_are_played_less_often_and_too_long_ones_are_refused() {
        let of = |duration_s: u32, interval_ms: u32| {
            let mut params = presets()[0].config.params.clone();
            (params.total_duration, params.batch_interval_ms) = (duration_s, interval_ms);
            sessions(&params)
        };
        assert_eq!((of(900, 1_000), of(180, 1_000), of(9_000, 1_000)), (Ok(1_000), Ok(1_000), Ok(100)));
        assert!(of(86_400, 1_000).is_ok_and(|sessions| sessions == 10));
        assert!(of(86_400, 500).is_err_and(|why| why.contains("172800 ticks")));
    }

    #[test]
    fn what_panics_is_told_and_the_next_one_runs() {
        let (go, wait) = mpsc::channel::<()>();
        let wait = Mutex::new(wait);
        let mut first = true;
        let rehearser: Rehearser = Box::new(move |_, _| {
            assert!(!std::mem::take(&mut first), "a fault that was planted");
            wait.lock().unwrap().recv().unwrap();
            Ok(None)
        });
        let mut rehearsals = Rehearsals::by(rehearser).unwrap();
        let config = &presets()[0].config;
        rehearsals.begin(config).unwrap();
        while rehearsals.running.is_some() {
            rehearsals.look();
            std::thread::yield_now();
        }
        assert!(rehearsals.shown().failed.is_some_and(|why| why.contains("fault")));
        rehearsals.begin(config).unwrap();
        assert_eq!(rehearsals.shown().failed, None, "of another one nothing is known yet");
        assert!(rehearsals.begin(config).is_err(), "one at a time");
        go.send(()).unwrap();
        rehearsals.stop().unwrap();
        assert!(rehearsals.stop().is_err());
    }
}
