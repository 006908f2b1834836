//! What a cache may keep, and how it asks whether that is still so.

use axum::http::{HeaderMap, header};

/// For what never changes under its address.
pub(super) const FOREVER: &str = "public, max-age=31536000, immutable";

/// The tag of some content.
pub(super) fn tag(content: &[u8]) -> String {
    format!("\"{}\"", &blake3::hash(content).to_hex()[..32])
}

/// Whether the asker has what bears this tag: then a 304 says enough. Several header lines are one list.
pub(super) fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let conditions = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    conditions.into_iter().any(|condition| names_tag(condition, tag))
}

/// Whether a condition names a tag, also where a proxy has made it a weak one.
fn names_tag(condition: &str, tag: &str) -> bool {
    condition.split(',').map(str::trim).any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn a_condition_may_name_several_tags() {
        for (conditions, expected) in [
            (&["\"ab\""][..], true),
            (&["W/\"ab\""], true),
            (&["\"cd\", W/\"ab\""], true),
            (&["\"cd\",\"ab\""], true),
            (&["\"cd\"", "\"ab\""], true),
            (&["*"], true),
            (&["\"abc\""], false),
            (&["W/W/\"ab\""], false),
            (&["ab"], false),
            (&[""], false),
            (&[], false),
        ] {
            let mut headers = HeaderMap::new();
            for condition in conditions {
                headers.append(header::IF_NONE_MATCH, HeaderValue::from_static(condition));
            }
            assert_eq!(is_known(&headers, "\"ab\""), expected, "{conditions:?}");
        }
    }
}
