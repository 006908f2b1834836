//! Files of the server that need the host's right.

#[cfg(not(target_arch = "wasm32"))]
use super::fetch;
use crate::platform::{self, Outcome, Trust};
use outcry_desk::{action::Export, link::Server};
use outcry_shared::secret::HostGrant;
use std::sync::mpsc::Sender;

/// Fetches a file from the server and saves it; what came of it goes to
/// `outcomes`.
pub(crate) fn fetch(net: (&Server, &Trust), export: &Export, grant: Option<HostGrant>, outcomes: Sender<Outcome>) {
    let Some(grant) = grant else {
        let _ = outcomes.send(Outcome::Said(Err("exports need the host's password".to_owned())));
        return;
    };
    let (server, trust) = net;
    let url = format!("{}{}", server.base_url(), export.path());
    let bearer = format!("Bearer {}", grant.to_hex());
    let name = export.file_name();
    get(url, bearer, trust, move |got| match got {
        Ok(bytes) => platform::save_file(&name, &bytes, &outcomes),
        Err(reason) => {
            let _ = outcomes.send(Outcome::Said(Err(reason)));
        }
    });
}

/// The sentence in an answer that is not the file.
fn refusal(status: u16, body: &[u8]) -> String {
    let sentence = serde_json::from_slice::<serde_json::Value>(body).ok();
    let sentence = sentence.and_then(|json| json.get("error")?.as_str().map(str::to_owned));
    let plain =
        || std::str::from_utf8(body).ok().filter(|text| !text.is_empty() && text.len() < 200).map(str::to_owned);
    sentence.or_else(plain).unwrap_or_else(|| format!("the server answered {status} to the export"))
}

#[cfg(not(target_arch = "wasm32"))]
fn get(url: String, bearer: String, trust: &Trust, then: impl FnOnce(Result<Vec<u8>, String>) + Send + 'static) {
    let trust = trust.clone();
    std::thread::spawn(move || {
        let got = fetch::get(&url, &bearer, &trust);
        then(got.and_then(|(status, body)| if status == 200 { Ok(body) } else { Err(refusal(status, &body)) }));
    });
}

#[cfg(target_arch = "wasm32")]
fn get(url: String, bearer: String, _trust: &Trust, then: impl FnOnce(Result<Vec<u8>, String>) + 'static) {
    wasm_bindgen_futures::spawn_local(async move {
        let got = get_from_browser(&url, &bearer).await;
        then(got.unwrap_or_else(|_| Err("the export could not be fetched: is the server there?".to_owned())));
    });
}

#[cfg(target_arch = "wasm32")]
async fn get_from_browser(url: &str, bearer: &str) -> Result<Result<Vec<u8>, String>, wasm_bindgen::JsValue> {
    use wasm_bindgen::JsCast;
    use wasm_bindgen_futures::JsFuture;
    let headers = web_sys::Headers::new()?;
    headers.set("Authorization", bearer)?;
    let options = web_sys::RequestInit::new();
    options.set_headers(&headers);
    let window = web_sys::window().ok_or(wasm_bindgen::JsValue::NULL)?;
    let answer = JsFuture::from(window.fetch_with_str_and_init(url, &options)).await?;
    let answer: web_sys::Response = answer.dyn_into()?;
    let body = JsFuture::from(answer.array_buffer()?).await?;
    let body = js_sys::Uint8Array::new(&body).to_vec();
    Ok(if answer.ok() { Ok(body) } else { Err(refusal(answer.status(), &body)) })
}

#[cfg(test)]
mod tests {
    use super::refusal;

    #[test]
    fn a_refusal_is_one_sentence() {
        assert_eq!(refusal(403, br#"{"error":"not the host"}"#), "not the host");
        assert_eq!(refusal(404, b"no such session"), "no such session");
        assert_eq!(refusal(500, b""), "the server answered 500 to the export");
    }
}
