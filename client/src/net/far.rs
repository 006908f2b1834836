//! The other end of a test's connection: a thread behind a certificate.

use outcry_reach::{Trust, trust::provider};
use rustls::{
    ServerConfig, ServerConnection, StreamOwned,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
};
use std::{
    net::{TcpListener, TcpStream},
    path::Path,
    sync::Arc,
    thread,
};

const CERT: &[u8] = include_bytes!("../../../reach/tests/certificates/floor.pem");
const KEY: &[u8] = include_bytes!("../../../reach/tests/certificates/floor.key");

/// Serves one connection over TLS, with a certificate for this machine. Returns the port.
pub(super) fn listen(serve: impl FnOnce(StreamOwned<ServerConnection, TcpStream>) + Send + 'static) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let chain = CertificateDer::pem_slice_iter(CERT).collect::<Result<_, _>>().unwrap();
    let config = ServerConfig::builder_with_provider(provider())
        .with_protocol_versions(rustls::DEFAULT_VERSIONS)
        .and_then(|it| it.with_no_client_auth().with_single_cert(chain, PrivateKeyDer::from_pem_slice(KEY).unwrap()))
        .unwrap();
    thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        serve(StreamOwned::new(ServerConnection::new(Arc::new(config)).unwrap(), stream));
    });
    port
}

/// Trust in whoever has signed that certificate.
pub(super) fn authority() -> Trust {
    Trust::with(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../reach/tests/certificates/authority.pem")).unwrap()
}
