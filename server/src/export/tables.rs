//! What happened, what was set, and how it stood after each tick. `codebook.txt` explains every column.

use super::{
    csv::{Cell, Csv, maybe, plain, text},
    funnel,
    gather::Gathered,
    rehearsal,
};
use crate::store::TickRow;
use outcry_engine::OutcomeId;
use serde_json::Value;
use std::collections::BTreeMap;

pub(super) fn events(gathered: &Gathered) -> Result<Vec<u8>, csv::Error> {
    let mut csv = Csv::new(&["event_id", "ts_ms", "type", "payload", "created_at"])?;
    for (number, event, created_at) in &gathered.contents.events {
        let what = [text(&event.kind), text(&event.payload), plain(created_at)];
        csv.row([plain(number), plain(event.ts_ms)].into_iter().chain(what))?;
    }
    csv.finish()
}

pub(super) fn config(gathered: &Gathered) -> Result<Vec<u8>, csv::Error> {
    let mut csv = Csv::new(&["field", "value"])?;
    let state = &gathered.contents.state;
    csv.row([plain("session"), plain(gathered.session)])?;
    csv.row([plain("created_at"), plain(&gathered.contents.created_at)])?;
    csv.row([plain("started_at"), maybe(gathered.contents.started_at.as_ref())])?;
    csv.row([plain("people"), plain(gathered.people().0)])?;
    csv.row([plain("bots"), plain(gathered.people().1)])?;
    csv.row([plain("pages_opened"), plain(funnel::opened(gathered))])?;
    let sheet = rehearsal::sheet(gathered).and_then(Result::ok);
    csv.row([plain("rehearsal"), maybe(sheet.as_ref().map(|sheet| &sheet.hash))])?;
    csv.row([plain("rehearsal_light"), maybe(sheet.as_ref().map(|sheet| sheet.light().name()))])?;
    csv.row([plain("exported_by"), plain(concat!("outcry-server ", env!("CARGO_PKG_VERSION")))])?;
    csv.row([plain("status"), plain(format!("{:?}", state.phase).to_uppercase())])?;
    csv.row([plain("clock_ms"), plain(state.clock_ms)])?;
    csv.row([plain("ticks"), plain(state.tick)])?;
    let config = serde_json::to_value(&state.config).unwrap_or_default();
    flatten(&mut csv, "", &config)?;
    let drawn = serde_json::to_value(&state.script).unwrap_or_default();
    flatten(&mut csv, "drawn", &drawn)?;
    csv.finish()
}

/// A line per value of a JSON document, named by its path ("params.rounds[0].at_s").
fn flatten(csv: &mut Csv, path: &str, value: &Value) -> Result<(), csv::Error> {
    match value {
        Value::Object(fields) => fields.iter().try_for_each(|(name, value)| {
            let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            flatten(csv, &path, value)
        }),
        Value::Array(items) => {
            items.iter().enumerate().try_for_each(|(index, value)| flatten(csv, &format!("{path}[{index}]"), value))
        }
        Value::Null => csv.row([plain(path), plain("")]),
        Value::String(value) => csv.row([plain(path), text(value)]),
        number => csv.row([plain(path), plain(number)]),
    }
}

pub(super) fn metrics(gathered: &Gathered) -> Result<Vec<u8>, csv::Error> {
    let figures = ["volume", "mm_risk", "worst_case_loss", "mm_profit", "fees", "gas", "paid_in", "seigniorage"];
    let outcomes = || (0..gathered.contents.state.config.params.n_outcomes).map(OutcomeId);
    let prices = outcomes().flat_map(|outcome| ["yes", "no"].map(|side| format!("{side}_{}", outcome.letter())));
    let heading: Vec<String> = ["tick", "ts_ms", "phase", "orders", "fills"]
        .into_iter()
        .chain(figures)
        .map(str::to_owned)
        .chain(prices)
        .chain(["state_hash", "created_at"].map(str::to_owned))
        .collect();
    let ticks: BTreeMap<u64, &TickRow> = gathered.contents.ticks.iter().map(|(tick, _)| (tick.tick, tick)).collect();
    let mut csv = Csv::new(&heading)?;
    for row in &gathered.contents.metrics {
        let Some(tick) = ticks.get(&row.tick) else { continue };
        let (summary, m) = (&tick.summary, &row.metrics);
        let head = [
            plain(row.tick),
            plain(row.ts_ms),
            plain(format!("{:?}", summary.phase).to_uppercase()),
            plain(summary.orders),
            plain(summary.fills),
        ];
        let figures = [m.volume, m.mm_risk, m.worst_case_loss, m.mm_profit, m.fees, m.gas, m.paid_in, m.seigniorage];
        let prices = outcomes().flat_map(|outcome| {
            let pair = summary.prices.get(outcome.index()).copied().unwrap_or_default();
            pair.map(|price| plain(format!("{price:.6}")))
        });
        let hash = tick.state_hash.iter().map(|byte| format!("{byte:02x}")).collect();
        csv.row(
            head.into_iter()
                .chain(figures.map(plain))
                .chain(prices)
                .chain([Cell::Plain(hash), plain(gathered.tick_at(row.tick))]),
        )?;
    }
    csv.finish()
}
