//! The rooms of houses, on a database.

use super::{
    database::{Database, Work},
    decode::Columns,
    settled::settled,
    store::SqlStore,
    table::{Cell, json, text},
};
use crate::{
    code::Code,
    store::{error::StoreError, register::KeptRoom},
};
use outcry_shared::config::SessionConfig;

impl<D: Database> SqlStore<D> {
    /// Every room of a house, closed ones too, by number.
    pub(crate) async fn rooms(&self, house: &str) -> Result<Vec<KeptRoom>, StoreError> {
        settled(|| async {
            let mut work = self.database.begin_reading().await?;
            let rows = work.rows(D::SQL.rooms, &[text(house)], None).await?;
            rows.iter().filter_map(|row| room(row).transpose()).collect()
        })
        .await
    }

    /// Keeps another room. False when its code was given before, or its number.
    pub(crate) async fn add_room(
        &self,
        house: &str,
        (code, number): (&Code, u32),
        config: &SessionConfig,
        is_open: bool,
    ) -> Result<bool, StoreError> {
        let row = [
            text(code.as_str()),
            text(house),
            Cell::Int(number.into()),
            Cell::Text(json(config)),
            Cell::Int(is_open.into()),
        ];
        self.change(D::SQL.add_room, &row).await.map(|added| added > 0)
    }

    /// Closes a room. False when there is none of this code that is open.
    pub(crate) async fn close_room(&self, code: &Code) -> Result<bool, StoreError> {
        self.change(D::SQL.close_room, &[text(code.as_str())]).await.map(|closed| closed > 0)
    }

    /// Opens a closed room again. False when there is none of this code that is closed.
    pub(crate) async fn reopen_room(&self, code: &Code) -> Result<bool, StoreError> {
        self.change(D::SQL.reopen_room, &[text(code.as_str())]).await.map(|opened| opened > 0)
    }

    /// Keeps a closed room no longer. False when there is none of this code that is closed.
    pub(crate) async fn forget_room(&self, code: &Code) -> Result<bool, StoreError> {
        self.change(D::SQL.forget_room, &[text(code.as_str())]).await.map(|forgotten| forgotten > 0)
    }

    /// Makes the rooms of one house another's, with the numbers after those that it has. Says how many.
    pub(crate) async fn adopt_rooms(&self, house: &str, from: &str) -> Result<u64, StoreError> {
        if house == from {
            return Ok(0);
        }
        self.change(D::SQL.adopt_rooms, &[text(house), text(from)]).await
    }

    /// Runs a statement, and says how many rows it has changed.
    async fn change(&self, sql: &'static str, scalars: &[Cell<'_>]) -> Result<u64, StoreError> {
        settled(|| async {
            let mut work = self.database.begin().await?;
            let changed = work.run(sql, scalars, None).await?;
            work.commit().await?;
            Ok(changed)
        })
        .await
    }
}

/// A room; nothing of a row whose code is none of ours.
fn room(row: &impl Columns) -> Result<Option<KeptRoom>, StoreError> {
    let word = |column| row.maybe_text(column).map(Option::unwrap_or_default);
    let number = |column| row.maybe_int(column).map(Option::unwrap_or_default);
    let Some(code) = Code::meant(&word(0)?) else { return Ok(None) };
    Ok(Some(KeptRoom {
        code,
        number: u32::try_from(number(1)?).unwrap_or_default(),
        config: serde_json::from_str(&word(2)?).ok(),
        is_open: number(3)? != 0,
    }))
}
