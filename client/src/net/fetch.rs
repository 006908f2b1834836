//! What a desktop fetches from the server besides the session, encrypted where the server's address says so. Blocking,
//! for a thread of its own.

use outcry_reach::{Trust, trust::provider, words::about_tls};
use ureq::{
    Agent, Error,
    tls::{Certificate, RootCerts, TlsConfig},
};

/// The largest file that is fetched, in bytes; a larger one is refused.
const BYTES_MAX: u64 = 1 << 30;

/// Status and body of the answer to whoever shows this right.
pub(super) fn get(url: &str, bearer: &str, trust: &Trust) -> Result<(u16, Vec<u8>), String> {
    let roots: Vec<_> = trust.certificates().iter().map(|it| Certificate::from_der(it).to_owned()).collect();
    let tls = TlsConfig::builder()
        .root_certs(RootCerts::new_with_certs(&roots))
        .unversioned_rustls_crypto_provider(provider())
        .build();
    let agent: Agent = Agent::config_builder().http_status_as_error(false).tls_config(tls).build().into();
    let answer = agent.get(url).header("Authorization", bearer).call();
    let mut answer = answer.map_err(|error| format!("the export could not be fetched: {}", in_words(&error)))?;
    let body = answer.body_mut().with_config().limit(BYTES_MAX).read_to_vec();
    let body = body.map_err(|error| format!("the export broke off: {error}"))?;
    Ok((answer.status().as_u16(), body))
}

fn in_words(error: &Error) -> String {
    let tls = match error {
        Error::Io(error) => about_tls(error),
        Error::Rustls(error) => about_tls(error),
        _ => None,
    };
    tls.unwrap_or_else(|| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::far::{self, authority};
    use std::io::{Read, Write};

    /// A floor over TLS that gives one file to whoever shows the right. Returns the file's address.
    fn floor() -> String {
        let port = far::listen(|mut stream| {
            let mut asked = Vec::new();
            let mut byte = [0];
            // Whoever does not believe the certificate says nothing.
            while !asked.ends_with(b"\r\n\r\n") && stream.read_exact(&mut byte).is_ok() {
                asked.push(byte[0]);
            }
            let shown = String::from_utf8(asked).unwrap().to_lowercase().contains("authorization: bearer 7");
            let answer =
                if shown { "200 OK\r\nContent-Length: 4\r\n\r\na,b\n" } else { "403 No\r\nContent-Length: 0\r\n\r\n" };
            let _ = write!(stream, "HTTP/1.1 {answer}");
        });
        format!("https://127.0.0.1:{port}/export/1/trades.csv")
    }

    #[test]
    fn files_are_fetched_over_tls_from_whom_one_believes() {
        assert_eq!(get(&floor(), "Bearer 7", &authority()), Ok((200, b"a,b\n".to_vec())));
        assert_eq!(get(&floor(), "Bearer 8", &authority()), Ok((403, vec![])));
        let stranger = get(&floor(), "Bearer 7", &Trust::default()).unwrap_err();
        assert!(
            stranger.starts_with("the export could not be fetched: its certificate is signed by nobody"),
            "{stranger}"
        );
    }
}
