-- By which server the session was served last: a mark that it keeps in its data directory, and its port.
ALTER TABLE sessions ADD COLUMN server TEXT;
-- Every movement of cash in the tick: [[user, kind, micros, order, trade], …]; nothing in ticks of earlier versions.
ALTER TABLE ticks ADD COLUMN cash TEXT CHECK (json_valid(cash));
-- What the ticket had promised: after which tick, at which average price, for how much in all.
ALTER TABLE orders ADD COLUMN promised_tick INTEGER;
ALTER TABLE orders ADD COLUMN promised_average INTEGER;
ALTER TABLE orders ADD COLUMN promised_total INTEGER;
-- Round trip of the connection that it came over, as measured last.
ALTER TABLE orders ADD COLUMN lag_ms INTEGER;
