//! Logs and figures. It reads, and changes nothing.

use crate::{
    code::Code,
    lap::Housekeep,
    market::Session,
    net::{self, Links},
    pace::Paces,
    record::Recorder,
};
use bevy::prelude::*;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use std::{io::IsTerminal, time::Duration};
use tokio::runtime::Handle;
use tracing_subscriber::{
    filter::{LevelFilter, Targets},
    fmt::layer,
    layer::SubscriberExt,
    util::SubscriberInitExt,
};

/// Figures of the lap.
pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Labels>().add_systems(Update, write.in_set(Housekeep::Figures));
}

/// What tells the figures of one room from those of another; nothing where there is one.
#[derive(Resource, Clone, Debug, Default)]
pub(crate) struct Labels(Vec<(&'static str, String)>);

impl Labels {
    /// Those of a room.
    pub(crate) fn of_room(code: &Code) -> Self {
        Self(vec![("room", code.to_string())])
    }
}

/// What is logged when nobody says anything.
/// renet warns of every message of more than 20 slices; over an ordered stream that is no fault.
const LOGGED: &str = "info,renet=error,sqlx=warn";

/// Starts logging to standard error, as text or as JSON, from a level on.
///
/// # Errors
/// When the level is none: what would be right.
pub fn start_logs(level: Option<&str>, json: bool) -> Result<(), String> {
    let lines = layer().with_ansi(std::io::stderr().is_terminal()).with_writer(std::io::stderr);
    let logs = tracing_subscriber::registry().with(filter(level)?);
    // A second start, as in tests, keeps the first.
    let _ = if json { logs.with(lines.json()).try_init() } else { logs.with(lines).try_init() };
    Ok(())
}

fn filter(level: Option<&str>) -> Result<Targets, String> {
    let wrong = |text: &str| {
        format!(
            "what is logged cannot be \"{text}\": error, warn, info, debug or trace would be right, or outcry_server=debug"
        )
    };
    match level {
        None => LOGGED.parse().map_err(|_| wrong(LOGGED)),
        // A word that is no level would be taken for a program's part that logs everything.
        Some(word) if word.chars().all(char::is_alphanumeric) => {
            let level: LevelFilter = word.parse().map_err(|_| wrong(word))?;
            Ok(Targets::new().with_default(level))
        }
        Some(text) => text.parse().map_err(|_| wrong(text)),
    }
}

/// Time between two looks after the figures.
const UPKEEP: Duration = Duration::from_secs(5);

/// Starts collecting figures, and looks after them for as long as the runtime lives; the handle renders them for
/// `/metrics`.
#[must_use]
pub fn start_figures(runtime: &Handle) -> Option<PrometheusHandle> {
    let figures = PrometheusBuilder::new().install_recorder().ok()?;
    begin_counts();
    let kept = figures.clone();
    runtime.spawn(tend(UPKEEP, move || kept.run_upkeep()));
    Some(figures)
}

/// Every count is there from the start, so that the first of its kind is seen as a change.
fn begin_counts() {
    net::begin_counts();
    metrics::counter!("outcry_sockets_refused").increment(0);
    for count in ["outcry_fleet_claims", "outcry_fleet_lost"] {
        metrics::counter!(count).increment(0);
    }
    for figure in ["outcry_fleet_members", "outcry_fleet_rooms", "outcry_sidecar_lost"] {
        metrics::gauge!(figure).set(0.0);
    }
}

/// Puts samples where they take no more room. Otherwise they would wait for somebody to fetch the figures, whom there
/// may never be.
async fn tend(every: Duration, mut upkeep: impl FnMut()) {
    let mut looks = tokio::time::interval(every);
    loop {
        looks.tick().await;
        upkeep();
    }
}

/// What the figures were written of.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Told {
    tick: u64,
    connections: usize,
    stalled: bool,
}

fn write(
    session: Res<Session>,
    recorder: Res<Recorder>,
    paces: Res<Paces>,
    links: Res<Links>,
    labels: Res<Labels>,
    mut told: Local<Option<Told>>,
) {
    let now = Told { tick: session.tick(), connections: links.len(), stalled: recorder.is_stalled() };
    let before = told.replace(now);
    if before == Some(now) {
        return;
    }
    let labels = &labels.0;
    metrics::gauge!("outcry_ticks", labels).set(now.tick as f64);
    metrics::gauge!("outcry_orders", labels).set(session.floor().counts().orders as f64);
    metrics::gauge!("outcry_fills", labels).set(session.floor().counts().fills as f64);
    metrics::gauge!("outcry_connections", labels).set(now.connections as f64);
    metrics::gauge!("outcry_resyncs", labels).set(links.resyncs() as f64);
    metrics::gauge!("outcry_waiting_bytes", labels).set(links.waiting_bytes() as f64);
    metrics::gauge!("outcry_ticks_late", labels).set(paces.late() as f64);
    metrics::gauge!("outcry_store_stalled", labels).set(f64::from(u8::from(now.stalled)));
    if before.is_some_and(|before| before.tick != now.tick) {
        metrics::histogram!("outcry_match_us", labels).record(paces.match_us() as f64);
        metrics::histogram!("outcry_commit_us", labels).record(recorder.commit_us() as f64);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::Why;

    #[test]
    fn every_count_is_there_from_the_start_and_in_the_manual() {
        let (recorder, manual) = (PrometheusBuilder::new().build_recorder(), include_str!("../../docs/operating.md"));
        metrics::with_local_recorder(&recorder, begin_counts);
        let figures = recorder.handle().render();
        assert!(figures.contains("outcry_sockets_refused 0"), "{figures}");
        for why in Why::ALL {
            let word = why.word();
            assert!(figures.contains(&format!("outcry_closed{{why=\"{word}\"}} 0")), "{word}: {figures}");
            assert!(manual.contains(&format!("`{word}`")), "{word} is in the manual");
        }
    }

    #[test]
    fn figures_are_looked_after_whether_anybody_fetches_them_or_not() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let (said, looks) = std::sync::mpsc::channel();
        let tended = tend(Duration::from_millis(1), || said.send(()).unwrap());
        let three = async {
            let mut seen = 0;
            while seen < 3 {
                seen += looks.try_iter().count();
                tokio::task::yield_now().await;
            }
        };
        runtime.block_on(async {
            tokio::select! { () = tended => {}, () = three => {} }
        });
    }

    #[test]
    fn levels_as_people_write_them() {
        for level in [
            None,
            Some("debug"),
            Some("INFO"),
            Some("off"),
            Some("warn,outcry_server=debug"),
            Some("outcry_server=trace"),
        ] {
            assert!(filter(level).is_ok(), "{level:?}");
        }
        for level in ["verbose", "outcry_server=loud"] {
            let sentence = filter(Some(level)).unwrap_err();
            assert!(sentence.contains(level) && sentence.contains("debug or trace would be right"), "{sentence}");
        }
    }
}
