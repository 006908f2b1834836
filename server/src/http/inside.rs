//! The pages inside the program: a ZIP archive behind its last byte, put there by
//! `cargo xtask release`. Read once at the start; it never writes.

use axum::body::Bytes;
use std::{
    collections::BTreeMap,
    fs::File,
    io::{self, BufReader, Read, Seek, SeekFrom},
    path::Path,
};
use zip::ZipArchive;

/// How the last record of an archive begins, and its length in bytes: ours has no comment, so it
/// ends the file. A program that only knows how to write archives has it elsewhere.
const LAST_RECORD: &[u8] = b"PK\x05\x06";
const LAST_RECORD_BYTES: i64 = 22;

/// The files behind a program, by name; none when there is no archive.
///
/// # Errors
/// When the program cannot be read, or its archive is damaged.
pub(super) fn read(program: &Path) -> io::Result<BTreeMap<String, Bytes>> {
    let mut file = File::open(program)?;
    let mut files = BTreeMap::new();
    if !has_archive(&mut file)? {
        return Ok(files);
    }
    let mut archive = ZipArchive::new(BufReader::new(file))?;
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index)?;
        let name = entry.name()?.into_owned();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes)?;
        files.insert(name, bytes.into());
    }
    Ok(files)
}

fn has_archive(file: &mut File) -> io::Result<bool> {
    if file.metadata()?.len() < LAST_RECORD_BYTES.unsigned_abs() {
        return Ok(false);
    }
    file.seek(SeekFrom::End(-LAST_RECORD_BYTES))?;
    let mut begin = [0; LAST_RECORD.len()];
    file.read_exact(&mut begin)?;
    Ok(begin == LAST_RECORD)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Cursor, Write};
    use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

    fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            zip.start_file(*name, options).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    /// What is read of a program of these bytes.
    fn of(name: &str, bytes: &[u8]) -> io::Result<BTreeMap<String, Bytes>> {
        let file = std::env::temp_dir().join(format!("outcry-inside-{}-{name}", std::process::id()));
        std::fs::write(&file, bytes).unwrap();
        let read = read(&file);
        std::fs::remove_file(&file).unwrap();
        read
    }

    #[test]
    fn pages_behind_a_program_are_found_and_nothing_else_is() {
        // A program that writes archives itself has their marks in it.
        let program = [b"\x7fELF ".as_slice(), LAST_RECORD, &[0; 300]].concat();
        let pages = archive(&[("index.html", b"<!doctype html>"), ("boot.js.br", b"packed")]);
        for (name, bytes) in [("plain", program.as_slice()), ("empty", b""), ("short", b"PK")] {
            assert!(of(name, bytes).unwrap().is_empty(), "{name}");
        }
        let files = of("whole", &[program.as_slice(), &pages].concat()).unwrap();
        let files: Vec<_> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_ref())).collect();
        assert_eq!(files, [("boot.js.br", b"packed".as_slice()), ("index.html", b"<!doctype html>")]);
    }

    #[test]
    fn damaged_pages_are_refused() {
        let mut bytes = archive(&[("index.html", b"<!doctype html>")]);
        let at = bytes.windows(4).position(|part| part == b"html").unwrap();
        bytes[at + 10] ^= 1;
        assert!(of("damaged", &bytes).is_err());
        assert!(of("missing", &bytes[20..]).is_err());
    }
}
