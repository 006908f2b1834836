//! `cargo xtask gallery`: a picture of every screen and moment, to be looked at.

use crate::{browser, failure::Result, needs, place::Place, run, say, web};
use clap::{Args, ValueEnum};
use std::process::Command;

/// What to show.
#[derive(Args)]
pub(crate) struct Options {
    /// The parts to show; all of them when none is named
    #[arg(value_enum, conflicts_with_all = ["light", "readme"])]
    parts: Vec<Part>,
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

/// A part of the gallery; each plays sessions of its own.
#[derive(Clone, Copy, ValueEnum)]
enum Part {
    /// The page before the floor
    Door,
    /// The code of a room, and the organiser's page
    Rooms,
    /// The light floor on every kind of device
    Light,
    /// Five outcomes: player, host and projector, each moment
    Evening,
    /// Three outcomes
    Three,
    /// Ten outcomes with long names
    Ten,
}

/// Plays sessions and takes the pictures.
///
/// # Errors
/// When a build fails, or a moment cannot be shown; the other pictures are there all the same, and the list says which it
/// is and why.
pub(crate) fn gallery(place: &Place, options: &Options) -> Result<()> {
    if options.light {
        let dist = web::light_alone(place, &options.compiler)?;
        return show(place, browser::node(place, &dist)?, &[Part::Light]);
    }
    if !options.no_web {
        web::for_tests(place, &options.compiler)?;
    }
    let mut node = browser::node(place, &web::dist_dir(place, web::Profile::Test))?;
    if options.readme {
        say::step("pictures of the README");
        return run::run(node.arg("../gallery/readme.mjs").env("OUTCRY_GALLERY", place.root.join("docs/images")));
    }
    if options.native {
        needs::ensure(&[&needs::DESKTOP_LIBRARIES, &needs::HIDDEN_SCREEN])?;
        run::run(&mut place.locked("build", &["outcry-client"]))?;
        node.env("OUTCRY_CLIENT_BIN", place.dev_binary("outcry-client"));
    }
    show(place, node, &options.parts)
}

fn show(place: &Place, mut node: Command, parts: &[Part]) -> Result<()> {
    say::step("pictures");
    let names = parts.iter().filter_map(ValueEnum::to_possible_value);
    node.arg("../gallery/gallery.mjs").args(names.map(|name| name.get_name().to_owned()));
    run::run(node.env("OUTCRY_GALLERY", place.artefacts().join("gallery")))
}
