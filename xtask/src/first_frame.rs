//! `cargo xtask first-frame`: what a browser has to fetch and to wait until it sees the floor (P8), and a first order (P12).

use crate::{
    browser,
    failure::Result,
    place::Place,
    run, say,
    web::{self, Profile, WebOptions},
};
use clap::Args;
use std::path::Path;

/// What to measure.
#[derive(Args)]
pub(crate) struct Options {
    /// Takes the web client that is there instead of building it
    #[arg(long)]
    no_web: bool,
    /// Measures the light floor alone (P12), and builds no room for it
    #[arg(long, conflicts_with_all = ["no_web", "profile", "probe"])]
    light: bool,
    #[command(flatten)]
    web: WebOptions,
}

/// Visits the floor in Chromium with an empty cache, and prints the figures.
///
/// # Errors
/// When a build fails, the floor is not reached, or more bytes are fetched than P8 or P12 allows.
pub(crate) fn measure(place: &Place, options: &Options) -> Result<()> {
    if options.light {
        let dist = web::light_alone(place, &options.web.compiler)?;
        return first_order(place, &dist);
    }
    let profile = options.web.profile.unwrap_or(Profile::Release);
    if !options.no_web {
        web::web(place, &options.web, profile)?;
    }
    let dist = web::dist_dir(place, profile);
    let mut node = browser::node(place, &dist)?;
    say::step("from the link to the first frame");
    if profile != Profile::Release {
        say::line("not of a release, which is smaller");
    }
    run::run(node.arg("../bench/first-frame.mjs"))?;
    first_order(place, &dist)
}

/// A newcomer on a slow phone.
fn first_order(place: &Place, dist: &Path) -> Result<()> {
    say::step("from the link to a first order on the light floor");
    run::run(browser::node(place, dist)?.arg("../bench/light.mjs"))
}
