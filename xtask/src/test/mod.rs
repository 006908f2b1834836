//! `cargo xtask test`: everything that must hold, in the order of what it costs.

mod parity;
mod steps;

use crate::{
    browser, deny, deploy,
    failure::{Failure, Result},
    lint, needs,
    place::Place,
    run, say, web,
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

const STEPS: [Step; 20] = [
    Step { name: "needs", about: "what the run needs on this machine", run: |_, _| install_needs() },
    Step { name: "tidy", about: "file lengths, left-over words, named files", run: |place, _| lint::tidy(place) },
    Step { name: "commands", about: "the developer commands' own tests", run: |place, _| steps::commands(place) },
    Step { name: "layers", about: "no module imports one above it", run: |place, _| lint::layers(place) },
    Step {
        name: "deny",
        about: "licences, advisories, duplicates of what we depend on",
        run: |place, _| deny::deny(place, &deny::Options::default()),
    },
    Step {
        name: "deploy",
        about: "service, proxies and manifests, as they are read",
        run: |place, _| deploy::check(place),
    },
    Step { name: "format", about: "rustfmt", run: |place, _| lint::format(place) },
    Step {
        name: "engine",
        about: "engine, shared, desk, lite, traders, lab: units, properties",
        run: |place, _| steps::engine(place),
    },
    Step { name: "lint", about: "clippy, warnings are errors", run: |place, _| lint::clippy(place) },
    Step { name: "client", about: "the panels, without a renderer", run: |place, _| steps::client(place) },
    Step { name: "server", about: "the lap, both databases", run: |place, _| steps::server(place) },
    Step {
        name: "bots",
        about: "the real program with bots in it, both databases",
        run: |place, _| steps::bots(place),
    },
    Step {
        name: "web",
        about: "the web client with its probe, and its lints",
        run: |place, options| {
            web::for_tests(place, &options.compiler)?;
            web::lint(place, &options.compiler)
        },
    },
    Step {
        name: "parity",
        about: "engine and lab, native and WASM",
        run: |place, options| parity::check(place, &options.compiler),
    },
    Step {
        name: "lite",
        about: "a session on the light floor, by keys alone",
        run: |place, _| browser::run(place, "lite"),
    },
    Step {
        name: "firefox",
        about: "the player's walks on both floors in Firefox",
        run: |place, _| browser::run_in(place, browser::Other::Firefox),
    },
    Step {
        name: "webkit",
        about: "the player's walks on both floors in WebKit",
        run: |place, _| browser::run_in(place, browser::Other::WebKit),
    },
    Step {
        name: "guests",
        about: "doors, players and projectors in Chromium",
        run: |place, _| browser::run(place, "guests"),
    },
    Step {
        name: "away",
        about: "a lost network and a tab in the background",
        run: |place, _| browser::run(place, "away"),
    },
    Step {
        name: "hosts",
        about: "whole sessions that a host leads, in Chromium",
        run: |place, _| browser::run(place, "hosts"),
    },
];

/// What a step took.
struct Took {
    wall: Duration,
    /// Of all programs that it started and saw end.
    processor: Duration,
}

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
        let (start, processor) = (Instant::now(), run::processor_time());
        let result = (step.run)(place, options);
        times.push(Took { wall: start.elapsed(), processor: run::processor_time().saturating_sub(processor) });
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
    needs::ensure(&[
        &needs::COMPILER,
        &needs::DESKTOP_LIBRARIES,
        &needs::POSTGRES,
        &needs::NGINX,
        &needs::PGBOUNCER,
        &needs::CHROMIUM,
        &needs::FIREFOX,
        &needs::WEBKIT,
        &needs::HIDDEN_SCREEN,
        &needs::NODE,
        &needs::SYSTEMD,
        &needs::CADDY,
        &needs::PYTHON,
    ])
}

fn print_table(steps: &[&Step], times: &[Took], last_failed: bool) {
    say::step("steps, with minutes by the clock and of the processor");
    for (index, step) in steps.iter().enumerate() {
        let outcome = match times.get(index) {
            None => "not run".to_owned(),
            Some(took) if last_failed && index + 1 == times.len() => format!("{} FAILED", both(took)),
            Some(took) => format!("{} passed", both(took)),
        };
        say::line(&format!("{:<8} {:<58} {outcome:>24}", step.name, step.about));
    }
    let failed = usize::from(last_failed);
    let all = Took {
        wall: times.iter().map(|took| took.wall).sum(),
        processor: times.iter().map(|took| took.processor).sum(),
    };
    say::line(&format!("in all {}", both(&all)));
    say::line(&format!("{} passed, {failed} failed", times.len() - failed));
}

fn both(took: &Took) -> String {
    format!("{} {}", clock(took.wall), clock(took.processor))
}

fn clock(time: Duration) -> String {
    format!("{:>3}:{:02}", time.as_secs() / 60, time.as_secs() % 60)
}
