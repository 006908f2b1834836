//! Who the server shows itself to be: certificate and key, read again whenever their files have changed. It keeps the
//! last pair that was right.

use outcry_reach::{
    pem::{self, BadPem},
    trust::provider,
};
use rustls::ServerConfig;
use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::SystemTime,
};

/// A certificate with its key, by their files.
pub struct Identity {
    cert: PathBuf,
    key: PathBuf,
    shown: Mutex<Shown>,
}

/// When the files were changed, and their lengths.
type Stamp = [Option<(SystemTime, u64)>; 2];

struct Shown {
    config: Arc<ServerConfig>,
    /// Of the files that were read last, also if they were not right.
    seen: Stamp,
}

/// Why the files make no identity.
#[derive(Debug, thiserror::Error)]
pub enum BadIdentity {
    /// One of them cannot be read.
    #[error(transparent)]
    Pem(#[from] BadPem),
    /// They do not go together, or are of a kind that is not known.
    #[error("{key} is not the key of the certificate in {cert}: {reason}")]
    Pair {
        /// The certificate's file.
        cert: String,
        /// The key's file.
        key: String,
        /// What differs.
        reason: String,
    },
}

impl Identity {
    /// Reads certificate and key.
    ///
    /// # Errors
    /// When a file cannot be read, or they do not go together.
    pub fn load(cert: &Path, key: &Path) -> Result<Self, BadIdentity> {
        let seen = stamp(cert, key);
        let shown = Mutex::new(Shown { config: read(cert, key)?, seen });
        Ok(Self { cert: cert.to_owned(), key: key.to_owned(), shown })
    }

    /// What the next connection is shown. A renewed certificate is taken without a restart; while its files are not
    /// right, perhaps as one of them is still being written, the one before holds.
    pub(super) fn current(&self) -> Arc<ServerConfig> {
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        let seen = stamp(&self.cert, &self.key);
        if seen != shown.seen {
            shown.seen = seen;
            match read(&self.cert, &self.key) {
                Ok(config) => {
                    shown.config = config;
                    tracing::info!("the certificate was read again");
                }
                Err(error) => tracing::warn!(%error, "the new certificate is not right: the one before is kept"),
            }
        }
        Arc::clone(&shown.config)
    }
}

fn stamp(cert: &Path, key: &Path) -> Stamp {
    [cert, key].map(|file| fs::metadata(file).and_then(|it| Ok((it.modified()?, it.len()))).ok())
}

fn read(cert: &Path, key: &Path) -> Result<Arc<ServerConfig>, BadIdentity> {
    let pair = |error: rustls::Error| BadIdentity::Pair {
        cert: cert.display().to_string(),
        key: key.display().to_string(),
        reason: error.to_string(),
    };
    let mut config = ServerConfig::builder_with_provider(provider())
        .with_protocol_versions(rustls::DEFAULT_VERSIONS)
        .map_err(pair)?
        .with_no_client_auth()
        .with_single_cert(pem::certificates(cert)?, pem::key(key)?)
        .map_err(pair)?;
    // The floor's sockets are upgrades of HTTP/1.1.
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}
