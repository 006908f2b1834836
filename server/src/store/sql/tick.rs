//! The statements of a tick. No two touch the same row, and none looks at what another changes
//! but for the number of the first event: a database may run them as one.

use super::{
    encode,
    names::Named,
    statements::Statements,
    table::{Cell, Step, Table, int, json, text},
};
use crate::store::{
    record::RecordedInput,
    session::SessionId,
    tick::{LobPool, TickBatch},
};
use outcry_engine::{Input, OrderId};
use std::collections::BTreeSet;

/// Which session this server serves, and since which claim.
#[derive(Clone, Copy, Debug)]
pub(super) struct Claim {
    pub(super) session: SessionId,
    pub(super) epoch: i64,
}

/// What a tick's tables are made of besides the batch itself.
pub(super) struct TickRows {
    inputs: Vec<RecordedInput>,
    taken: BTreeSet<OrderId>,
    cancelled: BTreeSet<OrderId>,
    /// Those of them that the tick has not touched otherwise.
    cancelled_alone: Vec<OrderId>,
    levels: Vec<LobPool>,
    levels_gone: Vec<LobPool>,
}

impl TickRows {
    pub(super) fn of(batch: &TickBatch) -> Self {
        let record = |(seq, input): (u64, &Input)| RecordedInput { seq, tick: batch.tick, input: input.clone() };
        let (levels_gone, levels) = batch.lob_pools.iter().cloned().partition(|level| level.volume.0 == 0);
        let touched: BTreeSet<_> = batch.orders.iter().map(|change| change.id).collect();
        let cancelled: BTreeSet<_> = batch.taken_cancels().collect();
        Self {
            inputs: (batch.first_seq..).zip(&batch.inputs).map(record).collect(),
            taken: batch.taken_orders().collect(),
            cancelled_alone: cancelled.difference(&touched).copied().collect(),
            cancelled,
            levels,
            levels_gone,
        }
    }
}

fn id(session: SessionId) -> Cell<'static> {
    Cell::Int(int(session.0))
}

/// Everything of a tick, with its conditions: that this server still serves the session, that the
/// tick follows the last one, and that every account is known.
pub(super) fn whole_tick<'r>(
    sql: &Statements,
    claim: Claim,
    batch: &'r TickBatch,
    rows: &'r TickRows,
) -> Vec<Step<'r>> {
    let session = claim.session;
    let scalars = vec![id(session), Cell::Int(claim.epoch), Cell::Int(int(batch.events.len() as u64))];
    let fence = Step { sql: sql.fence, scalars, table: None, must: Some(1) };
    let first_event = Cell::Given("(SELECT before FROM step0)");
    let conditions = [fence, advance(sql, session, batch)].into_iter().chain(accounts(sql, session, batch));
    conditions.chain(tick_steps(sql, session, batch, rows, first_event)).collect()
}

/// The session's place in time: only after the tick before.
pub(super) fn advance<'r>(sql: &Statements, session: SessionId, batch: &'r TickBatch) -> Step<'r> {
    let last_order = batch.taken_orders().max().unwrap_or(OrderId(0));
    let scalars = vec![
        id(session),
        Cell::Int(int(batch.tick)),
        text(batch.phase.name()),
        Cell::Int(int(batch.now_ms)),
        Cell::Int(int(last_order.0)),
    ];
    Step { sql: sql.advance, scalars, table: None, must: Some(1) }
}

/// The accounts touched, all of them known. With [`TickBatch::check_parties`] that stands in for a
/// reference of each trade to its users, which would cost more than all else of a tick.
pub(super) fn accounts<'r>(sql: &Statements, session: SessionId, batch: &'r TickBatch) -> Option<Step<'r>> {
    let table = encode::user_changes(&batch.users);
    let must = Some(table.rows).filter(|rows| *rows > 0)?;
    Some(Step { sql: sql.update_users, scalars: vec![id(session)], table: Some(table), must: Some(must) })
}

/// All the rest of a tick, after its accounts; steps without rows are left out.
pub(super) fn tick_steps<'r>(
    sql: &Statements,
    session: SessionId,
    batch: &'r TickBatch,
    rows: &'r TickRows,
    last_event: Cell<'r>,
) -> Vec<Step<'r>> {
    let (tick, now_ms) = (|| Cell::Int(int(batch.tick)), || Cell::Int(int(batch.now_ms)));
    let (alone, at_tick) = (|| vec![id(session)], || vec![id(session), tick()]);
    let changes = encode::order_changes(&batch.orders, &rows.taken, &rows.cancelled);
    let tables: [(&'static str, Vec<Cell<'r>>, Table<'r>); 8] = [
        (sql.insert_inputs, alone(), encode::inputs(&rows.inputs)),
        (sql.update_orders, at_tick(), changes),
        (sql.take_cancels, at_tick(), encode::order_ids(&rows.cancelled_alone)),
        (sql.upsert_positions, alone(), encode::positions(&batch.positions)),
        (sql.upsert_lob_pools, alone(), encode::lob_pools(&rows.levels)),
        (sql.delete_lob_pools, alone(), encode::lob_pool_keys(&rows.levels_gone)),
        (sql.insert_trades, at_tick(), encode::trades(&batch.trades)),
        (sql.insert_events, vec![id(session), last_event], encode::events(&batch.events)),
    ];
    let filled = tables.into_iter().filter(|(.., table)| table.rows > 0);
    let steps = filled.map(|(sql, scalars, table)| Step { sql, scalars, table: Some(table), must: None });
    let hash = Cell::Bytes(&batch.state_hash);
    let summary = [now_ms(), Cell::Text(json(&batch.summary())), hash, encode::cash(&batch.cash)];
    let row = at_tick().into_iter().chain(summary).collect();
    let metrics = at_tick().into_iter().chain([now_ms()]).chain(encode::metrics(&batch.metrics)).collect();
    let single = |sql, scalars| Step { sql, scalars, table: None, must: None };
    steps.chain([single(sql.insert_tick, row), single(sql.insert_metrics, metrics)]).collect()
}
