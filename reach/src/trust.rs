//! Whose certificates a program believes: those of the well-known authorities, the machine's own (`SSL_CERT_FILE` names
//! others), and a file that was named. Read once, when first needed.

use crate::pem::{self, BadPem};
use rustls::{
    ClientConfig, RootCertStore,
    crypto::{CryptoProvider, ring},
    pki_types::CertificateDer,
};
use std::{
    fmt,
    path::Path,
    sync::{Arc, OnceLock},
};

/// Whom a program believes; cheap to copy.
#[derive(Clone, Default)]
pub struct Trust(Arc<Inner>);

#[derive(Default)]
struct Inner {
    named: Vec<CertificateDer<'static>>,
    all: OnceLock<Vec<CertificateDer<'static>>>,
    config: OnceLock<Result<Arc<ClientConfig>, rustls::Error>>,
}

impl Trust {
    /// The authorities that everybody believes, those of the machine, and whoever is in the file.
    ///
    /// # Errors
    /// When the file cannot be read, or has no certificate.
    pub fn with(file: &Path) -> Result<Self, BadPem> {
        Ok(Self(Arc::new(Inner { named: pem::certificates(file)?, ..Inner::default() })))
    }

    /// Every certificate that vouches for others.
    #[must_use]
    pub fn certificates(&self) -> &[CertificateDer<'static>] {
        self.0.all.get_or_init(|| {
            // A machine that keeps none, or some that cannot be read, still has the well-known ones.
            let machine = rustls_native_certs::load_native_certs().certs;
            let known = webpki_root_certs::TLS_SERVER_ROOT_CERTS.iter().cloned();
            known.chain(machine).chain(self.0.named.iter().cloned()).collect()
        })
    }

    /// How to begin an encrypted connection.
    ///
    /// # Errors
    /// When the library was built without the versions that it needs.
    pub fn config(&self) -> Result<Arc<ClientConfig>, rustls::Error> {
        let make = || {
            let mut roots = RootCertStore::empty();
            // Old machines keep some that are not of today's form.
            roots.add_parsable_certificates(self.certificates().iter().cloned());
            let builder =
                ClientConfig::builder_with_provider(provider()).with_protocol_versions(rustls::DEFAULT_VERSIONS)?;
            Ok(Arc::new(builder.with_root_certificates(roots).with_no_client_auth()))
        };
        self.0.config.get_or_init(make).clone()
    }
}

/// What does the arithmetic; the same for everything encrypted here.
#[must_use]
pub fn provider() -> Arc<CryptoProvider> {
    Arc::new(ring::default_provider())
}

impl fmt::Debug for Trust {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Trust({} named)", self.0.named.len())
    }
}
