//! Reads settings one by one, and remembers what each is and where that was said.

use super::{
    database::{self, Database},
    error::ConfigError,
    rooms::WantedRooms,
    sources::{Said, Source, Sources},
    table::{self, SETTINGS, Setting},
    values::{self, Shown},
};
use outcry_shared::config::SessionConfig;
use std::{collections::BTreeMap, path::PathBuf};

/// What a setting is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Its name in the file.
    pub name: &'static str,
    /// Its value in words; never a secret.
    pub value: String,
    /// Where that was said.
    pub source: Source,
}

pub(super) struct Reader<'a> {
    sources: &'a Sources,
    told: BTreeMap<&'static str, (String, Source)>,
}

impl<'a> Reader<'a> {
    pub(super) const fn new(sources: &'a Sources) -> Self {
        Self { sources, told: BTreeMap::new() }
    }

    /// A setting of one value, if it was said.
    pub(super) fn one<T: Shown>(
        &mut self,
        name: &'static str,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> Result<Option<T>, ConfigError> {
        match self.many(name, read)? {
            values if values.len() > 1 => Err(self.fault(name, "one value alone would be right".to_owned())),
            values => Ok(values.into_iter().next()),
        }
    }

    /// A setting of any number of values.
    pub(super) fn many<T: Shown>(
        &mut self,
        name: &'static str,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> Result<Vec<T>, ConfigError> {
        let Some(Said { texts, source }) = self.said(name) else { return Ok(Vec::new()) };
        let values: Result<Vec<T>, String> = texts.iter().map(|text| read(text)).collect();
        let values = values.map_err(|wrong| self.fault(name, wrong))?;
        let shown: Vec<_> = values.iter().map(Shown::shown).collect();
        self.told.insert(name, (shown.join(", "), source));
        Ok(values)
    }

    /// A path.
    pub(super) fn path(&mut self, name: &'static str) -> Result<Option<PathBuf>, ConfigError> {
        let home = self.sources.home();
        self.one(name, |text| values::path(text, home))
    }

    /// The rooms, if they were asked for; `usual` is what one starts from unless it is said.
    pub(super) fn rooms(&mut self, usual: &SessionConfig) -> Result<Option<WantedRooms>, ConfigError> {
        let home = self.sources.home();
        self.one("rooms", |text| WantedRooms::read(text, home, usual))
    }

    /// A secret, as it was said.
    pub(super) fn secret(&mut self, name: &'static str) -> Option<String> {
        let Said { texts, source } = self.said(name)?;
        self.told.insert(name, ("(not shown)".to_owned(), source));
        texts.into_iter().next()
    }

    /// The database, if one was named.
    pub(super) fn database(&mut self) -> Result<Option<Database>, ConfigError> {
        let name = "database_url";
        let Some(Said { texts, source }) = self.said(name) else { return Ok(None) };
        let text = texts.first().map_or("", String::as_str);
        let database = database::read(text, self.sources.home()).map_err(|wrong| self.fault(name, wrong))?;
        self.told.insert(name, (database.shown.clone(), source));
        Ok(Some(database))
    }

    /// Which of two settings that exclude each other holds: the one that was said in the stronger place.
    pub(super) fn either(
        &self,
        one: &'static str,
        other: &'static str,
    ) -> Result<Option<(&'static str, Source)>, ConfigError> {
        match (self.said(one).map(|said| said.source), self.said(other).map(|said| said.source)) {
            (Some(source), None) => Ok(Some((one, source))),
            (None, Some(source)) => Ok(Some((other, source))),
            (None, None) => Ok(None),
            (Some(first), Some(second)) if first.is_beside(&second) => {
                let places = [place(one, &first), place(other, &second)];
                Err(ConfigError::Together(format!("{} and {} exclude each other: say one", places[0], places[1])))
            }
            (Some(first), Some(second)) if first < second => Ok(Some((one, first))),
            (Some(_), Some(second)) => Ok(Some((other, second))),
        }
    }

    /// What is wrong with what was said of a setting.
    pub(super) fn fault(&self, name: &'static str, wrong: String) -> ConfigError {
        let source = self.said(name).map_or(Source::Default, |said| said.source);
        ConfigError::Value(place(name, &source), wrong)
    }

    /// Every setting, those that were read as they were understood.
    pub(super) fn told(self) -> Vec<Told> {
        let told = |setting: &Setting| {
            let value = if setting.default.is_empty() { "-" } else { setting.default };
            let default = || (value.to_owned(), Source::Default);
            let (value, source) = self.told.get(setting.name).cloned().unwrap_or_else(default);
            Told { name: setting.name, value, source }
        };
        SETTINGS.iter().map(told).collect()
    }

    fn said(&self, name: &'static str) -> Option<Said> {
        table::setting(name).and_then(|setting| self.sources.said(setting))
    }
}

fn place(name: &str, source: &Source) -> String {
    match source {
        Source::File(..) => format!("{name} in {source}"),
        Source::Flag(_) | Source::Variable(_) | Source::Default => source.to_string(),
    }
}
