//! Rows into columns, in the order that the statements expect.

use super::{
    names::{Named, input_kind},
    table::{Cell, Table, TableOf, int, json},
};
use crate::store::{
    admitted::{AcceptedOrder, Cancel, EventRow, NewUser, Rename, SeatUpdate},
    record::{PieceRow, RecordedInput, SnapshotRow},
    tick::{LobPool, OrderChange, PositionRow, UserChange},
};
use outcry_engine::{Cash, Direction, Fill, Metrics, OrderId, OrderKind};
use std::{borrow::Cow, collections::BTreeSet};

/// A constant word as a cell of a text column.
const fn word<'a>(text: &'static str) -> Cow<'a, str> {
    Cow::Borrowed(text)
}

pub(super) fn users(rows: &[NewUser]) -> Table<'_> {
    TableOf::new(rows)
        .int(|user| user.user.0.into())
        .text(|user| Cow::Borrowed(&user.name))
        .text(|user| Cow::Borrowed(&user.skeleton))
        .bytes(|user| Cow::Borrowed(&user.token_hash))
        .flag(|user| user.bot)
        .int(|user| user.deposit.0)
        .build()
}

pub(super) fn pieces(rows: &[PieceRow]) -> Table<'_> {
    TableOf::new(rows).id(|piece| piece.number).bytes(|piece| Cow::Borrowed(&piece.content)).build()
}

pub(super) fn renames(rows: &[Rename]) -> Table<'_> {
    TableOf::new(rows)
        .int(|rename| rename.user.0.into())
        .text(|rename| Cow::Borrowed(&rename.name))
        .text(|rename| Cow::Borrowed(&rename.skeleton))
        .build()
}

pub(super) fn seats(rows: &[SeatUpdate]) -> Table<'_> {
    TableOf::new(rows)
        .int(|update| update.user.0.into())
        .bytes(|update| Cow::Borrowed(&update.token_hash))
        .flag(|update| update.open)
        .build()
}

pub(super) fn orders(rows: &[AcceptedOrder]) -> Table<'_> {
    TableOf::new(rows)
        .id(|row| row.order.id.0)
        .int(|row| row.order.user.0.into())
        .maybe_int(|row| row.client_order_id.map(client_id))
        .int(|row| row.order.outcome.0.into())
        .text(|row| word(row.order.side.name()))
        .flag(|row| row.order.direction == Direction::Buy)
        .text(|row| word(if matches!(row.order.kind, OrderKind::Market { .. }) { "MARKET" } else { "LIMIT" }))
        .int(|row| row.order.size.0)
        .maybe_int(|row| match row.order.kind {
            OrderKind::Limit { price, .. } => Some(price.0.into()),
            OrderKind::Market { .. } => None,
        })
        .maybe_int(|row| match row.order.kind {
            OrderKind::Market { max_slippage } => Some(max_slippage.0),
            OrderKind::Limit { .. } => None,
        })
        .flag(|row| matches!(row.order.kind, OrderKind::Limit { af_opt_in: true, .. }))
        .id(|row| row.order.ts_ms)
        .maybe_int(|row| row.sending.promise.map(|promise| int(promise.tick)))
        .maybe_int(|row| Some(row.sending.promise?.average?.0.into()))
        .maybe_int(|row| row.sending.promise.map(|promise| promise.total.0))
        .maybe_int(|row| row.sending.lag_ms.map(i64::from))
        .build()
}

/// A client may choose any 64 bits; the tables keep them as they are.
pub(super) const fn client_id(id: u64) -> i64 {
    id.cast_signed()
}

/// Given order, participant and client id of every order that has one.
pub(super) fn client_ids(rows: &[AcceptedOrder]) -> Table<'_> {
    TableOf::new(rows)
        .id(|row| row.order.id.0)
        .int(|row| row.order.user.0.into())
        .maybe_int(|row| row.client_order_id.map(client_id))
        .build()
}

pub(super) fn cancels(rows: &[Cancel]) -> Table<'_> {
    TableOf::new(rows).id(|cancel| cancel.order.0).int(|cancel| cancel.user.0.into()).id(|cancel| cancel.now_ms).build()
}

pub(super) fn events(rows: &[EventRow]) -> Table<'_> {
    TableOf::new(rows)
        .text(|event| Cow::Borrowed(&event.kind))
        .text(|event| Cow::Borrowed(&event.payload))
        .id(|event| event.ts_ms)
        .build()
}

pub(super) fn inputs(rows: &[RecordedInput]) -> Table<'_> {
    TableOf::new(rows)
        .id(|row| row.seq)
        .id(|row| row.tick)
        .text(|row| word(input_kind(&row.input)))
        .bytes(|row| Cow::Owned(outcry_shared::floor::encode_input(&row.input)))
        .build()
}

pub(super) fn order_changes<'r>(
    rows: &'r [OrderChange],
    taken: &BTreeSet<OrderId>,
    cancelled: &BTreeSet<OrderId>,
) -> Table<'r> {
    TableOf::new(rows)
        .id(|change| change.id.0)
        .text(|change| word(change.status.name()))
        .int(|change| change.filled.0)
        .int(|change| change.remaining.0)
        .maybe_text(|change| change.reason.as_deref().map(Cow::Borrowed))
        .int(|change| change.gas.0)
        .flag(|change| taken.contains(&change.id))
        .flag(|change| cancelled.contains(&change.id))
        .build()
}

pub(super) fn order_ids(rows: &[OrderId]) -> Table<'_> {
    TableOf::new(rows).id(|id| id.0).build()
}

pub(super) fn trades(rows: &[Fill]) -> Table<'_> {
    TableOf::new(rows)
        .id(|fill| fill.trade_id)
        .int(|fill| fill.outcome.0.into())
        .text(|fill| word(fill.side.name()))
        .maybe_int(|fill| fill.buyer.user().map(|user| user.0.into()))
        .maybe_int(|fill| fill.buyer.order().map(|order| int(order.0)))
        .maybe_int(|fill| fill.seller.user().map(|user| user.0.into()))
        .maybe_int(|fill| fill.seller.order().map(|order| int(order.0)))
        .int(|fill| fill.price.0.into())
        .int(|fill| fill.size.0)
        .int(|fill| fill.value.0)
        .int(|fill| fill.fee.0)
        .text(|fill| word(fill.fill_type.name()))
        .id(|fill| fill.ts_ms)
        .build()
}

/// Movements of cash as a JSON array of arrays: participant, kind, micros, order, trade.
pub(super) fn cash(rows: &[Cash]) -> Cell<'static> {
    let row =
        |cash: &Cash| (cash.user.0, cash.kind.name(), cash.amount.0, cash.order.map(|order| order.0), cash.trade_id);
    Cell::Text(json(&rows.iter().map(row).collect::<Vec<_>>()))
}

pub(super) fn user_changes(rows: &[UserChange]) -> Table<'_> {
    TableOf::new(rows)
        .int(|change| change.user.0.into())
        .int(|change| change.balance.0)
        .int(|change| change.net_pnl.0)
        .id(|change| change.trade_count)
        .int(|change| change.gas_paid.0)
        .flag(|change| change.open)
        .build()
}

pub(super) fn positions(rows: &[PositionRow]) -> Table<'_> {
    TableOf::new(rows)
        .int(|position| position.user.0.into())
        .int(|position| position.outcome.0.into())
        .text(|position| word(position.side.name()))
        .int(|position| position.tokens.0)
        .build()
}

fn level_key(rows: &[LobPool]) -> TableOf<'_, LobPool> {
    TableOf::new(rows)
        .int(|level| level.outcome.0.into())
        .text(|level| word(level.side.name()))
        .flag(|level| level.direction == Direction::Buy)
        .int(|level| level.tick.into())
}

pub(super) fn lob_pools(rows: &[LobPool]) -> Table<'_> {
    level_key(rows)
        .int(|level| level.price.0.into())
        .int(|level| level.volume.0)
        .text(|level| Cow::Owned(serde_json::to_string(&level.shares).unwrap_or_default()))
        .build()
}

pub(super) fn lob_pool_keys(rows: &[LobPool]) -> Table<'_> {
    level_key(rows).build()
}

/// The maker's figures, in the order of their columns.
pub(super) fn metrics(figures: &Metrics) -> [Cell<'static>; 8] {
    let Metrics { volume, mm_risk, worst_case_loss, mm_profit, fees, gas, paid_in, seigniorage } = *figures;
    [volume, mm_risk, worst_case_loss, mm_profit, fees, gas, paid_in, seigniorage].map(|figure| Cell::Int(figure.0))
}

/// What shows that a snapshot is the one that was written.
pub(super) fn checksum(snapshot: &SnapshotRow) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&snapshot.tick.to_le_bytes());
    hasher.update(&snapshot.seq.to_le_bytes());
    hasher.update(&snapshot.state_hash);
    hasher.update(&snapshot.bytes);
    hasher.finalize().into()
}
