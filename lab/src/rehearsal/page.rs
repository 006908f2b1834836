//! The sheet as a page: plain HTML in one file, which needs no server and no script. It shows what the sheet says, and
//! of the configuration the parameters alone: whoever looks over a shoulder does not read who wins.

use crate::rehearsal::sheet::{Attacked, Band, Sheet};
use outcry_shared::message::{BEYOND, Light, Reading, Spread};
use serde_json::Value;
use std::fmt::Write as _;

const STYLE: &str = include_str!("page.css");
/// Size of a plot, and where its lines begin, in its own units.
const WIDTH: f64 = 320.0;
const HEIGHT: f64 = 150.0;
const LEFT: f64 = 34.0;
const BOTTOM: f64 = 20.0;

/// The page of a sheet.
#[must_use]
pub fn page(sheet: &Sheet) -> String {
    let rehearsed = &sheet.rehearsed;
    let name = escaped(rehearsed.configuration["name"].as_str().unwrap_or_default());
    let lights: String = sheet.lights().map(light).collect();
    let figures: String = rehearsed.figures.iter().map(figure).collect();
    let params: String = rehearsed.configuration["params"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, value)| param(name, value))
        .collect();
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>Rehearsal: {name}</title><style>\n{STYLE}</style></head>\n<body>\n\
         <h1>Rehearsal: {name}</h1>\n<p class=\"weak\">{}</p>\n{}\n\
         <h2>Lights</h2>\n<div class=\"wide\"><table><thead><tr><th>Light</th><th>What is looked at</th>\
         <th class=\"n\">Value</th><th class=\"n\">Amber beyond</th><th class=\"n\">Red beyond</th>\
         <th class=\"n\">Worst seed</th></tr></thead><tbody>\n{lights}</tbody></table></div>\n\
         <p class=\"weak\">The session with a worst seed is played again by <code>outcry-lab run FILE.json --seed SEED</code>, \
         from the configuration saved as a file.</p>\n\
         <h2>Where sessions were</h2>\n{}\n<h2>Attacks on the opening</h2>\n{}\n\
         <h2>How figures spread over the sessions</h2>\n<div class=\"wide\"><table><thead><tr><th>Figure</th>\
         <th class=\"n\">5 %</th><th class=\"n\">Median</th><th class=\"n\">95 %</th><th>Least to most, 5 to 95 %, median</th>\
         </tr></thead><tbody>\n{figures}</tbody></table></div>\n\
         <h2>Parameters</h2>\n<div class=\"wide\"><table><tbody>\n{params}</tbody></table></div>\n\
         <p class=\"weak\">Sheet <code>{}</code>. The same configuration and seeds give the same hash on every machine; the \
         pace, which is this machine's, is not in it.</p>\n</body></html>\n",
        played(sheet),
        verdict(sheet),
        cones(&rehearsed.cone),
        attacks(&rehearsed.attacks),
        escaped(&sheet.hash),
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn played(sheet: &Sheet) -> String {
    let rehearsed = &sheet.rehearsed;
    let text = format!(
        "{} sessions of {} seats ({}, one look in {} s), cards {}, market by {}, first seed {}; {} plans for each kind of attack.",
        rehearsed.sessions,
        rehearsed.seats,
        rehearsed.traders,
        rehearsed.pace_ms as f64 / 1e3,
        rehearsed.cards,
        rehearsed.maker,
        rehearsed.first_seed,
        rehearsed.attack_plans
    );
    escaped(&text)
}

fn verdict(sheet: &Sheet) -> String {
    let of = |light: Light| sheet.lights().filter(|reading| reading.light == light).count();
    let says = match sheet.light() {
        Light::Green => "Green: nothing went wrong with traders like these. People do other things.".to_owned(),
        Light::Amber => format!("Amber: {} to know of before guests come.", lights_in_words(of(Light::Amber))),
        Light::Red => format!("Red: {} in the way of guests.", lights_in_words(of(Light::Red))),
    };
    format!("<p class=\"verdict {}\">{says}</p>", sheet.light().name())
}

fn lights_in_words(count: usize) -> String {
    if count == 1 { "1 light".to_owned() } else { format!("{count} lights") }
}

fn percent(value: f64) -> String {
    if value >= BEYOND { "nobody sells".to_owned() } else { format!("{:.2} %", value * 100.0) }
}

fn light(reading: &Reading) -> String {
    let Reading { id, about, light, value, amber, red, worst_seed } = reading;
    let shown = value.map_or_else(|| "–".to_owned(), percent);
    let seed = worst_seed.map_or_else(|| "–".to_owned(), |seed| seed.to_string());
    let name = light.name();
    format!(
        "<tr><td><span class=\"mark {name}\">● {name}</span></td><td>{}<small>{}</small></td><td class=\"n\">{shown}</td>\
         <td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{seed}</td></tr>\n",
        escaped(id),
        escaped(about),
        percent(*amber),
        percent(*red)
    )
}

fn attacks(attacks: &[Attacked]) -> String {
    let row = |attack: &Attacked| {
        format!(
            "<tr><td>{}</td><td class=\"n\">{:.2}</td><td class=\"n\">{:.2}</td><td class=\"n\">{}</td><td class=\"n\">{}</td>\
             <td>{}</td></tr>\n",
            escaped(&attack.kind),
            attack.gain,
            attack.capital,
            attack.accounts,
            attack.ticks,
            if attack.repeatable { "again and again" } else { "once" }
        )
    };
    let rows: String = attacks.iter().map(row).collect();
    format!(
        "<div class=\"wide\"><table><thead><tr><th>Kind</th><th class=\"n\">Gain, at least, USDC</th>\
         <th class=\"n\">Capital</th><th class=\"n\">Accounts</th><th class=\"n\">Ticks</th><th>Can be taken</th></tr></thead>\
         <tbody>\n{rows}</tbody></table></div>"
    )
}

/// A figure's row, with the place of its quantiles between the least and the most.
fn figure(spread: &Spread) -> String {
    let Spread { id, unit, least, p5, median, p95, most, .. } = spread;
    let span = (most - least).max(f64::MIN_POSITIVE);
    let at = |value: &f64| 2.0 + 156.0 * (value - least) / span;
    let places = if most.abs() < 10.0 { 4 } else { 1 };
    format!(
        "<tr><td>{}<small>{}</small></td><td class=\"n\">{p5:.places$}</td><td class=\"n\">{median:.places$}</td>\
         <td class=\"n\">{p95:.places$}</td><td class=\"spread\"><svg viewBox=\"0 0 160 20\" role=\"img\" \
         aria-label=\"from {least:.places$} to {most:.places$}\"><line class=\"axis\" x1=\"2\" x2=\"158\" y1=\"10\" y2=\"10\"/>\
         <rect class=\"band\" x=\"{:.1}\" y=\"4\" width=\"{:.1}\" height=\"12\"/>\
         <line class=\"line\" x1=\"{m:.1}\" x2=\"{m:.1}\" y1=\"2\" y2=\"18\"/></svg></td></tr>\n",
        escaped(id),
        escaped(unit),
        at(p5),
        (at(p95) - at(p5)).max(1.0),
        m = at(median)
    )
}

fn param(name: &str, value: &Value) -> String {
    let shown = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    format!("<tr><td>{}</td><td><code>{}</code></td></tr>\n", escaped(name), escaped(&shown))
}

/// What is drawn over time: a title, and its quantiles at a moment.
type Plot = (&'static str, fn(&Band) -> [f64; 3]);

fn cones(cone: &[Band]) -> String {
    let plots: [Plot; 3] = [
        ("Forecast of the leader", |band| band.leader),
        ("Forecast of the one that wins in the end", |band| band.winner),
        ("Sum of all YES prices beyond 1", |band| band.overround),
    ];
    let drawn: String = plots.into_iter().map(|plot| self::plot(plot, cone)).collect();
    format!("<div class=\"plots\">{drawn}</div><p class=\"weak\">Median, and where 90 of 100 sessions were.</p>")
}

fn plot((title, of): Plot, cone: &[Band]) -> String {
    let values = || cone.iter().flat_map(of);
    let low = values().fold(0.0, f64::min);
    let high = values().fold(low + 0.01, f64::max);
    let end = cone.last().map_or(1, |band| band.at_ms).max(1) as f64;
    let x = |band: &Band| LEFT + (WIDTH - LEFT) * band.at_ms as f64 / end;
    let y = |value: f64| 6.0 + (HEIGHT - BOTTOM - 6.0) * (high - value) / (high - low);
    let path = |points: &mut dyn Iterator<Item = (f64, f64)>| {
        let mut path = String::new();
        for (x, y) in points {
            // Writing to a text cannot fail.
            let _ = write!(path, "{x:.1},{y:.1} ");
        }
        path
    };
    let upper = cone.iter().map(|band| (x(band), y(of(band)[2])));
    let lower = cone.iter().rev().map(|band| (x(band), y(of(band)[0])));
    let band = path(&mut upper.chain(lower));
    let line = path(&mut cone.iter().map(|band| (x(band), y(of(band)[1]))));
    let base = HEIGHT - BOTTOM;
    format!(
        "<figure><figcaption>{title}</figcaption><svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-label=\"{title}\">\
         <polygon class=\"band\" points=\"{band}\"/><polyline class=\"line\" points=\"{line}\"/>\
         <line class=\"axis\" x1=\"{LEFT}\" x2=\"{WIDTH}\" y1=\"{base}\" y2=\"{base}\"/>\
         <text x=\"0\" y=\"14\">{high:.2}</text><text x=\"0\" y=\"{base}\">{low:.2}</text>\
         <text x=\"{LEFT}\" y=\"{HEIGHT}\">0:00</text><text x=\"{WIDTH}\" y=\"{HEIGHT}\" text-anchor=\"end\">{}</text></svg></figure>",
        clock(end / 1e3)
    )
}

fn clock(seconds: f64) -> String {
    let seconds = seconds.round() as u64;
    format!("{}:{:02}", seconds / 60, seconds % 60)
}
