//! The rooms that `--rooms` asks for: so many, or those of a file, each with what its session is opened with.

use super::{
    file,
    session::{preset, read_session_config},
    values::{self, Shown},
};
use outcry_shared::config::SessionConfig;
use serde::Deserialize;
use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

/// Rooms of one process, at most.
const ROOMS_MAX: usize = 200;

/// Rooms that are to be there.
#[derive(Clone, Debug, PartialEq)]
pub enum WantedRooms {
    /// So many, whatever is in them.
    Many(usize),
    /// One for each of these, by its name. No two are the same.
    Listed(Vec<SessionConfig>),
}

/// A file of rooms.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Listing {
    room: Vec<Entry>,
}

/// A room in it: what its session starts from, and what is to be different.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: String,
    question: Option<String>,
    preset: Option<String>,
    /// Beside the file, unless it says where.
    session_config: Option<PathBuf>,
}

impl WantedRooms {
    /// What a number or the name of a file means. `usual` is what a room starts from whose entry says nothing else.
    ///
    /// # Errors
    /// One sentence: what is wrong, and what would be right.
    pub(super) fn read(text: &str, home: Option<&Path>, usual: &SessionConfig) -> Result<Self, String> {
        if let Ok(count) = text.parse::<i64>() {
            let many = usize::try_from(count).ok().filter(|many| (1..=ROOMS_MAX).contains(many));
            return many.map(Self::Many).ok_or_else(|| {
                format!("{count} is not a number of rooms: 1 to {ROOMS_MAX}, or a file of rooms would be right")
            });
        }
        let path = values::path(text, home)?;
        Self::listed(&path, usual).map_err(|why| format!("{}: {why}", path.display()))
    }

    fn listed(path: &Path, usual: &SessionConfig) -> Result<Self, String> {
        if !path.is_file() {
            return Err(format!("there is no such file: it, or 1 to {ROOMS_MAX} rooms would be right"));
        }
        let text = file::read(path).map_err(|error| error.to_string())?;
        let listing: Listing = toml::from_str(&text).map_err(|error| in_one_sentence(&error, &text))?;
        if listing.room.is_empty() || listing.room.len() > ROOMS_MAX {
            return Err(format!("it has {} rooms: 1 to {ROOMS_MAX} would be right", listing.room.len()));
        }
        let beside = path.parent().unwrap_or(Path::new(""));
        let configs =
            listing.room.into_iter().map(|entry| entry.config(beside, usual)).collect::<Result<Vec<_>, _>>()?;
        let mut names = BTreeSet::new();
        match configs.iter().find(|config| !names.insert(&config.name)) {
            Some(config) => Err(format!("two rooms are called \"{}\": different names would be right", config.name)),
            None => Ok(Self::Listed(configs)),
        }
    }
}

impl Entry {
    fn config(self, beside: &Path, usual: &SessionConfig) -> Result<SessionConfig, String> {
        let Self { name, question, preset: named, session_config } = self;
        let of_room = |why: String| format!("room \"{name}\": {why}");
        let start = match (named, session_config) {
            (Some(_), Some(_)) => Err("it has preset and session_config: one of them would be right".to_owned()),
            (Some(named), None) => preset(Some(&named)),
            (None, Some(file)) => read_session_config(&beside.join(file)).map_err(|error| error.to_string()),
            (None, None) => Ok(usual.clone()),
        };
        let start = start.map_err(of_room)?;
        let config =
            SessionConfig { question: question.unwrap_or_else(|| start.question.clone()), name: name.clone(), ..start };
        let wrong: Vec<_> = config.validate().iter().map(ToString::to_string).collect();
        if wrong.is_empty() { Ok(config) } else { Err(of_room(wrong.join("; "))) }
    }
}

/// What a reader of TOML says over several lines.
fn in_one_sentence(error: &toml::de::Error, text: &str) -> String {
    let line = error.span().map_or(1, |span| text[..span.start.min(text.len())].matches('\n').count() + 1);
    format!(
        "line {line}: {}: a [[room]] with a name, and with preset or session_config and question if it likes, would be right",
        error.message().trim()
    )
}

impl Shown for WantedRooms {
    fn shown(&self) -> String {
        match self {
            Self::Many(many) => many.to_string(),
            Self::Listed(configs) => {
                let names: Vec<_> = configs.iter().map(|config| config.name.as_str()).collect();
                format!("{}: {}", names.len(), names.join(", "))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn usual() -> SessionConfig {
        preset(Some("party-first")).unwrap()
    }

    /// What comes of a file with this text.
    fn of(text: &str) -> Result<WantedRooms, String> {
        let file = std::env::temp_dir().join(format!(
            "outcry-rooms-{}-{}.toml",
            std::process::id(),
            blake3::hash(text.as_bytes()).to_hex()
        ));
        fs::write(&file, text).unwrap();
        let read = WantedRooms::read(&file.display().to_string(), None, &usual());
        fs::remove_file(file).unwrap();
        read
    }

    #[test]
    fn a_number_is_so_many() {
        for many in [1, 8, 200] {
            assert_eq!(WantedRooms::read(&many.to_string(), None, &usual()), Ok(WantedRooms::Many(many)));
        }
        for (text, right) in [
            ("0", "0 is not a number of rooms: 1 to 200, or a file of rooms would be right"),
            ("201", "201 is not a number of rooms"),
            ("-1", "-1 is not a number of rooms"),
            ("eight", "eight: there is no such file: it, or 1 to 200 rooms would be right"),
        ] {
            let sentence = WantedRooms::read(text, None, &usual()).unwrap_err();
            assert!(sentence.starts_with(right), "{text}: {sentence}");
        }
    }

    #[test]
    fn a_file_says_what_each_is_opened_with() {
        let text = "[[room]]\nname = \"Group A\"\n\n\
                    [[room]]\nname = \"Group B\"\nquestion = \"Who is it?\"\npreset = \"demo\"\n";
        let Ok(WantedRooms::Listed(rooms)) = of(text) else { panic!("rooms of a file") };
        let question = "Who is it?".to_owned();
        let first = SessionConfig { name: "Group A".to_owned(), ..usual() };
        let second = SessionConfig { name: "Group B".to_owned(), question, ..preset(Some("demo")).unwrap() };
        assert_eq!(rooms, [first, second]);
        assert_eq!(WantedRooms::Listed(rooms).shown(), "2: Group A, Group B");
    }

    #[test]
    fn what_is_wrong_with_a_file_is_one_sentence() {
        let many = "[[room]]\nname = \"A\"\n".repeat(201);
        let cases = [
            ("", "line 1: missing field `room`"),
            ("room = []\n", "it has 0 rooms: 1 to 200 would be right"),
            (&many, "it has 201 rooms: 1 to 200 would be right"),
            ("[[room]]\npreset = \"demo\"\n", "line 1: missing field `name`"),
            ("[[room]]\nname = \"A\"\nquestoin = \"?\"\n", "line 3: unknown field `questoin`"),
            ("[[room]]\nname = \"A\"\npreset = \"golf\"\n", "room \"A\": there is no preset \"golf\""),
            ("[[room]]\nname = \"\"\n", "room \"\": "),
            ("[[room]]\nname = \"A\"\n[[room]]\nname = \"A\"\n", "two rooms are called \"A\""),
            (
                "[[room]]\nname = \"A\"\npreset = \"demo\"\nsession_config = \"a.json\"\n",
                "room \"A\": it has preset and session_config: one of them would be right",
            ),
            ("[[room]]\nname = \"A\"\nsession_config = \"no-such.json\"\n", "no-such.json cannot be read"),
        ];
        for (text, right) in cases {
            let sentence = of(text).expect_err(text);
            assert!(sentence.contains(right) && !sentence.contains('\n'), "{text}: {sentence}");
        }
    }
}
