SELECT pg_catalog.set_config('search_path', '', false);
CREATE TABLE public._sqlx_migrations (
    version bigint NOT NULL,
    description text NOT NULL,
    installed_on timestamp with time zone DEFAULT now() NOT NULL,
    success boolean NOT NULL,
    checksum bytea NOT NULL,
    execution_time bigint NOT NULL
);
CREATE TABLE public.config (
    session_id bigint NOT NULL,
    params jsonb NOT NULL,
    script jsonb,
    status text NOT NULL,
    start_ts timestamp with time zone,
    clock_ms bigint DEFAULT 0 NOT NULL,
    current_tick bigint DEFAULT 0 NOT NULL,
    last_order bigint DEFAULT 0 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT config_clock_ms_check CHECK ((clock_ms >= 0)),
    CONSTRAINT config_current_tick_check CHECK ((current_tick >= 0)),
    CONSTRAINT config_last_order_check CHECK ((last_order >= 0)),
    CONSTRAINT config_status_check CHECK ((status = ANY (ARRAY['DRAFT'::text, 'LOBBY'::text, 'RUNNING'::text, 'FROZEN'::text, 'PAUSED'::text, 'RESOLVED'::text])))
);
CREATE TABLE public.events (
    session_id bigint NOT NULL,
    event_id bigint NOT NULL,
    type text NOT NULL,
    payload json NOT NULL,
    ts_ms bigint NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE public.inputs (
    session_id bigint NOT NULL,
    seq bigint NOT NULL,
    tick_id bigint NOT NULL,
    kind text NOT NULL,
    payload bytea NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE public.lob_pools (
    session_id bigint NOT NULL,
    outcome_i bigint NOT NULL,
    yes_no text NOT NULL,
    is_buy boolean NOT NULL,
    tick bigint NOT NULL,
    price numeric(18,6) NOT NULL,
    volume numeric(18,6) NOT NULL,
    shares json NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT lob_pools_volume_check CHECK ((volume >= (0)::numeric)),
    CONSTRAINT lob_pools_yes_no_check CHECK ((yes_no = ANY (ARRAY['YES'::text, 'NO'::text])))
)
WITH (fillfactor='50');
CREATE TABLE public.metrics (
    session_id bigint NOT NULL,
    tick_id bigint NOT NULL,
    ts_ms bigint NOT NULL,
    volume numeric(18,6) NOT NULL,
    mm_risk numeric(18,6) NOT NULL,
    worst_case_loss numeric(18,6) NOT NULL,
    mm_profit numeric(18,6) NOT NULL,
    fees numeric(18,6) NOT NULL,
    gas numeric(18,6) NOT NULL,
    paid_in numeric(18,6) NOT NULL,
    seigniorage numeric(18,6) NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE public.orders (
    session_id bigint NOT NULL,
    order_id bigint NOT NULL,
    user_id bigint NOT NULL,
    client_order_id bigint,
    outcome_i bigint NOT NULL,
    yes_no text NOT NULL,
    is_buy boolean NOT NULL,
    type text NOT NULL,
    size numeric(18,6) NOT NULL,
    limit_price numeric(18,6),
    max_slippage numeric(18,9),
    af_opt_in boolean NOT NULL,
    status text DEFAULT 'OPEN'::text NOT NULL,
    filled numeric(18,6) DEFAULT 0 NOT NULL,
    remaining numeric(18,6) NOT NULL,
    reason text,
    gas numeric(18,6) DEFAULT 0 NOT NULL,
    tick_accepted bigint,
    cancel_ms bigint,
    tick_cancelled bigint,
    ts_ms bigint NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT orders_check CHECK ((((type = 'LIMIT'::text) = (limit_price IS NOT NULL)) AND ((type = 'MARKET'::text) = (max_slippage IS NOT NULL)))),
    CONSTRAINT orders_check1 CHECK (((filled >= (0)::numeric) AND ((filled + remaining) = size))),
    CONSTRAINT orders_status_check CHECK ((status = ANY (ARRAY['OPEN'::text, 'PARTIAL'::text, 'FILLED'::text, 'CANCELED'::text, 'REJECTED'::text]))),
    CONSTRAINT orders_type_check CHECK ((type = ANY (ARRAY['MARKET'::text, 'LIMIT'::text]))),
    CONSTRAINT orders_yes_no_check CHECK ((yes_no = ANY (ARRAY['YES'::text, 'NO'::text])))
)
WITH (fillfactor='50');
CREATE TABLE public.positions (
    session_id bigint NOT NULL,
    user_id bigint NOT NULL,
    outcome_i bigint NOT NULL,
    yes_no text NOT NULL,
    tokens numeric(18,6) DEFAULT 0 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT positions_tokens_check CHECK ((tokens >= (0)::numeric)),
    CONSTRAINT positions_yes_no_check CHECK ((yes_no = ANY (ARRAY['YES'::text, 'NO'::text])))
)
WITH (fillfactor='50');
CREATE TABLE public.sessions (
    session_id bigint NOT NULL,
    name text NOT NULL,
    door_open boolean DEFAULT true NOT NULL,
    epoch bigint DEFAULT 0 NOT NULL,
    last_group bigint DEFAULT 0 NOT NULL,
    event_count bigint DEFAULT 0 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE public.sessions ALTER COLUMN session_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.sessions_session_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.snapshots (
    session_id bigint NOT NULL,
    tick_id bigint NOT NULL,
    seq bigint NOT NULL,
    state_hash bytea NOT NULL,
    checksum bytea NOT NULL,
    state bytea NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT snapshots_checksum_check CHECK ((length(checksum) = 32)),
    CONSTRAINT snapshots_state_hash_check CHECK ((length(state_hash) = 32))
);
CREATE TABLE public.ticks (
    session_id bigint NOT NULL,
    tick_id bigint NOT NULL,
    ts_ms bigint NOT NULL,
    summary jsonb NOT NULL,
    state_hash bytea NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT ticks_state_hash_check CHECK ((length(state_hash) = 32))
);
CREATE TABLE public.trades (
    session_id bigint NOT NULL,
    trade_id bigint NOT NULL,
    outcome_i bigint NOT NULL,
    yes_no text NOT NULL,
    buy_user_id bigint,
    buy_order_id bigint,
    sell_user_id bigint,
    sell_order_id bigint,
    price numeric(18,6) NOT NULL,
    size numeric(18,6) NOT NULL,
    value numeric(18,6) NOT NULL,
    fee numeric(18,6) NOT NULL,
    fill_type text NOT NULL,
    tick_id bigint NOT NULL,
    ts_ms bigint NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT trades_fill_type_check CHECK ((fill_type = ANY (ARRAY['AMM'::text, 'LOB'::text, 'MINT'::text, 'MERGE'::text, 'AUTO_FILL'::text]))),
    CONSTRAINT trades_yes_no_check CHECK ((yes_no = ANY (ARRAY['YES'::text, 'NO'::text])))
);
CREATE TABLE public.users (
    session_id bigint NOT NULL,
    user_id bigint NOT NULL,
    display_name text NOT NULL,
    skeleton text NOT NULL,
    token_hash bytea NOT NULL,
    is_admin boolean DEFAULT false NOT NULL,
    is_bot boolean NOT NULL,
    is_open boolean DEFAULT true NOT NULL,
    deposit numeric(18,6) NOT NULL,
    balance numeric(18,6) NOT NULL,
    net_pnl numeric(18,6) DEFAULT 0 NOT NULL,
    trade_count bigint DEFAULT 0 NOT NULL,
    gas_paid numeric(18,6) DEFAULT 0 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT users_balance_check CHECK ((balance >= (0)::numeric)),
    CONSTRAINT users_deposit_check CHECK ((deposit >= (0)::numeric)),
    CONSTRAINT users_token_hash_check CHECK ((length(token_hash) = 32))
)
WITH (fillfactor='50');
INSERT INTO public._sqlx_migrations VALUES (1, 'initial', '2026-11-25 22:38:31.334473+00', true, '\x50b2f2973935145c8cf3ffe87030d2da2e02eac1c2418655701ba1094b66448df28f99b92f4f59e0c8ef8288993d66dd', 29827388);
INSERT INTO public.config VALUES (1, '{"name": "Kept", "params": {"f": "0.010000000", "z": "5000.000000", "q0": "833.333333", "eta": "2.000000000", "gamma": "0.000100000", "p_max": "0.990000", "p_min": "0.010000", "sigma": "0.500000000", "mu_end": "1.000000000", "nu_end": "1.000000000", "rounds": [{"at_s": 3, "freeze_s": 1}], "f_match": "0.005000000", "gas_fee": "0.010000", "mu_start": "1.000000000", "nu_start": "1.000000000", "zeta_end": "0.050000000", "kappa_end": "0.000050000", "tick_size": "0.010000", "af_enabled": true, "cm_enabled": true, "mr_enabled": true, "n_outcomes": 3, "renorm_cap": "0.900000", "vc_enabled": true, "zeta_start": "0.150000000", "af_cap_frac": "0.100000000", "kappa_start": "0.000100000", "af_max_pools": 3, "outcome_names": ["Ada", "Blaise", "Carl"], "af_max_surplus": "0.050000000", "total_duration": 60, "starting_balance": "1000.000000", "batch_interval_ms": 500, "interpolation_mode": "continue"}, "script": {"winner": "random", "eliminate": [{"random": 1}]}, "default_slippage_percent": 5}', '{"eliminate": [[0]], "final_winner": 2}', 'RUNNING', '2026-11-25 22:38:33.952713+00', 5503, 10, 25, '2026-11-25 22:38:31.449247+00', '2026-11-25 22:38:39.459842+00');
INSERT INTO public.events VALUES (1, 1, 'HOST_LOGIN', '{"right":true}', 0, '2026-11-25 22:38:32.908665+00');
INSERT INTO public.events VALUES (1, 2, 'HOST_ACT', '{"act":"start","done":true,"effect":"the session has started"}', 0, '2026-11-25 22:38:33.952713+00');
INSERT INTO public.events VALUES (1, 3, 'TICK', '{"fills":0,"orders":0}', 504, '2026-11-25 22:38:34.45977+00');
INSERT INTO public.events VALUES (1, 4, 'ORDER_ACCEPTED', '{"order":1,"user":1}', 1002, '2026-11-25 22:38:34.957683+00');
INSERT INTO public.events VALUES (1, 5, 'ORDER_ACCEPTED', '{"order":3,"user":2}', 1002, '2026-11-25 22:38:34.957683+00');
INSERT INTO public.events VALUES (1, 6, 'ORDER_ACCEPTED', '{"order":4,"user":2}', 1002, '2026-11-25 22:38:34.957683+00');
INSERT INTO public.events VALUES (1, 7, 'ORDER_ACCEPTED', '{"order":2,"user":3}', 1002, '2026-11-25 22:38:34.957683+00');
INSERT INTO public.events VALUES (1, 8, 'FILL', '{"trade_id":1}', 1002, '2026-11-25 22:38:34.957683+00');
INSERT INTO public.events VALUES (1, 9, 'FILL', '{"trade_id":2}', 1002, '2026-11-25 22:38:34.957683+00');
INSERT INTO public.events VALUES (1, 10, 'TICK', '{"fills":2,"orders":4}', 1002, '2026-11-25 22:38:34.957683+00');
INSERT INTO public.events VALUES (1, 11, 'TICK', '{"fills":0,"orders":0}', 1502, '2026-11-25 22:38:35.4718+00');
INSERT INTO public.events VALUES (1, 12, 'ORDER_ACCEPTED', '{"order":6,"user":2}', 2001, '2026-11-25 22:38:35.956119+00');
INSERT INTO public.events VALUES (1, 13, 'ORDER_ACCEPTED', '{"order":7,"user":2}', 2001, '2026-11-25 22:38:35.956119+00');
INSERT INTO public.events VALUES (1, 14, 'ORDER_ACCEPTED', '{"order":5,"user":4}', 2001, '2026-11-25 22:38:35.956119+00');
INSERT INTO public.events VALUES (1, 15, 'FILL', '{"trade_id":3}', 2001, '2026-11-25 22:38:35.956119+00');
INSERT INTO public.events VALUES (1, 16, 'ORDER_ACCEPTED', '{"order":8,"user":3}', 2001, '2026-11-25 22:38:35.956119+00');
INSERT INTO public.events VALUES (1, 17, 'FILL', '{"trade_id":4}', 2001, '2026-11-25 22:38:35.956119+00');
INSERT INTO public.events VALUES (1, 18, 'TICK', '{"fills":2,"orders":4}', 2001, '2026-11-25 22:38:35.956119+00');
INSERT INTO public.events VALUES (1, 19, 'TICK', '{"fills":0,"orders":0}', 2503, '2026-11-25 22:38:36.456275+00');
INSERT INTO public.events VALUES (1, 20, 'ORDER_CANCELED', '{"found":true,"order":4,"reason":"ByOwner","user":2}', 3000, '2026-11-25 22:38:36.958842+00');
INSERT INTO public.events VALUES (1, 21, 'ORDER_ACCEPTED', '{"order":9,"user":2}', 3000, '2026-11-25 22:38:36.958842+00');
INSERT INTO public.events VALUES (1, 22, 'ORDER_ACCEPTED', '{"order":10,"user":2}', 3000, '2026-11-25 22:38:36.958842+00');
INSERT INTO public.events VALUES (1, 23, 'ORDER_ACCEPTED', '{"order":11,"user":1}', 3000, '2026-11-25 22:38:36.958842+00');
INSERT INTO public.events VALUES (1, 24, 'ORDER_ACCEPTED', '{"order":12,"user":3}', 3000, '2026-11-25 22:38:36.958842+00');
INSERT INTO public.events VALUES (1, 25, 'FILL', '{"trade_id":5}', 3000, '2026-11-25 22:38:36.958842+00');
INSERT INTO public.events VALUES (1, 26, 'ORDER_ACCEPTED', '{"order":13,"user":4}', 3000, '2026-11-25 22:38:36.958842+00');
INSERT INTO public.events VALUES (1, 27, 'FILL', '{"trade_id":6}', 3000, '2026-11-25 22:38:36.958842+00');
INSERT INTO public.events VALUES (1, 28, 'FILL', '{"trade_id":7}', 3000, '2026-11-25 22:38:36.958842+00');
INSERT INTO public.events VALUES (1, 29, 'TICK', '{"fills":3,"orders":5}', 3000, '2026-11-25 22:38:36.958842+00');
INSERT INTO public.events VALUES (1, 30, 'ELIMINATION', '{"flows":[[1,"843.943516"],[2,"843.943515"]],"freed":"1687.887031","outcome":0,"paid":"0.000000"}', 3000, '2026-11-25 22:38:36.958842+00');
INSERT INTO public.events VALUES (1, 31, 'RENORMALISATION', '{"factor":2.250466914939645,"prices":[[1,0.3291535891197225,0.7407492622345855],[2,0.3189485958789448,0.7177832625794354]]}', 3000, '2026-11-25 22:38:36.958842+00');
INSERT INTO public.events VALUES (1, 32, 'ORDER_CANCELED', '{"found":true,"order":6,"reason":"ByOwner","user":2}', 4507, '2026-11-25 22:38:38.466397+00');
INSERT INTO public.events VALUES (1, 33, 'ORDER_CANCELED', '{"found":true,"order":7,"reason":"ByOwner","user":2}', 4507, '2026-11-25 22:38:38.466397+00');
INSERT INTO public.events VALUES (1, 34, 'FILL', '{"trade_id":8}', 4507, '2026-11-25 22:38:38.466397+00');
INSERT INTO public.events VALUES (1, 35, 'ORDER_ACCEPTED', '{"order":16,"user":2}', 4507, '2026-11-25 22:38:38.466397+00');
INSERT INTO public.events VALUES (1, 36, 'ORDER_ACCEPTED', '{"order":17,"user":2}', 4507, '2026-11-25 22:38:38.466397+00');
INSERT INTO public.events VALUES (1, 37, 'ORDER_ACCEPTED', '{"order":18,"user":2}', 4507, '2026-11-25 22:38:38.466397+00');
INSERT INTO public.events VALUES (1, 38, 'ORDER_ACCEPTED', '{"order":14,"user":4}', 4507, '2026-11-25 22:38:38.466397+00');
INSERT INTO public.events VALUES (1, 39, 'FILL', '{"trade_id":9}', 4507, '2026-11-25 22:38:38.466397+00');
INSERT INTO public.events VALUES (1, 40, 'FILL', '{"trade_id":10}', 4507, '2026-11-25 22:38:38.466397+00');
INSERT INTO public.events VALUES (1, 41, 'ORDER_ACCEPTED', '{"order":15,"user":3}', 4507, '2026-11-25 22:38:38.466397+00');
INSERT INTO public.events VALUES (1, 42, 'FILL', '{"trade_id":11}', 4507, '2026-11-25 22:38:38.466397+00');
INSERT INTO public.events VALUES (1, 43, 'TICK', '{"fills":4,"orders":5}', 4507, '2026-11-25 22:38:38.466397+00');
INSERT INTO public.events VALUES (1, 44, 'TICK', '{"fills":0,"orders":0}', 5001, '2026-11-25 22:38:38.963791+00');
INSERT INTO public.events VALUES (1, 45, 'ORDER_CANCELED', '{"found":true,"order":9,"reason":"ByOwner","user":2}', 5503, '2026-11-25 22:38:39.459842+00');
INSERT INTO public.events VALUES (1, 46, 'ORDER_ACCEPTED', '{"order":21,"user":2}', 5503, '2026-11-25 22:38:39.459842+00');
INSERT INTO public.events VALUES (1, 47, 'ORDER_ACCEPTED', '{"order":22,"user":2}', 5503, '2026-11-25 22:38:39.459842+00');
INSERT INTO public.events VALUES (1, 48, 'ORDER_ACCEPTED', '{"order":23,"user":2}', 5503, '2026-11-25 22:38:39.459842+00');
INSERT INTO public.events VALUES (1, 49, 'ORDER_ACCEPTED', '{"order":24,"user":2}', 5503, '2026-11-25 22:38:39.459842+00');
INSERT INTO public.events VALUES (1, 50, 'ORDER_ACCEPTED', '{"order":19,"user":1}', 5503, '2026-11-25 22:38:39.459842+00');
INSERT INTO public.events VALUES (1, 51, 'FILL', '{"trade_id":12}', 5503, '2026-11-25 22:38:39.459842+00');
INSERT INTO public.events VALUES (1, 52, 'ORDER_ACCEPTED', '{"order":20,"user":3}', 5503, '2026-11-25 22:38:39.459842+00');
INSERT INTO public.events VALUES (1, 53, 'FILL', '{"trade_id":13}', 5503, '2026-11-25 22:38:39.459842+00');
INSERT INTO public.events VALUES (1, 54, 'FILL', '{"trade_id":14}', 5503, '2026-11-25 22:38:39.459842+00');
INSERT INTO public.events VALUES (1, 55, 'FILL', '{"trade_id":15}', 5503, '2026-11-25 22:38:39.459842+00');
INSERT INTO public.events VALUES (1, 56, 'FILL', '{"trade_id":16}', 5503, '2026-11-25 22:38:39.459842+00');
INSERT INTO public.events VALUES (1, 57, 'ORDER_ACCEPTED', '{"order":25,"user":4}', 5503, '2026-11-25 22:38:39.459842+00');
INSERT INTO public.events VALUES (1, 58, 'FILL', '{"trade_id":17}', 5503, '2026-11-25 22:38:39.459842+00');
INSERT INTO public.events VALUES (1, 59, 'TICK', '{"fills":6,"orders":7}', 5503, '2026-11-25 22:38:39.459842+00');
INSERT INTO public.inputs VALUES (1, 1, 1, 'JOIN', '\x000180a8d6b907', '2026-11-25 22:38:32.789351+00');
INSERT INTO public.inputs VALUES (1, 2, 1, 'JOIN', '\x000280a8d6b907', '2026-11-25 22:38:32.789351+00');
INSERT INTO public.inputs VALUES (1, 3, 1, 'JOIN', '\x000380a8d6b907', '2026-11-25 22:38:32.789351+00');
INSERT INTO public.inputs VALUES (1, 4, 1, 'JOIN', '\x000480a8d6b907', '2026-11-25 22:38:32.789351+00');
INSERT INTO public.inputs VALUES (1, 5, 1, 'ORDERS', '\x01f80300', '2026-11-25 22:38:34.45977+00');
INSERT INTO public.inputs VALUES (1, 6, 2, 'ORDERS', '\x01ea0704010101000001c0ed1a00e0d0a12ef80302030201000080c6868f01c0d1e94af80303020200000180a61d01e0c1f115f80304020201000180a61d01c099ee17f803', '2026-11-25 22:38:34.957683+00');
INSERT INTO public.inputs VALUES (1, 7, 3, 'ORDERS', '\x01de0b00', '2026-11-25 22:38:35.4718+00');
INSERT INTO public.inputs VALUES (1, 8, 4, 'ORDERS', '\x01d10f040504020100008084af5fc0bccf55de0b06020100000180a61d018097fd35de0b07020101000180a61d0180c2c834de0b08030201000080c6868f0180e1f33ede0b', '2026-11-25 22:38:35.956119+00');
INSERT INTO public.inputs VALUES (1, 9, 5, 'ORDERS', '\x01c71300', '2026-11-25 22:38:36.456275+00');
INSERT INTO public.inputs VALUES (1, 10, 6, 'CANCEL', '\x030204b817', '2026-11-25 22:38:36.958842+00');
INSERT INTO public.inputs VALUES (1, 11, 6, 'ORDERS', '\x01b81705090201000001f0d71c01c086be37c7130a0201010001f0d71c01a0e0ef35c7130b010200000190831901c0e2e42ec7130c030201000080c6868f0180aca626c7130d04020100008084af5fc0cae032c713', '2026-11-25 22:38:36.958842+00');
INSERT INTO public.inputs VALUES (1, 12, 6, 'ELIMINATE', '\x060100b817a01f', '2026-11-25 22:38:36.958842+00');
INSERT INTO public.inputs VALUES (1, 13, 8, 'CANCEL', '\x0302069b23', '2026-11-25 22:38:38.466397+00');
INSERT INTO public.inputs VALUES (1, 14, 8, 'CANCEL', '\x0302079b23', '2026-11-25 22:38:38.466397+00');
INSERT INTO public.inputs VALUES (1, 15, 8, 'ORDERS', '\x019b23050e04020101008084af5f8087b08801e4200f030201000080c6868f018092b815e420100202000001e0dc2a01a0ced516e420110202000101a0952d01e0d4e509e42012020201000180b51801c0a48e1ae420', '2026-11-25 22:38:38.466397+00');
INSERT INTO public.inputs VALUES (1, 16, 9, 'ORDERS', '\x01892700', '2026-11-25 22:38:38.963791+00');
INSERT INTO public.inputs VALUES (1, 17, 10, 'CANCEL', '\x030209ff2a', '2026-11-25 22:38:39.459842+00');
INSERT INTO public.inputs VALUES (1, 18, 10, 'ORDERS', '\x01ff2a071301020000008088debe01e085d824fb2714030201000080c6868f01c096d04b8a28150202000001f0aa2b01e0948f118a28160202000101b0e32d01a09fbe158a28170202010001c0fc1501c08190398a2818020201010180b5180180b791108a281904010000008084af5fe0c8eb328a28', '2026-11-25 22:38:39.459842+00');
INSERT INTO public.lob_pools VALUES (1, 1, 'YES', true, 44, 0.440000, 48.510000, '{"1":"48.510000"}', '2026-11-25 22:38:34.957683+00', '2026-11-25 22:38:34.957683+00');
INSERT INTO public.lob_pools VALUES (1, 2, 'YES', false, 74, 0.740000, 10.270000, '{"2":"10.270000"}', '2026-11-25 22:38:38.466397+00', '2026-11-25 22:38:38.466397+00');
INSERT INTO public.lob_pools VALUES (1, 2, 'YES', false, 75, 0.750000, 22.530000, '{"2":"22.530000"}', '2026-11-25 22:38:39.459842+00', '2026-11-25 22:38:39.459842+00');
INSERT INTO public.lob_pools VALUES (1, 2, 'NO', true, 36, 0.360000, 21.430000, '{"2":"21.430000"}', '2026-11-25 22:38:39.459842+00', '2026-11-25 22:38:39.459842+00');
INSERT INTO public.metrics VALUES (1, 1, 504, 0.000000, 4999.999998, 0.000000, 0.000000, 0.000000, 0.000000, 0.000000, 0.000000, '2026-11-25 22:38:34.45977+00');
INSERT INTO public.metrics VALUES (1, 2, 1002, 51.757190, 4999.997118, 26.702810, 0.345591, 0.345591, 0.040000, 0.000000, 0.000000, '2026-11-25 22:38:34.957683+00');
INSERT INTO public.metrics VALUES (1, 3, 1502, 51.757190, 4999.997118, 26.702810, 0.345591, 0.345591, 0.040000, 0.000000, 0.000000, '2026-11-25 22:38:35.4718+00');
INSERT INTO public.metrics VALUES (1, 4, 2001, 140.567934, 4999.988238, 93.632066, 1.233700, 1.233700, 0.080000, 0.000000, 0.000000, '2026-11-25 22:38:35.956119+00');
INSERT INTO public.metrics VALUES (1, 5, 2503, 140.567934, 4999.988238, 93.632066, 1.233700, 1.233700, 0.080000, 0.000000, 0.000000, '2026-11-25 22:38:36.456275+00');
INSERT INTO public.metrics VALUES (1, 6, 3000, 216.690630, 3333.152199, 110.889370, 1.627285, 1.627285, 0.130000, 1666.664544, 0.000000, '2026-11-25 22:38:36.958842+00');
INSERT INTO public.metrics VALUES (1, 7, 4000, 216.690630, 3333.152199, 110.889370, 1.627285, 1.627285, 0.130000, 1666.664544, 0.000000, '2026-11-25 22:38:38.060266+00');
INSERT INTO public.metrics VALUES (1, 8, 4507, 314.201335, 3333.154713, 20.415653, 2.433934, 2.433934, 0.180000, 1666.664544, 0.000000, '2026-11-25 22:38:38.466397+00');
INSERT INTO public.metrics VALUES (1, 9, 5001, 314.201335, 3333.154713, 20.415653, 2.433934, 2.433934, 0.180000, 1666.664544, 0.000000, '2026-11-25 22:38:38.963791+00');
INSERT INTO public.metrics VALUES (1, 10, 5503, 435.315668, 3333.149050, 60.229320, 3.212618, 3.212618, 0.250000, 1666.664544, 0.000000, '2026-11-25 22:38:39.459842+00');
INSERT INTO public.orders VALUES (1, 1, 1, 1, 1, 'YES', true, 'LIMIT', 48.510000, 0.440000, NULL, false, 'OPEN', 0.000000, 48.510000, NULL, 0.010000, 2, NULL, NULL, 504, '2026-11-25 22:38:34.465357+00', '2026-11-25 22:38:34.957683+00');
INSERT INTO public.orders VALUES (1, 2, 3, 1, 2, 'NO', true, 'MARKET', 78.460000, NULL, 0.150000000, false, 'FILLED', 78.460000, 0.000000, NULL, 0.010000, 2, NULL, NULL, 504, '2026-11-25 22:38:34.465357+00', '2026-11-25 22:38:34.957683+00');
INSERT INTO public.orders VALUES (1, 3, 2, 1, 2, 'YES', true, 'LIMIT', 22.950000, 0.480000, NULL, true, 'FILLED', 22.950000, 0.000000, NULL, 0.010000, 2, NULL, NULL, 504, '2026-11-25 22:38:34.465357+00', '2026-11-25 22:38:34.957683+00');
INSERT INTO public.orders VALUES (1, 5, 4, 1, 2, 'NO', true, 'MARKET', 89.780000, NULL, 0.100000000, false, 'FILLED', 89.780000, 0.000000, NULL, 0.010000, 4, NULL, NULL, 1502, '2026-11-25 22:38:35.475698+00', '2026-11-25 22:38:35.956119+00');
INSERT INTO public.orders VALUES (1, 8, 3, 2, 2, 'NO', true, 'MARKET', 65.960000, NULL, 0.150000000, false, 'FILLED', 65.960000, 0.000000, NULL, 0.010000, 4, NULL, NULL, 1502, '2026-11-25 22:38:35.475698+00', '2026-11-25 22:38:35.956119+00');
INSERT INTO public.orders VALUES (1, 11, 1, 2, 2, 'YES', true, 'LIMIT', 49.060000, 0.410000, NULL, true, 'FILLED', 49.060000, 0.000000, NULL, 0.010000, 6, NULL, NULL, 2503, '2026-11-25 22:38:36.463888+00', '2026-11-25 22:38:36.958842+00');
INSERT INTO public.orders VALUES (1, 12, 3, 3, 2, 'NO', true, 'MARKET', 40.160000, NULL, 0.150000000, false, 'FILLED', 40.160000, 0.000000, NULL, 0.010000, 6, NULL, NULL, 2503, '2026-11-25 22:38:36.463888+00', '2026-11-25 22:38:36.958842+00');
INSERT INTO public.orders VALUES (1, 13, 4, 2, 2, 'NO', true, 'MARKET', 53.220000, NULL, 0.100000000, false, 'FILLED', 53.220000, 0.000000, NULL, 0.010000, 6, NULL, NULL, 2503, '2026-11-25 22:38:36.463888+00', '2026-11-25 22:38:36.958842+00');
INSERT INTO public.orders VALUES (1, 4, 2, 2, 2, 'NO', true, 'LIMIT', 25.020000, 0.480000, NULL, true, 'CANCELED', 0.000000, 25.020000, 'cancelled', 0.010000, 2, 2503, 6, 504, '2026-11-25 22:38:34.465357+00', '2026-11-25 22:38:36.958842+00');
INSERT INTO public.orders VALUES (1, 6, 2, 3, 1, 'YES', true, 'LIMIT', 56.600000, 0.480000, NULL, true, 'CANCELED', 0.000000, 56.600000, 'cancelled', 0.010000, 4, 4196, 8, 1502, '2026-11-25 22:38:35.475698+00', '2026-11-25 22:38:38.466397+00');
INSERT INTO public.orders VALUES (1, 10, 2, 6, 1, 'NO', true, 'LIMIT', 56.490000, 0.470000, NULL, true, 'FILLED', 56.490000, 0.000000, NULL, 0.010000, 6, NULL, NULL, 2503, '2026-11-25 22:38:36.463888+00', '2026-11-25 22:38:38.466397+00');
INSERT INTO public.orders VALUES (1, 7, 2, 4, 1, 'NO', true, 'LIMIT', 55.120000, 0.480000, NULL, true, 'CANCELED', 0.000000, 55.120000, 'cancelled', 0.010000, 4, 4196, 8, 1502, '2026-11-25 22:38:35.475698+00', '2026-11-25 22:38:38.466397+00');
INSERT INTO public.orders VALUES (1, 19, 1, 3, 2, 'YES', true, 'MARKET', 38.470000, NULL, 0.200000000, false, 'FILLED', 38.470000, 0.000000, NULL, 0.010000, 10, NULL, NULL, 5115, '2026-11-25 22:38:39.075356+00', '2026-11-25 22:38:39.459842+00');
INSERT INTO public.orders VALUES (1, 9, 2, 5, 1, 'YES', true, 'LIMIT', 58.180000, 0.470000, NULL, true, 'CANCELED', 0.000000, 58.180000, 'cancelled', 0.010000, 6, 5130, 10, 2503, '2026-11-25 22:38:36.463888+00', '2026-11-25 22:38:39.459842+00');
INSERT INTO public.orders VALUES (1, 14, 4, 3, 2, 'NO', false, 'MARKET', 143.000000, NULL, 0.100000000, false, 'FILLED', 143.000000, 0.000000, NULL, 0.010000, 8, NULL, NULL, 4196, '2026-11-25 22:38:38.182086+00', '2026-11-25 22:38:38.466397+00');
INSERT INTO public.orders VALUES (1, 15, 3, 4, 2, 'NO', true, 'MARKET', 22.480000, NULL, 0.150000000, false, 'FILLED', 22.480000, 0.000000, NULL, 0.010000, 8, NULL, NULL, 4196, '2026-11-25 22:38:38.182086+00', '2026-11-25 22:38:38.466397+00');
INSERT INTO public.orders VALUES (1, 17, 2, 8, 2, 'YES', false, 'LIMIT', 10.270000, 0.740000, NULL, true, 'OPEN', 0.000000, 10.270000, NULL, 0.010000, 8, NULL, NULL, 4196, '2026-11-25 22:38:38.182086+00', '2026-11-25 22:38:38.466397+00');
INSERT INTO public.orders VALUES (1, 18, 2, 9, 2, 'NO', true, 'LIMIT', 27.380000, 0.400000, NULL, true, 'FILLED', 27.380000, 0.000000, NULL, 0.010000, 8, NULL, NULL, 4196, '2026-11-25 22:38:38.182086+00', '2026-11-25 22:38:38.466397+00');
INSERT INTO public.orders VALUES (1, 16, 2, 7, 2, 'YES', true, 'LIMIT', 23.770000, 0.700000, NULL, true, 'FILLED', 23.770000, 0.000000, NULL, 0.010000, 8, NULL, NULL, 4196, '2026-11-25 22:38:38.182086+00', '2026-11-25 22:38:39.459842+00');
INSERT INTO public.orders VALUES (1, 20, 3, 5, 2, 'NO', true, 'MARKET', 79.300000, NULL, 0.150000000, false, 'FILLED', 79.300000, 0.000000, NULL, 0.010000, 10, NULL, NULL, 5130, '2026-11-25 22:38:39.082962+00', '2026-11-25 22:38:39.459842+00');
INSERT INTO public.orders VALUES (1, 21, 2, 10, 2, 'YES', true, 'LIMIT', 17.950000, 0.710000, NULL, true, 'FILLED', 17.950000, 0.000000, NULL, 0.010000, 10, NULL, NULL, 5130, '2026-11-25 22:38:39.082962+00', '2026-11-25 22:38:39.459842+00');
INSERT INTO public.orders VALUES (1, 22, 2, 11, 2, 'YES', false, 'LIMIT', 22.530000, 0.750000, NULL, true, 'OPEN', 0.000000, 22.530000, NULL, 0.010000, 10, NULL, NULL, 5130, '2026-11-25 22:38:39.082962+00', '2026-11-25 22:38:39.459842+00');
INSERT INTO public.orders VALUES (1, 23, 2, 12, 2, 'NO', true, 'LIMIT', 59.900000, 0.360000, NULL, true, 'PARTIAL', 38.470000, 21.430000, NULL, 0.010000, 10, NULL, NULL, 5130, '2026-11-25 22:38:39.082962+00', '2026-11-25 22:38:39.459842+00');
INSERT INTO public.orders VALUES (1, 24, 2, 13, 2, 'NO', false, 'LIMIT', 16.920000, 0.400000, NULL, true, 'FILLED', 16.920000, 0.000000, NULL, 0.010000, 10, NULL, NULL, 5130, '2026-11-25 22:38:39.082962+00', '2026-11-25 22:38:39.459842+00');
INSERT INTO public.orders VALUES (1, 25, 4, 4, 1, 'YES', true, 'MARKET', 53.310000, NULL, 0.100000000, false, 'FILLED', 53.310000, 0.000000, NULL, 0.010000, 10, NULL, NULL, 5130, '2026-11-25 22:38:39.082962+00', '2026-11-25 22:38:39.459842+00');
INSERT INTO public.positions VALUES (1, 2, 1, 'NO', 56.490000, '2026-11-25 22:38:38.466397+00', '2026-11-25 22:38:38.466397+00');
INSERT INTO public.positions VALUES (1, 4, 2, 'NO', 0.000000, '2026-11-25 22:38:35.956119+00', '2026-11-25 22:38:38.466397+00');
INSERT INTO public.positions VALUES (1, 1, 2, 'YES', 87.530000, '2026-11-25 22:38:36.958842+00', '2026-11-25 22:38:39.459842+00');
INSERT INTO public.positions VALUES (1, 2, 2, 'YES', 64.670000, '2026-11-25 22:38:34.957683+00', '2026-11-25 22:38:39.459842+00');
INSERT INTO public.positions VALUES (1, 2, 2, 'NO', 48.930000, '2026-11-25 22:38:38.466397+00', '2026-11-25 22:38:39.459842+00');
INSERT INTO public.positions VALUES (1, 3, 2, 'NO', 286.360000, '2026-11-25 22:38:34.957683+00', '2026-11-25 22:38:39.459842+00');
INSERT INTO public.positions VALUES (1, 4, 1, 'YES', 53.310000, '2026-11-25 22:38:39.459842+00', '2026-11-25 22:38:39.459842+00');
INSERT INTO public.sessions OVERRIDING SYSTEM VALUE VALUES (1, 'Kept', true, 1, 9, 59, '2026-11-25 22:38:31.449247+00', '2026-11-25 22:38:39.459842+00');
INSERT INTO public.ticks VALUES (1, 1, 504, '{"fills": 0, "phase": "Running", "pools": [{"v": "0.000000", "q_no": "833.333333", "pairs": "0.000000", "q_yes": "833.333333", "active": true, "seigniorage": "0.000000", "virtual_yes": "0.000000"}, {"v": "0.000000", "q_no": "833.333333", "pairs": "0.000000", "q_yes": "833.333333", "active": true, "seigniorage": "0.000000", "virtual_yes": "0.000000"}, {"v": "0.000000", "q_no": "833.333333", "pairs": "0.000000", "q_yes": "833.333333", "active": true, "seigniorage": "0.000000", "virtual_yes": "0.000000"}], "orders": 0, "prices": [[0.5, 0.5], [0.5, 0.5], [0.5, 0.5]]}', '\x8ee8e4f5ea898990b65407d9a8773328114bce0f47c3a3b703fbb17038c184ad', '2026-11-25 22:38:34.45977+00');
INSERT INTO public.ticks VALUES (1, 2, 1002, '{"fills": 2, "phase": "Running", "pools": [{"v": "4.272970", "q_no": "833.333333", "pairs": "0.000000", "q_yes": "833.333333", "active": true, "seigniorage": "0.000000", "virtual_yes": "0.000000"}, {"v": "4.272970", "q_no": "833.333333", "pairs": "0.000000", "q_yes": "833.333333", "active": true, "seigniorage": "0.000000", "virtual_yes": "0.000000"}, {"v": "20.261250", "q_no": "888.843333", "pairs": "22.950000", "q_yes": "833.333333", "active": true, "seigniorage": "0.000000", "virtual_yes": "0.000000"}], "orders": 4, "prices": [[0.49872151452997593, 0.49872151452997593], [0.49872151452997593, 0.49872151452997593], [0.49399522405812385, 0.526901233936246]]}', '\xd6f90a0a2365440669d74f978f00816dba0b06338275e33ed7fbf5b26e947065', '2026-11-25 22:38:34.957683+00');
INSERT INTO public.ticks VALUES (1, 3, 1502, '{"fills": 0, "phase": "Running", "pools": [{"v": "4.272970", "q_no": "833.333333", "pairs": "0.000000", "q_yes": "833.333333", "active": true, "seigniorage": "0.000000", "virtual_yes": "0.000000"}, {"v": "4.272970", "q_no": "833.333333", "pairs": "0.000000", "q_yes": "833.333333", "active": true, "seigniorage": "0.000000", "virtual_yes": "0.000000"}, {"v": "20.261250", "q_no": "888.843333", "pairs": "22.950000", "q_yes": "833.333333", "active": true, "seigniorage": "0.000000", "virtual_yes": "0.000000"}], "orders": 0, "prices": [[0.49872151452997593, 0.49872151452997593], [0.49872151452997593, 0.49872151452997593], [0.49399522405812385, 0.526901233936246]]}', '\xd6f90a0a2365440669d74f978f00816dba0b06338275e33ed7fbf5b26e947065', '2026-11-25 22:38:35.4718+00');
INSERT INTO public.ticks VALUES (1, 4, 2001, '{"fills": 2, "phase": "Running", "pools": [{"v": "17.298397", "q_no": "833.333333", "pairs": "0.000000", "q_yes": "833.333333", "active": true, "seigniorage": "0.000000", "virtual_yes": "0.000000"}, {"v": "17.298397", "q_no": "833.333333", "pairs": "0.000000", "q_yes": "833.333333", "active": true, "seigniorage": "0.000000", "virtual_yes": "0.000000"}, {"v": "83.021140", "q_no": "1044.583333", "pairs": "22.950000", "q_yes": "833.333333", "active": true, "seigniorage": "0.000000", "virtual_yes": "0.000000"}], "orders": 4, "prices": [[0.4948642979182586, 0.4948642979182586], [0.4948642979182586, 0.4948642979182586], [0.4762777017704609, 0.5970140992175673]]}', '\x7b99b00107e2ad431e3c30de16135e2358420aa60d6d1afb4474c8de6a125103', '2026-11-25 22:38:35.956119+00');
INSERT INTO public.ticks VALUES (1, 5, 2503, '{"fills": 0, "phase": "Running", "pools": [{"v": "17.298397", "q_no": "833.333333", "pairs": "0.000000", "q_yes": "833.333333", "active": true, "seigniorage": "0.000000", "virtual_yes": "0.000000"}, {"v": "17.298397", "q_no": "833.333333", "pairs": "0.000000", "q_yes": "833.333333", "active": true, "seigniorage": "0.000000", "virtual_yes": "0.000000"}, {"v": "83.021140", "q_no": "1044.583333", "pairs": "22.950000", "q_yes": "833.333333", "active": true, "seigniorage": "0.000000", "virtual_yes": "0.000000"}], "orders": 0, "prices": [[0.4948642979182586, 0.4948642979182586], [0.4948642979182586, 0.4948642979182586], [0.4762777017704609, 0.5970140992175673]]}', '\x7b99b00107e2ad431e3c30de16135e2358420aa60d6d1afb4474c8de6a125103', '2026-11-25 22:38:36.456275+00');
INSERT INTO public.ticks VALUES (1, 6, 3000, '{"fills": 3, "phase": "Frozen", "pools": [{"v": "0.000000", "q_no": "833.333333", "pairs": "0.000000", "q_yes": "833.333333", "active": false, "seigniorage": "0.000000", "virtual_yes": "0.000000"}, {"v": "865.166003", "q_no": "833.333333", "pairs": "0.000000", "q_yes": "833.333333", "active": true, "seigniorage": "0.000000", "virtual_yes": "1042.055762"}, {"v": "946.179171", "q_no": "1088.903333", "pairs": "72.010000", "q_yes": "833.333333", "active": true, "seigniorage": "0.000000", "virtual_yes": "1042.055762"}], "orders": 5, "prices": [[0.0, 0.0], [0.7407492622345855, 0.3291535891197225], [0.7177832625794354, 0.4167650270966097]]}', '\x3c78301d4a1f78543b7b27cce51ba7695031d435a61c9e0c9d8c1b7401aecfed', '2026-11-25 22:38:36.958842+00');
INSERT INTO public.ticks VALUES (1, 7, 4000, '{"fills": 0, "phase": "Running", "pools": [{"v": "0.000000", "q_no": "833.333333", "pairs": "0.000000", "q_yes": "833.333333", "active": false, "seigniorage": "0.000000", "virtual_yes": "0.000000"}, {"v": "865.166003", "q_no": "833.333333", "pairs": "0.000000", "q_yes": "833.333333", "active": true, "seigniorage": "0.000000", "virtual_yes": "1042.055762"}, {"v": "946.179171", "q_no": "1088.903333", "pairs": "72.010000", "q_yes": "833.333333", "active": true, "seigniorage": "0.000000", "virtual_yes": "1042.055762"}], "orders": 0, "prices": [[0.0, 0.0], [0.7407492622345855, 0.3291535891197225], [0.7177832625794354, 0.4167650270966097]]}', '\x3c78301d4a1f78543b7b27cce51ba7695031d435a61c9e0c9d8c1b7401aecfed', '2026-11-25 22:38:38.060266+00');
INSERT INTO public.ticks VALUES (1, 8, 4507, '{"fills": 4, "phase": "Running", "pools": [{"v": "0.000000", "q_no": "833.333333", "pairs": "0.000000", "q_yes": "833.333333", "active": false, "seigniorage": "0.000000", "virtual_yes": "0.000000"}, {"v": "875.501748", "q_no": "889.823333", "pairs": "0.000000", "q_yes": "833.333333", "active": true, "seigniorage": "0.000000", "virtual_yes": "1042.055762"}, {"v": "910.697143", "q_no": "973.283333", "pairs": "94.490000", "q_yes": "833.333333", "active": true, "seigniorage": "0.000000", "virtual_yes": "1042.055762"}], "orders": 5, "prices": [[0.0, 0.0], [0.7377377807128641, 0.3500373829964836], [0.7276641955247624, 0.3776407975354599]]}', '\xf14040d8b853dfc289d2014753bdc80610cb5610ec23bbb355355dab6ed38d71', '2026-11-25 22:38:38.466397+00');
INSERT INTO public.ticks VALUES (1, 9, 5001, '{"fills": 0, "phase": "Running", "pools": [{"v": "0.000000", "q_no": "833.333333", "pairs": "0.000000", "q_yes": "833.333333", "active": false, "seigniorage": "0.000000", "virtual_yes": "0.000000"}, {"v": "875.501748", "q_no": "889.823333", "pairs": "0.000000", "q_yes": "833.333333", "active": true, "seigniorage": "0.000000", "virtual_yes": "1042.055762"}, {"v": "910.697143", "q_no": "973.283333", "pairs": "94.490000", "q_yes": "833.333333", "active": true, "seigniorage": "0.000000", "virtual_yes": "1042.055762"}], "orders": 0, "prices": [[0.0, 0.0], [0.7377377807128641, 0.3500373829964836], [0.7276641955247624, 0.3776407975354599]]}', '\xf14040d8b853dfc289d2014753bdc80610cb5610ec23bbb355355dab6ed38d71', '2026-11-25 22:38:38.963791+00');
INSERT INTO public.ticks VALUES (1, 10, 5503, '{"fills": 6, "phase": "Running", "pools": [{"v": "0.000000", "q_no": "833.333333", "pairs": "0.000000", "q_yes": "833.333333", "active": false, "seigniorage": "0.000000", "virtual_yes": "0.000000"}, {"v": "912.106326", "q_no": "889.823333", "pairs": "0.000000", "q_yes": "886.643333", "active": true, "seigniorage": "0.000000", "virtual_yes": "1042.055762"}, {"v": "930.728898", "q_no": "1016.423333", "pairs": "152.200000", "q_yes": "833.333333", "active": true, "seigniorage": "0.000000", "virtual_yes": "1042.055762"}], "orders": 7, "prices": [[0.0, 0.0], [0.747939939104902, 0.34506907335804027], [0.7220526299021469, 0.39133806560102435]]}', '\x08ac61ebb464b4dd8c28eed8c256199927b59926f47a8ef57efea88113a6dd42', '2026-11-25 22:38:39.459842+00');
INSERT INTO public.trades VALUES (1, 1, 2, 'NO', 3, 2, 2, 3, 0.522506, 22.950000, 11.991519, 0.000000, 'MINT', 2, 1002, '2026-11-25 22:38:34.957683+00');
INSERT INTO public.trades VALUES (1, 2, 2, 'NO', 3, 2, NULL, NULL, 0.518955, 55.510000, 28.807190, 0.288072, 'AMM', 2, 1002, '2026-11-25 22:38:34.957683+00');
INSERT INTO public.trades VALUES (1, 3, 2, 'NO', 4, 5, NULL, NULL, 0.556395, 89.780000, 49.953116, 0.499532, 'AMM', 4, 2001, '2026-11-25 22:38:35.956119+00');
INSERT INTO public.trades VALUES (1, 4, 2, 'NO', 3, 8, NULL, NULL, 0.589109, 65.960000, 38.857628, 0.388577, 'AMM', 4, 2001, '2026-11-25 22:38:35.956119+00');
INSERT INTO public.trades VALUES (1, 5, 2, 'NO', 3, 12, 1, 11, 0.592506, 40.160000, 23.795052, 0.000000, 'MINT', 6, 3000, '2026-11-25 22:38:36.958842+00');
INSERT INTO public.trades VALUES (1, 6, 2, 'NO', 4, 13, 1, 11, 0.592506, 8.900000, 5.273306, 0.000000, 'MINT', 6, 3000, '2026-11-25 22:38:36.958842+00');
INSERT INTO public.trades VALUES (1, 7, 2, 'NO', 4, 13, NULL, NULL, 0.610620, 44.320000, 27.062696, 0.270627, 'AMM', 6, 3000, '2026-11-25 22:38:36.958842+00');
INSERT INTO public.trades VALUES (1, 8, 1, 'NO', 2, 10, NULL, NULL, 0.344596, 56.490000, 19.466211, 0.194663, 'AMM', 8, 4507, '2026-11-25 22:38:38.466397+00');
INSERT INTO public.trades VALUES (1, 9, 2, 'NO', 2, 18, 4, 14, 0.400000, 27.380000, 10.952000, 0.109520, 'LOB', 8, 4507, '2026-11-25 22:38:38.466397+00');
INSERT INTO public.trades VALUES (1, 10, 2, 'NO', NULL, NULL, 4, 14, 0.385854, 115.620000, 44.612494, 0.446125, 'AMM', 8, 4507, '2026-11-25 22:38:38.466397+00');
INSERT INTO public.trades VALUES (1, 11, 2, 'NO', 3, 15, 2, 16, 0.302506, 22.480000, 6.800341, 0.000000, 'MINT', 8, 4507, '2026-11-25 22:38:38.466397+00');
INSERT INTO public.trades VALUES (1, 12, 2, 'YES', 1, 19, 2, 23, 0.642506, 38.470000, 24.717217, 0.000000, 'MINT', 10, 5503, '2026-11-25 22:38:39.459842+00');
INSERT INTO public.trades VALUES (1, 13, 2, 'NO', 3, 20, 2, 21, 0.292506, 17.950000, 5.250488, 0.000000, 'MINT', 10, 5503, '2026-11-25 22:38:39.459842+00');
INSERT INTO public.trades VALUES (1, 14, 2, 'NO', 3, 20, 2, 16, 0.302507, 1.290000, 0.390234, 0.000000, 'MINT', 10, 5503, '2026-11-25 22:38:39.459842+00');
INSERT INTO public.trades VALUES (1, 15, 2, 'NO', 3, 20, 2, 24, 0.400000, 16.920000, 6.768000, 0.067680, 'LOB', 10, 5503, '2026-11-25 22:38:39.459842+00');
INSERT INTO public.trades VALUES (1, 16, 2, 'NO', 3, 20, NULL, NULL, 0.389029, 43.140000, 16.782720, 0.167828, 'AMM', 10, 5503, '2026-11-25 22:38:39.459842+00');
INSERT INTO public.trades VALUES (1, 17, 1, 'YES', 4, 25, NULL, NULL, 0.747582, 53.310000, 39.853613, 0.398537, 'AMM', 10, 5503, '2026-11-25 22:38:39.459842+00');
INSERT INTO public.users VALUES (1, 1, 'Anna Lytics', 'annalytlcs', '\xb09316f9d65fdec58465ab17d85913d41473584f974c3cb3105a04253951d393', false, true, true, 1000.000000, 933.793783, 18.339449, 3, 0.030000, '2026-11-25 22:38:32.789351+00', '2026-11-25 22:38:39.459842+00');
INSERT INTO public.users VALUES (1, 4, 'Barb Ell', 'barbell', '\x1c89c1603b8e32200a5c02217465e776dd3ebd9e7c697d580fa2916390a6d083', false, true, true, 1000.000000, 931.657422, -28.469900, 6, 0.040000, '2026-11-25 22:38:32.789351+00', '2026-11-25 22:38:39.459842+00');
INSERT INTO public.users VALUES (1, 2, 'Artie Bitrage', 'artlebltrage', '\x7a49e91031b3d16d9e2a533bae9edd0a2d5f9447f2685dbffe00dcb260dd9f4a', false, true, true, 1000.000000, 914.061626, 7.112690, 8, 0.130000, '2026-11-25 22:38:32.789351+00', '2026-11-25 22:38:39.459842+00');
INSERT INTO public.users VALUES (1, 3, 'Bea Dask', 'beadask', '\xaa25d7d35e1beea719368b8a367d1dd78e24d217d2f322693afe1d09dfb02093', false, true, true, 1000.000000, 859.594671, -28.341761, 9, 0.050000, '2026-11-25 22:38:32.789351+00', '2026-11-25 22:38:39.459842+00');
SELECT pg_catalog.setval('public.sessions_session_id_seq', 1, true);
ALTER TABLE ONLY public._sqlx_migrations
    ADD CONSTRAINT _sqlx_migrations_pkey PRIMARY KEY (version);
ALTER TABLE ONLY public.config
    ADD CONSTRAINT config_pkey PRIMARY KEY (session_id);
ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_pkey PRIMARY KEY (session_id, event_id);
ALTER TABLE ONLY public.inputs
    ADD CONSTRAINT inputs_pkey PRIMARY KEY (session_id, seq);
ALTER TABLE ONLY public.lob_pools
    ADD CONSTRAINT lob_pools_pkey PRIMARY KEY (session_id, outcome_i, yes_no, is_buy, tick);
ALTER TABLE ONLY public.metrics
    ADD CONSTRAINT metrics_pkey PRIMARY KEY (session_id, tick_id);
ALTER TABLE ONLY public.orders
    ADD CONSTRAINT orders_pkey PRIMARY KEY (session_id, order_id);
ALTER TABLE ONLY public.orders
    ADD CONSTRAINT orders_session_id_user_id_client_order_id_key UNIQUE (session_id, user_id, client_order_id);
ALTER TABLE ONLY public.positions
    ADD CONSTRAINT positions_pkey PRIMARY KEY (session_id, user_id, outcome_i, yes_no);
ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (session_id);
ALTER TABLE ONLY public.snapshots
    ADD CONSTRAINT snapshots_pkey PRIMARY KEY (session_id, tick_id);
ALTER TABLE ONLY public.ticks
    ADD CONSTRAINT ticks_pkey PRIMARY KEY (session_id, tick_id);
ALTER TABLE ONLY public.trades
    ADD CONSTRAINT trades_pkey PRIMARY KEY (session_id, trade_id);
ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (session_id, user_id);
ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_session_id_skeleton_key UNIQUE (session_id, skeleton);
CREATE INDEX orders_to_cancel ON public.orders USING btree (session_id, cancel_ms) WHERE ((cancel_ms IS NOT NULL) AND (tick_cancelled IS NULL));
ALTER TABLE ONLY public.config
    ADD CONSTRAINT config_session_id_fkey FOREIGN KEY (session_id) REFERENCES public.sessions(session_id);
ALTER TABLE ONLY public.inputs
    ADD CONSTRAINT inputs_session_id_fkey FOREIGN KEY (session_id) REFERENCES public.sessions(session_id);
ALTER TABLE ONLY public.metrics
    ADD CONSTRAINT metrics_session_id_tick_id_fkey FOREIGN KEY (session_id, tick_id) REFERENCES public.ticks(session_id, tick_id);
ALTER TABLE ONLY public.orders
    ADD CONSTRAINT orders_session_id_user_id_fkey FOREIGN KEY (session_id, user_id) REFERENCES public.users(session_id, user_id);
ALTER TABLE ONLY public.positions
    ADD CONSTRAINT positions_session_id_user_id_fkey FOREIGN KEY (session_id, user_id) REFERENCES public.users(session_id, user_id);
ALTER TABLE ONLY public.snapshots
    ADD CONSTRAINT snapshots_session_id_fkey FOREIGN KEY (session_id) REFERENCES public.sessions(session_id);
ALTER TABLE ONLY public.ticks
    ADD CONSTRAINT ticks_session_id_fkey FOREIGN KEY (session_id) REFERENCES public.sessions(session_id);
ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_session_id_fkey FOREIGN KEY (session_id) REFERENCES public.sessions(session_id);
