//! `cargo xtask test`: everything that must hold, in the order of what it costs.

pub(crate) mod browser;
mod parity;
pub(crate) mod postgres;
pub(crate) mod steps;
pub(crate) mod tidy;

use crate::{
    failure::{Failure, Result},
    lint, needs,
    place::Place,
    say, web,
};
use clap::Args;
use std::time::{Duration, Instant};

/// What to run.
#[derive(Args)]
pub(crate) struct Options {
    /// Runs one step alone
    #[arg(long, value_parser = STEPS.map(|step| step.name))]
    only: Option<String>,
    #[command(flatten)]
    compiler: web::toolchain::CompilerOptions,
}

/// A step of the run.
struct Step {
    name: &'static str,
    about: &'static str,
    run: fn(&Place, &Options) -> Result<()>,
}

const STEPS: [Step; 10] = [
    Step { name: "needs", about: "what the run needs on this machine", run: |_, _| install_needs() },
    Step { name: "tidy", about: "file lengths, left-over words", run: |place, _| tidy::check(place) },
    Step { name: "format", about: "rustfmt", run: |place, _| lint::format(place) },
    Step {
        name: "engine",
        about: "engine and shared: units, properties, vectors",
        run: |place, _| steps::engine(place),
    },
    Step { name: "lint", about: "clippy, warnings are errors", run: |place, _| lint::clippy(place) },
    Step {
        name: "client",
        about: "model, view models and panels, without a renderer",
        run: |place, _| steps::client(place),
    },
    Step {
        name: "server",
        about: "the lap, both databases, bots, the real program",
        run: |place, _| steps::server(place),
    },
    Step {
        name: "web",
        about: "the web client with its probe",
        run: |place, options| steps::web(place, &options.compiler),
    },
    Step {
        name: "parity",
        about: "state hashes, native and WASM",
        run: |place, options| parity::check(place, &options.compiler),
    },
    Step { name: "browser", about: "walks through the pages in Chromium", run: |place, _| browser::run(place) },
];

/// Runs the steps and prints what each took.
///
/// # Errors
/// At the first step that fails.
pub(crate) fn test(place: &Place, options: &Options) -> Result<()> {
    let chosen: Vec<_> =
        STEPS.iter().filter(|step| options.only.as_deref().is_none_or(|only| only == step.name)).collect();
    let mut times = Vec::new();
    for step in &chosen {
        say::step(&format!("{}: {}", step.name, step.about));
        let start = Instant::now();
        let result = (step.run)(place, options);
        times.push(start.elapsed());
        if let Err(failure) = result {
            print_table(&chosen, &times, true);
            return Err(Failure::new(format!(
                "step {} failed: {failure}. To run it alone: cargo xtask test --only {}",
                step.name, step.name
            )));
        }
    }
    print_table(&chosen, &times, false);
    Ok(())
}

fn install_needs() -> Result<()> {
    needs::ensure(&[&needs::COMPILER, &needs::DESKTOP_LIBRARIES, &needs::POSTGRES, &needs::CHROMIUM, &needs::NODE])
}

fn print_table(steps: &[&Step], times: &[Duration], last_failed: bool) {
    say::step("steps");
    for (index, step) in steps.iter().enumerate() {
        let outcome = match times.get(index) {
            None => "not run".to_owned(),
            Some(time) if last_failed && index + 1 == times.len() => format!("{} FAILED", clock(*time)),
            Some(time) => format!("{} passed", clock(*time)),
        };
        say::line(&format!("{:<8} {:<52} {outcome:>16}", step.name, step.about));
    }
    let failed = usize::from(last_failed);
    say::line(&format!("in all {}", clock(times.iter().sum())));
    say::line(&format!("{} passed, {failed} failed", times.len() - failed));
}

fn clock(time: Duration) -> String {
    format!("{:>3}:{:02}", time.as_secs() / 60, time.as_secs() % 60)
}
