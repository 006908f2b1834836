//! What is fetched from the server besides what its socket brings, encrypted where its address says so: by a thread of its
//! own on a desktop, by the browser in a page.

#[cfg(target_arch = "wasm32")]
use crate::platform::Trust;
use outcry_desk::link::Answer;
#[cfg(not(target_arch = "wasm32"))]
use outcry_reach::{Trust, trust::provider, words::about_tls};
#[cfg(not(target_arch = "wasm32"))]
use ureq::{
    Agent, Error,
    tls::{Certificate, RootCerts, TlsConfig},
};

/// The largest file that is fetched, in bytes; a larger one is refused.
#[cfg(not(target_arch = "wasm32"))]
const BYTES_MAX: u64 = 1 << 30;

/// Asks for a file, showing a right where one is needed, and hands on the answer.
#[cfg(not(target_arch = "wasm32"))]
pub(super) fn get(url: &str, bearer: Option<&str>, trust: &Trust, then: impl FnOnce(Answer) + Send + 'static) {
    let (url, bearer, trust) = (url.to_owned(), bearer.map(str::to_owned), trust.clone());
    std::thread::spawn(move || then(blocking(&url, bearer.as_deref(), &trust)));
}

#[cfg(not(target_arch = "wasm32"))]
fn blocking(url: &str, bearer: Option<&str>, trust: &Trust) -> Answer {
    let roots: Vec<_> = trust.certificates().iter().map(|it| Certificate::from_der(it).to_owned()).collect();
    let tls = TlsConfig::builder()
        .root_certs(RootCerts::new_with_certs(&roots))
        .unversioned_rustls_crypto_provider(provider())
        .build();
    let agent: Agent = Agent::config_builder().http_status_as_error(false).tls_config(tls).build().into();
    let mut request = agent.get(url);
    if let Some(bearer) = bearer {
        request = request.header("Authorization", bearer);
    }
    let mut answer = request.call().map_err(|error| format!("the server could not be asked: {}", in_words(&error)))?;
    let body = answer.body_mut().with_config().limit(BYTES_MAX).read_to_vec();
    let body = body.map_err(|error| format!("the answer broke off: {error}"))?;
    Ok((answer.status().as_u16(), body))
}

/// The same from a page.
#[cfg(target_arch = "wasm32")]
pub(super) fn get(url: &str, bearer: Option<&str>, _trust: &Trust, then: impl FnOnce(Answer) + 'static) {
    let (url, bearer) = (url.to_owned(), bearer.map(str::to_owned));
    wasm_bindgen_futures::spawn_local(async move {
        let got = from_browser(&url, bearer.as_deref()).await;
        then(got.map_err(|_| "the server could not be asked: is it there?".to_owned()));
    });
}

#[cfg(target_arch = "wasm32")]
async fn from_browser(url: &str, bearer: Option<&str>) -> Result<(u16, Vec<u8>), wasm_bindgen::JsValue> {
    use wasm_bindgen::JsCast;
    use wasm_bindgen_futures::JsFuture;
    let options = web_sys::RequestInit::new();
    if let Some(bearer) = bearer {
        let headers = web_sys::Headers::new()?;
        headers.set("Authorization", bearer)?;
        options.set_headers(&headers);
    }
    let window = web_sys::window().ok_or(wasm_bindgen::JsValue::NULL)?;
    let answer = JsFuture::from(window.fetch_with_str_and_init(url, &options)).await?;
    let answer: web_sys::Response = answer.dyn_into()?;
    let body = JsFuture::from(answer.array_buffer()?).await?;
    Ok((answer.status(), js_sys::Uint8Array::new(&body).to_vec()))
}

#[cfg(not(target_arch = "wasm32"))]
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
        assert_eq!(blocking(&floor(), Some("Bearer 7"), &authority()), Ok((200, b"a,b\n".to_vec())));
        assert_eq!(blocking(&floor(), Some("Bearer 8"), &authority()), Ok((403, vec![])));
        let stranger = blocking(&floor(), Some("Bearer 7"), &Trust::default()).unwrap_err();
        assert!(
            stranger.starts_with("the server could not be asked: its certificate is signed by nobody"),
            "{stranger}"
        );
    }
}
