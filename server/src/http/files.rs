//! The web client's files: a fixed list, read into memory at the start. Whatever an address
//! says, nothing else can be reached.

use super::{
    inside,
    sentence::sentence,
    tags::{FOREVER, is_known, tag},
};
use axum::{
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use flate2::read::GzDecoder;
use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, Read},
    path::Path,
    sync::{Arc, OnceLock},
};

/// The page that `/` shows.
const INDEX: &str = "index.html";
/// Largest file that is taken, in bytes; a larger one is left out and named in the log.
const FILE_BYTES_MAX: u64 = 256 << 20;
/// Encodings that a file may lie beside it in: suffix and name, the best first.
const ENCODINGS: [(&str, &str); 2] = [(".br", "br"), (".gz", "gzip")];
/// Of these, the one that the plain form can be made of again.
const GZIP: usize = 1;
/// What `/` says of a program that was built without them.
const NO_PAGES: &str = "This server has no pages inside: `cargo xtask release` builds one that has, \
    and --web-dir dist/web serves those that `cargo xtask web` makes.\n";
/// For every other file: asked for again each time, answered shortly if unchanged.
const REVALIDATE: &str = "no-cache";

/// A file in memory.
#[derive(Debug)]
struct WebFile {
    media_type: &'static str,
    caching: &'static str,
    tag: String,
    /// As it is; where only compressed forms came, unpacked for the first who asks for it.
    plain: OnceLock<Bytes>,
    /// Compressed forms in the order of [`ENCODINGS`].
    packed: [Option<Bytes>; 2],
}

/// The web client's files by name.
#[derive(Debug, Default)]
pub struct WebFiles(BTreeMap<String, WebFile>);

impl WebFiles {
    /// Those inside a program. Of a program without any the page says how to have them.
    ///
    /// # Errors
    /// When the program cannot be read, or what is in it is damaged.
    pub fn inside(program: &Path) -> io::Result<Self> {
        inside::read(program).map(Self::from_files)
    }

    /// Reads every file that lies directly in a directory.
    ///
    /// # Errors
    /// When the directory cannot be read.
    pub fn load(directory: &Path) -> io::Result<Self> {
        let mut read = BTreeMap::new();
        for entry in std::fs::read_dir(directory)? {
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

    /// Files with their compressed forms beside them, or these alone.
    pub(super) fn from_files(mut read: BTreeMap<String, Bytes>) -> Self {
        let plain_name = |name: &String| {
            let name = ENCODINGS.iter().find_map(|(suffix, _)| name.strip_suffix(suffix)).unwrap_or(name);
            name.to_owned()
        };
        let names: BTreeSet<_> = read.keys().map(plain_name).collect();
        let mut files = BTreeMap::new();
        for name in names {
            let packed = ENCODINGS.map(|(suffix, _)| read.remove(&format!("{name}{suffix}")));
            let plain = read.remove(&name);
            let Some(content) = plain.as_ref().or(packed[GZIP].as_ref()) else { continue };
            let file = WebFile {
                media_type: media_type(&name),
                caching: if is_hashed(&name) { FOREVER } else { REVALIDATE },
                tag: tag(content),
                plain: plain.map(OnceLock::from).unwrap_or_default(),
                packed,
            };
            files.insert(name, file);
        }
        Self(files)
    }

    /// Whether there is a file of this name.
    pub(super) fn holds(&self, name: &str) -> bool {
        self.0.contains_key(name)
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
        "ttf" => "font/ttf",
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
        None if name == INDEX => sentence(StatusCode::SERVICE_UNAVAILABLE, NO_PAGES),
        None => sentence(StatusCode::NOT_FOUND, "There is nothing at this address.\n"),
    }
}

impl WebFile {
    fn answer(&self, method: &Method, headers: &HeaderMap) -> Response {
        let common = [
            (header::CACHE_CONTROL, self.caching),
            (header::ETAG, self.tag.as_str()),
            (header::VARY, "Accept-Encoding"),
        ];
        if is_known(headers, &self.tag) {
            return (StatusCode::NOT_MODIFIED, common).into_response();
        }
        let Some((encoding, bytes)) = self.best(headers) else {
            return sentence(StatusCode::INTERNAL_SERVER_ERROR, "This file is damaged inside the server.\n");
        };
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
    fn best(&self, headers: &HeaderMap) -> Option<(Option<&'static str>, Bytes)> {
        let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
        for (packed, (_, encoding)) in self.packed.iter().zip(ENCODINGS) {
            if let Some(bytes) = packed
                && accepts(accepted, encoding)
            {
                return Some((Some(encoding), bytes.clone()));
            }
        }
        self.plain().map(|bytes| (None, bytes))
    }

    /// Hardly anybody asks for it: browsers take it packed.
    fn plain(&self) -> Option<Bytes> {
        if let Some(plain) = self.plain.get() {
            return Some(plain.clone());
        }
        let mut plain = Vec::new();
        let packed = self.packed[GZIP].as_ref()?;
        GzDecoder::new(packed.as_ref()).take(FILE_BYTES_MAX).read_to_end(&mut plain).ok()?;
        Some(self.plain.get_or_init(|| plain.into()).clone())
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
