//! The sheet of the rehearsal that a session was started with, if it was: as the record has it, and as a page.

use super::gather::Gathered;
use crate::store::EventRow;
use outcry_lab::rehearsal::{Sheet, page};

/// The sheet as JSON, of a session that has one.
pub(super) fn json(gathered: &Gathered) -> Option<Vec<u8>> {
    sheet(gathered)?.ok().and_then(|sheet| serde_json::to_vec_pretty(&sheet).ok())
}

/// The sheet as a page, of a session that has one.
pub(super) fn html(gathered: &Gathered) -> Option<Vec<u8>> {
    sheet(gathered)?.ok().map(|sheet| page(&sheet).into_bytes())
}

/// The sheet as it was noted at the start, or that it cannot be read.
pub(super) fn sheet(gathered: &Gathered) -> Option<Result<Sheet, serde_json::Error>> {
    let noted = gathered.contents.events.iter().find(|(_, event, _)| event.kind == EventRow::REHEARSAL);
    noted.map(|(_, event, _)| serde_json::from_str(&event.payload))
}

/// What differs between a sheet, its hash, and the session that it was noted in.
pub(super) fn differences(gathered: &Gathered, noted: &Result<Sheet, serde_json::Error>) -> Vec<String> {
    let sheet = match noted {
        Ok(sheet) => sheet,
        Err(error) => return vec![format!("the sheet of the rehearsal cannot be read: {error}")],
    };
    let mut differences = Vec::new();
    if !sheet.is_whole() {
        differences.push(format!("the sheet of the rehearsal is not the one of its hash {}", sheet.hash));
    }
    if sheet.rehearsed.configuration["params"] != gathered.contents.state.config.params.to_json(None) {
        differences.push("the sheet of the rehearsal is of other parameters than the session's".to_owned());
    }
    differences
}
