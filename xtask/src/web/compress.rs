//! Compression beside the file, at build time and never at request time.

use crate::failure::{Context, Result};
use flate2::{Compression, write::GzEncoder};
use std::{fs, io::Write, path::Path, thread};

/// Window of brotli, as an exponent of 2: the largest that every browser takes.
const BROTLI_WINDOW: i32 = 24;

/// Writes `<file>.br` and `<file>.gz`.
///
/// # Errors
/// When a file cannot be read or written.
pub(crate) fn beside(file: &Path, brotli_quality: i32) -> Result<()> {
    let plain = fs::read(file).context(file.display())?;
    thread::scope(|scope| {
        let gzipped = scope.spawn(|| write(file, "gz", || gzip(&plain)));
        write(file, "br", || brotli(&plain, brotli_quality))?;
        gzipped.join().map_err(|_| "the gzip thread panicked").context(file.display())?
    })
}

/// Writes `<file>`, `<file>.br` and `<file>.gz` from what was packed by brotli before.
///
/// # Errors
/// When a file cannot be read or written, or is not packed so.
pub(crate) fn unpacked(packed: &Path, file: &Path) -> Result<()> {
    let bytes = fs::read(packed).context(packed.display())?;
    let mut plain = Vec::new();
    brotli::BrotliDecompress(&mut bytes.as_slice(), &mut plain).context(packed.display())?;
    fs::write(file, &plain).context(file.display())?;
    write(file, "br", || Ok(bytes))?;
    write(file, "gz", || gzip(&plain))
}

fn write(file: &Path, suffix: &str, compressed: impl FnOnce() -> std::io::Result<Vec<u8>>) -> Result<()> {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(suffix);
    let bytes = compressed().context(file.display())?;
    fs::write(&name, bytes).context(Path::new(&name).display())
}

fn brotli(plain: &[u8], quality: i32) -> std::io::Result<Vec<u8>> {
    let params = brotli::enc::BrotliEncoderParams {
        quality,
        lgwin: BROTLI_WINDOW,
        size_hint: plain.len(),
        ..Default::default()
    };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &*plain, &mut compressed, &params)?;
    Ok(compressed)
}

fn gzip(plain: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(plain)?;
    encoder.finish()
}
