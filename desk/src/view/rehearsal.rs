//! The rehearsal beside the configuration in the form: how far it is, and what its lights show.

use crate::text::rehearsal as words;
use outcry_shared::{
    config::SessionConfig,
    message::{Light, Reading, Rehearsal, RehearsedSheet},
};
use serde::Serialize;

/// What the host's panel shows of the rehearsal.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Shown {
    /// What the way to it is called.
    pub door: String,
    /// The worst light of the very configuration in the form, if that was rehearsed and none is under way.
    pub light: Option<Light>,
    /// How far the one is that is under way, from 0 to 1, and in words.
    pub progress: Option<(f32, String)>,
    /// Why the last one came to nothing.
    pub failed: Option<String>,
    /// What a press begins; none while one is under way, or where the form cannot be rehearsed.
    pub begins: Option<&'static str>,
    /// The newest sheet.
    pub sheet: Option<Sheet>,
}

/// A sheet in words.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sheet {
    /// What it says in one sentence, and its worst light.
    pub verdict: (Light, String),
    /// What it is of.
    pub lead: String,
    /// Whether it is of the very configuration in the form.
    pub same: bool,
    /// Every light, the worst first.
    pub lights: Vec<Line>,
    /// Cells of [`words::COLUMNS`].
    pub figures: Vec<[String; words::COLUMNS.len()]>,
}

/// A light in words.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Line {
    /// What it shows.
    pub light: Light,
    /// "Late depth"
    pub title: String,
    /// The number behind it.
    pub value: String,
    /// What is looked at.
    pub about: String,
    /// From which numbers on it is another, and which session to look at.
    pub bars: String,
}

impl Shown {
    /// Of what the server told, beside the configuration in the form, where that is one.
    #[must_use]
    pub fn of(rehearsal: &Rehearsal, form: Option<&SessionConfig>) -> Self {
        let Rehearsal { progress, failed, sheet } = rehearsal;
        let sheet = sheet.as_deref();
        let same = |sheet: &&RehearsedSheet| form == Some(&sheet.config);
        let light = sheet.filter(same).filter(|_| progress.is_none()).map(RehearsedSheet::light);
        let again = if light.is_some() { words::AGAIN } else { words::BEGIN };
        let done = |steps: &outcry_shared::message::Progress| steps.done as f32 / steps.of.max(1) as f32;
        Self {
            door: words::door(*progress, light),
            light,
            progress: progress.as_ref().map(|steps| (done(steps), words::progress(*steps))),
            failed: failed.as_deref().map(words::failed),
            begins: (progress.is_none() && form.is_some()).then_some(again),
            sheet: sheet.map(|sheet| Sheet::of(sheet, same(&sheet))),
        }
    }
}

impl Sheet {
    fn of(sheet: &RehearsedSheet, same: bool) -> Self {
        let mut lights: Vec<Line> = sheet.lights.iter().map(Line::of).collect();
        lights.sort_by_key(|line| std::cmp::Reverse(line.light));
        Self {
            verdict: (sheet.light(), words::verdict(sheet)),
            lead: words::lead(sheet),
            same,
            lights,
            figures: sheet.figures.iter().map(words::cells).collect(),
        }
    }
}

impl Line {
    fn of(reading: &Reading) -> Self {
        Self {
            light: reading.light,
            title: words::title(&reading.id),
            value: words::value(reading),
            about: reading.about.clone(),
            bars: words::bars(reading),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use outcry_shared::{config::presets, message::Progress};

    fn reading(id: &str, light: Light) -> Reading {
        let (id, about) = (id.to_owned(), "what is looked at".to_owned());
        Reading { id, about, light, value: Some(0.1), amber: 0.1, red: 0.3, worst_seed: None }
    }

    #[test]
    fn a_sheet_is_beside_the_form_that_it_is_of() {
        let [party, other] = [0, 1].map(|index| presets()[index].config.clone());
        let lights =
            vec![reading("attack", Light::Green), reading("opening", Light::Red), reading("pace", Light::Amber)];
        let (hash, figures) = ("5e".repeat(32), vec![]);
        let sheet = RehearsedSheet { hash, config: party.clone(), sessions: 1_000, seats: 20, lights, figures };
        let done = Rehearsal { sheet: Some(Box::new(sheet)), ..Rehearsal::default() };
        let shown = Shown::of(&done, Some(&party));
        assert_eq!(
            (shown.light, shown.door.as_str(), shown.begins),
            (Some(Light::Red), "Sheet: red", Some(words::AGAIN))
        );
        let sheet = shown.sheet.unwrap();
        assert!(sheet.same);
        assert_eq!(
            sheet.lights.iter().map(|line| line.title.as_str()).collect::<Vec<_>>(),
            ["Opening", "Pace", "Attack"]
        );
        let shown = Shown::of(&done, Some(&other));
        assert_eq!((shown.light, shown.door.as_str(), shown.begins), (None, "Rehearsal", Some(words::BEGIN)));
        assert!(!shown.sheet.unwrap().same);
        assert_eq!(Shown::of(&done, None).begins, None, "what is wrong cannot be rehearsed");
        let progress = Some(Progress { done: 1, of: 4 });
        let shown = Shown::of(&Rehearsal { progress, ..done }, Some(&party));
        assert_eq!((shown.progress.unwrap().0, shown.begins, shown.light), (0.25, None, None));
    }
}
