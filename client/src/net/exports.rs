//! Files of the server that need the host's right.

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
    fetch::get(&url, Some(&bearer), trust, move |got| {
        let said = match got {
            Ok((200, bytes)) => return platform::save_file(&name, &bytes, &outcomes),
            Ok((status, body)) => refusal(status, &body),
            Err(reason) => format!("no export: {reason}"),
        };
        let _ = outcomes.send(Outcome::Said(Err(said)));
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
