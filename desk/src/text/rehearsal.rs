//! The rehearsal of a configuration in words: what the lights show, each with its number, and how figures spread.

use super::sentence::sentence;
use crate::format::{NOTHING, count, money, percent, with_unit};
use outcry_engine::{
    Rate, Usdc,
    amount::{MICRO, RATE_ONE},
};
use outcry_shared::message::{BEYOND, Light, Progress, Reading, RehearsedSheet, Spread};

words! {
    TITLE = "Rehearsal";
    ABOUT = "Plays this configuration a thousand times without people and attacks it, beside the session and after everything else that the machine has to do. It takes some minutes, longer while people trade.";
    BEGIN = "Rehearse this configuration";
    AGAIN = "Rehearse this configuration again";
    STOP = "Stop";
    BACK = "Back";
    MEND = "Mend the configuration first: what is wrong cannot be rehearsed.";
    LIGHTS = "Lights";
    FIGURES = "How figures spread over the sessions";
    OTHER = "This sheet is of another configuration than the one in the form.";
    SAME = "Start this very configuration, and its record has the sheet.";
    PAGE = "Sheet as a page";
    PAGE_HELP = "One file that opens in every browser: with attacks, and how prices went.";
    JSON = "Sheet as JSON";
    JSON_HELP = "The whole sheet for programs, as it is hashed.";
}

/// Columns of the table of figures, each with one sentence of help.
pub const COLUMNS: [(&str, &str); 4] = [
    ("Figure", ""),
    ("5\u{a0}%", "Five sessions of a hundred were at most here."),
    ("Median", "Half of the sessions were at most here."),
    ("95\u{a0}%", "Ninety-five sessions of a hundred were at most here."),
];

/// The way to the rehearsal: what there is behind it, short enough to stand beside what is wrong with the form.
#[must_use]
pub fn door(progress: Option<Progress>, light: Option<Light>) -> String {
    match (progress, light) {
        (Some(steps), _) => format!("Sheet: {}", share_done(steps)),
        (None, Some(light)) => format!("Sheet: {}", light.name()),
        (None, None) => TITLE.to_owned(),
    }
}

/// Whole percents of the parts that are done.
fn share_done(Progress { done, of }: Progress) -> String {
    with_unit(u64::from(done) * 100 / u64::from(of.max(1)), "%")
}

/// "Rehearsing: 412 of 1,006 parts"
#[must_use]
pub fn progress(Progress { done, of }: Progress) -> String {
    if of == 0 {
        return "Rehearsing: it begins as soon as the machine has time.".to_owned();
    }
    format!("Rehearsing: {} of {} parts are done.", count(done.into()), count(of.into()))
}

/// Why there is no sheet.
#[must_use]
pub fn failed(why: &str) -> String {
    sentence(&format!("nothing came of it: {why}"))
}

/// What the sheet says in one sentence.
#[must_use]
pub fn verdict(sheet: &RehearsedSheet) -> String {
    let light = sheet.light();
    let lights = match sheet.lights.iter().filter(|reading| reading.light == light).count() {
        1 => "1 light".to_owned(),
        many => format!("{many} lights"),
    };
    match light {
        Light::Green => "Green: nothing went wrong with traders like these. People do other things.".to_owned(),
        Light::Amber => format!("Amber: {lights} to know of before guests come."),
        Light::Red => format!("Red: {lights} in the way of guests."),
    }
}

/// What the sheet is of.
#[must_use]
pub fn lead(sheet: &RehearsedSheet) -> String {
    let hash: String = sheet.hash.chars().take(8).collect();
    format!(
        "“{}”: {} sessions of {} seats. Sheet {hash}.",
        sheet.config.name,
        count(sheet.sessions),
        count(sheet.seats)
    )
}

/// "Late depth"
#[must_use]
pub fn title(id: &str) -> String {
    let mut letters = id.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn share(of: f64) -> String {
    percent(Rate((of * RATE_ONE as f64).round() as i64))
}

/// The number behind a light.
#[must_use]
pub fn value(reading: &Reading) -> String {
    match reading.value {
        None => NOTHING.to_owned(),
        Some(value) if value >= BEYOND => "nobody sells".to_owned(),
        Some(value) => share(value),
    }
}

/// From which numbers on a light is another, and which session to look at: "Amber above 10.0 %, red above 30.0 %.
/// Worst session: seed 17."
#[must_use]
pub fn bars(reading: &Reading) -> String {
    let side = if reading.red < reading.amber { "below" } else { "above" };
    let seed = reading.worst_seed.map_or_else(String::new, |seed| format!(" Worst session: seed {seed}."));
    format!("Amber {side} {}, red {side} {}.{seed}", share(reading.amber), share(reading.red))
}

/// What a figure is called.
#[must_use]
pub fn figure(id: &str) -> &str {
    match id {
        "maker_loss" => "Maker’s loss",
        "worst_case_loss" => "Most it could lose",
        "efficiency" => "Information in prices",
        "distance" => "Distance to what is known",
        "sure_profit" => "Sure profit offered",
        "cost_25" => "Cost of $25 above the price, late",
        "jump" => "Largest jump",
        "rejected" => "Orders refused",
        "orders" => "Orders",
        "fills" => "Fills",
        "volume" => "Volume",
        "gini" => "Inequality (Gini)",
        "gain_noise" => "Gain of a noise trader",
        "gain_informed" => "Gain of an informed one",
        other => other,
    }
}

/// The cells of a figure's row.
#[must_use]
pub fn cells(spread: &Spread) -> [String; COLUMNS.len()] {
    let shown = |value: f64| match spread.unit.as_str() {
        "USDC" | "USDC a seat" => money(Usdc((value * MICRO as f64).round() as i64)),
        "1" if spread.most >= 10.0 => count(value.round().max(0.0) as u64),
        _ => share(value),
    };
    let [p5, median, p95] = [spread.p5, spread.median, spread.p95].map(shown);
    [figure(&spread.id).to_owned(), p5, median, p95]
}

#[cfg(test)]
mod tests {
    use super::*;
    use outcry_shared::config::presets;

    fn reading(light: Light, value: f64, [amber, red]: [f64; 2]) -> Reading {
        let (id, about) = ("late depth".to_owned(), String::new());
        Reading { id, about, light, value: Some(value), amber, red, worst_seed: Some(17) }
    }

    #[test]
    fn a_light_is_said_with_its_number() {
        let late = reading(Light::Amber, 0.134, [0.1, 0.3]);
        assert_eq!((title(&late.id), value(&late)), ("Late depth".to_owned(), "13.4\u{a0}%".to_owned()));
        assert_eq!(bars(&late), "Amber above 10.0\u{a0}%, red above 30.0\u{a0}%. Worst session: seed 17.");
        let knows = Reading { worst_seed: None, ..reading(Light::Red, -0.02, [0.3, 0.0]) };
        assert_eq!(
            (value(&knows), bars(&knows).as_str()),
            ("−2.0\u{a0}%".to_owned(), "Amber below 30.0\u{a0}%, red below 0.0\u{a0}%.")
        );
        assert_eq!(value(&reading(Light::Red, BEYOND, [0.1, 0.3])), "nobody sells");
        assert_eq!(value(&Reading { value: None, ..late }), NOTHING);
    }

    #[test]
    fn a_sheet_is_said_by_its_worst_lights() {
        let lights = |lights: &[Light]| RehearsedSheet {
            hash: "0123456789abcdef".to_owned(),
            config: presets().swap_remove(0).config,
            sessions: 1_000,
            seats: 20,
            lights: lights.iter().map(|light| reading(*light, 0.1, [0.1, 0.3])).collect(),
            figures: vec![],
        };
        use Light::{Amber, Green, Red};
        assert!(verdict(&lights(&[Green])).starts_with("Green: nothing"));
        assert_eq!(verdict(&lights(&[Amber, Green])), "Amber: 1 light to know of before guests come.");
        assert_eq!(verdict(&lights(&[Red, Amber, Red])), "Red: 2 lights in the way of guests.");
        assert_eq!(lead(&lights(&[])), "“Party”: 1,000 sessions of 20 seats. Sheet 01234567.");
        assert_eq!(door(Some(Progress { done: 412, of: 1_006 }), Some(Red)), "Sheet: 40\u{a0}%");
        assert_eq!([door(None, Some(Red)), door(None, None)], ["Sheet: red", "Rehearsal"]);
        assert_eq!(progress(Progress { done: 412, of: 1_006 }), "Rehearsing: 412 of 1,006 parts are done.");
    }

    #[test]
    fn figures_have_their_units() {
        let of = |id: &str, unit: &str, median: f64| Spread {
            id: id.to_owned(),
            unit: unit.to_owned(),
            count: 9,
            least: median,
            p5: -median,
            median,
            p95: median,
            most: median,
            mean: median,
        };
        assert_eq!(cells(&of("volume", "USDC", 1234.5))[1..3], ["−$1,234.50", "$1,234.50"]);
        assert_eq!(cells(&of("orders", "1", 1234.0))[2], "1,234");
        assert_eq!(cells(&of("efficiency", "1", 0.142))[..3], ["Information in prices", "−14.2\u{a0}%", "14.2\u{a0}%"]);
    }
}
