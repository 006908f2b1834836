//! What was gathered as bytes: one file, all of them in an archive, or all in a directory.

use super::{
    cash, chart, checks, funnel,
    gather::Gathered,
    kind::{Export, ExportError, failed},
    orders, rankings, rehearsal, tables, trades,
};
use crate::store::{SessionId, Store};
use std::{
    io::{Cursor, Write},
    path::{Path, PathBuf},
};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// What every file and column means.
const CODEBOOK: &str = include_str!("codebook.txt");
/// Its name in the archive.
const CODEBOOK_FILE: &str = "codebook.txt";

/// The bytes of a file.
///
/// # Errors
/// When it cannot be made, or this session has none.
pub(super) fn render(gathered: &Gathered, export: Export) -> Result<Vec<u8>, ExportError> {
    let made = match export {
        Export::Trades => trades::table(gathered),
        Export::Orders => orders::table(gathered),
        Export::Refused => orders::refused(gathered),
        Export::Cash => cash::table(gathered),
        Export::Holdings => cash::holdings(gathered),
        Export::Checks => checks::table(gathered),
        Export::Funnel => funnel::table(gathered),
        Export::Events => tables::events(gathered),
        Export::Config => tables::config(gathered),
        Export::Metrics => tables::metrics(gathered),
        Export::Rankings => rankings::table(gathered),
        Export::Rehearsal => return rehearsal::json(gathered).ok_or(ExportError::None(export.file_name())),
        Export::RehearsalPage => return rehearsal::html(gathered).ok_or(ExportError::None(export.file_name())),
        Export::ChartPng => return chart::png(gathered).map_err(|error| failed(export, error)),
        Export::ChartSvg => return chart::svg(gathered).map_err(|error| failed(export, error)),
        Export::Archive => return pack(gathered),
    };
    made.map_err(|error| failed(export, error))
}

/// Every file that this session has, with its bytes, in the order of [`Export::ALL`], the codebook last.
fn files(gathered: &Gathered) -> Result<Vec<(&'static str, Vec<u8>)>, ExportError> {
    let single = Export::ALL.into_iter().filter(|export| *export != Export::Archive);
    let made = single.filter_map(|export| match render(gathered, export) {
        Err(ExportError::None(_)) => None,
        made => Some(made.map(|bytes| (export.file_name(), bytes))),
    });
    let mut files = made.collect::<Result<Vec<_>, ExportError>>()?;
    files.push((CODEBOOK_FILE, CODEBOOK.as_bytes().to_vec()));
    Ok(files)
}

/// The archive. Its entries carry no time, so the same record gives the same bytes.
fn pack(gathered: &Gathered) -> Result<Vec<u8>, ExportError> {
    let files = files(gathered)?;
    write_zip(&files).map_err(|error| failed(Export::Archive, error))
}

fn write_zip(files: &[(&'static str, Vec<u8>)]) -> Result<Vec<u8>, zip::result::ZipError> {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, options)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// What was written, and what is not as it should be.
#[derive(Clone, Debug)]
pub struct Written {
    /// The files, in order.
    pub files: Vec<PathBuf>,
    /// Figures that the record has twice and that differ, in a sentence each.
    pub findings: Vec<String>,
}

/// Writes every file of a session into a directory, which is made when it is missing.
///
/// # Errors
/// When the session is unknown, the store fails or a file cannot be written.
pub async fn write_all(store: &dyn Store, session: SessionId, out: &Path) -> Result<Written, ExportError> {
    let gathered = Gathered::from(store, session, Export::Archive).await?;
    let cannot = |path: &Path, error: std::io::Error| ExportError::Make {
        file: path.display().to_string(),
        reason: error.to_string(),
    };
    std::fs::create_dir_all(out).map_err(|error| cannot(out, error))?;
    let mut written = Written { files: Vec::new(), findings: checks::findings(&gathered) };
    for (name, bytes) in files(&gathered)? {
        let path = out.join(name);
        std::fs::write(&path, bytes).map_err(|error| cannot(&path, error))?;
        written.files.push(path);
    }
    Ok(written)
}
