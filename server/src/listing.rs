//! The sessions of a database as a table for the operator. It only reads.

use crate::store::{SessionInfo, Store, StoreError};

const HEADING: [&str; 9] =
    ["session", "state", "people", "bots", "ticks", "orders", "fills", "last sign of life", "name"];
/// Columns of words, which begin on the left.
const WORDS: [usize; 3] = [1, 7, 8];

/// Every session, newest first, and what all of them take.
///
/// # Errors
/// When the store fails.
pub async fn text(store: &dyn Store) -> Result<String, StoreError> {
    let rows: Vec<_> = store.sessions().await?.iter().map(row).collect();
    let bytes = store.size().await?;
    Ok(format!("{}{} in the database, {:.1} MB\n", table(&rows), count(rows.len()), bytes as f64 / 1e6))
}

fn count(sessions: usize) -> String {
    if sessions == 1 { "1 session".to_owned() } else { format!("{sessions} sessions") }
}

fn row(info: &SessionInfo) -> [String; 9] {
    let state = format!("{:?}", info.phase).to_lowercase();
    let sign = if info.served { format!("{} (served now)", info.last_sign) } else { info.last_sign.clone() };
    let room = info.server.as_deref().and_then(|server| server.rsplit_once('/'));
    let name = room.map_or_else(|| info.name.clone(), |(_, code)| format!("{} (room {code})", info.name));
    let people = info.users - info.bots.min(info.users);
    let [people, bots, ticks, orders, fills] =
        [people, info.bots, info.ticks, info.orders, info.fills].map(|number| number.to_string());
    [info.id.to_string(), state, people, bots, ticks, orders, fills, sign, name]
}

fn table(rows: &[[String; 9]]) -> String {
    let heading = HEADING.map(str::to_owned);
    let lines = || std::iter::once(&heading).chain(rows);
    let width = |column: usize| lines().map(|line| line[column].chars().count()).max().unwrap_or_default();
    let widths: Vec<_> = (0..HEADING.len()).map(width).collect();
    let cell = |(column, text): (usize, &String)| {
        let width = widths[column];
        if WORDS.contains(&column) { format!("{text:<width$}") } else { format!("{text:>width$}") }
    };
    let line =
        |line: &[String; 9]| line.iter().enumerate().map(cell).collect::<Vec<_>>().join("  ").trim_end().to_owned();
    lines().map(|cells| line(cells) + "\n").collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::SessionId;
    use outcry_shared::phase::Phase;

    #[test]
    fn every_session_is_a_line() {
        let info = |id: u64, name: &str, served: bool| SessionInfo {
            id: SessionId(id),
            name: name.to_owned(),
            phase: Phase::Running,
            users: 12,
            bots: 10,
            ticks: 900,
            orders: 4_321,
            fills: 2_000,
            created_at: String::new(),
            last_sign: "2026-01-02T03:04:05.678Z".to_owned(),
            served,
            server: None,
        };
        let in_room = SessionInfo { server: Some("7a:7777/CDFGH".to_owned()), ..info(9, "Thursday", false) };
        let rows = [row(&info(10, "Friday", true)), row(&in_room)];
        let expected = "\
session  state    people  bots  ticks  orders  fills  last sign of life                      name
     10  running       2    10    900    4321   2000  2026-01-02T03:04:05.678Z (served now)  Friday
      9  running       2    10    900    4321   2000  2026-01-02T03:04:05.678Z               Thursday (room CDFGH)
";
        assert_eq!(table(&rows), expected);
    }
}
