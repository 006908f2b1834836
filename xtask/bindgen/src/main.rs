//! Makes the JavaScript around a compiled program. The library does what the command
//! `wasm-bindgen` does and compiles in a third of its time; the lock file holds both it and the
//! client's half of it, which must be of one version.

use clap::{Parser, ValueEnum};
use std::path::PathBuf;
use wasm_bindgen_cli_support::Bindgen;

/// Makes `outcry.js` and `outcry_bg.wasm` of a compiled program.
#[derive(Parser)]
struct Options {
    /// The compiled program
    wasm: PathBuf,
    /// Where both go
    #[arg(long)]
    out_dir: PathBuf,
    /// For whom
    #[arg(long)]
    target: Target,
    /// Takes names of functions and tools out
    #[arg(long)]
    strip: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Target {
    /// Browsers
    Web,
    /// Node
    Nodejs,
}

fn main() -> anyhow::Result<()> {
    let options = Options::parse();
    let mut bindgen = Bindgen::new();
    match options.target {
        Target::Web => bindgen.web(true)?,
        Target::Nodejs => bindgen.nodejs(true)?,
    };
    bindgen.input_path(options.wasm).out_name("outcry").typescript(false);
    bindgen.remove_name_section(options.strip).remove_producers_section(options.strip);
    bindgen.generate(options.out_dir)
}
