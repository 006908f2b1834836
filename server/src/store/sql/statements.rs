//! Every statement, by name. Values come as parameters: first the scalars in the order given
//! here, then the columns of a table.

/// The statements of one database.
pub(crate) struct Statements {
    /// (name, the session before or 0, the server) → session_id; its epoch is the first
    pub(crate) insert_session: &'static str,
    /// (session) → the session that followed it last
    pub(crate) successor: &'static str,
    /// (session, params, status)
    pub(crate) insert_config: &'static str,
    /// (session, the server) → epoch
    pub(crate) raise_epoch: &'static str,
    /// (session, epoch, number of events to come) → number of events so far, last group
    pub(crate) fence: &'static str,
    /// (session, epoch): a sign of life
    pub(crate) beat: &'static str,
    /// (session) → epoch, time of the last sign of life or 0, whether it is of the last 3 s, or of before a
    /// restart of the database a moment ago: then its server could not give another
    pub(crate) life: &'static str,
    /// (session, epoch): the last sign
    pub(crate) let_go: &'static str,
    /// (session, group)
    pub(crate) set_group: &'static str,
    /// (session, name, door_open)
    pub(crate) update_session: &'static str,
    /// (session, params, script, status, clock_ms)
    pub(crate) update_config: &'static str,
    /// (session) + user, name, skeleton, token_hash, bot, deposit
    pub(crate) insert_users: &'static str,
    /// (session) + user, name, skeleton: takes their names from them, so that others may have them
    pub(crate) free_names: &'static str,
    /// (session) + user, name, skeleton
    pub(crate) rename_users: &'static str,
    /// (session) + user, token_hash, open
    pub(crate) update_seats: &'static str,
    /// (session) + order columns; leaves out used client ids
    pub(crate) insert_orders: &'static str,
    /// (session) + given order, user, client id → given, stored, ts_ms
    pub(crate) find_duplicates: &'static str,
    /// (session) + order, user, cancel_ms
    pub(crate) insert_cancels: &'static str,
    /// (session, first number) + kind, payload, ts_ms
    pub(crate) insert_events: &'static str,
    /// (session) + seq, tick, kind, payload
    pub(crate) insert_inputs: &'static str,
    /// (session, tick, status, clock_ms, last order taken): only after the tick before
    pub(crate) advance: &'static str,
    /// (session, tick) → state_hash
    pub(crate) tick_hash: &'static str,
    /// (session) → current_tick
    pub(crate) current_tick: &'static str,
    /// (session, tick) + order, status, filled, remaining, reason, gas, taken and cancelled in this
    /// tick
    pub(crate) update_orders: &'static str,
    /// (session, tick) + order
    pub(crate) take_cancels: &'static str,
    /// (session, tick) + trade columns
    pub(crate) insert_trades: &'static str,
    /// (session) + user, balance, net_pnl, trade_count, gas_paid, open
    pub(crate) update_users: &'static str,
    /// (session) + user, outcome, side, tokens
    pub(crate) upsert_positions: &'static str,
    /// (session) + outcome, side, is_buy, tick, price, volume, shares
    pub(crate) upsert_lob_pools: &'static str,
    /// (session) + outcome, side, is_buy, tick
    pub(crate) delete_lob_pools: &'static str,
    /// (session, tick, ts_ms, summary, state_hash, cash)
    pub(crate) insert_tick: &'static str,
    /// (session, tick, ts_ms, the eight figures)
    pub(crate) insert_metrics: &'static str,
    /// (session, tick, seq, state_hash, checksum, state)
    pub(crate) insert_snapshot: &'static str,
    /// (session): all but the last two
    pub(crate) delete_snapshots: &'static str,
    /// (session) + piece, content; one that is there stays as it is
    pub(crate) insert_pieces: &'static str,

    /// () → id, name, status, users, bots, ticks, orders, fills, created_at, last sign of life, whether it
    /// is fresh, the server
    pub(crate) sessions: &'static str,
    /// (session) → status, clock_ms, door_open, params, script, current_tick, last_group
    pub(crate) session: &'static str,
    /// (session) → user columns
    pub(crate) users: &'static str,
    /// (session) → user, outcome, side, tokens
    pub(crate) positions: &'static str,
    /// (session) → outcome, side, is_buy, tick, price, volume, shares
    pub(crate) lob_pools: &'static str,
    /// (session, after, limit) → order columns
    pub(crate) orders: &'static str,
    /// (session) → order columns of those that no tick has taken
    pub(crate) waiting_orders: &'static str,
    /// (session) → user, order, cancel_ms
    pub(crate) waiting_cancels: &'static str,
    /// (session, after) → user, client_order_id, order, ts_ms
    pub(crate) answers: &'static str,
    /// (session) → highest order id, highest seq, ts_ms of the last event, highest piece
    pub(crate) last_numbers: &'static str,
    /// (session, after, limit) → tick, trade columns
    pub(crate) trades: &'static str,
    /// () → bytes of all tables
    pub(crate) size: &'static str,
    /// (session) → created_at, start_ts
    pub(crate) times: &'static str,
    /// (session, after, limit) → tick, ts_ms, cash
    pub(crate) cash: &'static str,
    /// (session, after, limit) → number, type, payload, ts_ms, created_at
    pub(crate) events: &'static str,
    /// (session, after, limit) → tick, ts_ms, summary, state_hash, created_at
    pub(crate) ticks: &'static str,
    /// (session, after, limit) → tick, state_hash
    pub(crate) hashes: &'static str,
    /// (session, after, limit) → tick, ts_ms, the eight figures
    pub(crate) metrics: &'static str,
    /// (session, after, limit) → seq, tick, payload
    pub(crate) inputs: &'static str,
    /// (session), newest first → tick, seq, state_hash, checksum, state
    pub(crate) snapshots: &'static str,
    /// (session, after, limit) → piece, content
    pub(crate) pieces: &'static str,

    /// (house) → code, number, configuration, whether it is open
    pub(crate) rooms: &'static str,
    /// (code, house, number, configuration, whether it is open): unless there is one of this code, or of this number
    pub(crate) add_room: &'static str,
    /// (code)
    pub(crate) close_room: &'static str,
    /// (code)
    pub(crate) reopen_room: &'static str,
    /// (code)
    pub(crate) forget_room: &'static str,
    /// (house, another): the other's rooms become its own
    pub(crate) adopt_rooms: &'static str,
}

/// What deletes a session, children first, in both databases.
pub(crate) const PURGE: &[&str] = &[
    "DELETE FROM pieces WHERE session_id = $1",
    "DELETE FROM snapshots WHERE session_id = $1",
    "DELETE FROM inputs WHERE session_id = $1",
    "DELETE FROM metrics WHERE session_id = $1",
    "DELETE FROM events WHERE session_id = $1",
    "DELETE FROM trades WHERE session_id = $1",
    "DELETE FROM ticks WHERE session_id = $1",
    "DELETE FROM lob_pools WHERE session_id = $1",
    "DELETE FROM orders WHERE session_id = $1",
    "DELETE FROM positions WHERE session_id = $1",
    "DELETE FROM users WHERE session_id = $1",
    "DELETE FROM config WHERE session_id = $1",
    "DELETE FROM sessions WHERE session_id = $1",
];
