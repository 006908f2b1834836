//! The statements of PostgreSQL. A table comes as one array per column (`unnest`), so every
//! statement has one text however many rows it is about, and is prepared once. Where rows are
//! looked up, the arrays are laid out first with the session's number in each row: with the number
//! as a parameter a planner that has not counted a young session walks through all of it.
//!
//! Amounts travel as micro-units and are NUMERIC in the tables: `× 0.000001` is exact there.

use crate::store::sql::Statements;

pub(super) const POSTGRES: Statements = Statements {
    insert_session: "INSERT INTO sessions (name, predecessor, epoch, alive_at, server)
        VALUES ($1, nullif($2, 0), 1, clock_timestamp(), nullif($3, '')) RETURNING session_id",
    successor: "SELECT session_id FROM sessions WHERE predecessor = $1 ORDER BY session_id DESC LIMIT 1",
    insert_config: "INSERT INTO config (session_id, params, status) VALUES ($1, $2::jsonb, $3)",
    raise_epoch: "UPDATE sessions SET epoch = epoch + 1, alive_at = clock_timestamp(), server = nullif($2, '')
        WHERE session_id = $1 RETURNING epoch",
    fence: "UPDATE sessions SET event_count = event_count + $3, updated_at = now(), alive_at = clock_timestamp()
        WHERE session_id = $1 AND epoch = $2 RETURNING event_count - $3 AS before, last_group",
    beat: "UPDATE sessions SET alive_at = clock_timestamp() WHERE session_id = $1 AND epoch = $2",
    life: "SELECT epoch, coalesce((extract(epoch FROM alive_at) * 1000)::bigint, 0),
            coalesce(alive_at > clock_timestamp() - INTERVAL '3 seconds' OR (alive_at < pg_postmaster_start_time()
                AND pg_postmaster_start_time() > clock_timestamp() - INTERVAL '1 minute'), FALSE)::int::bigint
        FROM sessions WHERE session_id = $1",
    let_go: "UPDATE sessions SET alive_at = NULL WHERE session_id = $1 AND epoch = $2",
    set_group: "UPDATE sessions SET last_group = $2 WHERE session_id = $1",
    update_session: "UPDATE sessions SET name = $2, door_open = $3 <> 0 WHERE session_id = $1",
    update_config: "UPDATE config SET params = $2::jsonb, script = $3::jsonb, status = $4, clock_ms = $5,
            start_ts = CASE WHEN $4 = 'RUNNING' THEN coalesce(start_ts, now()) ELSE start_ts END, updated_at = now()
        WHERE session_id = $1",
    insert_users: "INSERT INTO users (session_id, user_id, display_name, skeleton, token_hash, is_bot, deposit, balance)
        SELECT $1, user_id, name, skeleton, token_hash, is_bot <> 0, deposit * 0.000001, deposit * 0.000001
        FROM unnest($2::bigint[], $3::text[], $4::text[], $5::bytea[], $6::bigint[], $7::bigint[])
            AS new (user_id, name, skeleton, token_hash, is_bot, deposit)",
    free_names: "WITH new AS MATERIALIZED (SELECT $1::bigint AS session_id, * FROM
            unnest($2::bigint[], $3::text[], $4::text[]) AS new (user_id, name, skeleton))
        UPDATE users SET skeleton = '#' || users.user_id
        FROM new WHERE users.session_id = new.session_id AND users.user_id = new.user_id",
    rename_users: "WITH new AS MATERIALIZED (SELECT $1::bigint AS session_id, * FROM
            unnest($2::bigint[], $3::text[], $4::text[]) AS new (user_id, name, skeleton))
        UPDATE users SET display_name = new.name, skeleton = new.skeleton, updated_at = now()
        FROM new WHERE users.session_id = new.session_id AND users.user_id = new.user_id",
    update_seats: "WITH new AS MATERIALIZED (SELECT $1::bigint AS session_id, * FROM
            unnest($2::bigint[], $3::bytea[], $4::bigint[]) AS new (user_id, token_hash, is_open))
        UPDATE users SET token_hash = new.token_hash, is_open = new.is_open <> 0, updated_at = now()
        FROM new WHERE users.session_id = new.session_id AND users.user_id = new.user_id",
    insert_orders: "INSERT INTO orders (session_id, order_id, user_id, client_order_id, outcome_i, yes_no, is_buy, type,
            size, limit_price, max_slippage, af_opt_in, remaining, ts_ms, promised_tick, promised_average,
            promised_total, lag_ms)
        SELECT $1, order_id, user_id, client_order_id, outcome_i, yes_no, is_buy <> 0, type, size * 0.000001,
            limit_price * 0.000001, max_slippage * 0.000000001, af_opt_in <> 0, size * 0.000001, ts_ms, promised_tick,
            promised_average * 0.000001, promised_total * 0.000001, lag_ms
        FROM unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::text[], $7::bigint[], $8::text[],
                $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[], $14::bigint[], $15::bigint[],
                $16::bigint[], $17::bigint[])
            AS new (order_id, user_id, client_order_id, outcome_i, yes_no, is_buy, type, size, limit_price, max_slippage,
                af_opt_in, ts_ms, promised_tick, promised_average, promised_total, lag_ms)
        ON CONFLICT (session_id, user_id, client_order_id) DO NOTHING",
    find_duplicates: "WITH new AS MATERIALIZED (SELECT $1::bigint AS session_id, * FROM
            unnest($2::bigint[], $3::bigint[], $4::bigint[]) AS new (order_id, user_id, client_order_id))
        SELECT new.order_id, orders.order_id, orders.ts_ms
        FROM new JOIN orders USING (session_id, user_id, client_order_id)
        WHERE orders.order_id <> new.order_id ORDER BY 1",
    insert_cancels: "WITH new AS MATERIALIZED (SELECT $1::bigint AS session_id, * FROM
            unnest($2::bigint[], $3::bigint[], $4::bigint[]) AS new (order_id, user_id, cancel_ms))
        UPDATE orders SET cancel_ms = new.cancel_ms
        FROM new WHERE orders.session_id = new.session_id AND orders.order_id = new.order_id
            AND orders.user_id = new.user_id AND orders.cancel_ms IS NULL",
    insert_events: "INSERT INTO events (session_id, event_id, type, payload, ts_ms)
        SELECT $1, $2 + number, type, payload::json, ts_ms
        FROM unnest($3::text[], $4::text[], $5::bigint[]) WITH ORDINALITY AS new (type, payload, ts_ms, number)",
    insert_inputs: "INSERT INTO inputs (session_id, seq, tick_id, kind, payload)
        SELECT $1, * FROM unnest($2::bigint[], $3::bigint[], $4::text[], $5::bytea[])",
    advance: "UPDATE config SET current_tick = $2, status = $3, clock_ms = $4, last_order = greatest(last_order, $5),
            updated_at = now()
        WHERE session_id = $1 AND current_tick = $2 - 1 RETURNING 1",
    tick_hash: "SELECT state_hash FROM ticks WHERE session_id = $1 AND tick_id = $2",
    current_tick: "SELECT current_tick FROM config WHERE session_id = $1",
    update_orders: "WITH new AS MATERIALIZED (SELECT $1::bigint AS session_id, * FROM
            unnest($3::bigint[], $4::text[], $5::bigint[], $6::bigint[], $7::text[], $8::bigint[], $9::bigint[],
                $10::bigint[])
            AS new (order_id, status, filled, remaining, reason, gas, taken, cancelled))
        UPDATE orders SET status = new.status, filled = new.filled * 0.000001, remaining = new.remaining * 0.000001,
            reason = new.reason, gas = orders.gas + new.gas * 0.000001,
            tick_accepted = CASE new.taken WHEN 1 THEN $2 ELSE tick_accepted END,
            tick_cancelled = CASE new.cancelled WHEN 1 THEN $2 ELSE tick_cancelled END, updated_at = now()
        FROM new WHERE orders.session_id = new.session_id AND orders.order_id = new.order_id",
    take_cancels: "WITH new AS MATERIALIZED (SELECT $1::bigint AS session_id, * FROM unnest($3::bigint[]) AS new (order_id))
        UPDATE orders SET tick_cancelled = $2
        FROM new WHERE orders.session_id = new.session_id AND orders.order_id = new.order_id",
    insert_trades: "INSERT INTO trades (session_id, tick_id, trade_id, outcome_i, yes_no, buy_user_id, buy_order_id,
            sell_user_id, sell_order_id, price, size, value, fee, fill_type, ts_ms)
        SELECT $1, $2, trade_id, outcome_i, yes_no, buy_user_id, buy_order_id, sell_user_id, sell_order_id,
            price * 0.000001, size * 0.000001, value * 0.000001, fee * 0.000001, fill_type, ts_ms
        FROM unnest($3::bigint[], $4::bigint[], $5::text[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[],
                $10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[], $14::text[], $15::bigint[])
            AS new (trade_id, outcome_i, yes_no, buy_user_id, buy_order_id, sell_user_id, sell_order_id, price, size,
                value, fee, fill_type, ts_ms)",
    update_users: "WITH new AS MATERIALIZED (SELECT $1::bigint AS session_id, * FROM
            unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[])
            AS new (user_id, balance, net_pnl, trade_count, gas_paid, is_open))
        UPDATE users SET balance = new.balance * 0.000001, net_pnl = new.net_pnl * 0.000001,
            trade_count = new.trade_count, gas_paid = new.gas_paid * 0.000001, is_open = new.is_open <> 0,
            updated_at = now()
        FROM new WHERE users.session_id = new.session_id AND users.user_id = new.user_id RETURNING 1",
    upsert_positions: "INSERT INTO positions (session_id, user_id, outcome_i, yes_no, tokens)
        SELECT $1, user_id, outcome_i, yes_no, tokens * 0.000001
        FROM unnest($2::bigint[], $3::bigint[], $4::text[], $5::bigint[]) AS new (user_id, outcome_i, yes_no, tokens)
        ON CONFLICT (session_id, user_id, outcome_i, yes_no)
            DO UPDATE SET tokens = excluded.tokens, updated_at = now()",
    upsert_lob_pools: "INSERT INTO lob_pools (session_id, outcome_i, yes_no, is_buy, tick, price, volume, shares)
        SELECT $1, outcome_i, yes_no, is_buy <> 0, tick, price * 0.000001, volume * 0.000001, shares::json
        FROM unnest($2::bigint[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::text[])
            AS new (outcome_i, yes_no, is_buy, tick, price, volume, shares)
        ON CONFLICT (session_id, outcome_i, yes_no, is_buy, tick)
            DO UPDATE SET price = excluded.price, volume = excluded.volume, shares = excluded.shares, updated_at = now()",
    delete_lob_pools: "WITH gone AS MATERIALIZED (SELECT $1::bigint AS session_id, * FROM
            unnest($2::bigint[], $3::text[], $4::bigint[], $5::bigint[]) AS gone (outcome_i, yes_no, is_buy, tick))
        DELETE FROM lob_pools USING gone
        WHERE lob_pools.session_id = gone.session_id AND lob_pools.outcome_i = gone.outcome_i
            AND lob_pools.yes_no = gone.yes_no AND lob_pools.is_buy = (gone.is_buy <> 0) AND lob_pools.tick = gone.tick",
    insert_tick: "INSERT INTO ticks (session_id, tick_id, ts_ms, summary, state_hash, cash)
        VALUES ($1, $2, $3, $4::jsonb, $5, $6::json)",
    insert_metrics: "INSERT INTO metrics (session_id, tick_id, ts_ms, volume, mm_risk, worst_case_loss, mm_profit, fees,
            gas, paid_in, seigniorage)
        VALUES ($1, $2, $3, $4::bigint * 0.000001, $5::bigint * 0.000001, $6::bigint * 0.000001, $7::bigint * 0.000001,
            $8::bigint * 0.000001, $9::bigint * 0.000001, $10::bigint * 0.000001, $11::bigint * 0.000001)",
    insert_snapshot: "INSERT INTO snapshots (session_id, tick_id, seq, state_hash, checksum, state)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (session_id, tick_id) DO UPDATE SET seq = excluded.seq, state_hash = excluded.state_hash,
            checksum = excluded.checksum, state = excluded.state",
    delete_snapshots: "DELETE FROM snapshots WHERE session_id = $1 AND tick_id NOT IN
            (SELECT tick_id FROM snapshots WHERE session_id = $1 ORDER BY tick_id DESC LIMIT 2)",
    insert_pieces: "INSERT INTO pieces (session_id, piece_id, content)
        SELECT $1, piece_id, content FROM unnest($2::bigint[], $3::bytea[]) AS new (piece_id, content)
        ON CONFLICT (session_id, piece_id) DO NOTHING",
    sessions: "SELECT session_id, name, status,
            (SELECT count(*) FROM users WHERE users.session_id = sessions.session_id),
            (SELECT count(*) FROM users WHERE users.session_id = sessions.session_id AND is_bot), current_tick,
            coalesce((SELECT max(order_id) FROM orders WHERE orders.session_id = sessions.session_id), 0),
            coalesce((SELECT max(trade_id) FROM trades WHERE trades.session_id = sessions.session_id), 0),
            to_char(sessions.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"'),
            to_char(greatest(sessions.updated_at, alive_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"'),
            coalesce(alive_at > clock_timestamp() - INTERVAL '3 seconds', FALSE)::int::bigint, server
        FROM sessions JOIN config USING (session_id) ORDER BY session_id DESC",
    size: "SELECT coalesce(sum(pg_total_relation_size(pg_class.oid)), 0)::bigint
        FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
        WHERE nspname = current_schema() AND relkind = 'r'",
    session: "SELECT status, clock_ms, door_open::int::bigint, params::text, script::text, current_tick, last_group
        FROM sessions JOIN config USING (session_id) WHERE session_id = $1",
    users: "SELECT user_id, display_name, skeleton, token_hash, is_bot::int::bigint, is_open::int::bigint,
            (deposit * 1000000)::bigint, (balance * 1000000)::bigint, (net_pnl * 1000000)::bigint, trade_count,
            (gas_paid * 1000000)::bigint
        FROM users WHERE session_id = $1 ORDER BY user_id",
    positions: "SELECT user_id, outcome_i, yes_no, (tokens * 1000000)::bigint FROM positions WHERE session_id = $1
        ORDER BY user_id, outcome_i, yes_no DESC",
    lob_pools: "SELECT outcome_i, yes_no, is_buy::int::bigint, tick, (price * 1000000)::bigint,
            (volume * 1000000)::bigint, shares::text
        FROM lob_pools WHERE session_id = $1 ORDER BY outcome_i, yes_no DESC, is_buy DESC, tick",
    orders: "SELECT order_id, user_id, client_order_id, outcome_i, yes_no, is_buy::int::bigint, (size * 1000000)::bigint,
            (limit_price * 1000000)::bigint, (max_slippage * 1000000000)::bigint, af_opt_in::int::bigint, ts_ms, status,
            (filled * 1000000)::bigint, (remaining * 1000000)::bigint, reason, (gas * 1000000)::bigint, tick_accepted,
            promised_tick, (promised_average * 1000000)::bigint, (promised_total * 1000000)::bigint, lag_ms
        FROM orders WHERE session_id = $1 AND order_id > $2 ORDER BY order_id LIMIT $3",
    waiting_orders: "SELECT order_id, user_id, client_order_id, outcome_i, yes_no, is_buy::int::bigint,
            (size * 1000000)::bigint, (limit_price * 1000000)::bigint, (max_slippage * 1000000000)::bigint,
            af_opt_in::int::bigint, ts_ms, status, (filled * 1000000)::bigint, (remaining * 1000000)::bigint, reason,
            (gas * 1000000)::bigint, tick_accepted, promised_tick, (promised_average * 1000000)::bigint,
            (promised_total * 1000000)::bigint, lag_ms
        FROM orders WHERE session_id = $1 AND order_id > (SELECT last_order FROM config WHERE session_id = $1)
        ORDER BY order_id",
    waiting_cancels: "SELECT user_id, order_id, cancel_ms FROM orders
        WHERE session_id = $1 AND cancel_ms IS NOT NULL AND tick_cancelled IS NULL ORDER BY cancel_ms, order_id",
    answers: "SELECT user_id, client_order_id, order_id, ts_ms FROM orders
        WHERE session_id = $1 AND order_id > $2 AND client_order_id IS NOT NULL ORDER BY order_id",
    last_numbers: "SELECT (SELECT coalesce(max(order_id), 0) FROM orders WHERE session_id = $1),
            (SELECT coalesce(max(seq), 0) FROM inputs WHERE session_id = $1),
            coalesce((SELECT ts_ms FROM events WHERE session_id = $1 ORDER BY event_id DESC LIMIT 1), 0),
            (SELECT coalesce(max(piece_id), 0) FROM pieces WHERE session_id = $1)",
    trades: "SELECT tick_id, trade_id, outcome_i, yes_no, buy_user_id, buy_order_id, sell_user_id, sell_order_id,
            (price * 1000000)::bigint, (size * 1000000)::bigint, (value * 1000000)::bigint, (fee * 1000000)::bigint,
            fill_type, ts_ms
        FROM trades WHERE session_id = $1 AND trade_id > $2 ORDER BY trade_id LIMIT $3",
    times: "SELECT to_char(sessions.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"'),
            to_char(start_ts AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')
        FROM sessions JOIN config USING (session_id) WHERE session_id = $1",
    cash: "SELECT tick_id, ts_ms, cash::text FROM ticks WHERE session_id = $1 AND tick_id > $2 ORDER BY tick_id LIMIT $3",
    events: "SELECT event_id, type, payload::text, ts_ms, to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')
        FROM events WHERE session_id = $1 AND event_id > $2
        ORDER BY event_id LIMIT $3",
    ticks: "SELECT tick_id, ts_ms, summary::text, state_hash, to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')
        FROM ticks WHERE session_id = $1 AND tick_id > $2
        ORDER BY tick_id LIMIT $3",
    hashes: "SELECT tick_id, state_hash FROM ticks WHERE session_id = $1 AND tick_id > $2 ORDER BY tick_id LIMIT $3",
    metrics: "SELECT tick_id, ts_ms, (volume * 1000000)::bigint, (mm_risk * 1000000)::bigint,
            (worst_case_loss * 1000000)::bigint, (mm_profit * 1000000)::bigint, (fees * 1000000)::bigint,
            (gas * 1000000)::bigint, (paid_in * 1000000)::bigint, (seigniorage * 1000000)::bigint
        FROM metrics WHERE session_id = $1 AND tick_id > $2 ORDER BY tick_id LIMIT $3",
    inputs: "SELECT seq, tick_id, payload FROM inputs WHERE session_id = $1 AND seq > $2 ORDER BY seq LIMIT $3",
    pieces: "SELECT piece_id, content FROM pieces WHERE session_id = $1 AND piece_id > $2 ORDER BY piece_id LIMIT $3",
    snapshots: "SELECT tick_id, seq, state_hash, checksum, state FROM snapshots WHERE session_id = $1
        ORDER BY tick_id DESC",
    rooms: "SELECT code, number, config::text, is_open::int::bigint FROM rooms WHERE house = $1 ORDER BY number",
    add_room: "INSERT INTO rooms (code, house, number, config, is_open) VALUES ($1, $2, $3, $4::json, $5 <> 0)
        ON CONFLICT DO NOTHING",
    close_room: "UPDATE rooms SET is_open = FALSE WHERE code = $1 AND is_open",
    reopen_room: "UPDATE rooms SET is_open = TRUE WHERE code = $1 AND NOT is_open",
    forget_room: "DELETE FROM rooms WHERE code = $1 AND NOT is_open",
    adopt_rooms: "UPDATE rooms SET house = $1,
            number = number + (SELECT coalesce(max(number), 0) FROM rooms WHERE house = $1)
        WHERE house = $2",
};
