//! The tables with the kind of every column, parents first: what a copy from one database into another goes by.

/// What a column holds, in both databases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A whole number.
    Int,
    /// True or false.
    Flag,
    /// An amount or a price, in micros.
    Micros,
    /// A rate, in units of 10⁻⁹.
    Nanos,
    /// A text.
    Text,
    /// A text that is JSON.
    Json,
    /// Bytes.
    Bytes,
    /// A time of day.
    Time,
}

use Kind::{Bytes, Flag, Int, Json, Micros, Nanos, Text, Time};

/// A table: its name, and its columns; the key's come first.
pub(crate) type TableSpec = (&'static str, &'static [(&'static str, Kind)]);

/// Every table, parents first. Who serves a session or a room at the moment is not copied: nobody serves a copy.
pub(crate) const TABLES: &[TableSpec] = &[
    (
        "sessions",
        &[
            ("session_id", Int),
            ("name", Text),
            ("door_open", Flag),
            ("epoch", Int),
            ("last_group", Int),
            ("event_count", Int),
            ("created_at", Time),
            ("updated_at", Time),
            ("predecessor", Int),
            ("alive_at", Time),
            ("server", Text),
        ],
    ),
    (
        "config",
        &[
            ("session_id", Int),
            ("params", Json),
            ("script", Json),
            ("status", Text),
            ("start_ts", Time),
            ("clock_ms", Int),
            ("current_tick", Int),
            ("last_order", Int),
            ("created_at", Time),
            ("updated_at", Time),
        ],
    ),
    (
        "users",
        &[
            ("session_id", Int),
            ("user_id", Int),
            ("display_name", Text),
            ("skeleton", Text),
            ("token_hash", Bytes),
            ("is_admin", Flag),
            ("is_bot", Flag),
            ("is_open", Flag),
            ("deposit", Micros),
            ("balance", Micros),
            ("net_pnl", Micros),
            ("trade_count", Int),
            ("gas_paid", Micros),
            ("created_at", Time),
            ("updated_at", Time),
        ],
    ),
    (
        "positions",
        &[
            ("session_id", Int),
            ("user_id", Int),
            ("outcome_i", Int),
            ("yes_no", Text),
            ("tokens", Micros),
            ("created_at", Time),
            ("updated_at", Time),
        ],
    ),
    (
        "orders",
        &[
            ("session_id", Int),
            ("order_id", Int),
            ("user_id", Int),
            ("client_order_id", Int),
            ("outcome_i", Int),
            ("yes_no", Text),
            ("is_buy", Flag),
            ("type", Text),
            ("size", Micros),
            ("limit_price", Micros),
            ("max_slippage", Nanos),
            ("af_opt_in", Flag),
            ("status", Text),
            ("filled", Micros),
            ("remaining", Micros),
            ("reason", Text),
            ("gas", Micros),
            ("tick_accepted", Int),
            ("cancel_ms", Int),
            ("tick_cancelled", Int),
            ("ts_ms", Int),
            ("created_at", Time),
            ("updated_at", Time),
            ("promised_tick", Int),
            ("promised_average", Micros),
            ("promised_total", Micros),
            ("lag_ms", Int),
        ],
    ),
    (
        "lob_pools",
        &[
            ("session_id", Int),
            ("outcome_i", Int),
            ("yes_no", Text),
            ("is_buy", Flag),
            ("tick", Int),
            ("price", Micros),
            ("volume", Micros),
            ("shares", Json),
            ("created_at", Time),
            ("updated_at", Time),
        ],
    ),
    (
        "ticks",
        &[
            ("session_id", Int),
            ("tick_id", Int),
            ("ts_ms", Int),
            ("summary", Json),
            ("state_hash", Bytes),
            ("created_at", Time),
            ("cash", Json),
        ],
    ),
    (
        "trades",
        &[
            ("session_id", Int),
            ("trade_id", Int),
            ("outcome_i", Int),
            ("yes_no", Text),
            ("buy_user_id", Int),
            ("buy_order_id", Int),
            ("sell_user_id", Int),
            ("sell_order_id", Int),
            ("price", Micros),
            ("size", Micros),
            ("value", Micros),
            ("fee", Micros),
            ("fill_type", Text),
            ("tick_id", Int),
            ("ts_ms", Int),
            ("created_at", Time),
        ],
    ),
    (
        "events",
        &[
            ("session_id", Int),
            ("event_id", Int),
            ("type", Text),
            ("payload", Json),
            ("ts_ms", Int),
            ("created_at", Time),
        ],
    ),
    (
        "metrics",
        &[
            ("session_id", Int),
            ("tick_id", Int),
            ("ts_ms", Int),
            ("volume", Micros),
            ("mm_risk", Micros),
            ("worst_case_loss", Micros),
            ("mm_profit", Micros),
            ("fees", Micros),
            ("gas", Micros),
            ("paid_in", Micros),
            ("seigniorage", Micros),
            ("created_at", Time),
        ],
    ),
    (
        "inputs",
        &[
            ("session_id", Int),
            ("seq", Int),
            ("tick_id", Int),
            ("kind", Text),
            ("payload", Bytes),
            ("created_at", Time),
        ],
    ),
    (
        "snapshots",
        &[
            ("session_id", Int),
            ("tick_id", Int),
            ("seq", Int),
            ("state_hash", Bytes),
            ("checksum", Bytes),
            ("state", Bytes),
            ("created_at", Time),
        ],
    ),
    ("pieces", &[("session_id", Int), ("piece_id", Int), ("content", Bytes), ("created_at", Time)]),
    (
        "rooms",
        &[
            ("code", Text),
            ("house", Text),
            ("number", Int),
            ("config", Json),
            ("is_open", Flag),
            ("term", Int),
            ("created_at", Time),
        ],
    ),
];
