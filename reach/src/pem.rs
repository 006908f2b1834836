//! Certificates and keys in files, as everybody keeps them (PEM). Reads, and keeps nothing.

use rustls::pki_types::{
    CertificateDer, PrivateKeyDer,
    pem::{Error, PemObject},
};
use std::path::Path;

/// Why a file does not give what it should.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file} {wrong}: a file with -----BEGIN {right}----- would be right")]
pub struct BadPem {
    file: String,
    wrong: String,
    right: &'static str,
}

/// The certificates in a file, one at least.
///
/// # Errors
/// When it cannot be read or has none.
pub fn certificates(file: &Path) -> Result<Vec<CertificateDer<'static>>, BadPem> {
    let found = CertificateDer::pem_file_iter(file).and_then(Iterator::collect);
    let found: Vec<_> = found.map_err(|error| bad(file, &error, "CERTIFICATE"))?;
    if found.is_empty() { Err(bad(file, &Error::NoItemsFound, "CERTIFICATE")) } else { Ok(found) }
}

/// The first private key in a file.
///
/// # Errors
/// When it cannot be read or has none.
pub fn key(file: &Path) -> Result<PrivateKeyDer<'static>, BadPem> {
    PrivateKeyDer::from_pem_file(file).map_err(|error| bad(file, &error, "PRIVATE KEY"))
}

fn bad(file: &Path, error: &Error, right: &'static str) -> BadPem {
    let wrong = match error {
        Error::NoItemsFound => format!("has no {}", right.to_lowercase()),
        Error::Io(why) => format!("cannot be read ({why})"),
        other => format!("is damaged ({other})"),
    };
    BadPem { file: file.display().to_string(), wrong, right }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_give_nothing_say_why() {
        let here = std::env::temp_dir().join(format!("outcry-pem-{}", std::process::id()));
        std::fs::create_dir_all(&here).unwrap();
        let file = |name: &str, text: &str| {
            let path = here.join(name);
            std::fs::write(&path, text).unwrap();
            path
        };
        let check = |said: Option<BadPem>, words: &str| {
            let said = said.map(|error| error.to_string()).unwrap_or_default();
            assert!(said.contains(words), "{said}");
        };
        let plain = file("plain.txt", "hello");
        check(certificates(&plain).err(), "plain.txt has no certificate: a file with -----BEGIN CERTIFICATE-----");
        check(key(&plain).err(), "has no private key: a file with -----BEGIN PRIVATE KEY-----");
        check(certificates(&here.join("none.pem")).err(), "cannot be read (");
        check(key(&file("half.pem", "-----BEGIN PRIVATE KEY-----\nAAAA")).err(), "is damaged (");
        std::fs::remove_dir_all(&here).unwrap();
    }
}
