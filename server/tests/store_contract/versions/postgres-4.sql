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
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    predecessor bigint,
    alive_at timestamp with time zone
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
INSERT INTO public._sqlx_migrations VALUES (1, 'initial', '2026-11-25 23:05:46.165461+00', true, '\x50b2f2973935145c8cf3ffe87030d2da2e02eac1c2418655701ba1094b66448df28f99b92f4f59e0c8ef8288993d66dd', 123742153);
INSERT INTO public._sqlx_migrations VALUES (2, 'succession', '2026-11-25 23:05:46.289923+00', true, '\x0a74cf720aac6885f9727ac0278c7308cbda1c7958f2776428b1aa680d7df8a273e536bfc7f6f2c939da8db7d4a4f301', 637970);
INSERT INTO public.config VALUES (1, '{"name": "Kept", "params": {"f": "0.010000000", "z": "5000.000000", "q0": "833.333333", "eta": "2.000000000", "gamma": "0.000100000", "p_max": "0.990000", "p_min": "0.010000", "sigma": "0.500000000", "mu_end": "1.000000000", "nu_end": "1.000000000", "rounds": [{"at_s": 3, "freeze_s": 1}], "f_match": "0.005000000", "gas_fee": "0.010000", "mu_start": "1.000000000", "nu_start": "1.000000000", "zeta_end": "0.050000000", "kappa_end": "0.000050000", "tick_size": "0.010000", "af_enabled": true, "cm_enabled": true, "mr_enabled": true, "n_outcomes": 3, "renorm_cap": "0.900000", "vc_enabled": true, "zeta_start": "0.150000000", "af_cap_frac": "0.100000000", "kappa_start": "0.000100000", "af_max_pools": 3, "outcome_names": ["Ada", "Blaise", "Carl"], "af_max_surplus": "0.050000000", "total_duration": 60, "starting_balance": "1000.000000", "batch_interval_ms": 500, "interpolation_mode": "continue"}, "script": {"winner": "random", "eliminate": [{"random": 1}]}, "default_slippage_percent": 5}', '{"eliminate": [[2]], "final_winner": 0}', 'RUNNING', '2026-11-25 23:05:47.966868+00', 5505, 10, 23, '2026-11-25 23:05:46.313681+00', '2026-11-25 23:05:53.471806+00');
INSERT INTO public.events VALUES (1, 1, 'SERVER', '{"version":"0.1.0"}', 0, '2026-11-25 23:05:46.549244+00');
INSERT INTO public.events VALUES (1, 2, 'HOST_LOGIN', '{"right":true}', 0, '2026-11-25 23:05:46.915266+00');
INSERT INTO public.events VALUES (1, 3, 'PHASE', '{"from":"LOBBY","to":"RUNNING","why":"the host''s act"}', 0, '2026-11-25 23:05:47.966868+00');
INSERT INTO public.events VALUES (1, 4, 'HOST_ACT', '{"act":"start","done":true,"effect":"the session has started"}', 0, '2026-11-25 23:05:47.966868+00');
INSERT INTO public.events VALUES (1, 5, 'TICK', '{"fills":0,"orders":0}', 504, '2026-11-25 23:05:48.470171+00');
INSERT INTO public.events VALUES (1, 6, 'ORDER_ACCEPTED', '{"order":2,"user":2}', 1009, '2026-11-25 23:05:48.991819+00');
INSERT INTO public.events VALUES (1, 7, 'ORDER_ACCEPTED', '{"order":3,"user":3}', 1009, '2026-11-25 23:05:48.991819+00');
INSERT INTO public.events VALUES (1, 8, 'ORDER_ACCEPTED', '{"order":4,"user":3}', 1009, '2026-11-25 23:05:48.991819+00');
INSERT INTO public.events VALUES (1, 9, 'ORDER_ACCEPTED', '{"order":1,"user":1}', 1009, '2026-11-25 23:05:48.991819+00');
INSERT INTO public.events VALUES (1, 10, 'FILL', '{"trade_id":1}', 1009, '2026-11-25 23:05:48.991819+00');
INSERT INTO public.events VALUES (1, 11, 'FILL', '{"trade_id":2}', 1009, '2026-11-25 23:05:48.991819+00');
INSERT INTO public.events VALUES (1, 12, 'TICK', '{"fills":2,"orders":4}', 1009, '2026-11-25 23:05:48.991819+00');
INSERT INTO public.events VALUES (1, 13, 'TICK', '{"fills":0,"orders":0}', 1513, '2026-11-25 23:05:49.477356+00');
INSERT INTO public.events VALUES (1, 14, 'ORDER_ACCEPTED', '{"order":6,"user":3}', 2009, '2026-11-25 23:05:49.973816+00');
INSERT INTO public.events VALUES (1, 15, 'ORDER_ACCEPTED', '{"order":7,"user":3}', 2009, '2026-11-25 23:05:49.973816+00');
INSERT INTO public.events VALUES (1, 16, 'ORDER_ACCEPTED', '{"order":5,"user":1}', 2009, '2026-11-25 23:05:49.973816+00');
INSERT INTO public.events VALUES (1, 17, 'FILL', '{"trade_id":3}', 2009, '2026-11-25 23:05:49.973816+00');
INSERT INTO public.events VALUES (1, 18, 'ORDER_ACCEPTED', '{"order":8,"user":4}', 2009, '2026-11-25 23:05:49.973816+00');
INSERT INTO public.events VALUES (1, 19, 'FILL', '{"trade_id":4}', 2009, '2026-11-25 23:05:49.973816+00');
INSERT INTO public.events VALUES (1, 20, 'TICK', '{"fills":2,"orders":4}', 2009, '2026-11-25 23:05:49.973816+00');
INSERT INTO public.events VALUES (1, 21, 'TICK', '{"fills":0,"orders":0}', 2501, '2026-11-25 23:05:50.465786+00');
INSERT INTO public.events VALUES (1, 22, 'ORDER_CANCELED', '{"found":true,"order":4,"reason":"ByOwner","user":3}', 3000, '2026-11-25 23:05:50.983826+00');
INSERT INTO public.events VALUES (1, 23, 'ORDER_ACCEPTED', '{"order":10,"user":2}', 3000, '2026-11-25 23:05:50.983826+00');
INSERT INTO public.events VALUES (1, 24, 'ORDER_ACCEPTED', '{"order":11,"user":3}', 3000, '2026-11-25 23:05:50.983826+00');
INSERT INTO public.events VALUES (1, 25, 'ORDER_ACCEPTED', '{"order":12,"user":3}', 3000, '2026-11-25 23:05:50.983826+00');
INSERT INTO public.events VALUES (1, 26, 'ORDER_ACCEPTED', '{"order":9,"user":1}', 3000, '2026-11-25 23:05:50.983826+00');
INSERT INTO public.events VALUES (1, 27, 'FILL', '{"trade_id":5}', 3000, '2026-11-25 23:05:50.983826+00');
INSERT INTO public.events VALUES (1, 28, 'ORDER_ACCEPTED', '{"order":13,"user":4}', 3000, '2026-11-25 23:05:50.983826+00');
INSERT INTO public.events VALUES (1, 29, 'FILL', '{"trade_id":6}', 3000, '2026-11-25 23:05:50.983826+00');
INSERT INTO public.events VALUES (1, 30, 'FILL', '{"trade_id":7}', 3000, '2026-11-25 23:05:50.983826+00');
INSERT INTO public.events VALUES (1, 31, 'TICK', '{"fills":3,"orders":5}', 3000, '2026-11-25 23:05:50.983826+00');
INSERT INTO public.events VALUES (1, 32, 'ELIMINATION', '{"flows":[[0,"756.671922"],[1,"756.671922"]],"freed":"1513.343844","outcome":2,"paid":"327.550000","round":0}', 3000, '2026-11-25 23:05:50.983826+00');
INSERT INTO public.events VALUES (1, 33, 'RENORMALISATION', '{"factor":2.1392181867139053,"prices":[[0,0.3409042066381588,0.7292684785432352],[1,0.3409042066381588,0.7292684785432352]]}', 3000, '2026-11-25 23:05:50.983826+00');
INSERT INTO public.events VALUES (1, 34, 'FREEZE', '{}', 3000, '2026-11-25 23:05:50.983826+00');
INSERT INTO public.events VALUES (1, 35, 'PHASE', '{"from":"RUNNING","to":"FROZEN","why":"a round"}', 3000, '2026-11-25 23:05:50.983826+00');
INSERT INTO public.events VALUES (1, 36, 'RESUME', '{}', 4000, '2026-11-25 23:05:51.979825+00');
INSERT INTO public.events VALUES (1, 37, 'PHASE', '{"from":"FROZEN","to":"RUNNING","why":"trading goes on"}', 4000, '2026-11-25 23:05:51.979825+00');
INSERT INTO public.events VALUES (1, 38, 'ORDER_CANCELED', '{"found":true,"order":6,"reason":"ByOwner","user":3}', 4505, '2026-11-25 23:05:52.469784+00');
INSERT INTO public.events VALUES (1, 39, 'ORDER_CANCELED', '{"found":true,"order":7,"reason":"ByOwner","user":3}', 4505, '2026-11-25 23:05:52.469784+00');
INSERT INTO public.events VALUES (1, 40, 'FILL', '{"trade_id":8}', 4505, '2026-11-25 23:05:52.469784+00');
INSERT INTO public.events VALUES (1, 41, 'ORDER_ACCEPTED', '{"order":15,"user":3}', 4505, '2026-11-25 23:05:52.469784+00');
INSERT INTO public.events VALUES (1, 42, 'ORDER_ACCEPTED', '{"order":16,"user":3}', 4505, '2026-11-25 23:05:52.469784+00');
INSERT INTO public.events VALUES (1, 43, 'ORDER_ACCEPTED', '{"order":14,"user":1}', 4505, '2026-11-25 23:05:52.469784+00');
INSERT INTO public.events VALUES (1, 44, 'FILL', '{"trade_id":9}', 4505, '2026-11-25 23:05:52.469784+00');
INSERT INTO public.events VALUES (1, 45, 'ORDER_ACCEPTED', '{"order":17,"user":4}', 4505, '2026-11-25 23:05:52.469784+00');
INSERT INTO public.events VALUES (1, 46, 'FILL', '{"trade_id":10}', 4505, '2026-11-25 23:05:52.469784+00');
INSERT INTO public.events VALUES (1, 47, 'FILL', '{"trade_id":11}', 4505, '2026-11-25 23:05:52.469784+00');
INSERT INTO public.events VALUES (1, 48, 'TICK', '{"fills":4,"orders":4}', 4505, '2026-11-25 23:05:52.469784+00');
INSERT INTO public.events VALUES (1, 49, 'TICK', '{"fills":0,"orders":0}', 5001, '2026-11-25 23:05:52.983811+00');
INSERT INTO public.events VALUES (1, 50, 'ORDER_CANCELED', '{"found":true,"order":11,"reason":"ByOwner","user":3}', 5505, '2026-11-25 23:05:53.471806+00');
INSERT INTO public.events VALUES (1, 51, 'ORDER_ACCEPTED', '{"order":20,"user":3}', 5505, '2026-11-25 23:05:53.471806+00');
INSERT INTO public.events VALUES (1, 52, 'ORDER_ACCEPTED', '{"order":21,"user":3}', 5505, '2026-11-25 23:05:53.471806+00');
INSERT INTO public.events VALUES (1, 53, 'ORDER_ACCEPTED', '{"order":22,"user":3}', 5505, '2026-11-25 23:05:53.471806+00');
INSERT INTO public.events VALUES (1, 54, 'ORDER_ACCEPTED', '{"order":18,"user":1}', 5505, '2026-11-25 23:05:53.471806+00');
INSERT INTO public.events VALUES (1, 55, 'FILL', '{"trade_id":12}', 5505, '2026-11-25 23:05:53.471806+00');
INSERT INTO public.events VALUES (1, 56, 'ORDER_ACCEPTED', '{"order":19,"user":2}', 5505, '2026-11-25 23:05:53.471806+00');
INSERT INTO public.events VALUES (1, 57, 'FILL', '{"trade_id":13}', 5505, '2026-11-25 23:05:53.471806+00');
INSERT INTO public.events VALUES (1, 58, 'ORDER_ACCEPTED', '{"order":23,"user":4}', 5505, '2026-11-25 23:05:53.471806+00');
INSERT INTO public.events VALUES (1, 59, 'FILL', '{"trade_id":14}', 5505, '2026-11-25 23:05:53.471806+00');
INSERT INTO public.events VALUES (1, 60, 'FILL', '{"trade_id":15}', 5505, '2026-11-25 23:05:53.471806+00');
INSERT INTO public.events VALUES (1, 61, 'TICK', '{"fills":4,"orders":6}', 5505, '2026-11-25 23:05:53.471806+00');
INSERT INTO public.inputs VALUES (1, 1, 1, 'JOIN', '\x02000180a8d6b907', '2026-11-25 23:05:46.596223+00');
INSERT INTO public.inputs VALUES (1, 2, 1, 'JOIN', '\x02000280a8d6b907', '2026-11-25 23:05:46.596223+00');
INSERT INTO public.inputs VALUES (1, 3, 1, 'JOIN', '\x02000380a8d6b907', '2026-11-25 23:05:46.596223+00');
INSERT INTO public.inputs VALUES (1, 4, 1, 'JOIN', '\x02000480a8d6b907', '2026-11-25 23:05:46.596223+00');
INSERT INTO public.inputs VALUES (1, 5, 1, 'ORDERS', '\x0201f80300', '2026-11-25 23:05:48.470171+00');
INSERT INTO public.inputs VALUES (1, 6, 2, 'ORDERS', '\x0201f1070401010201000080c6868f01c0d1e94af803020201000001c0ed1a00e0d0a12ef80303030200000180a61d01e0c1f115f80304030201000180a61d01c099ee17f803', '2026-11-25 23:05:48.991819+00');
INSERT INTO public.inputs VALUES (1, 7, 3, 'ORDERS', '\x0201e90b00', '2026-11-25 23:05:49.477356+00');
INSERT INTO public.inputs VALUES (1, 8, 4, 'ORDERS', '\x0201d90f0405010201000080c6868f0180e1f33ee90b06030100000180a61d018097fd35e90b07030101000180a61d0180c2c834e90b0804020100008084af5fc0bccf55e90b', '2026-11-25 23:05:49.973816+00');
INSERT INTO public.inputs VALUES (1, 9, 5, 'ORDERS', '\x0201c51300', '2026-11-25 23:05:50.465786+00');
INSERT INTO public.inputs VALUES (1, 10, 6, 'CANCEL', '\x02030304b817', '2026-11-25 23:05:50.983826+00');
INSERT INTO public.inputs VALUES (1, 11, 6, 'ORDERS', '\x0201b8170509010201000080c6868f0180ffb426c5130a020200000190831901c0e2e42ec5130b0301000001f0d71c01c086be37c5130c0301010001f0d71c01a0e0ef35c5130d04020100008084af5fe0a2ce32c513', '2026-11-25 23:05:50.983826+00');
INSERT INTO public.inputs VALUES (1, 12, 6, 'ELIMINATE', '\x020601020100b817a01f', '2026-11-25 23:05:50.983826+00');
INSERT INTO public.inputs VALUES (1, 13, 8, 'CANCEL', '\x020303069923', '2026-11-25 23:05:52.469784+00');
INSERT INTO public.inputs VALUES (1, 14, 8, 'CANCEL', '\x020303079923', '2026-11-25 23:05:52.469784+00');
INSERT INTO public.inputs VALUES (1, 15, 8, 'ORDERS', '\x02019923040e010001000080c6868f0180cfd91fa01f0f0301000001f0aa2b0180aaad16a01f10030101000180c41301e0bbd220a01f1104010000008084af5fc0d2f837a01f', '2026-11-25 23:05:52.469784+00');
INSERT INTO public.inputs VALUES (1, 16, 9, 'ORDERS', '\x0201892700', '2026-11-25 23:05:52.983811+00');
INSERT INTO public.inputs VALUES (1, 17, 10, 'CANCEL', '\x0203030b812b', '2026-11-25 23:05:53.471806+00');
INSERT INTO public.inputs VALUES (1, 18, 10, 'ORDERS', '\x0201812b0612010001000080c6868f01a08dda6189271302010000008088debe0180c0cf248927140301000001f0aa2b01c0f88d118927150301010001a0e01401c0e8b83c8927160301010101e0981701e0bdbc3589271704010000008084af5fe088d94d8927', '2026-11-25 23:05:53.471806+00');
INSERT INTO public.lob_pools VALUES (1, 1, 'YES', true, 44, 0.440000, 48.510000, '{"2":"48.510000"}', '2026-11-25 23:05:48.991819+00', '2026-11-25 23:05:48.991819+00');
INSERT INTO public.lob_pools VALUES (1, 1, 'YES', true, 71, 0.710000, 41.380000, '{"3":"41.380000"}', '2026-11-25 23:05:52.469784+00', '2026-11-25 23:05:53.471806+00');
INSERT INTO public.lob_pools VALUES (1, 1, 'NO', false, 38, 0.380000, 56.070000, '{"3":"56.070000"}', '2026-11-25 23:05:53.471806+00', '2026-11-25 23:05:53.471806+00');
INSERT INTO public.metrics VALUES (1, 1, 504, 0.000000, 4999.999998, 0.000000, 0.000000, 0.000000, 0.000000, 0.000000, 0.000000, '2026-11-25 23:05:48.470171+00');
INSERT INTO public.metrics VALUES (1, 2, 1009, 51.757166, 4999.997118, 26.702834, 0.345591, 0.345591, 0.040000, 0.000000, 0.000000, '2026-11-25 23:05:48.991819+00');
INSERT INTO public.metrics VALUES (1, 3, 1513, 51.757166, 4999.997118, 26.702834, 0.345591, 0.345591, 0.040000, 0.000000, 0.000000, '2026-11-25 23:05:49.477356+00');
INSERT INTO public.metrics VALUES (1, 4, 2009, 140.570837, 4999.988238, 93.629163, 1.233729, 1.233729, 0.080000, 0.000000, 0.000000, '2026-11-25 23:05:49.973816+00');
INSERT INTO public.metrics VALUES (1, 5, 2501, 140.570837, 4999.988238, 93.629163, 1.233729, 1.233729, 0.080000, 0.000000, 0.000000, '2026-11-25 23:05:50.465786+00');
INSERT INTO public.metrics VALUES (1, 6, 3000, 216.674734, 3333.177754, 110.875266, 1.627127, 1.627127, 0.130000, 1666.656444, 0.000000, '2026-11-25 23:05:50.983826+00');
INSERT INTO public.metrics VALUES (1, 7, 4000, 216.674734, 3333.177754, 110.875266, 1.627127, 1.627127, 0.130000, 1666.656444, 0.000000, '2026-11-25 23:05:51.979825+00');
INSERT INTO public.metrics VALUES (1, 8, 4505, 300.479199, 3333.172798, 118.970801, 2.208663, 2.208663, 0.170000, 1666.656444, 0.000000, '2026-11-25 23:05:52.469784+00');
INSERT INTO public.metrics VALUES (1, 9, 5001, 300.479199, 3333.172798, 118.970801, 2.208663, 2.208663, 0.170000, 1666.656444, 0.000000, '2026-11-25 23:05:52.983811+00');
INSERT INTO public.metrics VALUES (1, 10, 5505, 444.554085, 3333.164728, 197.215915, 3.174461, 3.174461, 0.230000, 1666.656444, 0.000000, '2026-11-25 23:05:53.471806+00');
INSERT INTO public.orders VALUES (1, 1, 1, 1, 2, 'NO', true, 'MARKET', 78.460000, NULL, 0.150000000, false, 'FILLED', 78.460000, 0.000000, NULL, 0.010000, 2, NULL, NULL, 504, '2026-11-25 23:05:48.488001+00', '2026-11-25 23:05:48.991819+00');
INSERT INTO public.orders VALUES (1, 2, 2, 1, 1, 'YES', true, 'LIMIT', 48.510000, 0.440000, NULL, false, 'OPEN', 0.000000, 48.510000, NULL, 0.010000, 2, NULL, NULL, 504, '2026-11-25 23:05:48.488001+00', '2026-11-25 23:05:48.991819+00');
INSERT INTO public.orders VALUES (1, 3, 3, 1, 2, 'YES', true, 'LIMIT', 22.950000, 0.480000, NULL, true, 'FILLED', 22.950000, 0.000000, NULL, 0.010000, 2, NULL, NULL, 504, '2026-11-25 23:05:48.488001+00', '2026-11-25 23:05:48.991819+00');
INSERT INTO public.orders VALUES (1, 5, 1, 2, 2, 'NO', true, 'MARKET', 65.960000, NULL, 0.150000000, false, 'FILLED', 65.960000, 0.000000, NULL, 0.010000, 4, NULL, NULL, 1513, '2026-11-25 23:05:49.499804+00', '2026-11-25 23:05:49.973816+00');
INSERT INTO public.orders VALUES (1, 8, 4, 1, 2, 'NO', true, 'MARKET', 89.780000, NULL, 0.100000000, false, 'FILLED', 89.780000, 0.000000, NULL, 0.010000, 4, NULL, NULL, 1513, '2026-11-25 23:05:49.499804+00', '2026-11-25 23:05:49.973816+00');
INSERT INTO public.orders VALUES (1, 9, 1, 3, 2, 'NO', true, 'MARKET', 40.280000, NULL, 0.150000000, false, 'FILLED', 40.280000, 0.000000, NULL, 0.010000, 6, NULL, NULL, 2501, '2026-11-25 23:05:50.492171+00', '2026-11-25 23:05:50.983826+00');
INSERT INTO public.orders VALUES (1, 10, 2, 2, 2, 'YES', true, 'LIMIT', 49.060000, 0.410000, NULL, true, 'FILLED', 49.060000, 0.000000, NULL, 0.010000, 6, NULL, NULL, 2501, '2026-11-25 23:05:50.492171+00', '2026-11-25 23:05:50.983826+00');
INSERT INTO public.orders VALUES (1, 13, 4, 2, 2, 'NO', true, 'MARKET', 53.070000, NULL, 0.100000000, false, 'FILLED', 53.070000, 0.000000, NULL, 0.010000, 6, NULL, NULL, 2501, '2026-11-25 23:05:50.492171+00', '2026-11-25 23:05:50.983826+00');
INSERT INTO public.orders VALUES (1, 4, 3, 2, 2, 'NO', true, 'LIMIT', 25.020000, 0.480000, NULL, true, 'CANCELED', 0.000000, 25.020000, 'cancelled', 0.010000, 2, 2501, 6, 504, '2026-11-25 23:05:48.488001+00', '2026-11-25 23:05:50.983826+00');
INSERT INTO public.orders VALUES (1, 6, 3, 3, 1, 'YES', true, 'LIMIT', 56.600000, 0.480000, NULL, true, 'CANCELED', 0.000000, 56.600000, 'cancelled', 0.010000, 4, 4000, 8, 1513, '2026-11-25 23:05:49.499804+00', '2026-11-25 23:05:52.469784+00');
INSERT INTO public.orders VALUES (1, 12, 3, 6, 1, 'NO', true, 'LIMIT', 56.490000, 0.470000, NULL, true, 'FILLED', 56.490000, 0.000000, NULL, 0.010000, 6, NULL, NULL, 2501, '2026-11-25 23:05:50.492171+00', '2026-11-25 23:05:52.469784+00');
INSERT INTO public.orders VALUES (1, 7, 3, 4, 1, 'NO', true, 'LIMIT', 55.120000, 0.480000, NULL, true, 'CANCELED', 0.000000, 55.120000, 'cancelled', 0.010000, 4, 4000, 8, 1513, '2026-11-25 23:05:49.499804+00', '2026-11-25 23:05:52.469784+00');
INSERT INTO public.orders VALUES (1, 11, 3, 5, 1, 'YES', true, 'LIMIT', 58.180000, 0.470000, NULL, true, 'CANCELED', 0.000000, 58.180000, 'cancelled', 0.010000, 6, 5001, 10, 2501, '2026-11-25 23:05:50.492171+00', '2026-11-25 23:05:53.471806+00');
INSERT INTO public.orders VALUES (1, 14, 1, 4, 0, 'NO', true, 'MARKET', 33.240000, NULL, 0.150000000, false, 'FILLED', 33.240000, 0.000000, NULL, 0.010000, 8, NULL, NULL, 4000, '2026-11-25 23:05:51.98451+00', '2026-11-25 23:05:52.469784+00');
INSERT INTO public.orders VALUES (1, 15, 3, 7, 1, 'YES', true, 'LIMIT', 23.440000, 0.710000, NULL, true, 'OPEN', 0.000000, 23.440000, NULL, 0.010000, 8, NULL, NULL, 4000, '2026-11-25 23:05:51.98451+00', '2026-11-25 23:05:52.469784+00');
INSERT INTO public.orders VALUES (1, 16, 3, 8, 1, 'NO', true, 'LIMIT', 34.230000, 0.320000, NULL, true, 'FILLED', 34.230000, 0.000000, NULL, 0.010000, 8, NULL, NULL, 4000, '2026-11-25 23:05:51.98451+00', '2026-11-25 23:05:52.469784+00');
INSERT INTO public.orders VALUES (1, 17, 4, 3, 1, 'YES', true, 'MARKET', 58.660000, NULL, 0.100000000, false, 'FILLED', 58.660000, 0.000000, NULL, 0.010000, 8, NULL, NULL, 4000, '2026-11-25 23:05:51.98451+00', '2026-11-25 23:05:52.469784+00');
INSERT INTO public.orders VALUES (1, 18, 1, 5, 0, 'NO', true, 'MARKET', 102.450000, NULL, 0.150000000, false, 'FILLED', 102.450000, 0.000000, NULL, 0.010000, 10, NULL, NULL, 5001, '2026-11-25 23:05:52.996139+00', '2026-11-25 23:05:53.471806+00');
INSERT INTO public.orders VALUES (1, 19, 2, 3, 1, 'YES', true, 'MARKET', 38.400000, NULL, 0.200000000, false, 'FILLED', 38.400000, 0.000000, NULL, 0.010000, 10, NULL, NULL, 5001, '2026-11-25 23:05:52.996139+00', '2026-11-25 23:05:53.471806+00');
INSERT INTO public.orders VALUES (1, 20, 3, 9, 1, 'YES', true, 'LIMIT', 17.940000, 0.710000, NULL, true, 'OPEN', 0.000000, 17.940000, NULL, 0.010000, 10, NULL, NULL, 5001, '2026-11-25 23:05:52.996139+00', '2026-11-25 23:05:53.471806+00');
INSERT INTO public.orders VALUES (1, 21, 3, 10, 1, 'NO', true, 'LIMIT', 63.380000, 0.340000, NULL, true, 'FILLED', 63.380000, 0.000000, NULL, 0.010000, 10, NULL, NULL, 5001, '2026-11-25 23:05:52.996139+00', '2026-11-25 23:05:53.471806+00');
INSERT INTO public.orders VALUES (1, 22, 3, 11, 1, 'NO', false, 'LIMIT', 56.070000, 0.380000, NULL, true, 'OPEN', 0.000000, 56.070000, NULL, 0.010000, 10, NULL, NULL, 5001, '2026-11-25 23:05:52.996139+00', '2026-11-25 23:05:53.471806+00');
INSERT INTO public.orders VALUES (1, 23, 4, 4, 1, 'YES', true, 'MARKET', 81.470000, NULL, 0.100000000, false, 'FILLED', 81.470000, 0.000000, NULL, 0.010000, 10, NULL, NULL, 5001, '2026-11-25 23:05:52.996139+00', '2026-11-25 23:05:53.471806+00');
INSERT INTO public.positions VALUES (1, 1, 2, 'NO', 0.000000, '2026-11-25 23:05:48.991819+00', '2026-11-25 23:05:50.983826+00');
INSERT INTO public.positions VALUES (1, 3, 2, 'YES', 0.000000, '2026-11-25 23:05:48.991819+00', '2026-11-25 23:05:50.983826+00');
INSERT INTO public.positions VALUES (1, 4, 2, 'NO', 0.000000, '2026-11-25 23:05:49.973816+00', '2026-11-25 23:05:50.983826+00');
INSERT INTO public.positions VALUES (1, 1, 0, 'NO', 135.690000, '2026-11-25 23:05:52.469784+00', '2026-11-25 23:05:53.471806+00');
INSERT INTO public.positions VALUES (1, 2, 1, 'YES', 38.400000, '2026-11-25 23:05:53.471806+00', '2026-11-25 23:05:53.471806+00');
INSERT INTO public.positions VALUES (1, 3, 1, 'NO', 154.100000, '2026-11-25 23:05:52.469784+00', '2026-11-25 23:05:53.471806+00');
INSERT INTO public.positions VALUES (1, 4, 1, 'YES', 140.130000, '2026-11-25 23:05:52.469784+00', '2026-11-25 23:05:53.471806+00');
INSERT INTO public.sessions OVERRIDING SYSTEM VALUE VALUES (1, 'Kept', true, 1, 9, 61, '2026-11-25 23:05:46.313681+00', '2026-11-25 23:05:53.471806+00', NULL, '2026-11-25 23:05:53.540214+00');
INSERT INTO public.ticks VALUES (1, 1, 504, '{"fills": 0, "phase": "Running", "pools": [{"v": "0.000000", "q_no": "833.333333", "pairs": "0.000000", "q_yes": "833.333333", "active": true, "seigniorage": "0.000000", "virtual_yes": "0.000000"}, {"v": "0.000000", "q_no": "833.333333", "pairs": "0.000000", "q_yes": "833.333333", "active": true, "seigniorage": "0.000000", "virtual_yes": "0.000000"}, {"v": "0.000000", "q_no": "833.333333", "pairs": "0.000000", "q_yes": "833.333333", "active": true, "seigniorage": "0.000000", "virtual_yes": "0.000000"}], "orders": 0, "prices": [[0.5, 0.5], [0.5, 0.5], [0.5, 0.5]]}', '\x8ee8e4f5ea898990b65407d9a8773328114bce0f47c3a3b703fbb17038c184ad', '2026-11-25 23:05:48.470171+00');
INSERT INTO public.ticks VALUES (1, 2, 1009, '{"fills": 2, "phase": "Running", "pools": [{"v": "4.272630", "q_no": "833.333333", "pairs": "0.000000", "q_yes": "833.333333", "active": true, "seigniorage": "0.000000", "virtual_yes": "0.000000"}, {"v": "4.272630", "q_no": "833.333333", "pairs": "0.000000", "q_yes": "833.333333", "active": true, "seigniorage": "0.000000", "virtual_yes": "0.000000"}, {"v": "20.261906", "q_no": "888.843333", "pairs": "22.950000", "q_yes": "833.333333", "active": true, "seigniorage": "0.000000", "virtual_yes": "0.000000"}], "orders": 4, "prices": [[0.49872161600904147, 0.49872161600904147], [0.49872161600904147, 0.49872161600904147], [0.49399503195677374, 0.5269010290386408]]}', '\xa08b5477656d2ea8acf7f2f686623a5b8e49365d5008de3cb235aa6e00ab4936', '2026-11-25 23:05:48.991819+00');
INSERT INTO public.ticks VALUES (1, 3, 1513, '{"fills": 0, "phase": "Running", "pools": [{"v": "4.272630", "q_no": "833.333333", "pairs": "0.000000", "q_yes": "833.333333", "active": true, "seigniorage": "0.000000", "virtual_yes": "0.000000"}, {"v": "4.272630", "q_no": "833.333333", "pairs": "0.000000", "q_yes": "833.333333", "active": true, "seigniorage": "0.000000", "virtual_yes": "0.000000"}, {"v": "20.261906", "q_no": "888.843333", "pairs": "22.950000", "q_yes": "833.333333", "active": true, "seigniorage": "0.000000", "virtual_yes": "0.000000"}], "orders": 0, "prices": [[0.49872161600904147, 0.49872161600904147], [0.49872161600904147, 0.49872161600904147], [0.49399503195677374, 0.5269010290386408]]}', '\xa08b5477656d2ea8acf7f2f686623a5b8e49365d5008de3cb235aa6e00ab4936', '2026-11-25 23:05:49.477356+00');
INSERT INTO public.ticks VALUES (1, 4, 2009, '{"fills": 2, "phase": "Running", "pools": [{"v": "17.297302", "q_no": "833.333333", "pairs": "0.000000", "q_yes": "833.333333", "active": true, "seigniorage": "0.000000", "virtual_yes": "0.000000"}, {"v": "17.297302", "q_no": "833.333333", "pairs": "0.000000", "q_yes": "833.333333", "active": true, "seigniorage": "0.000000", "virtual_yes": "0.000000"}, {"v": "83.026233", "q_no": "1044.583333", "pairs": "22.950000", "q_yes": "833.333333", "active": true, "seigniorage": "0.000000", "virtual_yes": "0.000000"}], "orders": 4, "prices": [[0.49486461970481277, 0.49486461970481277], [0.49486461970481277, 0.49486461970481277], [0.47627631541640647, 0.5970123614227599]]}', '\xe0891a2e31c117e6848724a6933ef3becca2a6eec072f3c0358156e24f29d0e6', '2026-11-25 23:05:49.973816+00');
INSERT INTO public.ticks VALUES (1, 5, 2501, '{"fills": 0, "phase": "Running", "pools": [{"v": "17.297302", "q_no": "833.333333", "pairs": "0.000000", "q_yes": "833.333333", "active": true, "seigniorage": "0.000000", "virtual_yes": "0.000000"}, {"v": "17.297302", "q_no": "833.333333", "pairs": "0.000000", "q_yes": "833.333333", "active": true, "seigniorage": "0.000000", "virtual_yes": "0.000000"}, {"v": "83.026233", "q_no": "1044.583333", "pairs": "22.950000", "q_yes": "833.333333", "active": true, "seigniorage": "0.000000", "virtual_yes": "0.000000"}], "orders": 0, "prices": [[0.49486461970481277, 0.49486461970481277], [0.49486461970481277, 0.49486461970481277], [0.47627631541640647, 0.5970123614227599]]}', '\xe0891a2e31c117e6848724a6933ef3becca2a6eec072f3c0358156e24f29d0e6', '2026-11-25 23:05:50.465786+00');
INSERT INTO public.ticks VALUES (1, 6, 3000, '{"fills": 3, "phase": "Frozen", "pools": [{"v": "777.890589", "q_no": "833.333333", "pairs": "0.000000", "q_yes": "833.333333", "active": true, "seigniorage": "0.000000", "virtual_yes": "949.348488"}, {"v": "777.890589", "q_no": "833.333333", "pairs": "0.000000", "q_yes": "833.333333", "active": true, "seigniorage": "0.000000", "virtual_yes": "949.348488"}, {"v": "0.000000", "q_no": "833.333333", "pairs": "0.000000", "q_yes": "833.333333", "active": false, "seigniorage": "0.000000", "virtual_yes": "0.000000"}], "orders": 5, "prices": [[0.7292684785432352, 0.3409042066381588], [0.7292684785432352, 0.3409042066381588], [0.0, 0.0]]}', '\x2cfeaccedfef4740e2a32effe4910e9492521634ebaea5d96c75caa2ec361933', '2026-11-25 23:05:50.983826+00');
INSERT INTO public.ticks VALUES (1, 7, 4000, '{"fills": 0, "phase": "Running", "pools": [{"v": "777.890589", "q_no": "833.333333", "pairs": "0.000000", "q_yes": "833.333333", "active": true, "seigniorage": "0.000000", "virtual_yes": "949.348488"}, {"v": "777.890589", "q_no": "833.333333", "pairs": "0.000000", "q_yes": "833.333333", "active": true, "seigniorage": "0.000000", "virtual_yes": "949.348488"}, {"v": "0.000000", "q_no": "833.333333", "pairs": "0.000000", "q_yes": "833.333333", "active": false, "seigniorage": "0.000000", "virtual_yes": "0.000000"}], "orders": 0, "prices": [[0.7292684785432352, 0.3409042066381588], [0.7292684785432352, 0.3409042066381588], [0.0, 0.0]]}', '\x2cfeaccedfef4740e2a32effe4910e9492521634ebaea5d96c75caa2ec361933', '2026-11-25 23:05:51.979825+00');
INSERT INTO public.ticks VALUES (1, 8, 4505, '{"fills": 4, "phase": "Running", "pools": [{"v": "793.267725", "q_no": "866.573333", "pairs": "0.000000", "q_yes": "833.333333", "active": true, "seigniorage": "0.000000", "virtual_yes": "949.348488"}, {"v": "812.087918", "q_no": "889.823333", "pairs": "34.230000", "q_yes": "857.763333", "active": true, "seigniorage": "0.000000", "virtual_yes": "949.348488"}, {"v": "0.000000", "q_no": "833.333333", "pairs": "0.000000", "q_yes": "833.333333", "active": false, "seigniorage": "0.000000", "virtual_yes": "0.000000"}], "orders": 4, "prices": [[0.7247101044142208, 0.3522863380570757], [0.7290641189345635, 0.3589917661664511], [0.0, 0.0]]}', '\x15ac7fa881bdef63f9b184b12764ed6466e201a15385845fc481a03147a8af78', '2026-11-25 23:05:52.469784+00');
INSERT INTO public.ticks VALUES (1, 9, 5001, '{"fills": 0, "phase": "Running", "pools": [{"v": "793.267725", "q_no": "866.573333", "pairs": "0.000000", "q_yes": "833.333333", "active": true, "seigniorage": "0.000000", "virtual_yes": "949.348488"}, {"v": "812.087918", "q_no": "889.823333", "pairs": "34.230000", "q_yes": "857.763333", "active": true, "seigniorage": "0.000000", "virtual_yes": "949.348488"}, {"v": "0.000000", "q_no": "833.333333", "pairs": "0.000000", "q_yes": "833.333333", "active": false, "seigniorage": "0.000000", "virtual_yes": "0.000000"}], "orders": 0, "prices": [[0.7247101044142208, 0.3522863380570757], [0.7290641189345635, 0.3589917661664511], [0.0, 0.0]]}', '\x15ac7fa881bdef63f9b184b12764ed6466e201a15385845fc481a03147a8af78', '2026-11-25 23:05:52.983811+00');
INSERT INTO public.ticks VALUES (1, 10, 5505, '{"fills": 4, "phase": "Running", "pools": [{"v": "832.615454", "q_no": "969.023333", "pairs": "0.000000", "q_yes": "833.333333", "active": true, "seigniorage": "0.000000", "virtual_yes": "949.348488"}, {"v": "853.435075", "q_no": "889.823333", "pairs": "97.610000", "q_yes": "914.253333", "active": true, "seigniorage": "0.000000", "virtual_yes": "949.348488"}, {"v": "0.000000", "q_no": "833.333333", "pairs": "0.000000", "q_yes": "833.333333", "active": false, "seigniorage": "0.000000", "virtual_yes": "0.000000"}], "orders": 6, "prices": [[0.7133013103700364, 0.38773358490877896], [0.7395197199823935, 0.35310219953576666], [0.0, 0.0]]}', '\xa30afee7073e53df0fa66f13db33a7e1414adfa86315de328b5670ae9cd97940', '2026-11-25 23:05:53.471806+00');
INSERT INTO public.trades VALUES (1, 1, 2, 'NO', 1, 1, 3, 3, 0.522506, 22.950000, 11.991519, 0.000000, 'MINT', 2, 1009, '2026-11-25 23:05:48.991819+00');
INSERT INTO public.trades VALUES (1, 2, 2, 'NO', 1, 1, NULL, NULL, 0.518955, 55.510000, 28.807166, 0.288072, 'AMM', 2, 1009, '2026-11-25 23:05:48.991819+00');
INSERT INTO public.trades VALUES (1, 3, 2, 'NO', 1, 5, NULL, NULL, 0.548710, 65.960000, 36.192921, 0.361930, 'AMM', 4, 2009, '2026-11-25 23:05:49.973816+00');
INSERT INTO public.trades VALUES (1, 4, 2, 'NO', 4, 8, NULL, NULL, 0.586108, 89.780000, 52.620750, 0.526208, 'AMM', 4, 2009, '2026-11-25 23:05:49.973816+00');
INSERT INTO public.trades VALUES (1, 5, 2, 'NO', 1, 9, 2, 10, 0.592506, 40.280000, 23.866153, 0.000000, 'MINT', 6, 3000, '2026-11-25 23:05:50.983826+00');
INSERT INTO public.trades VALUES (1, 6, 2, 'NO', 4, 13, 2, 10, 0.592506, 8.780000, 5.202206, 0.000000, 'MINT', 6, 3000, '2026-11-25 23:05:50.983826+00');
INSERT INTO public.trades VALUES (1, 7, 2, 'NO', 4, 13, NULL, NULL, 0.610610, 44.290000, 27.043897, 0.270439, 'AMM', 6, 3000, '2026-11-25 23:05:50.983826+00');
INSERT INTO public.trades VALUES (1, 8, 1, 'NO', 3, 12, NULL, NULL, 0.356619, 56.490000, 20.145382, 0.201454, 'AMM', 8, 4505, '2026-11-25 23:05:52.469784+00');
INSERT INTO public.trades VALUES (1, 9, 0, 'NO', 1, 14, NULL, NULL, 0.349776, 33.240000, 11.626565, 0.116266, 'AMM', 8, 4505, '2026-11-25 23:05:52.469784+00');
INSERT INTO public.trades VALUES (1, 10, 1, 'YES', 4, 17, 3, 16, 0.682506, 34.230000, 23.362190, 0.000000, 'MINT', 8, 4505, '2026-11-25 23:05:52.469784+00');
INSERT INTO public.trades VALUES (1, 11, 1, 'YES', 4, 17, NULL, NULL, 0.728715, 24.430000, 17.802518, 0.178026, 'AMM', 8, 4505, '2026-11-25 23:05:52.469784+00');
INSERT INTO public.trades VALUES (1, 12, 0, 'NO', 1, 18, NULL, NULL, 0.380242, 102.450000, 38.955763, 0.389558, 'AMM', 10, 5505, '2026-11-25 23:05:53.471806+00');
INSERT INTO public.trades VALUES (1, 13, 1, 'YES', 2, 19, 3, 21, 0.662506, 38.400000, 25.440241, 0.000000, 'MINT', 10, 5505, '2026-11-25 23:05:53.471806+00');
INSERT INTO public.trades VALUES (1, 14, 1, 'YES', 4, 23, 3, 21, 0.662506, 24.980000, 16.549407, 0.000000, 'MINT', 10, 5505, '2026-11-25 23:05:53.471806+00');
INSERT INTO public.trades VALUES (1, 15, 1, 'YES', 4, 23, NULL, NULL, 0.738876, 56.490000, 41.739123, 0.417392, 'AMM', 10, 5505, '2026-11-25 23:05:53.471806+00');
INSERT INTO public.users VALUES (1, 2, 'Anna Lytics', 'annalytlcs', '\x352090fde1d3481ed6c77755719927b579e2ea3989fdb5349526e3fc906d55c1', false, true, true, 1000.000000, 933.070759, -17.187284, 3, 0.030000, '2026-11-25 23:05:46.596223+00', '2026-11-25 23:05:53.471806+00');
INSERT INTO public.users VALUES (1, 4, 'Barb Ell', 'barbell', '\x0fc43141c74066fe19fdfa92d63d7728de54286e3e60311a1b76f9e584e63313', false, true, true, 1000.000000, 957.097844, 60.726742, 7, 0.040000, '2026-11-25 23:05:46.596223+00', '2026-11-25 23:05:53.471806+00');
INSERT INTO public.users VALUES (1, 1, 'Bea Dask', 'beadask', '\x520d9100da9fc65e930f4b4d2a1a25d5e51d3a91f6849e18983b45ff499f647c', false, true, true, 1000.000000, 1032.054087, 84.665657, 6, 0.050000, '2026-11-25 23:05:46.596223+00', '2026-11-25 23:05:53.471806+00');
INSERT INTO public.users VALUES (1, 3, 'Artie Bitrage', 'artlebltrage', '\x7045a5a189015b1d466e50576e9577c4a7bc43d1a92dc00fe9477b741c66d0c0', false, true, true, 1000.000000, 906.644564, -9.562588, 5, 0.110000, '2026-11-25 23:05:46.596223+00', '2026-11-25 23:05:53.471806+00');
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
ALTER TABLE public.sessions ADD COLUMN server TEXT; ALTER TABLE public.ticks ADD COLUMN cash JSON; ALTER TABLE public.orders ADD COLUMN promised_tick BIGINT; ALTER TABLE public.orders ADD COLUMN promised_average NUMERIC(18,6); ALTER TABLE public.orders ADD COLUMN promised_total NUMERIC(18,6); ALTER TABLE public.orders ADD COLUMN lag_ms BIGINT;
INSERT INTO public._sqlx_migrations VALUES (3, 'analysis', '2026-11-26 01:00:00+00', true, '\x54b20d5b6bfb74aa4334a56107fb298f348cbaae409e5577b639c3dcd42db588db7a6eb78f4aba51e9a06e496f107cdc', 637970);
CREATE TABLE public.pieces (session_id BIGINT NOT NULL, piece_id BIGINT NOT NULL, content BYTEA NOT NULL, created_at TIMESTAMPTZ NOT NULL DEFAULT now(), PRIMARY KEY (session_id, piece_id)); INSERT INTO public._sqlx_migrations VALUES (4, 'pieces', '2026-11-26 02:00:00+00', true, '\xb51e9a48155d2af8c8026a7a52e36e3b3bc9197bd40e2dc9ae37f4c9e4153c0496bdf9724c2ed80ff630a9d9f1501956', 637970);
