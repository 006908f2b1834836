//! How far people came who were new, and how long each step took them.

use super::{
    csv::{Csv, maybe, plain, text},
    gather::Gathered,
};
use outcry_shared::message::Step;
use serde_json::Value;
use std::collections::BTreeMap;

/// One line per person; bots open no page.
pub(super) fn table(gathered: &Gathered) -> Result<Vec<u8>, csv::Error> {
    let mut csv = Csv::new(&["user_id", "user", "named_ms", "sight_ms", "tap_ms", "order_ms"])?;
    let reached = reached(gathered);
    for user in gathered.contents.users.iter().filter(|user| !user.bot) {
        let times = Step::ALL.map(|step| maybe(reached.get(&(u64::from(user.user.0), step.name()))));
        csv.row([plain(user.user.0), text(&user.name)].into_iter().chain(times))?;
    }
    csv.finish()
}

/// Pages that were opened by people without a seat.
pub(super) fn opened(gathered: &Gathered) -> u64 {
    let pages = payloads(gathered, "OPENED").filter_map(|payload| payload["pages"].as_u64());
    pages.sum()
}

/// When each participant reached each step, in ms since the page opened. After a restart a page tells its steps again:
/// the first word counts.
fn reached(gathered: &Gathered) -> BTreeMap<(u64, &'static str), u64> {
    let mut reached = BTreeMap::new();
    for payload in payloads(gathered, "REACHED") {
        let step = Step::ALL.into_iter().find(|step| payload["step"] == step.name());
        let who = payload["user"].as_u64().zip(step.map(Step::name));
        if let Some((key, after_ms)) = who.zip(payload["after_ms"].as_u64()) {
            reached.entry(key).or_insert(after_ms);
        }
    }
    reached
}

fn payloads(gathered: &Gathered, kind: &str) -> impl Iterator<Item = Value> {
    let events = gathered.contents.events.iter().filter(move |(_, event, _)| event.kind == kind);
    events.filter_map(|(_, event, _)| serde_json::from_str(&event.payload).ok())
}
