//! The flat directory that the server reads into memory: pages, glue and program, the large
//! ones under names that change with their content, so that browsers may keep them for ever;
//! and the fonts, which a floor fetches when a name needs them.

use super::{bindgen::Bound, compress};
use crate::{
    failure::{Context, Failure, Result},
    place::fresh_dir,
};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Hexadecimal digits of a content's hash in a file name.
const HASH_DIGITS: usize = 16;
/// Pages of `web/`, filled with what they share and with the names of the programs.
const PAGES: [&str; 3] = ["index.html", "code.html", "rooms.html"];
/// What pages share: files of `web/parts`, each in the place of its name.
const PARTS: &str = "parts";
const SHARED: [&str; 3] = ["head", "hall", "brand"];
/// Files of `web/` that are served as they are.
const PLAIN: [&str; 15] = [
    "boot.js",
    "code.js",
    "floors.js",
    "hands.js",
    "light.js",
    "morph.js",
    "place.js",
    "result.js",
    "room.js",
    "rooms.css",
    "rooms.js",
    "seat.js",
    "visit.js",
    "room.css",
    "icon.svg",
];
/// Sheets in the order in which they count, served as one by the first one's name: what is asked for once comes sooner,
/// and packs better.
const SHEETS: [&[&str]; 2] = [
    &["style.css", "door.css"],
    &[
        "light.css",
        "light-head.css",
        "light-page.css",
        "light-panels.css",
        "light-figures.css",
        "light-moments.css",
        "light-drama.css",
        "light-large.css",
    ],
];

/// What the fonts are given under.
const FONT_LICENCES: [&str; 3] = ["OFL.txt", "APACHE.txt", "UFL.txt"];

/// Folders of what is served as it is.
pub(crate) struct Sources {
    pub(crate) web: PathBuf,
    pub(crate) fonts: PathBuf,
}

/// The programs of the page.
pub(crate) struct Programs {
    /// The floor that draws the room; without it the page has the light floor alone.
    pub(crate) full: Option<Bound>,
    /// The floor that is text.
    pub(crate) light: Bound,
}

/// A program with its script, under names that change with their content; one that is not there has no names.
#[derive(Default)]
struct Named {
    script_name: String,
    script: String,
    wasm_name: String,
    wasm: Vec<u8>,
}

impl Named {
    fn read(stem: &str, bound: &Bound) -> Result<Self> {
        let wasm = fs::read(&bound.wasm).context(bound.wasm.display())?;
        let glue = fs::read_to_string(&bound.script).context(bound.script.display())?;
        if glue.contains("from './snippets/") {
            return Err(Failure::new(
                "a dependency brings JavaScript of its own, which the flat directory has no place for",
            ));
        }
        let hash = blake3::hash(&[&wasm, glue.as_bytes()].concat()).to_hex();
        let hash = &hash[..HASH_DIGITS];
        let wasm_name = format!("{stem}-{hash}_bg.wasm");
        let script = glue.replace("outcry_bg.wasm", &wasm_name);
        Ok(Self { script_name: format!("{stem}-{hash}.js"), script, wasm_name, wasm })
    }
}

/// Fills `dist` from the folders of the pages and of the fonts; returns its uncompressed files.
///
/// # Errors
/// When a file cannot be read or written, or the page lacks a place to fill in.
pub(crate) fn assemble(
    Sources { web, fonts }: &Sources,
    programs: &Programs,
    dist: &Path,
    brotli_quality: i32,
) -> Result<Vec<PathBuf>> {
    let full = programs.full.as_ref().map(|bound| Named::read("outcry", bound)).transpose()?.unwrap_or_default();
    let light = Named::read("light", &programs.light)?;

    fresh_dir(dist)?;
    let mut files = Vec::new();
    let mut put = |name: &str, content: &[u8]| -> Result<()> {
        let file = dist.join(name);
        fs::write(&file, content).context(file.display())?;
        compress::beside(&file, brotli_quality)?;
        files.push(file);
        Ok(())
    };
    for program in [&full, &light].into_iter().filter(|program| !program.wasm.is_empty()) {
        put(&program.wasm_name, &program.wasm)?;
        put(&program.script_name, program.script.as_bytes())?;
    }
    for name in PLAIN {
        let file = web.join(name);
        put(name, &fs::read(&file).context(file.display())?)?;
    }
    for sheets in SHEETS {
        let files = sheets.iter().map(|sheet| web.join(sheet));
        let texts: Result<Vec<_>> = files.map(|file| fs::read(&file).context(file.display())).collect();
        put(sheets[0], &texts?.concat())?;
    }
    for (name, text) in pages(web, &full, &light)? {
        put(name, text.as_bytes())?;
    }
    // The light floor has the browser's fonts.
    if programs.full.is_none() {
        return Ok(files);
    }
    for licence in FONT_LICENCES {
        let file = fonts.join(licence);
        put(&format!("font-{licence}"), &fs::read(&file).context(file.display())?)?;
    }
    files.extend(put_fonts(fonts, dist)?);
    Ok(files)
}

/// The pages, filled. Whatever is there to be filled in is wanted somewhere.
fn pages(web: &Path, full: &Named, light: &Named) -> Result<Vec<(&'static str, String)>> {
    let mut values = vec![
        ("script", full.script_name.clone()),
        ("wasm", full.wasm_name.clone()),
        ("wasm_bytes", full.wasm.len().to_string()),
        ("light_script", light.script_name.clone()),
        ("light_wasm", light.wasm_name.clone()),
    ];
    for name in SHARED {
        values.push((name, read(&web.join(PARTS).join(format!("{name}.html")))?.trim_end().to_owned()));
    }
    let texts: Result<Vec<_>> = PAGES.iter().map(|name| Ok((*name, read(&web.join(name))?))).collect();
    let texts = texts?;
    if let Some((name, _)) = values.iter().find(|(name, _)| !texts.iter().any(|(_, text)| text.contains(&braced(name))))
    {
        return Err(Failure::new(format!("no page has {}", braced(name))));
    }
    texts.into_iter().map(|(name, text)| Ok((name, filled(name, text, &values)?))).collect()
}

fn read(file: &Path) -> Result<String> {
    fs::read_to_string(file).context(file.display())
}

fn braced(name: &str) -> String {
    format!("{{{{{name}}}}}")
}

/// A text with values in the place of their names.
fn filled(page: &str, mut text: String, values: &[(&str, String)]) -> Result<String> {
    for (name, value) in values {
        text = text.replace(&braced(name), value);
    }
    match text.find("{{") {
        None => Ok(text),
        Some(at) => {
            let left: String = text[at..].chars().take_while(|letter| *letter != '\n').collect();
            Err(Failure::new(format!("{page} asks for what there is not: {left}")))
        }
    }
}

/// Fonts come packed by brotli, as well as it can, and stay as they are.
fn put_fonts(fonts: &Path, dist: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(fonts).context(fonts.display())?.flatten().map(|entry| entry.path());
    let mut packed: Vec<_> = entries.filter(|path| path.extension().is_some_and(|end| end == "br")).collect();
    packed.sort();
    packed.iter().map(|font| put_font(font, dist)).collect()
}

fn put_font(packed: &Path, dist: &Path) -> Result<PathBuf> {
    let name = packed.file_stem().unwrap_or_default().to_string_lossy();
    let file = dist.join(format!("font-{name}"));
    compress::unpacked(packed, &file)?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_have_what_they_share_and_nothing_is_left_open() {
        let values = [("head", "<title>A</title>".to_owned()), ("wasm", "a.wasm".to_owned())];
        let page = |text: &str| filled("a.html", text.to_owned(), &values).map_err(|why| why.to_string());
        assert_eq!(page("{{head}} <a href=\"/{{wasm}}\">"), Ok("<title>A</title> <a href=\"/a.wasm\">".to_owned()));
        assert_eq!(page("{{haed}}\n"), Err("a.html asks for what there is not: {{haed}}".to_owned()));
    }
}
