//! The statements of SQLite. A table comes as one JSON array of rows (`json_each`), so every
//! statement has one text however many rows it is about, and is prepared once. Where rows are
//! updated, the array is laid out first with the session's number in each row: with the number as
//! a parameter SQLite would walk through the session once for every row.

use crate::store::sql::Statements;

pub(super) const SQLITE: Statements = Statements {
    insert_session: "INSERT INTO sessions (name, predecessor, epoch, alive_at, server)
        VALUES (?1, nullif(?2, 0), 1, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), nullif(?3, '')) RETURNING session_id",
    successor: "SELECT session_id FROM sessions WHERE predecessor = ?1 ORDER BY session_id DESC LIMIT 1",
    insert_config: "INSERT INTO config (session_id, params, status) VALUES (?1, ?2, ?3)",
    raise_epoch: "UPDATE sessions SET epoch = epoch + 1, alive_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), server = nullif(?2, '')
        WHERE session_id = ?1 RETURNING epoch",
    fence: "UPDATE sessions SET event_count = event_count + ?3, updated_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
        WHERE session_id = ?1 AND epoch = ?2 RETURNING event_count - ?3, last_group",
    beat: "UPDATE sessions SET alive_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE session_id = ?1 AND epoch = ?2",
    life: "SELECT epoch, coalesce(unixepoch(alive_at) * 1000, 0),
            coalesce(unixepoch(alive_at) > unixepoch() - 3, FALSE)
        FROM sessions WHERE session_id = ?1",
    let_go: "UPDATE sessions SET alive_at = NULL WHERE session_id = ?1 AND epoch = ?2",
    set_group: "UPDATE sessions SET last_group = ?2 WHERE session_id = ?1",
    update_session: "UPDATE sessions SET name = ?2, door_open = ?3 WHERE session_id = ?1",
    update_config: "UPDATE config SET params = ?2, script = ?3, status = ?4, clock_ms = ?5,
            start_ts = CASE WHEN ?4 = 'RUNNING' THEN coalesce(start_ts, strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) ELSE start_ts END,
            updated_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
        WHERE session_id = ?1",
    insert_users: "INSERT INTO users (session_id, user_id, display_name, skeleton, token_hash, is_bot, deposit, balance)
        SELECT ?1, value ->> 0, value ->> 1, value ->> 2, unhex(value ->> 3), value ->> 4, value ->> 5, value ->> 5
        FROM json_each(?2)",
    free_names: "WITH new AS MATERIALIZED (SELECT ?1 AS session_id, value ->> 0 AS user_id FROM json_each(?2))
        UPDATE users SET skeleton = '#' || users.user_id
        FROM new WHERE users.session_id = new.session_id AND users.user_id = new.user_id",
    rename_users: "WITH new AS MATERIALIZED (SELECT ?1 AS session_id, value ->> 0 AS user_id, value ->> 1 AS name,
            value ->> 2 AS skeleton FROM json_each(?2))
        UPDATE users SET display_name = new.name, skeleton = new.skeleton,
            updated_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
        FROM new WHERE users.session_id = new.session_id AND users.user_id = new.user_id",
    update_seats: "WITH new AS MATERIALIZED (SELECT ?1 AS session_id, value ->> 0 AS user_id,
            unhex(value ->> 1) AS token_hash, value ->> 2 AS is_open FROM json_each(?2))
        UPDATE users SET token_hash = new.token_hash, is_open = new.is_open,
            updated_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
        FROM new WHERE users.session_id = new.session_id AND users.user_id = new.user_id",
    insert_orders: "INSERT INTO orders (session_id, order_id, user_id, client_order_id, outcome_i, yes_no, is_buy, type,
            size, limit_price, max_slippage, af_opt_in, remaining, ts_ms, promised_tick, promised_average,
            promised_total, lag_ms)
        SELECT ?1, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7,
            value ->> 8, value ->> 9, value ->> 10, value ->> 7, value ->> 11,
            value ->> 12, value ->> 13, value ->> 14, value ->> 15
        FROM json_each(?2) WHERE TRUE
        ON CONFLICT (session_id, user_id, client_order_id) DO NOTHING",
    find_duplicates: "SELECT new.value ->> 0, orders.order_id, orders.ts_ms
        FROM json_each(?2) AS new CROSS JOIN orders
        WHERE orders.session_id = ?1 AND orders.user_id = new.value ->> 1 AND orders.client_order_id = new.value ->> 2
            AND orders.order_id <> new.value ->> 0
        ORDER BY 1",
    insert_cancels: "WITH new AS MATERIALIZED (SELECT ?1 AS session_id, value ->> 0 AS order_id, value ->> 1 AS user_id,
            value ->> 2 AS cancel_ms FROM json_each(?2))
        UPDATE orders SET cancel_ms = new.cancel_ms
        FROM new WHERE orders.session_id = new.session_id AND orders.order_id = new.order_id
            AND orders.user_id = new.user_id AND orders.cancel_ms IS NULL",
    insert_events: "INSERT INTO events (session_id, event_id, type, payload, ts_ms)
        SELECT ?1, ?2 + key + 1, value ->> 0, value ->> 1, value ->> 2 FROM json_each(?3)",
    insert_inputs: "INSERT INTO inputs (session_id, seq, tick_id, kind, payload)
        SELECT ?1, value ->> 0, value ->> 1, value ->> 2, unhex(value ->> 3) FROM json_each(?2)",
    advance: "UPDATE config SET current_tick = ?2, status = ?3, clock_ms = ?4, last_order = max(last_order, ?5),
            updated_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
        WHERE session_id = ?1 AND current_tick = ?2 - 1",
    tick_hash: "SELECT state_hash FROM ticks WHERE session_id = ?1 AND tick_id = ?2",
    current_tick: "SELECT current_tick FROM config WHERE session_id = ?1",
    update_orders: "WITH new AS MATERIALIZED (SELECT ?1 AS session_id, value ->> 0 AS order_id, value ->> 1 AS status,
            value ->> 2 AS filled, value ->> 3 AS remaining, value ->> 4 AS reason, value ->> 5 AS gas,
            value ->> 6 AS taken, value ->> 7 AS cancelled FROM json_each(?3))
        UPDATE orders SET status = new.status, filled = new.filled, remaining = new.remaining, reason = new.reason,
            gas = orders.gas + new.gas, tick_accepted = CASE new.taken WHEN 1 THEN ?2 ELSE tick_accepted END,
            tick_cancelled = CASE new.cancelled WHEN 1 THEN ?2 ELSE tick_cancelled END,
            updated_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
        FROM new WHERE orders.session_id = new.session_id AND orders.order_id = new.order_id",
    take_cancels: "WITH new AS MATERIALIZED (SELECT ?1 AS session_id, value ->> 0 AS order_id FROM json_each(?3))
        UPDATE orders SET tick_cancelled = ?2
        FROM new WHERE orders.session_id = new.session_id AND orders.order_id = new.order_id",
    insert_trades: "INSERT INTO trades (session_id, tick_id, trade_id, outcome_i, yes_no, buy_user_id, buy_order_id,
            sell_user_id, sell_order_id, price, size, value, fee, fill_type, ts_ms)
        SELECT ?1, ?2, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6,
            value ->> 7, value ->> 8, value ->> 9, value ->> 10, value ->> 11, value ->> 12
        FROM json_each(?3)",
    update_users: "WITH new AS MATERIALIZED (SELECT ?1 AS session_id, value ->> 0 AS user_id, value ->> 1 AS balance,
            value ->> 2 AS net_pnl, value ->> 3 AS trade_count, value ->> 4 AS gas_paid, value ->> 5 AS is_open
            FROM json_each(?2))
        UPDATE users SET balance = new.balance, net_pnl = new.net_pnl, trade_count = new.trade_count,
            gas_paid = new.gas_paid, is_open = new.is_open, updated_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
        FROM new WHERE users.session_id = new.session_id AND users.user_id = new.user_id",
    upsert_positions: "INSERT INTO positions (session_id, user_id, outcome_i, yes_no, tokens)
        SELECT ?1, value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(?2) WHERE TRUE
        ON CONFLICT DO UPDATE SET tokens = excluded.tokens, updated_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')",
    upsert_lob_pools: "INSERT INTO lob_pools (session_id, outcome_i, yes_no, is_buy, tick, price, volume, shares)
        SELECT ?1, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6
        FROM json_each(?2) WHERE TRUE
        ON CONFLICT DO UPDATE SET price = excluded.price, volume = excluded.volume, shares = excluded.shares,
            updated_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')",
    delete_lob_pools: "DELETE FROM lob_pools WHERE session_id = ?1 AND (outcome_i, yes_no, is_buy, tick) IN
            (SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(?2))",
    insert_tick: "INSERT INTO ticks (session_id, tick_id, ts_ms, summary, state_hash, cash)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    insert_metrics: "INSERT INTO metrics (session_id, tick_id, ts_ms, volume, mm_risk, worst_case_loss, mm_profit, fees,
            gas, paid_in, seigniorage)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    insert_snapshot: "INSERT INTO snapshots (session_id, tick_id, seq, state_hash, checksum, state)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT DO UPDATE SET seq = excluded.seq, state_hash = excluded.state_hash, checksum = excluded.checksum,
            state = excluded.state",
    delete_snapshots: "DELETE FROM snapshots WHERE session_id = ?1 AND tick_id NOT IN
            (SELECT tick_id FROM snapshots WHERE session_id = ?1 ORDER BY tick_id DESC LIMIT 2)",
    insert_pieces: "INSERT INTO pieces (session_id, piece_id, content)
        SELECT ?1, value ->> 0, unhex(value ->> 1) FROM json_each(?2) WHERE TRUE ON CONFLICT DO NOTHING",
    sessions: "SELECT session_id, name, status,
            (SELECT count(*) FROM users WHERE users.session_id = sessions.session_id),
            (SELECT count(*) FROM users WHERE users.session_id = sessions.session_id AND is_bot), current_tick,
            coalesce((SELECT max(order_id) FROM orders WHERE orders.session_id = sessions.session_id), 0),
            coalesce((SELECT max(trade_id) FROM trades WHERE trades.session_id = sessions.session_id), 0),
            sessions.created_at, max(sessions.updated_at, coalesce(alive_at, '')), alive_at IS NOT NULL, server
        FROM sessions JOIN config USING (session_id) ORDER BY session_id DESC",
    size: "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
    session: "SELECT status, clock_ms, door_open, params, script, current_tick, last_group
        FROM sessions JOIN config USING (session_id) WHERE session_id = ?1",
    users: "SELECT user_id, display_name, skeleton, token_hash, is_bot, is_open, deposit, balance, net_pnl, trade_count,
            gas_paid
        FROM users WHERE session_id = ?1 ORDER BY user_id",
    positions: "SELECT user_id, outcome_i, yes_no, tokens FROM positions WHERE session_id = ?1
        ORDER BY user_id, outcome_i, yes_no DESC",
    lob_pools: "SELECT outcome_i, yes_no, is_buy, tick, price, volume, shares FROM lob_pools WHERE session_id = ?1
        ORDER BY outcome_i, yes_no DESC, is_buy DESC, tick",
    orders: "SELECT order_id, user_id, client_order_id, outcome_i, yes_no, is_buy, size, limit_price, max_slippage,
            af_opt_in, ts_ms, status, filled, remaining, reason, gas, tick_accepted, promised_tick,
            promised_average, promised_total, lag_ms
        FROM orders WHERE session_id = ?1 AND order_id > ?2 ORDER BY order_id LIMIT ?3",
    waiting_orders: "SELECT order_id, user_id, client_order_id, outcome_i, yes_no, is_buy, size, limit_price,
            max_slippage, af_opt_in, ts_ms, status, filled, remaining, reason, gas, tick_accepted, promised_tick,
            promised_average, promised_total, lag_ms
        FROM orders WHERE session_id = ?1 AND order_id > (SELECT last_order FROM config WHERE session_id = ?1)
        ORDER BY order_id",
    waiting_cancels: "SELECT user_id, order_id, cancel_ms FROM orders
        WHERE session_id = ?1 AND cancel_ms IS NOT NULL AND tick_cancelled IS NULL ORDER BY cancel_ms, order_id",
    answers: "SELECT user_id, client_order_id, order_id, ts_ms FROM orders
        WHERE session_id = ?1 AND order_id > ?2 AND client_order_id IS NOT NULL ORDER BY order_id",
    last_numbers: "SELECT (SELECT coalesce(max(order_id), 0) FROM orders WHERE session_id = ?1),
            (SELECT coalesce(max(seq), 0) FROM inputs WHERE session_id = ?1),
            coalesce((SELECT ts_ms FROM events WHERE session_id = ?1 ORDER BY event_id DESC LIMIT 1), 0),
            (SELECT coalesce(max(piece_id), 0) FROM pieces WHERE session_id = ?1)",
    trades: "SELECT tick_id, trade_id, outcome_i, yes_no, buy_user_id, buy_order_id, sell_user_id, sell_order_id, price,
            size, value, fee, fill_type, ts_ms
        FROM trades WHERE session_id = ?1 AND trade_id > ?2 ORDER BY trade_id LIMIT ?3",
    times: "SELECT sessions.created_at, start_ts FROM sessions JOIN config USING (session_id) WHERE session_id = ?1",
    cash: "SELECT tick_id, ts_ms, cash FROM ticks WHERE session_id = ?1 AND tick_id > ?2 ORDER BY tick_id LIMIT ?3",
    events: "SELECT event_id, type, payload, ts_ms, created_at
        FROM events WHERE session_id = ?1 AND event_id > ?2
        ORDER BY event_id LIMIT ?3",
    ticks: "SELECT tick_id, ts_ms, summary, state_hash, created_at
        FROM ticks WHERE session_id = ?1 AND tick_id > ?2
        ORDER BY tick_id LIMIT ?3",
    hashes: "SELECT tick_id, state_hash FROM ticks WHERE session_id = ?1 AND tick_id > ?2 ORDER BY tick_id LIMIT ?3",
    metrics: "SELECT tick_id, ts_ms, volume, mm_risk, worst_case_loss, mm_profit, fees, gas, paid_in, seigniorage
        FROM metrics WHERE session_id = ?1 AND tick_id > ?2 ORDER BY tick_id LIMIT ?3",
    inputs: "SELECT seq, tick_id, payload FROM inputs WHERE session_id = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3",
    pieces: "SELECT piece_id, content FROM pieces WHERE session_id = ?1 AND piece_id > ?2 ORDER BY piece_id LIMIT ?3",
    snapshots: "SELECT tick_id, seq, state_hash, checksum, state FROM snapshots WHERE session_id = ?1
        ORDER BY tick_id DESC",
    rooms: "SELECT code, number, config, is_open FROM rooms WHERE house = ?1 ORDER BY number",
    add_room: "INSERT INTO rooms (code, house, number, config, is_open) VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT DO NOTHING",
    close_room: "UPDATE rooms SET is_open = 0 WHERE code = ?1 AND is_open",
    reopen_room: "UPDATE rooms SET is_open = 1 WHERE code = ?1 AND NOT is_open",
    forget_room: "DELETE FROM rooms WHERE code = ?1 AND NOT is_open",
    adopt_rooms: "UPDATE rooms SET house = ?1,
            number = number + (SELECT coalesce(max(number), 0) FROM rooms WHERE house = ?1)
        WHERE house = ?2",
};
