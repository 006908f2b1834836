//! Where a setting is said: a flag wins over the environment, the environment over the file. Whatever is empty is not
//! said at all.

use super::{
    cli::Flags,
    error::ConfigError,
    file::{self, Lines},
    table::{Kind, SETTINGS, Setting},
    values,
};
use std::{
    collections::BTreeMap,
    env::{self, VarError},
    fmt,
    path::{Path, PathBuf},
};

/// Where something was said, the strongest first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// By a flag: its name.
    Flag(String),
    /// By a variable: its name.
    Variable(&'static str),
    /// In the file: the line, and the file's name.
    File(usize, String),
    /// Nowhere.
    Default,
}

impl Source {
    /// Of two, whether they are equally strong.
    pub(super) fn is_beside(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(name) => write!(f, "--{name}"),
            Self::Variable(name) => f.write_str(name),
            Self::File(line, file) => write!(f, "{file}, line {line}"),
            Self::Default => f.write_str("default"),
        }
    }
}

/// What was said of a setting.
pub(super) struct Said {
    /// One value; of a list perhaps more.
    pub(super) texts: Vec<String>,
    pub(super) source: Source,
}

/// The variables of the environment that are looked at.
pub(super) type Environment = BTreeMap<&'static str, String>;

/// The environment of this process.
///
/// # Errors
/// When one of our variables is not a text.
pub(super) fn environment() -> Result<Environment, ConfigError> {
    let mut environment = Environment::new();
    for name in SETTINGS.iter().map(|setting| setting.variable).chain(["HOME"]) {
        match env::var(name) {
            Ok(text) => _ = environment.insert(name, text),
            Err(VarError::NotPresent) => {}
            Err(VarError::NotUnicode(_)) => {
                return Err(ConfigError::Value(name.to_owned(), "it is not Unicode".to_owned()));
            }
        }
    }
    Ok(environment)
}

/// All that was said.
pub(super) struct Sources {
    flags: Flags,
    environment: Environment,
    file: Option<(PathBuf, Lines)>,
}

impl Sources {
    /// Reads the file, if one is named.
    ///
    /// # Errors
    /// When it cannot be read, or names a setting that does not exist.
    pub(super) fn new(flags: Flags, environment: Environment) -> Result<Self, ConfigError> {
        let mut sources = Self { flags, environment, file: None };
        let named = SETTINGS.iter().find(|it| it.name == "config").and_then(|it| sources.said(it));
        if let Some(Said { texts, source }) = named {
            let text = texts.first().map_or("", String::as_str);
            let path = values::path(text, sources.home());
            let path = path.map_err(|wrong| ConfigError::Value(source.to_string(), wrong))?;
            sources.file = Some((path.clone(), file::lines(&path)?));
        }
        Ok(sources)
    }

    /// The home of whoever runs the server.
    pub(super) fn home(&self) -> Option<&Path> {
        self.environment.get("HOME").filter(|home| !home.is_empty()).map(Path::new)
    }

    /// The strongest that was said of a setting.
    pub(super) fn said(&self, setting: &'static Setting) -> Option<Said> {
        let flag = self.flags.0.get(setting.name).map(|texts| (texts.clone(), Source::Flag(setting.flag())));
        let variable = self.environment.get(setting.variable);
        let variable = variable.map(|text| (vec![text.clone()], Source::Variable(setting.variable)));
        let file = self.file.as_ref().and_then(|(path, lines)| {
            let (line, texts) = lines.get(setting.name)?;
            Some((texts.clone(), Source::File(*line, path.display().to_string())))
        });
        let said = [flag, variable, file].into_iter().flatten();
        said.map(|(texts, source)| Said { texts: meant(texts, setting.kind), source }).find(|it| !it.texts.is_empty())
    }
}

/// Values as they are meant; none is left when all were empty.
fn meant(texts: Vec<String>, kind: Kind) -> Vec<String> {
    let parts: Vec<String> = match kind {
        Kind::Secret => texts,
        Kind::Many => {
            let parts = texts.iter().flat_map(|text| values::meant(text).split(','));
            parts.map(|part| values::meant(part).to_owned()).collect()
        }
        Kind::One | Kind::Switch => texts.iter().map(|text| values::meant(text).to_owned()).collect(),
    };
    parts.into_iter().filter(|part| !part.is_empty()).collect()
}
