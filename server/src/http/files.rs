//! The web client's files: a fixed list, read into memory at the start. Whatever an address
//! says, nothing else can be reached.

use super::sentence::sentence;
use axum::{
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use std::{collections::BTreeMap, io, path::Path, sync::Arc};

/// The page that `/` shows.
const INDEX: &str = "index.html";
/// Largest file that is taken, in bytes; a larger one is left out and named in the log.
const FILE_BYTES_MAX: u64 = 256 << 20;
/// Encodings that a file may lie beside it in: suffix and name, the best first.
const ENCODINGS: [(&str, &str); 2] = [(".br", "br"), (".gz", "gzip")];
/// For a file whose name holds a hash of its content.
const FOREVER: &str = "public, max-age=31536000, immutable";
/// For every other file: asked for again each time, answered shortly if unchanged.
const REVALIDATE: &str = "no-cache";

/// A file in memory.
#[derive(Debug)]
struct WebFile {
    media_type: &'static str,
    caching: &'static str,
    tag: String,
    plain: Bytes,
    /// Compressed forms in the order of [`ENCODINGS`].
    packed: [Option<Bytes>; 2],
}

/// The web client's files by name.
#[derive(Debug, Default)]
pub struct WebFiles(BTreeMap<String, WebFile>);

impl WebFiles {
    /// Reads every file that lies directly in a directory. Without one there are no files,
    /// and the page says how to make them.
    ///
    /// # Errors
    /// When the directory is there and cannot be read.
    pub fn load(directory: &Path) -> io::Result<Self> {
        let mut read = BTreeMap::new();
        let entries = match std::fs::read_dir(directory) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(error),
        };
        for entry in entries {
            let entry = entry?;
            let Ok(name) = entry.file_name().into_string() else { continue };
            // A link is not followed: it could lead out of the directory.
            let about = entry.path().symlink_metadata()?;
            if !about.is_file() || name.starts_with('.') {
                continue;
            }
            if about.len() > FILE_BYTES_MAX {
                tracing::warn!(name, bytes = about.len(), "a file of the web client is too large");
                continue;
            }
            read.insert(name, Bytes::from(std::fs::read(entry.path())?));
        }
        Ok(Self::from_files(read))
    }

    /// Files with their compressed forms beside them.
    pub(super) fn from_files(mut read: BTreeMap<String, Bytes>) -> Self {
        let plain_names: Vec<_> =
            read.keys().filter(|name| ENCODINGS.iter().all(|(suffix, _)| !name.ends_with(suffix))).cloned().collect();
        let mut files = BTreeMap::new();
        for name in plain_names {
            let packed = ENCODINGS.map(|(suffix, _)| read.remove(&format!("{name}{suffix}")));
            let Some(plain) = read.remove(&name) else { continue };
            let file = WebFile {
                media_type: media_type(&name),
                caching: if is_hashed(&name) { FOREVER } else { REVALIDATE },
                tag: format!("\"{}\"", &blake3::hash(&plain).to_hex()[..32]),
                plain,
                packed,
            };
            files.insert(name, file);
        }
        Self(files)
    }

    /// The names of all files.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

/// Whether a name holds a hash of the file's content, as `outcry-1f0c3a9e.js` does.
fn is_hashed(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    let stem = stem.strip_suffix("_bg").unwrap_or(stem);
    let hash = stem.rsplit('-').next().unwrap_or_default();
    hash.len() >= 8 && hash.len() < stem.len() && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "webp" => "image/webp",
        "json" | "webmanifest" => "application/json",
        "txt" => "text/plain; charset=utf-8",
        "ogg" => "audio/ogg",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}

/// A file of the list, or 404.
pub(super) async fn serve(
    State(files): State<Arc<WebFiles>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    if method != Method::GET && method != Method::HEAD {
        let mut response = sentence(StatusCode::METHOD_NOT_ALLOWED, "only GET and HEAD work here");
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        return response;
    }
    let name = match uri.path() {
        "/" => INDEX,
        path => path.strip_prefix('/').unwrap_or(path),
    };
    match files.0.get(name) {
        Some(file) => file.answer(&method, &headers),
        None if name == INDEX => {
            sentence(StatusCode::SERVICE_UNAVAILABLE, "The web client has not been built: run `cargo xtask web`.\n")
        }
        None => sentence(StatusCode::NOT_FOUND, "There is nothing at this address.\n"),
    }
}

impl WebFile {
    fn answer(&self, method: &Method, headers: &HeaderMap) -> Response {
        let same = headers.get(header::IF_NONE_MATCH).is_some_and(|tag| tag.as_bytes() == self.tag.as_bytes());
        let common = [
            (header::CACHE_CONTROL, self.caching),
            (header::ETAG, self.tag.as_str()),
            (header::VARY, "Accept-Encoding"),
        ];
        if same {
            return (StatusCode::NOT_MODIFIED, common).into_response();
        }
        let (encoding, bytes) = self.best(headers);
        let length = bytes.len();
        let body = if method == Method::HEAD { Body::empty() } else { Body::from(bytes) };
        let mut response = (common, [(header::CONTENT_TYPE, self.media_type)], body).into_response();
        response.headers_mut().insert(header::CONTENT_LENGTH, length.into());
        if let Some(encoding) = encoding {
            response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        response
    }

    /// The best form that the asker takes.
    fn best(&self, headers: &HeaderMap) -> (Option<&'static str>, Bytes) {
        let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
        for (packed, (_, encoding)) in self.packed.iter().zip(ENCODINGS) {
            if let Some(bytes) = packed
                && accepts(accepted, encoding)
            {
                return (Some(encoding), bytes.clone());
            }
        }
        (None, self.plain.clone())
    }
}

/// Whether an encoding is named and not refused by `q=0`.
fn accepts(accepted: &str, encoding: &str) -> bool {
    accepted.split(',').any(|item| {
        let mut parts = item.split(';').map(str::trim);
        let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(encoding));
        let weight = parts.find_map(|part| part.strip_prefix("q=")).and_then(|weight| weight.parse::<f32>().ok());
        named && weight.unwrap_or(1.0) > 0.0
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_with_a_hash_are_kept_forever() {
        for (name, expected) in [
            ("outcry-1f0c3a9e.js", true),
            ("outcry-1f0c3a9e_bg.wasm", true),
            ("outcry-0123456789abcdef.js", true),
            ("index.html", false),
            ("boot.js", false),
            ("deadbeef.js", false),
            ("icon-192.png", false),
            ("outcry-notahash.js", false),
        ] {
            assert_eq!(is_hashed(name), expected, "{name}");
        }
    }

    #[test]
    fn encodings_can_be_refused() {
        for (accepted, expected) in [
            ("gzip, deflate, br", true),
            ("br;q=0.5", true),
            ("br;q=0", false),
            ("gzip", false),
            ("", false),
            ("BR", true),
        ] {
            assert_eq!(accepts(accepted, "br"), expected, "{accepted}");
        }
    }
}
