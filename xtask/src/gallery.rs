//! `cargo xtask gallery`: a picture of every screen and moment, to be looked at.

use crate::{browser, failure::Result, needs, place::Place, run, say, web};
use clap::Args;
use std::path::Path;

/// What to show.
#[derive(Args)]
pub(crate) struct Options {
    /// Takes the web client of the last test run instead of building it
    #[arg(long)]
    no_web: bool,
    /// With the desktop program, on a screen that nobody sees
    #[arg(long)]
    native: bool,
    /// Of the light floor alone, as released, and builds no room for it
    #[arg(long, conflicts_with_all = ["no_web", "native"])]
    light: bool,
    /// Renews the README's pictures, and takes no others
    #[arg(long, conflicts_with_all = ["native", "light"])]
    readme: bool,
    #[command(flatten)]
    compiler: web::toolchain::CompilerOptions,
}

/// Plays a session and takes the pictures.
///
/// # Errors
/// When a build fails, or a screen cannot be reached; the other pictures are there all the same.
pub(crate) fn gallery(place: &Place, options: &Options) -> Result<()> {
    if options.light {
        let dist = web::light_alone(place, &options.compiler)?;
        return light(place, &dist);
    }
    if !options.no_web {
        web::for_tests(place, &options.compiler)?;
    }
    let dist = web::dist_dir(place, web::Profile::Test);
    let mut node = browser::node(place, &dist)?;
    if options.readme {
        say::step("pictures of the README");
        return run::run(node.arg("../gallery/readme.mjs").env("OUTCRY_GALLERY", place.root.join("docs/images")));
    }
    if options.native {
        needs::ensure(&[&needs::DESKTOP_LIBRARIES, &needs::HIDDEN_SCREEN])?;
        run::run(&mut place.locked("build", &["outcry-client"]))?;
        node.env("OUTCRY_CLIENT_BIN", place.dev_binary("outcry-client"));
    }
    say::step("pictures");
    node.arg("../gallery/gallery.mjs").env("OUTCRY_GALLERY", place.artefacts().join("gallery"));
    run::run(&mut node)?;
    light(place, &dist)
}

/// The light floor, on every kind of device.
fn light(place: &Place, dist: &Path) -> Result<()> {
    say::step("pictures of the light floor");
    let mut node = browser::node(place, dist)?;
    run::run(node.arg("../gallery/light.mjs").env("OUTCRY_GALLERY", place.artefacts().join("gallery-light")))
}
