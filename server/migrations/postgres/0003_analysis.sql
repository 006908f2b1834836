-- By which server the session was served last: a mark that it keeps in its data directory, and its port.
ALTER TABLE sessions ADD COLUMN server TEXT;
-- Every movement of cash in the tick: [[user, kind, micros, order, trade], …]; nothing in ticks of earlier versions.
ALTER TABLE ticks ADD COLUMN cash JSON;
-- What the ticket had promised: after which tick, at which average price, for how much in all.
ALTER TABLE orders ADD COLUMN promised_tick BIGINT;
ALTER TABLE orders ADD COLUMN promised_average NUMERIC(18,6);
ALTER TABLE orders ADD COLUMN promised_total NUMERIC(18,6);
-- Round trip of the connection that it came over, as measured last.
ALTER TABLE orders ADD COLUMN lag_ms BIGINT;
