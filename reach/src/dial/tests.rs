//! A program reaches a floor over TLS, and says in one sentence why not.

use super::dial;
use crate::{Address, Trust, trust::provider};
use rustls::{
    ServerConfig, ServerConnection, StreamOwned,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
};
use std::{io::Write, net::TcpListener, path::PathBuf, sync::Arc, thread, time::Duration};
use tungstenite::Message;

/// Certificates, and keys of those that a server shows. `make.sh` beside them makes them anew.
const CERTIFICATES: [(&str, &str, &str); 6] = [
    ("floor", include_str!("../../tests/certificates/floor.pem"), include_str!("../../tests/certificates/floor.key")),
    (
        "elsewhere",
        include_str!("../../tests/certificates/elsewhere.pem"),
        include_str!("../../tests/certificates/elsewhere.key"),
    ),
    (
        "expired",
        include_str!("../../tests/certificates/expired.pem"),
        include_str!("../../tests/certificates/expired.key"),
    ),
    ("room", include_str!("../../tests/certificates/room.pem"), include_str!("../../tests/certificates/room.key")),
    ("plain", "", ""),
    ("pages", "", ""),
];
const AUTHORITY: &str = include_str!("../../tests/certificates/authority.pem");
const STRANGER: &str = include_str!("../../tests/certificates/stranger.pem");

/// A floor that says back what it hears, once; "plain" and "pages" show no certificate. Returns its port.
fn floor(name: &str) -> u16 {
    let (shown, cert, key) = CERTIFICATES.into_iter().find(|(known, ..)| *known == name).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        if shown == "pages" {
            // As web servers do to whatever they cannot read.
            return stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").unwrap();
        }
        if cert.is_empty() {
            return echo(stream);
        }
        let chain = CertificateDer::pem_slice_iter(cert.as_bytes()).collect::<Result<_, _>>().unwrap();
        let key = PrivateKeyDer::from_pem_slice(key.as_bytes()).unwrap();
        let config = ServerConfig::builder_with_provider(provider())
            .with_protocol_versions(rustls::DEFAULT_VERSIONS)
            .and_then(|builder| builder.with_no_client_auth().with_single_cert(chain, key))
            .unwrap();
        echo(StreamOwned::new(ServerConnection::new(Arc::new(config)).unwrap(), stream));
    });
    port
}

fn echo(stream: impl std::io::Read + std::io::Write) {
    // Whoever does not believe the certificate goes away.
    let Ok(mut socket) = tungstenite::accept(stream) else { return };
    let heard = socket.read().unwrap();
    socket.send(heard).unwrap();
}

/// Trust in what a file of this text names.
fn trusting(pem: &str) -> Trust {
    static NEXT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
    let number = NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let file: PathBuf = std::env::temp_dir().join(format!("outcry-trust-{}-{number}.pem", std::process::id()));
    std::fs::write(&file, pem).unwrap();
    let trust = Trust::with(&file).unwrap();
    std::fs::remove_file(&file).unwrap();
    trust
}

/// Dials and says something; what is heard, or why not.
fn speak(url: &str, trust: &Trust) -> Result<Message, String> {
    let address: Address = url.parse().unwrap();
    let mut socket = dial(&address, trust, 1 << 10, Duration::from_secs(20)).map_err(|error| error.to_string())?;
    socket.send(Message::binary(&b"hello"[..])).unwrap();
    Ok(socket.read().unwrap())
}

#[test]
fn a_floor_that_is_vouched_for_is_reached() {
    let room = CERTIFICATES.into_iter().find(|(name, ..)| *name == "room").unwrap().1;
    for (shown, host, trust) in [
        ("floor", "localhost", trusting(AUTHORITY)),
        ("floor", "127.0.0.1", trusting(AUTHORITY)),
        // Signed by itself, and named.
        ("room", "127.0.0.1", trusting(room)),
        // One file may name many.
        ("floor", "127.0.0.1", trusting(&format!("{STRANGER}{AUTHORITY}"))),
    ] {
        let heard = speak(&format!("https://{host}:{}", floor(shown)), &trust);
        assert_eq!(heard, Ok(Message::binary(&b"hello"[..])), "{shown} at {host}");
    }
    let heard = speak(&format!("http://127.0.0.1:{}", floor("plain")), &Trust::default());
    assert_eq!(heard, Ok(Message::binary(&b"hello"[..])));
}

#[test]
fn whoever_is_not_vouched_for_is_refused_in_one_sentence() {
    for (shown, scheme, trust, words) in [
        ("floor", "https", Trust::default(), "its certificate is signed by nobody who is trusted here"),
        ("floor", "https", trusting(STRANGER), "its certificate is signed by nobody who is trusted here"),
        ("expired", "https", trusting(AUTHORITY), "its certificate has expired, "),
        ("elsewhere", "https", trusting(AUTHORITY), "its certificate is for elsewhere.example, not for 127.0.0.1"),
        ("plain", "https", Trust::default(), "it hangs up when TLS begins"),
        ("pages", "https", Trust::default(), "it does not speak TLS"),
        ("floor", "http", trusting(AUTHORITY), "no floor answers at http://127.0.0.1"),
    ] {
        let sentence = speak(&format!("{scheme}://127.0.0.1:{}", floor(shown)), &trust).unwrap_err();
        assert!(sentence.starts_with(&format!("no floor answers at {scheme}://127.0.0.1:")), "{sentence}");
        assert!(sentence.contains(words) && !sentence.contains('\n'), "{shown}: {sentence}");
    }
}

#[test]
fn a_host_that_is_not_there_is_named() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let sentence = speak(&format!("https://127.0.0.1:{port}"), &Trust::default()).unwrap_err();
    assert!(sentence.contains("refused"), "{sentence}");
}
