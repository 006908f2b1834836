//! Files as people save them, and the file of `--config`: what it says of each setting, and in which line.

use super::{
    error::ConfigError,
    table::{SETTINGS, setting},
};
use std::{collections::BTreeMap, path::Path};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

/// Largest configuration file that is read, in bytes.
const FILE_BYTES_MAX: u64 = 1 << 20;

/// What a file says of its settings, by their names: the line and the values.
pub(super) type Lines = BTreeMap<&'static str, (usize, Vec<String>)>;

/// The text of a file, without the mark that some editors begin it with.
pub(super) fn read(path: &Path) -> Result<String, ConfigError> {
    let failed = |reason: String| ConfigError::Read(path.display().to_string(), reason);
    let size = std::fs::metadata(path).map_err(|error| failed(error.to_string()))?.len();
    if size > FILE_BYTES_MAX {
        return Err(failed(format!("it has {size} bytes, at most {FILE_BYTES_MAX} are read")));
    }
    let bytes = std::fs::read(path).map_err(|error| failed(error.to_string()))?;
    let text = String::from_utf8(bytes).map_err(|_| failed("it is not UTF-8: save it as that".to_owned()))?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned())
}

/// What the file of `--config` says.
pub(super) fn lines(path: &Path) -> Result<Lines, ConfigError> {
    let text = read(path)?;
    let line_of = |at: usize| text[..at.min(text.len())].matches('\n').count() + 1;
    let wrong = |line: usize, why: &str| ConfigError::File(path.display().to_string(), format!("line {line}: {why}"));
    let table = DeTable::parse(&text)
        .map_err(|error| wrong(error.span().map_or(1, |span| line_of(span.start)), error.message()))?;
    let mut lines = Lines::new();
    for (key, value) in table.get_ref() {
        let line = line_of(key.span().start);
        let name = key.get_ref().replace('-', "_");
        let Some(setting) = setting(&name) else {
            return Err(wrong(line, &unknown(key.get_ref(), &name)));
        };
        let said =
            texts(value).ok_or_else(|| wrong(line, &format!("{name} is neither a value nor a list of values")))?;
        lines.insert(setting.name, (line, said));
    }
    Ok(lines)
}

/// What is said of a setting that there is not: those that begin like it, and where all are. A list of all is no sentence.
fn unknown(said: &str, name: &str) -> String {
    let begin = name.get(..2).unwrap_or(name);
    let near: Vec<_> = SETTINGS.iter().map(|it| it.name).filter(|known| known.starts_with(begin)).collect();
    let near = if near.is_empty() { String::new() } else { format!("{} would be near, ", near.join(" or ")) };
    format!("there is no setting \"{said}\": {near}outcry-server --help has all")
}

/// A value as a text, a list as several.
fn texts(value: &Spanned<DeValue<'_>>) -> Option<Vec<String>> {
    if let DeValue::Array(values) = value.get_ref() {
        return values.iter().map(text).collect();
    }
    text(value).map(|text| vec![text])
}

fn text(value: &Spanned<DeValue<'_>>) -> Option<String> {
    match value.get_ref() {
        DeValue::String(text) => Some(text.clone().into_owned()),
        DeValue::Integer(number) => Some(number.as_str().to_owned()),
        DeValue::Boolean(yes) => Some(yes.to_string()),
        _ => None,
    }
}
