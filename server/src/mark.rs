//! The name by which a server knows its own sessions in a database that it shares: a mark in its data
//! directory, made once, and its port. Nothing else is kept there by this module.

use crate::chance::random_bytes;
use std::{
    fs::{self, File},
    io::{self, Write},
    path::Path,
};

/// The file with the mark, in the data directory.
const FILE: &str = "server-mark";

/// The server's name.
///
/// # Errors
/// One sentence: why the mark can neither be read nor made.
pub(crate) fn name(data_dir: &Path, port: u16) -> Result<String, String> {
    let file = data_dir.join(FILE);
    let cannot = |error: io::Error| {
        format!(
            "this server's mark cannot be kept in {}: {error}: choose another --data-dir, or say which session it \
             serves (serve --session N)",
            file.display()
        )
    };
    match fs::read_to_string(&file) {
        Ok(mark) if !mark.trim().is_empty() => return Ok(format!("{}:{port}", mark.trim())),
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(cannot(error)),
        _ => {}
    }
    let mark = u64::from_le_bytes(random_bytes().map_err(|error| error.to_string())?);
    fs::create_dir_all(data_dir).map_err(cannot)?;
    File::create(&file).and_then(|mut file| writeln!(file, "{mark:016x}").and(file.sync_all())).map_err(cannot)?;
    Ok(format!("{mark:016x}:{port}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_stays_with_its_directory() {
        let directory = std::env::temp_dir().join(format!("outcry-mark-{}", std::process::id()));
        let (first, second) = (directory.join("a"), directory.join("b"));
        let mark = name(&first, 7_777).unwrap();
        assert_eq!(name(&first, 7_777), Ok(mark.clone()));
        assert_ne!(name(&first, 7_778), Ok(mark.clone()), "two ports are two servers");
        assert_ne!(name(&second, 7_777), Ok(mark));
        let refused = name(&first.join(FILE), 7_777).unwrap_err();
        assert!(refused.contains("--session"), "{refused}");
        fs::remove_dir_all(directory).unwrap();
    }
}
